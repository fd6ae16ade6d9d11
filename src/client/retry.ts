/** The retry table: what is repeated, how often, and after how long. */

import type { Clock } from './clock.ts';
import { CutError, type Exchange } from './exchange.ts';
import { isServerFault } from './failure.ts';
import type { ClientEvents } from './options.ts';
import { TransportError, UNUSABLE } from './transport.ts';

/** How often a read is tried in all. */
export const ATTEMPTS = 3;
const BASE = 500;
const LONGEST = 5_000;

/** Full jitter: anything from nothing to a bound that doubles. In ms; `attempt` is the one that failed, from 1. */
export function backoff(clock: Clock, attempt: number): number {
  return Math.round(clock.random() * Math.min(LONGEST, BASE * 2 ** (attempt - 1)));
}

/** Why a failed attempt may be repeated, in words; undefined when it may not. */
function repeatable(error: unknown, reads: boolean): string | undefined {
  if (error instanceof CutError) return reads ? 'the answer was cut short' : undefined;
  if (!(error instanceof TransportError)) return undefined;
  switch (error.fault) {
    case 'unsent':
      return error.message;
    case 'dns':
      return error.code === 'EAI_AGAIN' ? error.message : undefined;
    case 'tls':
      return undefined;
    default:
      return reads && error.code !== UNUSABLE ? error.message : undefined;
  }
}

/**
 * Repeats a read that was refused, reset, cut, timed out or answered with a server fault, and a write only when
 * nothing of it can have been sent. The last attempt's answer or error is the outcome.
 */
export function retrying(exchange: Exchange, clock: Clock, events: ClientEvents): Exchange {
  return async (request) => {
    const reads = request.method === 'GET';
    // A tail waits faults out and tells of them itself: to do both here too would say an outage several times.
    const attempts = request.priority === 'tail' ? 1 : ATTEMPTS;
    const pause = async (attempt: number, reason: string) => {
      const delay = backoff(clock, attempt);
      events.retry?.({ method: request.method, path: new URL(request.url).pathname, attempt, reason, delay });
      await clock.sleep(delay, request.signal);
    };
    for (let attempt = 1; ; attempt++) {
      try {
        const received = await exchange(request);
        if (!reads || attempt >= attempts || !isServerFault(received.status)) return received;
        await pause(attempt, `status ${received.status}`);
      } catch (error) {
        const reason = repeatable(error, reads);
        if (reason === undefined || attempt >= attempts) throw error;
        await pause(attempt, reason);
      }
    }
  };
}
