/** Times that are no slip of the finger: nobody can take a punch back over the API. */

import { formatDuration } from './duration.ts';

const DAY = 86_400_000;
/** How far the clocks of two machines may differ, in ms, before a time counts as one of the future. */
export const AHEAD = 5 * 60_000;
/** In ms. An early entry lies less far ahead. */
const FAR_AHEAD = DAY;
const BACK = 366 * DAY;

/** How far ahead of now an instant lies, in words, where that cannot be meant; undefined where it can. */
export function tooFarAhead(at: string, now: number): string | undefined {
  const ahead = Date.parse(at) - now;
  return ahead > FAR_AHEAD ? `lies ${formatDuration(ahead)} ahead of now` : undefined;
}

/** Whether an instant lies so far back that it may be a slip: more than a year. */
export function liesFarBack(at: string, now: number): boolean {
  return now - Date.parse(at) > BACK;
}
