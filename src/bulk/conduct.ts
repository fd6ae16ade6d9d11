/** A run from its lock to its last word: what every kind of bulk work has in common. */

import { relative } from 'node:path';
import { getOrganization, type Organization } from '../api/organization.ts';
import type { Chunk } from '../command.ts';
import { LocalError, leftWith } from '../errors.ts';
import { acquireLock, type Lock } from '../files/lock.ts';
import type { Session } from '../session.ts';
import { workThrough } from './engine.ts';
import { bulkOptions, type Calls } from './existing.ts';
import { countsOf, isThrough, type Journal, markUndone, statusOf } from './journal.ts';
import { outcomeOf, standing } from './outcome.ts';
import { writeRefused } from './refused.ts';
import { lockPath, summaryOf } from './runs.ts';
import type { RunHead } from './types.ts';

/** Requests at once where `--concurrency` does not say. */
export const CONCURRENCY = 8;

/** What whoever leaves before the first write is told. */
export const UNTOUCHED = 'nothing was changed';

/** The organization of the key, its lock held: one process at a time works on one organization. */
export interface Hold {
  readonly calls: Calls;
  readonly organization: Organization;
  readonly about: Pick<RunHead, 'organization' | 'base_url'>;
  /** Harmless to call twice. */
  release(): Promise<void>;
}

/** Asks whose key it is and takes the lock (not for a dry run). Throws LocalError that names who holds it. */
export async function hold(session: Session, purpose: string): Promise<Hold> {
  const calls = { client: await session.client(), signal: session.context.signal };
  const { data: organization } = await calls.client
    .call(getOrganization, {}, bulkOptions(calls))
    .catch(leftWith(UNTOUCHED));
  const { id, name } = organization;
  const about = { organization: { id, name }, base_url: calls.client.baseUrl };
  const { context, settings } = session;
  const lock: Lock | undefined = settings.dryRun
    ? undefined
    : await acquireLock(lockPath(context.directories, about), {
        context,
        purpose,
        instead: 'answer it where it asks something',
      });
  return { calls, organization, about, release: async () => lock?.release() };
}

/**
 * Throws LocalError when a run belongs to another organization than the key, or to one at another address: two may have
 * one name. Of a single write only the address may be known.
 */
export async function checkSame(session: Session, held: Hold, head: RunHead): Promise<void> {
  const { organization, base_url } = head;
  const { id } = held.organization;
  if ((organization?.id ?? id) === id && base_url === held.about.base_url) return;
  const flag = await session.flagFor(base_url, organization?.id);
  const profile = session.settings.profile.value;
  const [theirs, ours] = [organization?.name ?? 'an organization', held.organization.name];
  throw new LocalError(`run ${head.id} is not of the organization of this key`, {
    code: 'other_organization',
    lines: [
      `the run: ${theirs} at ${base_url}`,
      `this key: ${ours} at ${held.about.base_url}${profile === undefined ? '' : `, profile ${profile}`}`,
    ],
    next: flag === undefined ? 'use the profile of that organization' : `add ${flag}`,
  });
}

export interface ConductOptions {
  readonly concurrency: number;
  /** Rows in the plural. */
  readonly unit: string;
  /** The file that was imported, for the place of the file of refused rows. */
  readonly file?: string | undefined;
}

/**
 * Works through a run, says in the journal how it ended, and yields its summary; then, as a failure, whatever kept it
 * from being done.
 */
export async function* conduct(
  session: Session,
  held: Hold,
  journal: Journal,
  options: ConductOptions,
): AsyncGenerator<Chunk> {
  let stopped: unknown;
  try {
    await workThrough(session, held.calls, journal, options);
  } catch (error) {
    stopped = error;
  }
  session.report.progress(undefined);
  const { state } = journal;
  const counts = countsOf(state);
  const at = new Date(session.context.now()).toISOString();
  const why = stopped instanceof Error ? { why: stopped.message } : {};
  // On a full disk the end cannot be written: the journal is as after a kill, and says no more than it knows.
  await journal.record({ t: 'end', at, status: statusOf(counts), counts, ...why }).catch((error: unknown) => {
    stopped ??= error;
  });
  // Of a run that goes on, the file of refused rows comes when it has ended: then it has all of them.
  const ended = stopped === undefined || isThrough(counts);
  const refused = ended && counts.refused > 0 ? await refusedFile(session, journal, options.file) : undefined;
  const { context } = session;
  const { id, kind, of } = state.head;
  if (of !== undefined && isThrough(counts)) await markUndone(context, of, id);
  yield { type: 'data', data: { ...summaryOf(context, state), refused_file: refused ?? null } };
  if (!ended) {
    // `undo last` is refused where the last is an undo.
    const again = of === undefined ? 'the same command, or ' : '';
    session.report.note(`${standing(state, options.unit)}; to go on: ${again}\`worktime runs resume ${id}\``);
  } else if (counts.done > 0 && kind.startsWith('employees.')) {
    session.report.note(`to take it back: \`worktime runs undo ${id}\``);
  }
  const near = refused && relative(context.cwd, refused);
  const error = outcomeOf(stopped, state, options.unit, near?.startsWith('..') ? refused : near);
  if (error !== undefined) yield { type: 'failure', error };
}

async function refusedFile(
  session: Session,
  journal: Journal,
  file: string | undefined,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await writeRefused(journal.state, file, session.context.cwd);
  } catch (error) {
    // The journal has them all the same.
    session.report.warn(`the file of refused rows could not be written: ${(error as Error).message}`);
    return undefined;
  }
}
