/** Sends events to a handler, one after the other, as `trigger`, `replay` and `audit --replay` do. */

import type { Clock } from '../client/clock.ts';
import { PartialError, RefusedError, TemporaryError, UsageError } from '../errors.ts';
import type { Reporter } from '../session.ts';
import { formatDuration } from '../time/duration.ts';
import type { Entry } from './entry.ts';
import { BACKOFF, delayOf } from './gate.ts';
import type { Outcome, Target } from './target.ts';
import { whoOf } from './who.ts';

export interface SendOptions {
  readonly target: Target;
  /** ms from the start of one to the start of the next */
  readonly interval?: number | undefined;
  /** How often each is tried. Default 1. */
  readonly attempts?: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly report: Pick<Reporter, 'note'>;
}

/** What became of one event. */
export interface Sent {
  readonly event: string;
  readonly timestamp: string | null;
  readonly who: string | null;
  /** `delivered`, or why not. */
  readonly result: Outcome['result'];
  /** The answer: `200`, `the connection was reset`. */
  readonly status: string;
  readonly took_ms: number;
}

/**
 * Sends entries in order and tells of each. Throws at the end when some were not delivered (PartialError; RefusedError
 * when none was), and at once when nothing is there to take them (TemporaryError).
 */
export async function* sendAll(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  options: SendOptions,
): AsyncGenerator<Sent> {
  const { target, clock, signal, interval = 0 } = options;
  let delivered = 0;
  let failed = 0;
  let due = clock.monotonic();
  for await (const entry of entries) {
    const early = due - clock.monotonic();
    if (early > 0) await clock.sleep(early, signal);
    due = Math.max(due, clock.monotonic() - interval) + interval;
    const outcome = await attempt(entry, options);
    if (outcome.result === 'unreachable') throw unreachable(target, outcome, delivered + failed);
    if (outcome.result === 'delivered') delivered += 1;
    else failed += 1;
    yield {
      event: entry.event.event,
      timestamp: entry.event.timestamp ?? null,
      who: whoOf(entry.event) ?? null,
      result: outcome.result,
      status: outcome.status,
      took_ms: Math.round(outcome.took),
    };
  }
  if (failed === 0) return;
  const message = `${target.shown} took ${delivered} of ${delivered + failed} events`;
  const fields = { code: 'not_delivered', next: "look at the handler's answers, then send them again" };
  throw delivered === 0 ? new RefusedError(message, fields) : new PartialError(message, fields);
}

async function attempt(entry: Entry, options: SendOptions): Promise<Outcome> {
  const { target, clock, signal, report, attempts = 1 } = options;
  for (let tried = 1; ; tried += 1) {
    const outcome = await target.deliver(entry, signal);
    if (outcome.result === 'delivered' || outcome.result === 'refused' || tried >= attempts) return outcome;
    const delay = Math.max(outcome.retryAfter ?? 0, delayOf(tried, BACKOFF, clock.random));
    report.note(`${target.shown}: ${outcome.status}; trying again in ${formatDuration(delay)}`);
    await clock.sleep(delay, signal);
  }
}

const unreachable = (target: Target, { status }: Outcome, before: number) =>
  new TemporaryError(
    `${target.shown} cannot be reached (${status})${before > 0 ? ` after ${before} event${before === 1 ? '' : 's'}` : ''}`,
    {
      code: 'unreachable',
      next: 'start the handler, then run it again',
    },
  );

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** `10/s`, `30/min`, `10` (a second) as ms between two events. @throws UsageError */
export function parseRate(text: string, name: string): number {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)(?:\/(s|m|min|h))?$/.exec(text);
  const count = Number(match?.[1]);
  if (!match || !(count > 0)) {
    throw new UsageError(`${name}: "${text}" is not a rate`, {
      code: 'invalid_value',
      next: 'write events per time, such as 10/s or 30/min',
    });
  }
  return (UNITS[match[2] ?? 's'] ?? 1000) / count;
}
