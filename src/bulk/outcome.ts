/** How a run ended, in words that every count fits. */

import {
  graver,
  InterruptedError,
  PartialError,
  RefusedError,
  TemporaryError,
  UnknownOutcomeError,
  WorkTimeError,
} from '../errors.ts';
import { countsOf, type RunState } from './journal.ts';
import { reasonText } from './reason.ts';
import type { Counts, RunHead, RunKind } from './types.ts';

/** What the rows of a run are, in the plural. */
export const unitOf = (kind: RunKind) => (kind.startsWith('attendance.') ? 'punches' : 'employees');

const singular = (unit: string) => (unit === 'punches' ? 'punch' : unit.replace(/s$/, ''));

const are = (count: number) => (count === 1 ? 'is' : 'are');
const were = (count: number) => (count === 1 ? 'was' : 'were');

/** `all 5 employees were refused`, `1 of 4 employees was refused`. */
export function wereRefused(refused: number, total: number, unit: string): string {
  if (refused < total) return `${refused} of ${total} ${unit} ${were(refused)} refused`;
  return total === 1 ? `the only ${singular(unit)} was refused` : `all ${total} ${unit} were refused`;
}

/** What became of those that were not refused, in the words of the table. */
function others({ total, done, refused, unknown, unclear, pending: left }: Counts): string {
  const rest = total - refused;
  if (rest === 0) return 'nothing was changed';
  if (done === rest) return rest === 1 ? 'the other one is done' : `the other ${rest} are done`;
  const parts = [
    done > 0 ? `${done} ${are(done)} done` : 'none is done',
    unclear > 0 ? `${unclear} ${are(unclear)} unclear` : '',
    unknown > 0 ? `${unknown} ${are(unknown)} unknown` : '',
    left > 0 ? `${left} ${are(left)} left` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Where a run stands that was stopped: `stopped: of 40 employees 8 are done, 2 are unclear, 30 are left`. */
export function standing(state: RunState, unit: string): string {
  const counts = countsOf(state);
  const { total, refused } = counts;
  if (counts.pending === total) {
    return total === 1 ? 'stopped: nothing is done' : `stopped: none of ${total} ${unit} is done`;
  }
  const gone = refused > 0 ? `${refused} ${were(refused)} refused, ` : '';
  return `stopped: of ${total} ${unit} ${gone}${others(counts)}`;
}

/** What to do about the rows that were refused: mend the file of them, and import it. */
function mending(state: RunState, refusedFile: string | undefined): string {
  const { id, kind } = state.head;
  const see = `see \`worktime runs show ${id}\``;
  if (refusedFile === undefined) return see;
  const file = /^[\w@%+=:,./-]+$/.test(refusedFile) ? refusedFile : `"${refusedFile}"`;
  return `mend ${file}, then \`worktime ${kind.replace('.', ' ')} ${file}\``;
}

/** Reasons that are told at once; the others are in the file of refused rows, and in the journal. */
const TOLD = 3;

/** Why rows were refused, the first few of them: `row 3: The e-mail is taken (email, 400)`. */
function reasons({ actions, states, results }: RunState): readonly string[] {
  const refused = actions.flatMap(({ row, key }, i) => {
    const why = states[i] === 'refused' ? reasonText(results.get(i)?.reason) : '';
    return why === '' ? [] : [`${row > 0 ? `row ${row}` : key}: ${why}`];
  });
  const told = refused.slice(0, TOLD);
  const more = refused.length - told.length;
  return more > 0 ? [...told, `and ${more} more`] : told;
}

/** Partly done, unless every row was refused, by the API or because it was changed since: then nothing is done. */
export function refusedError(what: string, state: RunState, next: string): WorkTimeError {
  const { refused, total } = countsOf(state);
  const fields = { next, lines: reasons(state) };
  return refused < total ? new PartialError(what, fields) : new RefusedError(what, fields);
}

/** The gravest of what happened; undefined when all is done. */
export function outcomeOf(
  stopped: unknown,
  state: RunState,
  unit: string,
  refusedFile: string | undefined,
): unknown {
  if (stopped !== undefined && !(stopped instanceof WorkTimeError)) return stopped;
  let error: WorkTimeError | undefined = stopped;
  const counts = countsOf(state);
  const { refused, unknown, total } = counts;
  // Who leaves is told where the run stands, and leaves with that.
  if (refused > 0 && !(stopped instanceof InterruptedError)) {
    const what = `${wereRefused(refused, total, unit)}; ${others(counts)}`;
    error = graver(error, refusedError(what, state, mending(state, refusedFile)));
  }
  if (unknown > 0) {
    const what = total === 1 ? 'the write took effect' : `${unknown} of ${total} writes took effect`;
    error = graver(
      error,
      new UnknownOutcomeError(`nobody can say whether ${what}`, {
        next: `see \`worktime runs show ${state.head.id}\`, then look them up`,
      }),
    );
  }
  return error;
}

/** A run whose writes all get lost. */
export function unreachable({ id, of }: RunHead): TemporaryError {
  // `undo last` would be refused: then the last is this undo.
  const again = of === undefined ? 'run the same command again' : `run \`worktime runs resume ${id}\``;
  return new TemporaryError('nothing gets through: every write is lost on its way', {
    next: `check the network, then ${again}: it goes on where it stopped`,
  });
}
