/** The rate limit as the headers tell it, by the server's clock. */

import type { RateLimit } from './options.ts';

type Headers = Readonly<Record<string, string>>;

/** A reset farther away than this is taken for a broken header: the windows are hours. */
const FARTHEST = 24 * 3_600_000;
/** A number of seconds that large would be the year 5138: it is milliseconds. */
const MILLISECONDS = 1e11;

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,16}(?:\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/**
 * How long from now until the reset, in ms: the reset less the server's own `Date`, so that a wrong clock here does no
 * harm. Undefined when the header is missing, past, negative, no number, or absurdly far.
 */
export function resetDelay(headers: Headers, now: number): number | undefined {
  const reset = numberOf(headers['x-ratelimit-reset']);
  if (reset === undefined) return undefined;
  const date = Date.parse(headers['date'] ?? '');
  const at = reset >= MILLISECONDS ? reset : reset * 1000;
  const delay = at - (Number.isNaN(date) ? now : date);
  return delay > 0 && delay <= FARTHEST ? delay : undefined;
}

/** The seconds of `Retry-After` in ms; undefined when it is absent, a date, or absurd. */
export function retryAfter(headers: Headers): number | undefined {
  const seconds = numberOf(headers['retry-after']);
  return seconds !== undefined && seconds * 1000 <= FARTHEST ? seconds * 1000 : undefined;
}

/** The rate limit of an answer; undefined when it carries none. */
export function readRate(headers: Headers, now: number): RateLimit | undefined {
  const limit = numberOf(headers['x-ratelimit-limit']);
  const remaining = numberOf(headers['x-ratelimit-remaining']);
  if (limit === undefined && remaining === undefined) return undefined;
  const delay = resetDelay(headers, now);
  return { limit, remaining, resetAt: delay === undefined ? undefined : now + delay, seenAt: now };
}
