/** Finding runs: the newest first, and the one that a name means. */

import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { inspectLock } from '../files/lock.ts';
import { countsOf, type RunState, runIds, runsDirectory, shortKey, tryReadRun } from './journal.ts';
import type { Counts, JournalEvent, RunHead, RunKind, RunStatus } from './types.ts';

/** A run as `runs list` shows it. */
export interface RunSummary extends Counts {
  readonly id: string;
  readonly kind: RunKind;
  readonly started_at: string;
  readonly status: RunStatus;
  readonly file: string | null;
  readonly organization: string | null;
  readonly base_url: string;
  readonly of: string | null;
}

type Place = Pick<Context, 'directories' | 'pid' | 'now'>;

/** Head and end of a journal lie within this many bytes, unless an error message is very long. */
const EDGE = 16 * 1024;

/** All runs, the newest first, one at a time: a journal that never began is left out. */
export async function* listRuns(context: Place): AsyncGenerator<RunSummary> {
  for (const id of await runIds(context.directories)) {
    const summary = await summaryById(context, id);
    if (summary) yield summary;
  }
}

/** A run in short; undefined when it never began. */
export async function summaryById(context: Place, id: string): Promise<RunSummary | undefined> {
  const quick = await quickSummary(context, id);
  if (quick) return quick;
  const state = await tryReadRun(context.directories, id);
  return state && summaryOf(context, state);
}

/** The name of the newest run of all, whatever is to be done with it: said twice, it never reaches an older one. */
export const LAST = 'last';

/** What to do where a run was not found, or is not the one. */
export const NAME_A_RUN = 'name a run: `worktime runs list` shows them';

/** The run that an ID, the start of an ID, or `last` names. Throws UsageError for none and for several. */
export async function findRun(context: Place, name: string): Promise<RunState> {
  const ids = await runIds(context.directories);
  if (name === LAST) {
    // One that died while it was planned is none.
    for (const id of ids) {
      const state = await tryReadRun(context.directories, id);
      if (state) return state;
    }
    throw new UsageError('there is no run yet', { code: 'no_such_run' });
  }
  const found = ids.includes(name) ? [name] : ids.filter((id) => id.startsWith(name));
  const next = NAME_A_RUN;
  if (found.length > 1)
    throw new UsageError(`several runs start with "${name}"`, { code: 'ambiguous_run', next });
  const state = found[0] === undefined ? undefined : await tryReadRun(context.directories, found[0]);
  if (!state) throw new UsageError(`there is no run "${name}"`, { code: 'no_such_run', next });
  return state;
}

/** The newest run of the same key that was not taken back; undefined when there is none. */
export async function sameRun(context: Place, key: string): Promise<RunState | undefined> {
  for (const id of await runIds(context.directories)) {
    if (!id.includes(`-${shortKey(key)}`)) continue;
    const state = await tryReadRun(context.directories, id);
    if (state?.head.key === key) return state.undoneBy === undefined ? state : undefined;
  }
  return undefined;
}

export function summaryOf(context: Place, state: RunState): RunSummary {
  const status = state.undoneBy
    ? 'undone'
    : (state.end?.status ?? liveStatus(context, state.head, state.pid));
  return shape(state.head, status, countsOf(state));
}

/** Where the lock of an organization lies: bulk work on one organization is done by one process at a time. */
export function lockPath(
  directories: Context['directories'],
  head: Pick<RunHead, 'organization' | 'base_url'>,
): string {
  const name = (head.organization?.id ?? 'unknown').replaceAll(/[^\w-]/g, '_');
  const host = head.base_url.replaceAll(/[^\w]+/g, '_');
  return join(directories.state, 'locks', `bulk-${host}-${name}`);
}

function liveStatus(context: Place, head: RunHead, pid: number | undefined): RunStatus {
  const lock = inspectLock(lockPath(context.directories, head), context);
  return lock.state === 'held' && lock.owner?.pid === pid ? 'running' : 'stopped';
}

function shape(head: RunHead, status: RunStatus, counts: Counts): RunSummary {
  return {
    id: head.id,
    kind: head.kind,
    started_at: head.started_at,
    // A journal that an earlier version ended calls that partial, too.
    status: status === 'partial' && counts.done === 0 ? 'refused' : status,
    ...{ ...counts, unclear: counts.unclear ?? 0 },
    file: head.file ?? null,
    organization: head.organization?.name ?? null,
    base_url: head.base_url,
    of: head.of ?? null,
  };
}

/** From the first and the last lines alone; undefined when the journal has no end. */
async function quickSummary(context: Place, id: string): Promise<RunSummary | undefined> {
  const path = join(runsDirectory(context.directories), id, 'journal.log');
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const read = async (from: number, to: number) => {
      const buffer = Buffer.alloc(to - from);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
      return buffer.toString('utf8', 0, bytesRead).split('\n');
    };
    const head = parse((await read(0, Math.min(size, EDGE)))[0]) as RunHead | undefined;
    const lines = (await read(Math.max(0, size - EDGE), size)).filter((line) => line !== '').slice(-2);
    const events = lines.map((line) => parse(line) as JournalEvent | undefined);
    const undone = events.at(-1)?.t === 'undone';
    const end = undone ? events.at(-2) : events.at(-1);
    if (!head?.id || end?.t !== 'end') return undefined;
    return shape(head, undone ? 'undone' : end.status, end.counts);
  } finally {
    await file.close();
  }
}

/** A line without its checksum; undefined when it is not whole: then the slow way says what is wrong. */
function parse(line: string | undefined): unknown {
  try {
    return JSON.parse(line?.slice(9) ?? '');
  } catch {
    return undefined;
  }
}
