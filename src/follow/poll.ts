/**
 * The engine of a tail: reads the sources again and again and yields each record once, in the order of arrival. The
 * last timestamp seen is never a cursor, for records are uploaded weeks late, out of order, twice and from the future.
 */

import type { Clock } from '../client/clock.ts';
import { backoff, isHopeless, passes } from './faults.ts';
import { later, type Memory } from './memory.ts';
import type { Budget, Pace, Pacing } from './pace.ts';
import { type First, type Found, type Round, readRound, type Source } from './round.ts';
import { moment, sleptSince, waitUntil } from './wait.ts';

/** A record as it is shown. */
export interface Arrival {
  readonly record: unknown;
  /** ms; NaN where the record does not say. */
  readonly time: number;
  /** Older than one that was shown before it. */
  readonly late: boolean;
}

/** Why a tail ended by itself. */
export type Ending = 'interrupted' | 'until' | 'idle' | 'count';

/** Hears how the tail fares. */
export interface Observer {
  /** A round in which every source answered. */
  polled?(state: { readonly pacing: Pacing; readonly known: number }): void;
  shown?(arrivals: readonly Arrival[]): void;
  /** A round with faults; the next try comes after `delay` ms. */
  behind?(state: { readonly error: unknown; readonly delay: number; readonly failures: number }): void;
  /** The first whole round after faults or a sleep; `gap`: ms since the one before. */
  caughtUp?(state: { readonly gap: number; readonly found: number }): void;
  slept?(ms: number): void;
  ended?(ending: Ending): void;
}

export interface PollOptions {
  /** May grow while the tail runs. */
  readonly sources: readonly Source[];
  readonly memory: Memory;
  readonly first: First;
  readonly pace: Pace;
  readonly matches: (record: unknown) => boolean;
  /** The rate limit as last seen. */
  readonly budget: () => Budget | undefined;
  /** Ends at this instant, ms. */
  readonly until?: number | undefined;
  /** Ends after so many ms without a new record. */
  readonly idle?: number | undefined;
  /** Ends after so many records. */
  readonly count?: number | undefined;
  readonly observer?: Observer;
}

/** Records handed out at once: at most these are shown again after a kill. */
const SLICE = 500;
const HOUR = 3_600_000;
/** Tries to read what happened before `until`, once it has passed. */
const LAST_TRIES = 3;

/**
 * Yields what arrives until it is told to end or the signal is aborted; then it returns. A slice counts as shown once
 * the next is asked for: a consumer must have written it by then.
 * @throws what a source throws, where waiting cannot help: a wrong key, a lock that is not there, the disk.
 */
export async function* poll(
  clock: Clock & { readonly signal: AbortSignal },
  options: PollOptions,
): AsyncGenerator<readonly Arrival[], Ending> {
  const { memory, pace, observer, signal } = { ...options, signal: clock.signal };
  const answered = new Set<string>();
  let { first } = options;
  let count = options.count ?? Number.POSITIVE_INFINITY;
  let failures = 0;
  let disturbed = false;
  let hour = clock.now();
  let whole = moment(clock);
  let lively = whole.steady;

  const end = (ending: Ending): Ending => {
    observer?.ended?.(ending);
    return ending;
  };

  while (!signal.aborted) {
    const started = moment(clock);
    const round = await readRound({ ...options, first, isHopeless });
    const slept = sleptSince(clock, started);
    if (slept > 0) observer?.slept?.(slept);
    const faulty = new Set(round.faults.map(({ source }) => source.id));
    if (round.faults.length === 0) for (const { id } of options.sources) answered.add(id);
    else for (const { id } of options.sources) if (!faulty.has(id) && memory.knows(id)) answered.add(id);
    // A source that answers only later starts where the others did.
    if ('last' in first && answered.size > 0) first = { since: round.found[0]?.time || started.wall };

    await memory.passedOver(round.passedOver);
    for (const slice of slices(round.found.slice(0, count))) {
      const keys = slice.map(({ key }) => key);
      const { arrivals, newest } = mark(slice, memory.newest);
      await memory.showing(keys);
      yield arrivals;
      await memory.shown(keys, newest);
      observer?.shown?.(arrivals);
      lively = clock.monotonic();
    }
    count -= Math.min(count, round.found.length);
    if (count <= 0) return end('count');
    if (signal.aborted) break;

    const fault = worst(round);
    const past = options.until !== undefined && clock.now() >= options.until;
    let delay: number;
    if (fault) {
      failures += 1;
      if (!passes(fault.error, { answered: answered.has(fault.source.id), failures })) throw fault.error;
      const silent = clock.monotonic() - Math.max(whole.steady, lively);
      if ((past && failures >= LAST_TRIES) || silent >= (options.idle ?? Number.POSITIVE_INFINITY)) {
        throw fault.error;
      }
      delay = backoff(clock, fault.error, failures);
      // One lock that fails must not slow the others down.
      if (faulty.size < options.sources.length && !isHopeless(fault.error)) {
        delay = Math.min(delay, pace.next(clock.now(), options.budget(), round.cost).delay);
      }
      observer?.behind?.({ error: fault.error, delay, failures });
      disturbed = true;
    } else {
      const pacing = pace.next(clock.now(), options.budget(), round.cost);
      delay = pacing.delay;
      failures = 0;
      await memory.polled(clock.now());
      if (clock.now() - hour >= HOUR) {
        hour = clock.now();
        memory.known.tick();
      }
      if (disturbed || slept > 0) {
        observer?.caughtUp?.({ gap: clock.now() - whole.wall, found: round.found.length });
      }
      disturbed = false;
      whole = moment(clock);
      observer?.polled?.({ pacing, known: memory.known.size });
      if (past) return end('until');
      if (options.idle !== undefined && clock.monotonic() - lively >= options.idle) return end('idle');
    }

    const due = {
      wall: sooner(clock.now(), started.wall + delay, options.until),
      steady: sooner(clock.monotonic(), started.steady + delay, lively + (options.idle ?? Number.NaN)),
    };
    const asleep = await waitUntil(clock, due, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return 0;
    });
    if (asleep > 0) {
      disturbed = true;
      observer?.slept?.(asleep);
    }
  }
  return end('interrupted');
}

/** `due`, or a limit that comes before it. One that has passed is no reason to hurry. */
const sooner = (now: number, due: number, limit: number | undefined) =>
  limit !== undefined && limit > now && limit < due ? limit : due;

function* slices(found: readonly Found[]): Generator<readonly Found[]> {
  for (let at = 0; at < found.length; at += SLICE) yield found.slice(at, at + SLICE);
}

function mark(slice: readonly Found[], newest: number | undefined) {
  let latest = newest;
  const arrivals = slice.map(({ record, time }): Arrival => {
    const late = latest !== undefined && time < latest;
    latest = later(latest, time);
    return { record, time, late };
  });
  return { arrivals, newest: latest };
}

/** Of a round's faults the one that cannot be waited out, if there is one. */
function worst({ faults }: Round) {
  return faults.find(({ error }) => !passes(error, { answered: true, failures: 1 })) ?? faults[0];
}
