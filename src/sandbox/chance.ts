/** Chance for what happens while the sandbox runs: the same seed, the same course of events. */

import { hash } from './seed/hash.ts';

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  pick(below: number): number;
  /** True in `share` of the calls, 0 to 1. */
  happens(share: number): boolean;
}

/** `stream` keeps those who draw apart, so that one's draws do not change another's. */
export function chance(seed: number, stream: number): Chance {
  let count = 0;
  const next = () => {
    count += 1;
    return hash(seed, 7000 + stream, count) / 4_294_967_296;
  };
  return {
    next,
    pick: (below) => Math.floor(next() * below),
    happens: (share) => share > 0 && next() < share,
  };
}
