/** What the commands that ask have in common. */

import { WorkTimeError } from '../errors.ts';

/** A check that throws, as a prompt wants it: what is wrong and how it is written, in one line. */
export function passes(check: () => unknown): true | string {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof WorkTimeError)) return String(error);
    return error.next === undefined ? error.message : `${error.message}: ${error.next}`;
  }
}
