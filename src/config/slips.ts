/** Variables that nearly are ours. */

import type { Context } from '../context.ts';
import { closest } from '../nearest.ts';

/** Those that decide where a command goes: what nearly is one of them would send it elsewhere without a word. */
const PLACES = ['WORKTIME_PROFILE', 'WORKTIME_BASE_URL'];

/** Warns of each variable that nearly decides where a command goes. */
export function warnOfSlips(env: Context['env'], warn: (text: string) => void): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith('WORKTIME_') || PLACES.includes(name) || !env[name]) continue;
    const words = PLACES.map((place) => place.slice('WORKTIME_'.length).toLowerCase());
    const [near] = closest(name.slice('WORKTIME_'.length), words);
    if (near !== undefined) warn(`${name} means nothing here; did you mean WORKTIME_${near.toUpperCase()}?`);
  }
}
