/**
 * The journal of a run: one append-only file of checksummed lines. First the head and the whole plan, then `begin`,
 * then what happened to each row. A file without `begin` never sent anything.
 */

import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { LocalError } from '../errors.ts';
import { syncDirectory } from '../files/atomic.ts';
import { makeDirectory } from '../files/directory.ts';
import { diskFault } from '../files/fault.ts';
import { type Log, openLog, readLog } from '../files/log.ts';
import type { Action, Counts, JournalEvent, Reason, RowState, RunHead, RunStatus } from './types.ts';

/** What is known of a row that was worked on. */
export interface RowResult {
  readonly id?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly settled?: boolean | undefined;
  readonly reason?: Reason | undefined;
}

/** A run as its journal tells it. */
export interface RunState {
  readonly head: RunHead;
  readonly actions: readonly Action[];
  readonly states: RowState[];
  readonly results: Map<number, RowResult>;
  /** The process that last worked on it. */
  pid: number | undefined;
  /** The last `end`; undefined while it runs and after a kill. */
  end: Extract<JournalEvent, { t: 'end' }> | undefined;
  /** The run that took it back. */
  undoneBy: string | undefined;
}

/** A run that is being worked on. Each method resolves once its line is on the disk. */
export interface Journal {
  readonly state: RunState;
  record(event: JournalEvent): Promise<void>;
  close(): Promise<void>;
}

type Place = { readonly state: string };

export const runsDirectory = (directories: Place) => join(directories.state, 'runs');
const journalPath = (directories: Place, id: string) => join(runsDirectory(directories), id, 'journal.log');
const CHECKED = { checksum: true } as const;

/** What makes a run the same run: 16 hex digits of everything that was asked for. */
export function keyOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** The first part of a key, as it stands in the names of its runs. */
export const shortKey = (key: string) => key.slice(0, 8);

/**
 * Starts a run: its head and plan are on the disk when this resolves. `first`: a line that goes with them, so that a
 * single write waits for the disk once.
 */
export async function createRun(
  context: Pick<Context, 'directories' | 'now' | 'pid'>,
  about: Omit<RunHead, 'id' | 'started_at' | 'total'>,
  actions: readonly Action[],
  first: (journal: Journal) => Promise<void> = async () => undefined,
): Promise<Journal> {
  const started_at = new Date(context.now()).toISOString();
  const id = await makeRunDirectory(context.directories, started_at, about.key);
  const head: RunHead = { id, started_at, ...about, total: actions.length };
  const log = await openLog(journalPath(context.directories, id), CHECKED);
  const journal = journalOver(log, emptyState(head, actions));
  const lines = [head, ...actions].map((part) => log.append(JSON.stringify(part)));
  await Promise.all([
    ...lines,
    journal.record({ t: 'begin', at: started_at, pid: context.pid }),
    first(journal),
  ]);
  return journal;
}

/** Opens a run to go on with it. The caller holds the lock. Throws LocalError when it is missing or damaged. */
export async function resumeRun(
  context: Pick<Context, 'directories' | 'now' | 'pid'>,
  id: string,
): Promise<Journal> {
  const state = await readRun(context.directories, id);
  const journal = journalOver(await openLog(journalPath(context.directories, id), CHECKED), state);
  await journal.record({ t: 'begin', at: new Date(context.now()).toISOString(), pid: context.pid });
  return journal;
}

/** Reads a run. Throws LocalError when there is none, when it never began, or when it is damaged. */
export async function readRun(directories: Place, id: string): Promise<RunState> {
  const state = await tryReadRun(directories, id);
  if (state) return state;
  throw new LocalError(`there is no run ${id}`, { code: 'no_such_run', next: 'see `worktime runs list`' });
}

/** Reads a run; undefined when there is none or when it never began (the process died while it planned). */
export async function tryReadRun(directories: Place, id: string): Promise<RunState | undefined> {
  let state: RunState | undefined;
  let begun = false;
  const actions: Action[] = [];
  for await (const { line } of readLog(journalPath(directories, id), CHECKED)) {
    const value = JSON.parse(line) as RunHead | Action | JournalEvent;
    if (!state) state = emptyState(value as RunHead, actions);
    else if ('op' in value) actions.push(value);
    else if ('t' in value) {
      if (value.t === 'begin' && actions.length === state.head.total) begun = true;
      apply(state, value);
    }
  }
  return begun ? state : undefined;
}

/** Notes, once, that another run has taken this one back. */
export async function markUndone(
  context: Pick<Context, 'directories' | 'now'>,
  id: string,
  by: string,
): Promise<void> {
  const state = await tryReadRun(context.directories, id);
  if (!state || state.undoneBy !== undefined) return;
  const log = await openLog(journalPath(context.directories, id), CHECKED);
  await log.append(
    JSON.stringify({ t: 'undone', at: new Date(context.now()).toISOString(), by } satisfies JournalEvent),
  );
  await log.close();
}

export async function removeRun(directories: Place, id: string): Promise<void> {
  await rm(join(runsDirectory(directories), id), { recursive: true, force: true });
}

/** How many rows are in each state. */
export function countsOf(state: RunState): Counts {
  const counts = { done: 0, refused: 0, unknown: 0, pending: 0, sent: 0 };
  for (let i = 0; i < state.actions.length; i += 1) counts[state.states[i] ?? 'pending'] += 1;
  const { done, refused, sent: unclear, unknown, pending } = counts;
  return { total: state.head.total, done, refused, unclear, unknown, pending, skipped: state.head.skipped };
}

/** Whether it has come to its end: nothing is left to send or to look up for the first time. */
export const isThrough = ({ pending, unclear = 0 }: Partial<Counts>) => pending === 0 && unclear === 0;

/** How a run stands when it ends now. */
export function statusOf(counts: Counts): RunStatus {
  if (!isThrough(counts)) return 'stopped';
  if (counts.unknown > 0) return 'unknown';
  if (counts.refused === 0) return 'done';
  return counts.done > 0 ? 'partial' : 'refused';
}

/** What an event changes. The same event twice changes nothing more. */
export function apply(state: RunState, event: JournalEvent): void {
  switch (event.t) {
    case 'begin':
      state.pid = event.pid;
      state.end = undefined;
      return;
    case 'end':
      state.end = event;
      return;
    case 'undone':
      state.undoneBy = event.by;
      return;
    case 'sent':
      state.states[event.i] = 'sent';
      if (event.before) state.results.set(event.i, { before: event.before });
      return;
    case 'absent':
      state.states[event.i] = 'pending';
      return;
    case 'done': {
      state.states[event.i] = 'done';
      const { id, after, settled } = event;
      state.results.set(event.i, { ...state.results.get(event.i), id, after, settled, reason: undefined });
      return;
    }
    case 'refused':
    case 'unknown':
      state.states[event.i] = event.t;
      state.results.set(event.i, { ...state.results.get(event.i), reason: event.reason });
  }
}

function emptyState(head: RunHead, actions: readonly Action[]): RunState {
  return {
    head,
    actions,
    states: [],
    results: new Map(),
    pid: undefined,
    end: undefined,
    undoneBy: undefined,
  };
}

function journalOver(log: Log, state: RunState): Journal {
  return {
    state,
    record(event) {
      apply(state, event);
      return log.append(JSON.stringify(event));
    },
    close: () => log.close(),
  };
}

/** Makes the run's directory. Its name is when it started, so that names sort by age, and what it is. */
async function makeRunDirectory(directories: Place, startedAt: string, key: string): Promise<string> {
  const parent = runsDirectory(directories);
  makeDirectory(parent);
  for (;;) {
    const [newest = ''] = await runIds(directories);
    const time = startedAt.replaceAll(/[-:.Z]/g, '').replace('T', '-');
    // Two runs of the same millisecond, or a clock that was set back: the later one still sorts behind.
    const stamp = time > newest.slice(0, STAMP) ? time : after(newest.slice(0, STAMP));
    const id = `${stamp}-${shortKey(key)}`;
    try {
      await mkdir(join(parent, id), { mode: 0o700 });
      await syncDirectory(parent);
      return id;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw diskFault(error, 'make', join(parent, id));
    }
  }
}

/** `20241118-120000000`: day and time in UTC, with ms. */
const STAMP = 18;

/** The stamp that sorts next, whether or not there is such a time. */
function after(stamp: string): string {
  const next = String(BigInt(stamp.replace('-', '')) + 1n).padStart(STAMP - 1, '0');
  return `${next.slice(0, 8)}-${next.slice(8)}`;
}

/** The IDs of all runs, the newest first. */
export async function runIds(directories: Place): Promise<string[]> {
  const names = await readdir(runsDirectory(directories)).catch(() => []);
  return names
    .filter((name) => /^\d{8}-\d{9}-[0-9a-f]{8}$/.test(name))
    .sort()
    .reverse();
}
