/** Which faults a tail lives through, and how long it waits before it tries again. */

import type { Clock } from '../client/clock.ts';
import { InvalidAnswerError, RateLimitError, RefusedError, TemporaryError } from '../errors.ts';

const FIRST_BACKOFF = 1000;
const LONGEST_BACKOFF = 60_000;
/** However far away a reset claims to be. */
const LONGEST_LIMIT = 3_600_000;

/** Answers that were never valid, one poll after another, before they are taken to be another service's. */
const STRANGE_ANSWERS = 3;

export interface History {
  /** Whether this source has ever answered. */
  readonly answered: boolean;
  /** Failures in a row, this one included. */
  readonly failures: number;
}

/** Whether a fault can pass: the network, the API's health and its rate limit can; a wrong key, a full disk and a bug cannot. */
export function passes(error: unknown, { answered, failures }: History): boolean {
  if (error instanceof TemporaryError || error instanceof RateLimitError) return true;
  if (error instanceof InvalidAnswerError) return answered || failures < STRANGE_ANSWERS;
  return error instanceof RefusedError && answered;
}

/** Whether the next source would meet the same fault: nothing answers at all, or the limit is used up. */
export function isHopeless(error: unknown): boolean {
  if (error instanceof TemporaryError) return error.status === undefined;
  return !(error instanceof RefusedError || error instanceof InvalidAnswerError);
}

/** How long to wait after a failure, ms: until the rate limit's reset, else twice as long each time, up to a minute. */
export function backoff(clock: Clock, error: unknown, failures: number): number {
  if (error instanceof RateLimitError && error.resetAt !== undefined) {
    const left = error.resetAt - clock.now();
    return Math.min(LONGEST_LIMIT, Math.max(FIRST_BACKOFF, left)) + clock.random() * FIRST_BACKOFF;
  }
  const ceiling = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.min(failures, 16));
  return ceiling * (0.5 + clock.random() / 2);
}
