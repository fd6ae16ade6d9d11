/** One write with the care of bulk work: written down before it is sent, settled when an earlier try was cut off. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Clock, clockAttendance } from '../api/attendance.ts';
import {
  type CreateEmployee,
  createEmployee,
  deleteEmployee,
  type UpdateEmployee,
  updateEmployee,
} from '../api/employees.ts';
import type { Endpoint } from '../api/types.ts';
import { LOOK_UP, UnknownOutcomeError, WorkTimeError } from '../errors.ts';
import { acquireLock } from '../files/lock.ts';
import type { Session } from '../session.ts';
import { unseen } from './images.ts';
import {
  countsOf,
  createRun,
  type Journal,
  keyOf,
  removeRun,
  resumeRun,
  runIds,
  statusOf,
} from './journal.ts';
import { reasonOf } from './reason.ts';
import { punchKey } from './rules.ts';
import { sameRun, summaryById } from './runs.ts';
import { settleAll } from './settle.ts';
import type { Action, RunKind } from './types.ts';

/** How long to wait for another process that does the same write, in ms. */
const PATIENCE = 60_000;
/** Journals of single writes beyond this many are removed, the oldest and finished first. */
const KEPT = 1_000;

type Single = Exclude<Action, { op: 'refuse' }>;

/** What the API answered, and the run in which it is written down; undefined where none is. */
export interface Journaled<O> {
  readonly data: O;
  readonly run: string | undefined;
}

/** A PUT that brings somebody back and changes nothing else. */
const isRestore = (action: Action) =>
  action.op === 'update' && action.body.status === 'active' && Object.keys(action.body).length === 1;

/**
 * Sends one write of an employee or a punch and gives back what the API answered. When the same write was cut off
 * earlier (a kill, a lost answer), that one is looked up first, and sent again only when it is proven absent.
 * @throws what the client throws; LocalError when the journal cannot be written: then nothing was sent
 */
export async function journaled<I, O>(
  session: Session,
  endpoint: Endpoint<I, O>,
  input: unknown,
): Promise<Journaled<O>> {
  const { context, settings } = session;
  const action = actionFor(endpoint.id, input);
  if (!action) {
    const client = await session.client();
    return { ...(await client.call(endpoint, input as I, { signal: context.signal })), run: undefined };
  }
  const kind = isRestore(action) ? 'employees.restore' : (endpoint.id as RunKind);
  const place = settings.organization?.id ?? settings.profile.value ?? '';
  const key = keyOf(kind, settings.baseUrl.value, place, action.key);
  const bucket = createHash('sha256').update(key).digest('hex').slice(0, 2);
  const lock = await acquireLock(join(context.directories.state, 'locks', `single-${bucket}`), {
    context,
    purpose: `${kind} of ${action.key}`,
    wait: PATIENCE,
  });
  let journal: Journal | undefined;
  try {
    const earlier = await sameRun(context, key);
    if (earlier && (earlier.states[0] === 'sent' || earlier.states[0] === 'unknown')) {
      journal = await resumeRun(context, earlier.head.id);
      const found = await settleEarlier(session, journal);
      if (found) return { data: found.data as O, run: earlier.head.id };
      await finish(session, journal);
    }
    await prune(session);
    const { id, name } = settings.organization ?? {};
    const organization = id !== undefined && name !== undefined ? { organization: { id, name } } : {};
    const { baseUrl } = await session.client();
    const about = { kind, key, ...organization, base_url: baseUrl, skipped: 0 };
    journal = await createRun(context, about, [action], (opened) =>
      opened.record({
        t: 'sent',
        i: 0,
        hash: keyOf(input),
        ...('before' in action ? { before: action.before } : {}),
      }),
    );
    return { data: await send(session, journal, endpoint, input as I), run: journal.state.head.id };
  } finally {
    await journal?.close();
    await lock.release();
  }
}

async function send<I, O>(
  session: Session,
  journal: Journal,
  endpoint: Endpoint<I, O>,
  input: I,
): Promise<O> {
  const client = await session.client();
  try {
    const { data, settled } = await client.call(endpoint, input, { signal: session.context.signal });
    const id = (data as { id?: string } | undefined)?.id;
    await Promise.all([
      journal.record({
        t: 'done',
        i: 0,
        ...(id ? { id } : {}),
        after: data,
        ...(settled ? { settled } : {}),
      }),
      finish(session, journal),
    ]);
    return data;
  } catch (error) {
    if (!(error instanceof WorkTimeError) || session.context.signal.aborted) throw error;
    const t = error instanceof UnknownOutcomeError ? 'unknown' : 'refused';
    await Promise.all([journal.record({ t, i: 0, reason: reasonOf(error) }), finish(session, journal)]);
    throw error;
  }
}

/** What became of a write that was cut off: its record when it is there, undefined when it is proven absent. */
async function settleEarlier(session: Session, journal: Journal): Promise<{ data: unknown } | undefined> {
  const { context } = session;
  const [action] = journal.state.actions;
  if (!action || (action.op !== 'create' && action.op !== 'clock')) return undefined;
  const calls = { client: await session.client(), signal: context.signal };
  const trace = (await settleAll(new Map([[0, action]]), calls, context)).get(0);
  if (trace?.state === 'applied') {
    session.report.note('an earlier try of this had gone through: it is not sent again');
    await journal.record({ t: 'done', i: 0, after: trace.data, settled: true });
    await finish(session, journal);
    return { data: trace.data };
  }
  if (trace?.state === 'undecidable') {
    throw new UnknownOutcomeError(`an earlier try of this may have gone through: ${trace.why}`, {
      next: LOOK_UP,
    });
  }
  await journal.record({ t: 'absent', i: 0 });
  return undefined;
}

async function finish(session: Session, journal: Journal): Promise<void> {
  const counts = countsOf(journal.state);
  const at = new Date(session.context.now()).toISOString();
  await journal.record({ t: 'end', at, status: statusOf(counts), counts });
}

/** The action that a call is; undefined for one that the journal has no words for. */
function actionFor(endpoint: string, input: unknown): Single | undefined {
  switch (endpoint) {
    case createEmployee.id: {
      const body = input as CreateEmployee;
      return { op: 'create', row: 1, key: String(body.email).trim().toLowerCase(), body };
    }
    case clockAttendance.id: {
      const body = input as Clock;
      return { op: 'clock', row: 1, key: punchKey(body.employee_id, body.type, body.timestamp), body };
    }
    case updateEmployee.id: {
      const { id, ...body } = input as UpdateEmployee;
      return { op: 'update', row: 1, key: id, id, body, before: unseen(id), guard: 'fields' };
    }
    case deleteEmployee.id: {
      const { id } = input as { id: string };
      return { op: 'delete', row: 1, key: id, id, before: unseen(id), guard: 'row' };
    }
    default:
      return undefined;
  }
}

async function prune(session: Session): Promise<void> {
  const { context } = session;
  const ids = await runIds(context.directories);
  for (const id of ids.slice(KEPT).slice(-20)) {
    const run = await summaryById(context, id);
    const single = run !== undefined && run.file === null && run.of === null;
    if (single && (run.status === 'done' || run.status === 'refused'))
      await removeRun(context.directories, id);
  }
}
