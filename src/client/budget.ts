/**
 * The requests left in this hour, shared by every process with the same key. A small file: a header of fixed length
 * that tells the limit and its reset, then one byte for each request that was taken. Appending is atomic, so the size
 * of the file is the count, without a lock; a lock is held only while one window's file makes way for the next.
 */

import { unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '../context.ts';
import { RateLimitError } from '../errors.ts';
import { machineTime } from '../time/zone.ts';
import {
  append,
  begin,
  type Here,
  idOf,
  MARGIN,
  quietly,
  readWindow,
  renew,
  start,
  writeHeader,
} from './budget-file.ts';
import { fingerprint } from './fingerprint.ts';
import type { Budget, ClientEvents, Priority, RateLimit } from './options.ts';

export interface BudgetOptions {
  /** The state directory. */
  readonly directory: string;
  /** What makes a key the same key; only a hash of it is stored. */
  readonly identity: string;
  readonly context: Pick<Context, 'pid' | 'now' | 'sleep' | 'random'>;
  /** The longest wait for the reset, in ms. */
  readonly maxWait: number;
  /** Told before a wait. */
  readonly onWait?: ClientEvents['wait'];
}

/**
 * What is left for those who go first, as a share of the limit: nothing below a person, a little below the others. A
 * tail's pace leaves half of what there is by itself: more here, and its last calls of the free plan would be refused.
 */
const RESERVED: Readonly<Record<Priority, number>> = { person: 0, import: 0.05, tail: 0.06 };
const LEAST_RESERVE: Readonly<Record<Priority, number>> = { person: 0, import: 3, tail: 6 };
/** Requests that bulk work takes at once, so that it touches the file once for many. */
const LEASE = 64;
/** How long, in ms, the one request is waited for that proves a guessed window. */
const PROBE = 5_000;
const POLL = 20;
/** Two resets this far apart, in ms, are of two windows: the header counts whole seconds. */
const JITTER = 5_000;

/** Requests whose answer is not here yet and that may be counted in the next window, at most. */
const MOST_OUTSTANDING = 64;

/** Where the budget of a key is, in the state directory. */
const fileOf = (directory: string, identity: string) => join(directory, 'budget', fingerprint(identity));

/** Forgets what is left for a key: an API that starts anew counts anew. */
export function forgetBudget(directory: string, identity: string): void {
  quietly(() => unlinkSync(fileOf(directory, identity)));
}

/** Opens the budget of a key. Nothing is read or written before the first request. A disk that fails stops nobody. */
export function openBudget(options: BudgetOptions): Budget {
  const { context } = options;
  const path = fileOf(options.directory, options.identity);
  const folder = dirname(path);
  let leased = 0;
  let highest = 0;
  let ends = 0;
  let sure = false;
  let current: string | undefined;
  let outstanding = 0;

  /** Takes as much as there is for this priority: true, or when to try again. */
  function attempt(priority: Priority): true | number {
    const now = context.now();
    let window = readWindow(path) ?? start(folder, path, context);
    if (!window) return true;
    if (now >= window.reset + MARGIN) {
      if (!renew(path, context)) return now + POLL;
      window = readWindow(path);
      if (!window) return true;
    }
    if (window.id !== current) {
      // What is still under way will be counted by the API in this window.
      if (current !== undefined && outstanding > 0) append(path, Math.min(outstanding, MOST_OUTSTANDING));
      outstanding = 0;
      highest = 0;
      current = window.id;
    }
    // The first request of a guessed window proves it; the others wait for its answer.
    const unknown = window.limit === 0;
    const probing = !unknown && window.guessed > 0 && now - window.guessed < PROBE;
    const room = unknown
      ? Number.POSITIVE_INFINITY
      : probing
        ? 1
        : window.limit - reserve(priority, window.limit);
    if (window.used >= room) return probing ? now + POLL : window.reset + MARGIN;
    const wanted = priority === 'import' && !probing && !unknown ? lease(room - window.used) : 1;
    const used = append(path, wanted);
    highest = Math.max(highest, used);
    // Several took the last ones at once: none of them can be sure of its own.
    if (used > room) return probing ? now + POLL : window.reset + MARGIN;
    leased = wanted - 1;
    ends = window.reset;
    sure = window.guessed === 0;
    return true;
  }

  async function waitFor(priority: Priority, first: number, signal: AbortSignal | undefined): Promise<void> {
    const deadline = context.now() + options.maxWait;
    let told = false;
    for (let until = first; ; ) {
      const now = context.now();
      const ms = Math.max(1, until - now);
      if (now + ms > deadline) {
        throw new RateLimitError(`this key has no requests left until ${machineTime(until)}`, {
          resetAt: until,
          code: 'budget_used_up',
          next: `run it again then, or allow a longer wait than ${options.maxWait / 1000} s with --max-wait`,
        });
      }
      if (!told && ms > POLL) {
        told = true;
        options.onWait?.({ until, ms, reason: 'the requests of this hour are used up' });
      }
      // In steps: another process may learn that there is more room after all.
      await context.sleep(Math.min(ms, 1_000) + context.random() * POLL, signal);
      const outcome = quietly(() => attempt(priority)) ?? true;
      if (outcome === true) {
        outstanding += 1;
        return;
      }
      until = outcome;
    }
  }

  return {
    take(priority, signal) {
      if (leased > 0 && context.now() < ends) {
        leased -= 1;
        outstanding += 1;
        return undefined;
      }
      leased = 0;
      const outcome = quietly(() => attempt(priority)) ?? true;
      if (outcome !== true) return waitFor(priority, outcome, signal);
      outstanding += 1;
      return undefined;
    },
    seen(rate) {
      outstanding = Math.max(0, outstanding - 1);
      const told = complete(rate);
      if (!told) return;
      const used = told.limit - told.remaining;
      // What the file says already needs no writing.
      if (sure && used <= highest && Math.abs(told.resetAt - ends) <= JITTER) return;
      quietly(() => {
        highest = learn(path, told, context) ?? highest;
        sure = true;
        ends = told.resetAt;
      });
    },
  };
}

type Told = Readonly<Record<'limit' | 'remaining' | 'resetAt', number>>;

function complete({ limit, remaining, resetAt }: RateLimit): Told | undefined {
  if (limit === undefined || remaining === undefined || resetAt === undefined || limit < 1) return undefined;
  return { limit, remaining: Math.min(remaining, limit), resetAt };
}

/** Writes down what an answer told; gives back what is used. */
function learn(path: string, told: Told, context: Here): number | undefined {
  const now = context.now();
  const used = told.limit - told.remaining;
  const window = readWindow(path);
  const length = Math.max(told.resetAt - now, 1_000);
  if (!window) return undefined;
  const other = Math.abs(told.resetAt - window.reset) > JITTER && told.remaining > window.limit - window.used;
  if (window.guessed > 0 || told.limit !== window.limit) {
    writeHeader(path, { id: window.id, limit: told.limit, reset: told.resetAt, length, guessed: 0 });
  } else if (other) {
    // The server has begun anew, as after a restart: its word counts.
    begin(
      path,
      { id: idOf(context), limit: told.limit, reset: told.resetAt, length, guessed: 0 },
      used,
      false,
    );
    return used;
  }
  // Somebody on another machine uses the same key.
  return window.used < used ? append(path, used - window.used) : window.used;
}

function reserve(priority: Priority, limit: number): number {
  return Math.min(limit - 1, Math.max(LEAST_RESERVE[priority], Math.ceil(limit * RESERVED[priority])));
}

/** Fewer at once as they run out, so that the last are shared fairly. */
function lease(left: number): number {
  return Math.max(1, Math.min(LEASE, Math.floor(left / 16)));
}
