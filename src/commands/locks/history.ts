import { ACCESS_METHODS, accessEvent, listLocks, lockHistory } from '../../api/locks.ts';
import { columnsOf } from '../../columns.ts';
import { type Chunk, command, type OutputSpec } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import { type HistoryFilter, historyFilter } from '../../follow/filter.ts';
import { eventKey, eventTime } from '../../follow/identity.ts';
import {
  checkFollow,
  checkShared,
  type FollowInput,
  followOptions,
  lateColumn,
  ownsOutput,
} from '../../follow/options.ts';
import type { Source } from '../../follow/round.ts';
import type { Session } from '../../session.ts';
import { MethodWatch, undocumented } from './methods.ts';

interface HistoryInput extends FollowInput, HistoryFilter {
  readonly lock?: readonly string[];
  readonly allLocks?: boolean;
  /** The same as `last`: what another list's flag is called. */
  readonly limit?: number;
}

const output: OutputSpec = {
  kind: 'rows',
  name: 'events',
  columns: columnsOf(accessEvent),
  charts: [
    { name: 'method', title: 'Events by method', by: 'access_method', unit: 'events' },
    { name: 'hour', title: 'Events by hour', by: 'timestamp', bucket: 'hour', unit: 'events' },
    { name: 'weekday', title: 'Events by weekday', by: 'timestamp', bucket: 'weekday', unit: 'events' },
  ],
};
const liveOutput: OutputSpec = { ...output, columns: [...(output.columns ?? []), lateColumn], live: true };

/** How often a tail of every lock looks for new ones, ms. */
const LOOK_AGAIN = 3_600_000;

/** Every lock that is connected. */
async function connected(session: Session): Promise<readonly string[]> {
  const client = await session.client();
  const ids: string[] = [];
  for await (const { rows } of client.pages(listLocks, {}, { signal: session.context.signal })) {
    for (const { id } of rows) if (typeof id === 'string' && id !== '') ids.push(id);
  }
  return ids;
}

/** The locks that are meant, each once. */
async function locksOf(session: Session, input: HistoryInput): Promise<readonly [string, ...string[]]> {
  const named = new Set([...(input.lock ?? []), ...(input.allLocks ? await connected(session) : [])]);
  const [first, ...rest] = named;
  if (first === undefined) {
    throw new UsageError('there is no lock to read', {
      code: 'no_lock',
      next: 'connect a lock in the web account, or name one',
    });
  }
  return [first, ...rest];
}

async function* pagesOf(
  session: Session,
  id: string,
  input: HistoryInput,
): AsyncGenerator<readonly unknown[]> {
  const client = await session.client();
  const values = { id };
  const options = { signal: session.context.signal, priority: input.follow ? ('tail' as const) : undefined };
  for await (const { rows } of client.pages(lockHistory, values, options)) yield rows;
}

async function* read(session: Session, input: HistoryInput): AsyncGenerator<Chunk> {
  const matches = historyFilter(input);
  const { Newest } = await import('../../follow/newest.ts');
  const newest =
    input.last === undefined ? undefined : new Newest<{ record: unknown; time: number }>(input.last);
  const methods = new MethodWatch(input.method ?? []);
  for (const id of await locksOf(session, input)) {
    for await (const records of pagesOf(session, id, input)) {
      methods.add(records);
      const rows = records.filter(matches);
      if (newest) for (const record of rows) newest.add({ record, time: eventTime(record) });
      else if (rows.length > 0) yield { type: 'rows', rows };
    }
  }
  if (newest) yield { type: 'rows', rows: newest.rows().map(({ record }) => record) };
  const remark = methods.remark();
  if (remark) yield remark;
}

async function* tail(session: Session, input: HistoryInput): AsyncGenerator<Chunk> {
  checkShared(input, (text) => session.report.warn(text));
  const { follow } = await import('../../follow/index.ts');
  const { context } = session;
  const unknown = undocumented(input.method ?? []);
  if (unknown !== undefined) session.report.warn(unknown);
  const source = (id: string): Source => ({
    id,
    read: () => pagesOf(session, id, input),
    keyOf: (record) => eventKey(record, id),
    timeOf: eventTime,
  });
  const [first, ...rest] = await locksOf(session, input);
  let looked = context.now();
  /** A lock that is connected later joins the round in which it is found. */
  const sources: [Source, ...Source[]] = [
    {
      ...source(first),
      async *read() {
        if (input.allLocks && context.now() - looked >= LOOK_AGAIN) {
          const known = new Set(sources.map(({ id }) => id));
          sources.push(...(await connected(session)).filter((id) => !known.has(id)).map(source));
          looked = context.now();
        }
        yield* pagesOf(session, first, input);
      },
    },
    ...rest.map(source),
  ];
  yield* follow(
    session,
    {
      command: 'locks history',
      noun: 'event',
      sources,
      // --since says where to start: what is uploaded late from before it is the very thing to be shown.
      matches: historyFilter({ ...input, since: undefined, until: undefined }),
    },
    input,
  );
}

export const history = command<HistoryInput>({
  path: ['locks', 'history'],
  endpoint: 'locks.history',
  effect: 'read',
  summary: 'Show who opened a lock, when and how; with --follow, as it happens',
  description: [
    'Reads the history of one lock or several. The API offers no filters for it: they are applied here.',
    'With --follow it goes on with what arrives, in the order of arrival and each record once, however late, out of order or often the API gives it. What is older than a record already shown is marked late. It paces itself so that most calls of the hour are left to people, waits out faults and rate limits, says so, and ends with Ctrl-C.',
    'With -o FILE the file is the record: a restart reads it back and neither loses nor repeats a line, even after `kill -9`. With --resume NAME a restart goes on where the tail was; after a kill the rows in flight may come twice.',
  ].join('\n\n'),
  arguments: [
    {
      name: 'lock',
      kind: 'id',
      noun: 'lock',
      variadic: true,
      placeholder: 'LOCK',
      description: 'Locks: their IDs or aliases (`alias.lock.front`)',
    },
  ],
  options: [
    { name: 'all-locks', description: 'Every lock that is connected' },
    {
      name: 'since',
      kind: 'time',
      description: 'From this time on; with --follow: start with what there is since',
    },
    { name: 'until', kind: 'time', description: 'Before this time; with --follow: end then' },
    {
      name: 'last',
      short: 'n',
      kind: 'integer',
      min: 0,
      max: 1_000_000,
      description: 'The newest N; with --follow: start with them (default 10)',
    },
    {
      name: 'method',
      kind: 'string',
      repeat: true,
      placeholder: 'METHOD',
      values: ACCESS_METHODS,
      description: `Only by this method, repeatable: ${ACCESS_METHODS.slice(0, 5).join(', ')} …`,
    },
    { name: 'failed', description: 'Only attempts that did not open' },
    {
      name: 'employee',
      kind: 'id',
      noun: 'employee',
      placeholder: 'EMPLOYEE',
      description: 'Only of this employee',
    },
    {
      name: 'limit',
      kind: 'integer',
      min: 0,
      max: 1_000_000,
      description: 'The same as --last',
    },
    ...followOptions,
  ],
  examples: [
    { command: 'locks history lock_789 -n 20', description: 'The last twenty attempts' },
    {
      command: 'locks history lock_789 --since -7d --failed',
      description: 'What did not open in the last week',
    },
    {
      command: 'locks history --all-locks --follow -o doors.ndjson',
      description: 'A record of every door that survives restarts',
      untested: 'it has no end',
    },
    {
      command: "locks history lock_789 --follow --method mechanical_key --exec 'notify-send Key'",
      description: 'Run a program when the key is used',
      untested: 'it has no end',
    },
  ],
  output,
  outputFor: (input) => (input.follow ? liveOutput : output),
  ownsOutputFile: ownsOutput,
  check(input) {
    checkFollow(input);
    if (input.last !== undefined && input.limit !== undefined) {
      throw new UsageError('--limit is another name for --last', { next: 'give one or the other' });
    }
    if ((input.lock?.length ?? 0) === 0 && !input.allLocks) {
      throw new UsageError('locks history needs LOCK…', {
        code: 'missing_value',
        next: 'name a lock, or give --all-locks; `worktime locks list` shows them',
      });
    }
  },
  run(session, { limit, ...rest }) {
    const input = { ...rest, ...(limit === undefined ? {} : { last: limit }) };
    return input.follow ? tail(session, input) : read(session, input);
  },
});
