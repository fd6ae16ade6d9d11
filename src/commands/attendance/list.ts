import { attendanceRecord, listAttendance } from '../../api/attendance.ts';
import { columnsOf } from '../../columns.ts';
import { type AnyCommand, type Chunk, command, type Input } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import {
  checkFollow,
  checkShared,
  type FollowInput,
  followOptions,
  lateColumn,
  ownsOutput,
} from '../../follow/options.ts';
import type { Session } from '../../session.ts';
import { fromEndpoint, outputOf, sentAsId } from '../from-endpoint.ts';
import { valuesFor } from '../params.ts';

const plain = fromEndpoint(listAttendance, {
  whenEmpty: async (session, input) => void (await sentAsId(session, input, ['employee', 'lock'])),
});
const output = outputOf(listAttendance);
/** A tail has no end at which sums could be drawn. */
const liveColumns = columnsOf(attendanceRecord).map(({ total: _, ...column }) => column);
/** Of the record, where the columns beside it say so of the employee. */
const lateRecord = { ...lateColumn, header: 'Record late' };
const liveOutput = { ...output, columns: [...liveColumns, lateRecord], live: true };

async function* tail(session: Session, input: Input & FollowInput): AsyncGenerator<Chunk> {
  checkShared(input, (text) => session.report.warn(text));
  const { follow } = await import('../../follow/index.ts');
  const { attendanceKey, attendanceTime } = await import('../../follow/identity.ts');
  const client = await session.client();
  const values = valuesFor(listAttendance, input);
  // The days asked for move with the calendar; whose records they are does not.
  const about = new URLSearchParams({
    employee: String(values.employee_id ?? ''),
    lock: String(values.lock_id ?? ''),
  });
  const source = {
    id: `attendance?${about}`,
    async *read() {
      const options = { signal: session.context.signal, priority: 'tail' as const };
      for await (const { rows } of client.pages(listAttendance, values, options)) yield rows;
    },
    keyOf: attendanceKey,
    timeOf: attendanceTime,
  };
  yield* follow(
    session,
    { command: 'attendance list', noun: 'record', sources: [source], matches: () => true },
    input,
  );
}

/** What a person gave who knows which records are wanted, or where they go. */
const CHOSEN = ['from', 'to', 'month', 'employee', 'lock', 'page', 'limit', 'all', 'query', 'json', 'quiet'];

/** Whether a person sees them all run by, unasked. */
function isFlood({ context, settings }: Session, input: Input, shown: number): boolean {
  const format = input['format'] ?? settings.format.value ?? 'table';
  const onScreen = context.stdout.isTTY && format === 'table' && (input['output'] ?? '-') === '-';
  return onScreen && shown > context.stdout.rows && CHOSEN.every((name) => input[name] === undefined);
}

async function* once(session: Session, input: Input): AsyncGenerator<Chunk> {
  let shown = 0;
  let left = false;
  for await (const chunk of plain.run(session, input)) {
    if (chunk.type === 'rows') shown += chunk.rows.length;
    left ||= chunk.type === 'remark';
    yield chunk;
  }
  if (left || !isFlood(session, input, shown)) return;
  const text = `all ${shown} attendance records shown; --from last-week, --month 2024-11 or --employee ID shows fewer`;
  yield { type: 'remark', text };
}

/** GET /attendance, once or as a tail. */
export const list: AnyCommand = command<Input & FollowInput>({
  ...plain,
  description:
    'With --follow it goes on with what arrives: a record when somebody comes, and the same record again when it changes because they leave. `worktime locks history --help` says what a tail promises.',
  options: [
    ...(plain.options ?? []),
    {
      name: 'since',
      kind: 'time',
      description: 'With --follow: start with what there is since',
      group: 'Following',
    },
    { name: 'until', kind: 'time', description: 'With --follow: end then', group: 'Following' },
    {
      name: 'last',
      short: 'n',
      kind: 'integer',
      min: 0,
      max: 1_000_000,
      description: 'With --follow: start with the newest N (default 10)',
      group: 'Following',
    },
    ...followOptions,
  ],
  examples: [
    { command: 'attendance list --from today', description: 'Who came today' },
    {
      command: 'attendance list --employee emp_123456 --month 2024-11',
      description: 'A month of one person',
    },
    {
      command: 'attendance list --from today --follow',
      description: 'Who comes and goes, as it happens',
      untested: 'it has no end',
    },
  ],
  outputFor: (input) => (input.follow ? liveOutput : output),
  ownsOutputFile: ownsOutput,
  check(input) {
    plain.check?.(input);
    checkFollow(input);
    const only = (['since', 'until', 'last'] as const).find((key) => input[key] !== undefined);
    if (!input.follow && only !== undefined) {
      throw new UsageError(`--${only} goes with --follow`, {
        code: 'usage',
        next: 'give --from and --to for days',
      });
    }
    if (input.follow && (input.page !== undefined || input.all)) {
      throw new UsageError('--follow reads every page itself', {
        code: 'usage',
        next: 'leave out --page and --all',
      });
    }
  },
  run: (session, input) => (input.follow ? tail(session, input) : once(session, input)),
});
