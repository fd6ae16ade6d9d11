/** Taking a run back: from the images of each record before and after it. */

import type { Employee } from '../api/employees.ts';
import type { Chunk } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Session } from '../session.ts';
import { CONCURRENCY, checkSame, conduct, hold } from './conduct.ts';
import { bodyToRestore, imageAfter, isUnseen } from './images.ts';
import { openActions, showPlan } from './import.ts';
import {
  createRun,
  isThrough,
  type Journal,
  keyOf,
  type RowResult,
  type RunState,
  readRun,
  resumeRun,
  runIds,
  tryReadRun,
} from './journal.ts';
import { unitOf } from './outcome.ts';
import { findRun, LAST, NAME_A_RUN, sameRun } from './runs.ts';
import { namedRun, undoing } from './show.ts';
import type { Action } from './types.ts';

type Confirm = (session: Session, question: () => Promise<string>) => Promise<void>;

/** Takes a run back: created → deleted, updated → put back, deleted → restored. What was changed since stays and is listed. */
export async function* undoRun(session: Session, name: string, confirm: Confirm): AsyncGenerator<Chunk> {
  const { context, settings, report } = session;
  const state = await findRun(context, name);
  const { id } = state.head;
  if (name === LAST) {
    checkLast(state);
    await warnOfNeighbour(session, state);
  }
  checkUndoable(state);
  const held = await hold(session, `undo of run ${id}`);
  const unit = unitOf('undo');
  let journal: Journal | undefined;
  try {
    await checkSame(session, held, state.head);
    const { base_url, organization } = held.about;
    const key = keyOf('undo', base_url, organization?.id, id);
    const earlier = state.undoneBy
      ? await readRun(context.directories, state.undoneBy)
      : await sameRun(context, key);
    const actions = earlier ? openActions(retried(earlier)) : planUndo(session, state);
    if (earlier && actions.length === 0) {
      throw new UsageError(`${namedRun(state)} was taken back already, by run ${earlier.head.id}`, {
        code: 'already_undone',
        next: NAME_A_RUN,
      });
    }
    if (settings.dryRun) {
      const { foresee } = await import('./foresee.ts');
      const left = await foresee(session, held, actions, earlier ? unclearOf(earlier) : new Set());
      return yield* showPlan(session, { actions: left }, unit);
    }
    if (actions.length === 0) {
      throw nothingDone(state);
    }
    await confirm(session, async () => `${undoing(state, actions)} in ${held.organization.name}?`);
    const about = { kind: 'undo', key, ...held.about, of: id, concurrency: CONCURRENCY, skipped: 0 } as const;
    journal = earlier ? await resumeRun(context, earlier.head.id) : await createRun(context, about, actions);
    if (earlier) await retryRefused(journal);
    yield* conduct(session, held, journal, { concurrency: CONCURRENCY, unit });
    for (const [i, result] of journal.state.results) {
      if (journal.state.states[i] !== 'refused') continue;
      report.note(
        `left as it is: ${journal.state.actions[i]?.key ?? i}: ${result.reason?.message ?? 'refused'}`,
      );
    }
  } finally {
    await journal?.close();
    await held.release();
  }
}

const nothingDone = (state: RunState) =>
  new UsageError(`${namedRun(state)} changed nothing`, { code: 'nothing_to_undo', next: NAME_A_RUN });

/** What was sent, and is looked up before it is sent again. */
export const unclearOf = ({ actions, states }: RunState): ReadonlySet<Action> =>
  new Set(actions.filter((_, i) => states[i] === 'sent' || states[i] === 'unknown'));

/** Puts refused rows back into the queue, in the journal too. */
export async function retryRefused(journal: Journal): Promise<void> {
  const { actions, states } = journal.state;
  const again = [...actions.keys()].filter((i) => states[i] === 'refused' && actions[i]?.op !== 'refuse');
  await Promise.all(again.map((i) => journal.record({ t: 'absent', i })));
}

/** The same run with its refused rows open again. */
export function retried(state: RunState): RunState {
  const states = state.states.map((one, i) =>
    one === 'refused' && state.actions[i]?.op !== 'refuse' ? 'pending' : one,
  );
  return { ...state, states };
}

/** A repeated `undo last` must neither bring back what the first one took back, nor take back an older run. */
function checkLast(state: RunState): void {
  const { id, kind } = state.head;
  if (kind !== 'undo') return;
  const ended = state.end !== undefined && isThrough(state.end.counts);
  throw new UsageError(`the last run is an undo already: ${namedRun(state)}`, {
    code: 'last_is_undo',
    next: ended ? NAME_A_RUN : `go on with it: \`worktime runs resume ${id}\``,
  });
}

/** Within this many ms deletes are of one command, most likely: each of several is a run of its own. */
const ONE_COMMAND = 60_000;

async function warnOfNeighbour({ context, report }: Session, { head }: RunState): Promise<void> {
  if (head.kind !== 'employees.delete') return;
  const ids = await runIds(context.directories);
  const older = ids[ids.indexOf(head.id) + 1];
  const other = older === undefined ? undefined : await tryReadRun(context.directories, older);
  if (other?.head.kind !== head.kind || other.undoneBy !== undefined) return;
  if (Date.parse(head.started_at) - Date.parse(other.head.started_at) > ONE_COMMAND) return;
  report.warn(`${namedRun(other)} was made just before, and is not taken back by this`);
}

function checkUndoable(state: RunState): void {
  const { id, kind } = state.head;
  if (state.states.every((one) => one === 'refused')) throw nothingDone(state);
  if (kind === 'attendance.import' || kind === 'attendance.clock') {
    throw new UsageError(
      `${namedRun(state)} cannot be taken back: the API has no call that removes a punch`,
      {
        code: 'cannot_undo',
        next: 'correct the records in the web account',
      },
    );
  }
  if (kind === 'employees.update' || kind === 'employees.restore') {
    const [action] = state.actions;
    const { key = '' } = action ?? {};
    const restores = action?.op === 'update' && action.body.status === 'active';
    throw new UsageError(
      `${namedRun(state)} cannot be taken back: what ${key} was before was not asked for`,
      {
        code: 'cannot_undo',
        next: restores
          ? `delete them again: \`worktime employees delete ${key}\``
          : `change it back: \`worktime employees update ${key}\` with what it was`,
      },
    );
  }
  const unclear = state.states.filter((one) => one === 'sent' || one === 'unknown').length;
  if (unclear > 0) {
    throw new UsageError(`of run ${id} it is not known yet whether ${unclear} of its rows took effect`, {
      code: 'unclear_rows',
      next: `let them be looked up first: \`worktime runs resume ${id}\``,
    });
  }
}

/** What has to be sent, the last change first. */
function planUndo(session: Session, state: RunState): Action[] {
  const departmentId = (name: string) => {
    for (const text of [name, name.toLowerCase()]) {
      const id = session.resolveAlias('department', text);
      if (id !== text) return id;
    }
    return undefined;
  };
  const actions: Action[] = [];
  for (let i = state.actions.length - 1; i >= 0; i -= 1) {
    const action = state.actions[i];
    const result = state.results.get(i);
    if (action && result && state.states[i] === 'done')
      actions.push({ ...inverse(action, result, departmentId), of: i });
  }
  return actions;
}

function inverse(
  action: Action,
  result: RowResult,
  departmentId: (name: string) => string | undefined,
): Action {
  const { key, row } = action;
  const refuse = (code: string, message: string): Action => ({
    op: 'refuse',
    row,
    key,
    reason: { code, message },
  });
  const after = isEmployee(result.after) ? result.after : undefined;
  switch (action.op) {
    case 'create':
      if (!after) return refuse('no_image', 'the API did not show the record that it made');
      return {
        op: 'delete',
        row,
        key,
        id: after.id,
        before: imageAfter(after, { status: 'active' }, action.body),
        guard: 'row',
      };
    case 'update': {
      const before = isEmployee(result.before) ? result.before : action.before;
      if (!after) return refuse('no_image', 'the API did not show the record after the change');
      const onlyBack = before.deleted_at && Object.keys(action.body).join() === 'status';
      // Who was deleted is deleted again: inactive alone would be a third state.
      const image = imageAfter(after, before, action.body);
      if (onlyBack) return { op: 'delete', row, key, id: action.id, before: image, guard: 'row' };
      const { body, missing } = bodyToRestore(before, Object.keys(action.body), departmentId);
      if (missing.length > 0) return refuse('no_image', `the API never told what ${missing.join(', ')} was`);
      return { op: 'update', row, key, id: action.id, body, before: image, guard: 'row' };
    }
    case 'delete': {
      const before = isEmployee(result.before) ? result.before : action.before;
      // Where the API showed nobody, or no more than that it is done, there is nothing to compare with.
      const shown = after?.name !== undefined || !isUnseen(before);
      const image = shown ? ({ ...before, ...after, status: 'inactive' } as const) : before;
      return {
        op: 'update',
        row,
        key,
        id: action.id,
        body: { status: 'active' },
        before: image,
        guard: 'row',
      };
    }
    default:
      return refuse('cannot_undo', 'the API has no call that takes this back');
  }
}

function isEmployee(value: unknown): value is Employee {
  return typeof (value as { id?: unknown } | null | undefined)?.id === 'string';
}
