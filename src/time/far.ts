/** Times that may be a slip of the finger: nobody can take a punch back over the API. */

import { formatDuration } from './duration.ts';

const DAY = 86_400_000;
/** How far the clocks of two machines may differ, in ms, before a time counts as one of the future. */
const AHEAD = 5 * 60_000;
/** In ms. An early entry lies less far ahead. */
const FAR_AHEAD = DAY;
const BACK = 366 * DAY;

/** Why a time may not be meant. */
export interface Doubt {
  /** `far-ahead`: it cannot be meant. `ahead`: more than a few minutes. `far-back`: more than a year. */
  readonly kind: 'far-ahead' | 'ahead' | 'far-back';
  /** `lies 3 h 10 min ahead of now` */
  readonly text: string;
}

/** Looks where an instant (RFC 3339) lies; undefined where nothing is odd about it. `now` in ms. */
export function doubtOf(at: string, now: number): Doubt | undefined {
  const ahead = Date.parse(at) - now;
  if (ahead > AHEAD) {
    const kind = ahead > FAR_AHEAD ? 'far-ahead' : 'ahead';
    return { kind, text: `lies ${formatDuration(ahead)} ahead of now` };
  }
  return -ahead > BACK ? { kind: 'far-back', text: 'lies more than a year back' } : undefined;
}
