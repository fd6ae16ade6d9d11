import { clockAttendance } from '../../api/attendance.ts';
import type { AnyCommand } from '../../command.ts';
import { RefusedError, UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { doubtOf } from '../../time/far.ts';
import { thisSecond } from '../../time/zone.ts';
import { confirm } from '../confirm.ts';
import { dryRun, fromEndpoint } from '../from-endpoint.ts';
import { flagsOf } from '../params.ts';

/** A time that cannot be meant is refused, one that may be a slip is asked about, or warned of where nobody can be asked. */
async function checkTime(session: Session, at: string): Promise<void> {
  const { context, report } = session;
  const doubt = doubtOf(at, context.now());
  if (!doubt) return;
  if (doubt.kind === 'far-ahead') {
    throw new UsageError(`--at: ${at} ${doubt.text}`, {
      code: 'invalid_time',
      next: 'give a time of today or before: the API has no call that removes a punch',
    });
  }
  const where = `${at} ${doubt.text}`;
  if (session.interactive && !session.settings.dryRun) {
    await confirm(session, async () => `${where}: record it?`, { outcome: 'nothing was sent' });
  } else report.warn(where);
}

/** Whether a day of somebody's has both punches: no third is taken, whichever way. What cannot be asked is not known. */
async function isFull(session: Session, employee: string, day: string): Promise<boolean> {
  const client = await session.client();
  const period = { employee_id: employee, start_date: day, end_date: day };
  const { data } = await client.attendance
    .list(period, { signal: session.context.signal })
    .catch(() => ({ data: [] }));
  return data.some((record) => Boolean(record.clock_in) && Boolean(record.clock_out));
}

/** Who is in already can only go, and the other way round; where both are recorded, neither helps. */
async function otherWay(
  session: Session,
  error: unknown,
  { type, employee, at }: { type: unknown; employee: string; at: string },
): Promise<unknown> {
  if (!(error instanceof RefusedError) || error.field !== 'type') return error;
  const day = at.slice(0, 10);
  const shown = `\`worktime attendance list --employee ${employee} --from ${day} --to ${day}\` shows what there is`;
  const other = type === 'in' ? 'out' : 'in';
  const next = (await isFull(session, employee, day))
    ? `that day has a clock-in and a clock-out: correct them in the web account; ${shown}`
    : `clock the other way: \`worktime attendance clock ${other} ${employee}\`, or give another time with --at; ${shown}`;
  return new RefusedError(error.message, { ...error, cause: error.cause ?? error, next });
}

export const clock: AnyCommand = fromEndpoint(clockAttendance, {
  description:
    'The API has no call that changes or removes a punch: what is wrong is mended in the web account. --dry-run shows the request and sends nothing.',
  arguments: [
    {
      name: 'type',
      kind: 'choice',
      values: ['in', 'out'],
      required: true,
      placeholder: 'in|out',
      description: 'In or out',
    },
    {
      name: 'employee',
      kind: 'id',
      noun: 'employee',
      complete: 'active-employee',
      required: true,
      placeholder: 'EMPLOYEE',
      description: "The employee's ID or alias",
    },
  ],
  examples: [
    { command: 'attendance clock in emp_123456', description: 'Now' },
    {
      command: 'attendance clock out emp_123456 --at 17:30 --notes "Forgot"',
      description: 'At a time of today',
    },
    {
      command: 'attendance clock in emp_123456 --at 2024-11-18T09:00:00Z --lock lock_789 --dry-run',
      description: 'Look at the request first',
    },
  ],
  ask: async (session, input, refused) => (await import('./clock-ask.ts')).askClock(session, input, refused),
  options: flagsOf(clockAttendance).filter(({ name }) => name !== 'data'),
  async *run(session, input) {
    const { at = thisSecond(session.context), type, employee, lock, notes } = input;
    const values = {
      employee_id: employee as string,
      type: type === 'in' ? 'clock_in' : 'clock_out',
      timestamp: at as string,
      ...(lock === undefined ? {} : { lock_id: lock as string }),
      ...(notes === undefined ? {} : { notes: notes as string }),
    };
    await checkTime(session, values.timestamp);
    if (session.settings.dryRun) return yield* dryRun(session, clockAttendance, values);
    const { journaled } = await import('../../bulk/single.ts');
    const { data } = await journaled(session, clockAttendance, values).catch(async (error: unknown) => {
      const punch = { type, employee: values.employee_id, at: values.timestamp };
      throw await otherWay(session, error, punch);
    });
    yield { type: 'data', data };
  },
});
