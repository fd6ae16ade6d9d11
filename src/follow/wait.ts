import type { Clock } from '../client/clock.ts';

/** A wait is cut into pieces, so that a machine that wakes from sleep polls at once instead of finishing its wait. */
const PIECE = 5000;

/** Wall-clock time that is missing from the monotonic clock, or from a piece's length: the machine slept. */
const ASLEEP = 30_000;

/** An instant on both clocks: whichever gets there first. */
export interface Moment {
  readonly wall: number;
  readonly steady: number;
}

export const moment = (clock: Clock, in_ = 0): Moment => ({
  wall: clock.now() + in_,
  steady: clock.monotonic() + in_,
});

/** How long the machine slept since `from`, ms; 0 where the two clocks agree. On some systems both go on: then only `busy` ms were meant. */
export function sleptSince(clock: Clock, from: Moment, busy?: number): number {
  const wall = clock.now() - from.wall;
  const steady = busy ?? clock.monotonic() - from.steady;
  return wall - steady > ASLEEP ? wall - steady : 0;
}

/** Waits until the moment comes on either clock. Gives back how long the machine slept meanwhile, ms. Rejects with the signal's reason. */
export async function waitUntil(clock: Clock, due: Moment, signal: AbortSignal): Promise<number> {
  for (let slept = 0; ; ) {
    const left = Math.min(due.wall - clock.now(), due.steady - clock.monotonic());
    if (left <= 0) return slept;
    const piece = Math.min(left, PIECE);
    const before = moment(clock);
    await clock.sleep(piece, signal);
    slept += sleptSince(clock, before, piece);
  }
}
