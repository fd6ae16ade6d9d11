/** Going on with a run by its name: its plan is in the journal, the file is not needed. */

import type { Chunk } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Session } from '../session.ts';
import { CONCURRENCY, checkSame, conduct, hold } from './conduct.ts';
import { openActions, showPlan } from './import.ts';
import { type Journal, resumeRun } from './journal.ts';
import { unitOf } from './outcome.ts';
import { findRun, LAST, NAME_A_RUN } from './runs.ts';
import { namedRun } from './show.ts';
import { STDIN } from './source.ts';
import { retried, retryRefused, unclearOf } from './undo.ts';

/** Does what is left of a run, refused rows included. Throws UsageError when there is nothing left. */
export async function* resumeByName(session: Session, name: string): AsyncGenerator<Chunk> {
  const { context, settings } = session;
  const state = await findRun(context, name);
  const { head } = state;
  const last = name === LAST;
  const unit = unitOf(head.kind);
  if (state.undoneBy) {
    throw new UsageError(`${namedRun(state)} was taken back by run ${state.undoneBy}`, {
      code: 'already_undone',
      next: last ? NAME_A_RUN : 'give the import command with --again to do it once more',
    });
  }
  const left = openActions(retried(state));
  if (left.length === 0)
    throw new UsageError(`${namedRun(state)} is done: there is nothing left`, {
      code: 'nothing_left',
      next: last ? NAME_A_RUN : `see \`worktime runs show ${head.id} --all\``,
    });
  const held = await hold(session, `resuming run ${head.id}`);
  let journal: Journal | undefined;
  try {
    await checkSame(session, held, head);
    if (settings.dryRun) {
      const { foresee } = await import('./foresee.ts');
      const actions = await foresee(session, held, left, unclearOf(state));
      return yield* showPlan(session, { actions }, unit);
    }
    journal = await resumeRun(context, head.id);
    await retryRefused(journal);
    // Where the file lay is not known: what is refused goes into this folder, under its name.
    const file = head.file === STDIN ? '-' : head.file;
    const concurrency = head.concurrency ?? CONCURRENCY;
    yield* conduct(session, held, journal, { concurrency, unit, file });
  } finally {
    await journal?.close();
    await held.release();
  }
}
