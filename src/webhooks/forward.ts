/** From the record to a target: at least once, in order per employee, however long the target is away. */

import { setMaxListeners } from 'node:events';
import type { Clock } from '../client/clock.ts';
import { describe } from '../errors.ts';
import type { Reporter } from '../session.ts';
import { formatDuration } from '../time/duration.ts';
import type { Cursor } from './cursor.ts';
import { type EventFilter, laneOf } from './event.ts';
import { BACKOFF, type Backoff, delayOf, Gate } from './gate.ts';
import { comparePositions, type Position, readEntries, START, type Stored } from './place.ts';
import type { DurableRecord } from './record.ts';
import { Saver } from './saver.ts';
import type { Outcome, Target } from './target.ts';

/** Events in memory at once; the others wait on the disk. */
const WINDOW = 1000;
/** Events whose places are known at once: while some employees' wait for another attempt, those of others go on. */
const PLACES = 20_000;
/** Of an event's name so much is told. */
const LONGEST = 100;
/** After so many refusals in a row (about five minutes) an event no longer holds up the ones behind it. */
const MAX_REFUSALS = 15;
export interface ForwardOptions {
  readonly record: DurableRecord;
  readonly target: Target;
  readonly cursor: Cursor;
  readonly filter: EventFilter;
  readonly clock: Clock;
  readonly report: Pick<Reporter, 'note' | 'warn'>;
  readonly backoff?: Backoff;
}

/** An event that waits for its turn; without itself where there were too many: then it is read again. */
interface Waiting {
  readonly at: Position;
  readonly stored?: Stored;
}

const keyOf = (at: Position) => `${at.segment}:${at.offset}`;

export class Forwarder {
  readonly #options: ForwardOptions;
  /** Aborted: no further attempt is begun. */
  readonly #halt = new AbortController();
  /** Aborted: attempts under way are given up. */
  readonly #cut = new AbortController();
  readonly #gate: Gate;
  readonly #saver: Saver;
  readonly #lanes = new Map<string, Waiting[]>();
  /** Of those that wait, how many are in memory. */
  #inMemory = 0;
  readonly #pending = new Map<string, Position>();
  /** What was under way when the last run ended. */
  readonly #left: readonly Position[];
  /** Whether there was something for the target when it was opened. */
  #waited = false;
  #next: Position;
  #reading: Promise<void> = Promise.resolve();
  /** Lanes that wait before they try again. */
  #resting = 0;
  #stopping = false;
  #waiting: (() => void)[] = [];

  private constructor(options: ForwardOptions, next: Position, left: readonly Position[]) {
    this.#options = options;
    this.#next = next;
    this.#left = left;
    for (const at of left) this.#pending.set(keyOf(at), at);
    const progress = () => ({
      next: this.#next,
      pending: [...this.#pending.values()].sort(comparePositions),
    });
    this.#saver = new Saver(options, progress, this.#halt.signal);
    // Each lane that rests listens for the end.
    setMaxListeners(0, this.#halt.signal, this.#cut.signal);
    this.#gate = new Gate(options.target.concurrency, options.clock, this.#halt.signal);
  }

  /**
   * Stands where the target's cursor does; a target that is new gets what comes from now on.
   * @throws LocalError when the cursor cannot be read or made.
   */
  static async open(options: ForwardOptions): Promise<Forwarder> {
    const { cursor, record } = options;
    const saved = await cursor.load();
    // A cursor beyond the end belongs to a file that was replaced since: this one is all new to the target.
    const replaced = saved && comparePositions(saved.next, record.end) > 0;
    const known = replaced ? { next: START, pending: [] } : saved;
    // A crash before the first event must not make the target a new one again.
    if (!known) await cursor.save({ next: record.end, pending: [] });
    const forwarder = new Forwarder(options, known?.next ?? record.end, known?.pending ?? []);
    forwarder.#waited = forwarder.#left.length > 0 || comparePositions(forwarder.#next, record.end) < 0;
    return forwarder;
  }

  /** Begins to deliver, first what waited. To be called once. */
  begin(): void {
    const { report, target } = this.#options;
    if (this.#waited) report.note(`forward to ${target.shown}: sending what waited since the last run`);
    this.#reading = this.#read().catch((error: unknown) => {
      if (!this.#halt.signal.aborted) {
        report.warn(`forward to ${target.shown} stopped: ${describe(error).message}`);
        this.#end();
      }
    });
  }

  /**
   * Once the record is closed: delivers what is left unless the target is down, within `grace` ms, and saves the
   * cursor. Gives the number of events that wait for the next run.
   */
  async stop(grace: number): Promise<number> {
    this.#stopping = true;
    if (this.#gate.paused || this.#resting > 0) this.#end();
    const enough = new AbortController();
    const late = this.#options.clock.sleep(grace, enough.signal).then(
      () => {
        this.#cut.abort();
        this.#end();
      },
      () => undefined,
    );
    await this.#reading;
    while (this.#lanes.size > 0) await this.#change();
    enough.abort();
    await late;
    this.#end();
    await this.#saver.finish();
    return this.#pending.size + (await this.#unread());
  }

  async #read(): Promise<void> {
    const { record } = this.#options;
    for (const at of this.#left) {
      const stored = await entryAt(record, at);
      if (stored) this.#take(stored);
      else this.#pending.delete(keyOf(at));
    }
    for await (const batch of record.tail(this.#next, this.#halt.signal)) {
      for (const stored of batch) {
        while (this.#isFull() && !this.#halt.signal.aborted) await this.#change();
        if (this.#halt.signal.aborted) return;
        this.#next = stored.next;
        if (!stored.duplicate && this.#options.filter(stored.event)) this.#take(stored);
      }
      this.#saver.touch();
    }
  }

  #isFull(): boolean {
    return this.#pending.size >= (this.#resting > 0 ? PLACES : WINDOW);
  }

  #take(stored: Stored): void {
    const { at } = stored;
    this.#pending.set(keyOf(at), at);
    const fits = this.#inMemory < WINDOW;
    if (fits) this.#inMemory += 1;
    const waiting = fits ? { at, stored } : { at };
    const name = laneOf(stored.event);
    const lane = this.#lanes.get(name);
    if (lane) lane.push(waiting);
    else {
      const begun = [waiting];
      this.#lanes.set(name, begun);
      void this.#work(name, begun);
    }
  }

  async #work(name: string, lane: Waiting[]): Promise<void> {
    for (let next = lane[0]; next && (await this.#finish(next)); next = lane[0]) {
      lane.shift();
      if (next.stored) this.#inMemory -= 1;
      this.#pending.delete(keyOf(next.at));
      this.#saver.touch();
      this.#changed();
    }
    this.#lanes.delete(name);
    this.#changed();
  }

  /** As `#deliver`, of an event that may have to be read again; one that is gone from the disk is done with. */
  async #finish({ at, stored }: Waiting): Promise<boolean> {
    try {
      const event = stored ?? (await entryAt(this.#options.record, at));
      return event === undefined || (await this.#deliver(event));
    } catch (error) {
      this.#options.report.warn(
        `forward to ${this.#options.target.shown} stopped: ${describe(error).message}`,
      );
      this.#end();
      return false;
    }
  }

  /** Until it is delivered, or set aside; false when the run ends before. */
  async #deliver(stored: Stored): Promise<boolean> {
    const { target, clock, backoff = BACKOFF } = this.#options;
    let refusals = 0;
    for (let attempt = 1; await this.#gate.enter(); attempt += 1) {
      let outcome: Outcome;
      try {
        outcome = await target.deliver(stored, this.#cut.signal);
      } catch {
        // Given up with the run: nothing after it may overtake it.
        this.#end();
        return false;
      } finally {
        this.#gate.leave();
      }
      if (outcome.result === 'unreachable') {
        refusals = 0;
        this.#away(outcome);
      } else {
        const back = this.#gate.recovered();
        if (back) this.#options.report.note(`forward to ${target.shown}: it is there again`);
        const delay = Math.max(outcome.retryAfter ?? 0, delayOf(attempt, backoff, clock.random));
        refusals = outcome.result === 'refused' ? refusals + 1 : 0;
        const kept = refusals >= MAX_REFUSALS ? await this.#setAside(stored) : undefined;
        this.#tell(stored, outcome, delay, kept);
        if (outcome.result === 'delivered' || kept !== undefined) return true;
        if (this.#stopping) this.#end();
        this.#resting += 1;
        this.#changed();
        await clock.sleep(delay, this.#halt.signal).catch(() => undefined);
        this.#resting -= 1;
      }
    }
    return false;
  }

  #away({ status }: Outcome): void {
    const { target, clock, report, backoff = BACKOFF } = this.#options;
    if (this.#gate.failures === 0) {
      report.warn(`forward to ${target.shown}: it cannot be reached (${status}); events wait on disk`);
    }
    if (this.#stopping) this.#end();
    if (this.#gate.paused) return;
    this.#gate.failures += 1;
    this.#gate.pause(delayOf(this.#gate.failures, backoff, clock.random));
  }

  /** Where it is kept now; undefined when it could not be kept, and so must be tried on. */
  async #setAside(stored: Stored): Promise<string | undefined> {
    try {
      return await this.#options.cursor.setAside(stored);
    } catch (error) {
      this.#options.report.warn(describe(error).message);
      return undefined;
    }
  }

  #tell({ event }: Stored, outcome: Outcome, delay: number, kept: string | undefined): void {
    const { target, report } = this.#options;
    for (const line of outcome.said ?? []) report.note(line);
    const what = `${event.event.slice(0, LONGEST)} → ${target.shown}: ${outcome.status} in ${Math.round(outcome.took)} ms`;
    if (outcome.result === 'delivered') report.note(what);
    else if (kept === undefined) report.note(`${what}; again in ${formatDuration(delay)}`);
    else {
      const next = `send it with \`worktime webhooks replay ${kept} --to URL\``;
      report.warn(`${what}; set aside after ${MAX_REFUSALS} attempts; ${next}`);
    }
  }

  async #unread(): Promise<number> {
    const { record, filter } = this.#options;
    let count = 0;
    for await (const { duplicate, event } of readEntries(record.place, { from: this.#next })) {
      if (!duplicate && filter(event)) count += 1;
    }
    return count;
  }

  #end(): void {
    this.#halt.abort();
    this.#changed();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

async function entryAt(record: DurableRecord, at: Position): Promise<Stored | undefined> {
  for await (const stored of readEntries(record.place, { from: at })) {
    return comparePositions(stored.at, at) === 0 ? stored : undefined;
  }
  return undefined;
}
