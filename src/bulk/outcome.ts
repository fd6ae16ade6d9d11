/** How a run ended, in words that every count fits. */

import { graver, InterruptedError, PartialError, UnknownOutcomeError, WorkTimeError } from '../errors.ts';
import { countsOf, type RunState } from './journal.ts';

const singular = (unit: string) => (unit === 'punches' ? 'punch' : unit.replace(/s$/, ''));

const are = (count: number) => (count === 1 ? 'is' : 'are');
const were = (count: number) => (count === 1 ? 'was' : 'were');

/** `all 5 employees were refused`, `1 of 4 employees was refused`. */
export function wereRefused(refused: number, total: number, unit: string): string {
  if (refused < total) return `${refused} of ${total} ${unit} ${were(refused)} refused`;
  return total === 1 ? `the only ${singular(unit)} was refused` : `all ${total} ${unit} were refused`;
}

interface Ends {
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  /** Sent, and nobody can say. */
  readonly unknown: number;
  /** Sent, and not looked up yet. */
  readonly unclear: number;
  /** Never sent. */
  readonly left: number;
}

function endsOf(state: RunState): Ends {
  const { total, done, refused, unknown, pending } = countsOf(state);
  const unclear = state.states.filter((one) => one === 'sent').length;
  return { total, done, refused, unknown, unclear, left: pending - unclear };
}

/** What became of those that were not refused. */
function others({ total, done, refused, unknown, unclear, left }: Ends): string {
  const rest = total - refused;
  if (rest === 0) return 'nothing was changed';
  if (done === rest) return rest === 1 ? 'the other one is done' : `the other ${rest} are done`;
  const parts = [
    done > 0 ? `${done} ${are(done)} done` : 'none is done',
    unknown + unclear > 0 ? `${unknown + unclear} ${are(unknown + unclear)} unclear` : '',
    left > 0 ? `${left} ${are(left)} left` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Where a run stands that was stopped: `stopped: of 40 employees 8 are done, 2 are unclear, 30 are left`. */
export function standing(state: RunState, unit: string): string {
  const ends = endsOf(state);
  const { total, refused } = ends;
  if (ends.left === total) {
    return total === 1 ? 'stopped: nothing is done' : `stopped: none of ${total} ${unit} is done`;
  }
  const gone = refused > 0 ? `${refused} ${were(refused)} refused, ` : '';
  return `stopped: of ${total} ${unit} ${gone}${others(ends)}`;
}

/** What to do about the rows that were refused: mend the file of them, and import it. */
function mending(state: RunState, refusedFile: string | undefined): string {
  const { id, kind } = state.head;
  const see = `see worktime runs show ${id}`;
  if (refusedFile === undefined) return see;
  const file = /^[\w@%+=:,./-]+$/.test(refusedFile) ? refusedFile : `"${refusedFile}"`;
  return `mend ${file}, then worktime ${kind.replace('.', ' ')} ${file}`;
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
  const ends = endsOf(state);
  const { refused, unknown, total } = ends;
  // Who leaves is told where the run stands, and leaves with that.
  if (refused > 0 && !(stopped instanceof InterruptedError)) {
    const what = `${wereRefused(refused, total, unit)}; ${others(ends)}`;
    error = graver(error, new PartialError(what, { next: mending(state, refusedFile) }));
  }
  if (unknown > 0) {
    const what = total === 1 ? 'the write took effect' : `${unknown} of ${total} writes took effect`;
    error = graver(
      error,
      new UnknownOutcomeError(`nobody can say whether ${what}`, {
        next: `see worktime runs show ${state.head.id}, then look them up`,
      }),
    );
  }
  return error;
}
