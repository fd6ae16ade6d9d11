/** Waits out a 429, by the server's clock and never longer than allowed. */

import { RateLimitError } from '../errors.ts';
import { machineTime } from '../time/zone.ts';
import type { Wording } from './advice.ts';
import type { Clock } from './clock.ts';
import { saidBy } from './envelope.ts';
import type { Exchange, Received } from './exchange.ts';
import type { ClientEvents } from './options.ts';
import { resetDelay, retryAfter } from './rate.ts';

const SHORTEST = 1_000;

/** How long may be waited, in ms, and who is told. */
export interface Allowance {
  readonly maxWait: number;
  readonly wording: Wording;
  readonly events: ClientEvents;
}

/**
 * Repeats what was answered with 429 after the reset, as long as all waits of one call stay within `maxWait` ms. A
 * reset that makes no sense is waited for in growing steps. Throws RateLimitError when the wait would be longer.
 */
export function throttling(exchange: Exchange, clock: Clock, allowance: Allowance): Exchange {
  const { maxWait, events } = allowance;
  return async (request) => {
    let left = maxWait;
    for (let step = 0; ; step++) {
      const received = await exchange(request);
      if (received.status !== 429) return received;
      const now = clock.now();
      const known = resetDelay(received.headers, now) ?? retryAfter(received.headers);
      const wanted = Math.max(SHORTEST, known ?? SHORTEST * 2 ** step);
      // A guess may be shortened to what is left of the allowance; a known reset may not.
      const wait = known === undefined ? Math.min(wanted, left) : wanted;
      if (wait > left || wait < SHORTEST) {
        throw limited(received, known === undefined ? undefined : now + known, allowance);
      }
      left -= wait;
      events.wait?.({ until: now + wait, ms: wait, reason: 'rate limited' });
      await clock.sleep(wait, request.signal);
    }
  };
}

function limited(
  received: Received,
  resetAt: number | undefined,
  { maxWait, wording }: Allowance,
): RateLimitError {
  const until = resetAt === undefined ? '' : ` until ${machineTime(resetAt)}`;
  return new RateLimitError(`rate limited${until}`, {
    ...saidBy(received),
    status: 429,
    resetAt,
    next:
      resetAt === undefined
        ? 'run it again later'
        : `run it again then, or allow a longer wait than ${maxWait / 1000} s with ${wording.maxWait}`,
  });
}
