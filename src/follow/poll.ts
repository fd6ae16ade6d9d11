/**
 * The engine of a tail: reads the sources again and again and yields each record once, in the order of arrival. The
 * last timestamp seen is never a cursor, for records are uploaded weeks late, out of order, twice and from the future.
 */

import type { Clock } from '../client/clock.ts';
import { backoff, isHopeless, passes } from './faults.ts';
import { later, type Memory } from './memory.ts';
import type { Budget, Pace, Pacing } from './pace.ts';
import { type First, type Found, type Round, readRound, type Source } from './round.ts';
import { type Moment, moment, sleptSince, waitUntil } from './wait.ts';

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

type TailClock = Clock & { readonly signal: AbortSignal };

/**
 * Yields what arrives until it is told to end or the signal is aborted; then it returns. A slice counts as shown once
 * the next is asked for: a consumer must have written it by then.
 * @throws what a source throws, where waiting cannot help: a wrong key, a lock that is not there, the disk.
 */
export async function* poll(
  clock: TailClock,
  options: PollOptions,
): AsyncGenerator<readonly Arrival[], Ending> {
  const { memory, observer } = options;
  const course = new Course(clock, options);
  let { first } = options;
  let count = options.count ?? Number.POSITIVE_INFINITY;
  let ending: Ending | undefined;
  while (!clock.signal.aborted && ending === undefined) {
    const started = moment(clock);
    const round = await readRound({ ...options, first, isHopeless });
    course.slept(sleptSince(clock, started));
    // A source that answers only later starts where the others did.
    if ('last' in first && options.sources.some(({ id }) => memory.knows(id))) {
      first = { since: round.found[0]?.time || started.wall };
    }
    await memory.passedOver(round.passedOver);
    for (const slice of slices(round.found.slice(0, count))) {
      const keys = slice.map(({ key }) => key);
      const { arrivals, newest } = mark(slice, memory.newest);
      await memory.showing(keys);
      yield arrivals;
      await memory.shown(keys, newest);
      observer?.shown?.(arrivals);
      course.lively = clock.monotonic();
    }
    count -= Math.min(count, round.found.length);
    if (clock.signal.aborted) break;
    if (count <= 0) {
      ending = 'count';
      await memory.polled(clock.now());
    } else if (round.faults.length > 0) await course.wait(moment(clock, course.setback(round)));
    else {
      const delay = await course.whole(round);
      ending = course.ending();
      if (!ending) await course.wait({ wall: started.wall + delay, steady: started.steady + delay });
    }
  }
  observer?.ended?.(ending ?? 'interrupted');
  return ending ?? 'interrupted';
}

/** How a tail fares from round to round: what went wrong, since when, and when the next round is due. */
class Course {
  /** When a record came last, on the steady clock. */
  lively: number;
  readonly #clock: TailClock;
  readonly #options: PollOptions;
  /** The last round in which every source answered. */
  #whole: Moment;
  #hour: number;
  #failures = 0;
  #disturbed = false;

  constructor(clock: TailClock, options: PollOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#whole = moment(clock);
    this.#hour = this.#whole.wall;
    this.lively = this.#whole.steady;
  }

  slept(ms: number): void {
    if (ms === 0) return;
    this.#disturbed = true;
    this.#options.observer?.slept?.(ms);
  }

  /** After a round with faults: how long to wait, ms. Throws the fault that waiting cannot mend. */
  setback(round: Round): number {
    const { memory, sources, pace, idle, observer } = this.#options;
    const failures = ++this.#failures;
    const fatal = round.faults.find(
      ({ source, error }) => !passes(error, { answered: memory.knows(source.id), failures }),
    );
    const error = (fatal ?? round.faults[0])?.error;
    const silent = this.#clock.monotonic() - Math.max(this.#whole.steady, this.lively);
    // What came before the end is not known, and cannot be had: that must not look like a quiet end.
    const tooLate = this.#past() && failures >= LAST_TRIES;
    if (fatal || tooLate || silent >= (idle ?? Number.POSITIVE_INFINITY)) throw error;
    let delay = backoff(this.#clock, error, failures);
    // One lock that fails must not slow the others down.
    if (round.faults.length < sources.length && !isHopeless(error)) {
      delay = Math.min(delay, pace.next(this.#clock.now(), this.#options.budget(), round.cost).delay);
    }
    observer?.behind?.({ error, delay, failures });
    this.#disturbed = true;
    return delay;
  }

  /** After a round without a fault: how long after its start the next one begins, ms. */
  async whole(round: Round): Promise<number> {
    const { memory, pace, budget, observer } = this.#options;
    const now = this.#clock.now();
    const pacing = pace.next(now, budget(), round.cost);
    await memory.polled(now);
    if (now - this.#hour >= HOUR) {
      this.#hour = now;
      memory.known.tick();
    }
    if (this.#disturbed) observer?.caughtUp?.({ gap: now - this.#whole.wall, found: round.found.length });
    this.#disturbed = false;
    this.#failures = 0;
    this.#whole = moment(this.#clock);
    observer?.polled?.({ pacing, known: memory.known.size });
    return pacing.delay;
  }

  /** Whether the tail has come to its end, after a whole round. */
  ending(): Ending | undefined {
    if (this.#past()) return 'until';
    const { idle } = this.#options;
    return idle !== undefined && this.#clock.monotonic() - this.lively >= idle ? 'idle' : undefined;
  }

  /** Waits for the moment, or for an end that comes before it. */
  async wait(due: Moment): Promise<void> {
    const { until, idle } = this.#options;
    const clock = this.#clock;
    const end = {
      wall: sooner(clock.now(), due.wall, until),
      steady: sooner(clock.monotonic(), due.steady, idle === undefined ? undefined : this.lively + idle),
    };
    try {
      this.slept(await waitUntil(clock, end, clock.signal));
    } catch (error) {
      if (!clock.signal.aborted) throw error;
    }
  }

  #past(): boolean {
    const { until } = this.#options;
    return until !== undefined && this.#clock.now() >= until;
  }
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
