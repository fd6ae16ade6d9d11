/** A time as a clock on the wall shows it, which a change of clocks skips, or shows twice. */

import { UsageError } from '../errors.ts';
import { rfc3339, zoneOffset } from './zone.ts';

const DAY = 86_400_000;

/** The two instants of a time that comes twice, as RFC 3339 with the offset of each: the one that is taken first. */
export interface Twice {
  readonly taken: string;
  readonly other: string;
  /** IANA name. */
  readonly timeZone: string;
}

export interface WallContext {
  /** IANA name. */
  readonly timeZone: string;
  readonly name?: string;
  /** Told of a time that comes twice: its first pass is taken. */
  readonly twice?: ((both: Twice) => void) | undefined;
}

/** The code of the error for a time that there is not. */
export const SKIPPED = 'skipped_time';

/**
 * The instant of a wall-clock time in ms; `time` is ms after midnight. Throws UsageError naming `name` where the clocks
 * were put forward over it: whether the old or the new time is meant, nobody can say.
 */
export function wallInstant(date: string, time: number, context: WallContext): number {
  const { timeZone, name = 'time' } = context;
  const wall = Date.parse(`${date}T00:00:00Z`) + time;
  const before = zoneOffset(wall - DAY, timeZone);
  const after = zoneOffset(wall + DAY, timeZone);
  if (before === after) return wall - before;
  const [first, second] = [before, after]
    .filter((offset) => zoneOffset(wall - offset, timeZone) === offset)
    .map((offset) => wall - offset);
  if (first === undefined) {
    const shown = rfc3339(wall).slice(11, -1);
    throw new UsageError(
      `${name}: there is no ${shown} on ${date} in ${timeZone}: the clocks go forward over it`,
      {
        code: SKIPPED,
        next: `write it with its offset: ${withOffset(wall - before, before)} or ${withOffset(wall - after, after)}`,
      },
    );
  }
  if (second !== undefined) {
    context.twice?.({
      taken: withOffset(first, before),
      other: withOffset(second, after),
      timeZone,
    });
  }
  return first;
}

/** An instant as RFC 3339 with an offset, in ms. */
function withOffset(instant: number, offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (n: number) => String(n).padStart(2, '0');
  const text = rfc3339(instant + offset).replace('Z', '');
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** What whoever wrote a time that comes twice is told. */
export function twiceInWords({ taken, other, timeZone }: Twice): string {
  const [day, time] = taken.slice(0, -6).split('T');
  return `${time} comes twice on ${day} in ${timeZone}, and is taken as ${taken}; write ${other} for the second`;
}
