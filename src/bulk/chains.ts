/** The order of work: punches of one employee follow each other, everything else goes side by side. */

import type { Action } from './types.ts';

/** Gives out indexes of actions; the next of a chain only once the one before is through. */
export class Chains {
  readonly #ready: number[] = [];
  readonly #next = new Map<number, number>();
  #at = 0;

  /** `pending`: the indexes still to be done, in the order of the file. */
  constructor(actions: readonly Action[], pending: Iterable<number>) {
    const last = new Map<string, number>();
    const todo = [...pending];
    const timed = (i: number) => {
      const action = actions[i];
      return action?.op === 'clock' ? Date.parse(action.body.timestamp) : 0;
    };
    for (const i of todo.sort((a, b) => timed(a) - timed(b) || a - b)) {
      const action = actions[i];
      const chain = action?.op === 'clock' ? action.body.employee_id : undefined;
      const before = chain === undefined ? undefined : last.get(chain);
      if (before === undefined) this.#ready.push(i);
      else this.#next.set(before, i);
      if (chain !== undefined) last.set(chain, i);
    }
  }

  /** The next that may be sent; undefined when there is none now. */
  take(): number | undefined {
    const i = this.#ready[this.#at];
    if (i !== undefined) this.#at += 1;
    return i;
  }

  /** It is through, one way or another: the next of its chain may go. */
  through(i: number): void {
    const next = this.#next.get(i);
    if (next === undefined) return;
    this.#next.delete(i);
    this.#ready.push(next);
  }

  /** It has to be sent again. */
  again(i: number): void {
    this.#ready.push(i);
  }
}
