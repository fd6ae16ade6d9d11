/** What the commands that ask have in common. */

import { InterruptedError, WorkTimeError } from '../errors.ts';

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

/** For a `catch`: what is shown beside a question is done without where it cannot be had, unless the person leaves. */
export const orElse =
  <T>(fallback: T) =>
  (error: unknown): T => {
    if (error instanceof InterruptedError) throw error;
    return fallback;
  };
