/**
 * Works through a plan: several rows at once, each written down before it is sent and after it is answered; then reads
 * back what is unclear, and sends again what is proven absent. Stops where it can be resumed.
 */

import {
  AuthError,
  graver,
  InvalidAnswerError,
  LocalError,
  RateLimitError,
  RefusedError,
  TemporaryError,
  UnknownOutcomeError,
  UsageError,
  WorkTimeError,
} from '../errors.ts';
import type { Session } from '../session.ts';
import { Behind } from './behind.ts';
import { Chains } from './chains.ts';
import type { Calls } from './existing.ts';
import { type Journal, keyOf } from './journal.ts';
import { unreachable } from './outcome.ts';
import { perform } from './perform.ts';
import { reasonOf } from './reason.ts';
import { settleAll } from './settle.ts';
import type { Action, ClockAction, CreateAction, Reason } from './types.ts';

/** So many failures in a row that nothing got through, and the network is taken to be down. */
const PATIENCE = 5;
/** Rows written down before their turn, for each that is sent at once. */
const BLOCK = 4;
/** Rounds of reading back in which nothing got through. */
const IDLE_ROUNDS = 5;

export interface WorkOptions {
  /** Rows at once. */
  readonly concurrency: number;
  /** Rows in the plural, for the progress bar. */
  readonly unit: string;
}

/**
 * Does what is left of a run. Refused and unknown rows are in the journal afterwards.
 * @throws what stopped the run early: AuthError, RateLimitError, TemporaryError, LocalError, an interruption
 */
export async function workThrough(
  session: Session,
  calls: Calls,
  journal: Journal,
  options: WorkOptions,
): Promise<void> {
  await new Worker(session, calls, journal, options).run();
}

class Worker {
  readonly #session: Session;
  readonly #calls: Calls;
  readonly #journal: Journal;
  readonly #options: WorkOptions;
  readonly #unclear = new Map<number, Action>();
  #chains = new Chains([], []);
  #stop: unknown;
  readonly #behind: Behind;
  #step: () => void = () => undefined;
  #failures = 0;
  #through = 0;

  constructor(session: Session, calls: Calls, journal: Journal, options: WorkOptions) {
    this.#session = session;
    this.#calls = calls;
    this.#journal = journal;
    this.#options = options;
    this.#behind = new Behind(journal, session.context, {
      failed: (error) => this.#halt(error),
      written: () => this.#step(),
    });
    const { actions, states } = journal.state;
    for (const [i, action] of actions.entries()) {
      if (states[i] === 'sent' || states[i] === 'unknown') this.#unclear.set(i, action);
      else if (states[i] === 'done' || states[i] === 'refused') this.#through += 1;
    }
  }

  /** Nothing is sent and nothing is on its way to the disk once it has settled. */
  async run(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      // Else what is ticked off late would set the work going again.
      this.#halt(error);
      await this.#behind.drain();
      throw error;
    }
  }

  async #work(): Promise<void> {
    // What an earlier process left unclear comes first: other rows may have to wait for it.
    if (this.#unclear.size > 0) await this.#settle();
    const { actions, states } = this.#journal.state;
    const pending = [...actions.keys()].filter((i) => (states[i] ?? 'pending') === 'pending');
    this.#chains = new Chains(actions, pending);
    let idle = 0;
    for (;;) {
      const before = this.#through;
      await this.#pump();
      if (this.#stop !== undefined) throw this.#stop;
      if (this.#unclear.size === 0) return;
      await this.#settle();
      idle = this.#through === before ? idle + 1 : 0;
      if (idle >= IDLE_ROUNDS) throw unreachable(this.#journal.state.head);
    }
  }

  /**
   * Sends rows, as many at once as allowed, until there is none that may go or something stops the run. Rows are
   * written down some way ahead of their turn and ticked off behind it, so that no request waits for the disk.
   */
  #pump(): Promise<void> {
    const most = this.#options.concurrency;
    return new Promise((resolve) => {
      const ready: number[] = [];
      let active = 0;
      let intending = 0;
      const step = () => {
        if (this.#stop === undefined && intending === 0 && ready.length <= most) {
          const block = this.#takeBlock();
          intending = block.length;
          if (block.length > 0) {
            this.#intend(block)
              .then(() => ready.push(...block))
              .catch((error: unknown) => this.#halt(error))
              .finally(() => {
                intending = 0;
                step();
              });
          }
        }
        while (this.#stop === undefined && active < most) {
          const i = ready.shift();
          if (i === undefined) break;
          active += 1;
          this.#one(i)
            .catch((error: unknown) => this.#halt(error))
            .finally(() => {
              active -= 1;
              step();
            });
        }
        if (active > 0 || intending > 0) return;
        this.#behind.flush();
        if (this.#behind.writing) return;
        if (ready.length === 0) return resolve();
        // Stopped: what was written down and never sent is known to be absent.
        for (const i of ready.splice(0)) if (isBlind(this.#action(i))) this.#behind.add({ t: 'absent', i });
        this.#behind.flush();
        if (!this.#behind.writing) resolve();
      };
      this.#step = step;
      step();
    });
  }

  #action(i: number): Action {
    const action = this.#journal.state.actions[i];
    if (!action) throw new RangeError(`there is no row ${i}`);
    return action;
  }

  /** The next rows that may go, as many as are written down at once. */
  #takeBlock(): number[] {
    const block: number[] = [];
    while (block.length < BLOCK * this.#options.concurrency) {
      const i = this.#chains.take();
      if (i === undefined) break;
      block.push(i);
    }
    return block;
  }

  /** Writes down rows that are sent without a look first. The others are written down once they have been looked at. */
  async #intend(block: readonly number[]): Promise<void> {
    this.#behind.flush();
    await Promise.all(
      block.map((i) => {
        const action = this.#action(i);
        return isBlind(action) ? this.#journal.record({ t: 'sent', i, hash: keyOf(action.body) }) : undefined;
      }),
    );
  }

  async #one(i: number): Promise<void> {
    const action = this.#action(i);
    if (action.op === 'refuse') return this.#refuse(i, action.reason);
    let sent = isBlind(action);
    try {
      this.#calls.signal.throwIfAborted();
      const answer = await perform(action, this.#calls, async (before) => {
        // What is still on its way to the disk is older than this.
        this.#behind.flush();
        await this.#journal.record({ t: 'sent', i, before });
        sent = true;
      });
      this.#failures = 0;
      this.#done(i, answer.data, answer.settled);
    } catch (error) {
      this.#failed(i, action, error, sent);
    }
  }

  #failed(i: number, action: Action, error: unknown, sent: boolean): void {
    if (error instanceof UnknownOutcomeError) {
      this.#unclear.set(i, action);
      return;
    }
    if (error instanceof RefusedError || error instanceof UsageError) {
      this.#refuse(i, reasonOf(error));
      return;
    }
    if (error instanceof LocalError || this.#calls.signal.aborted) throw error;
    const unsent =
      error instanceof AuthError || error instanceof RateLimitError || error instanceof TemporaryError;
    if (!unsent && !(error instanceof InvalidAnswerError)) throw error;
    // None of these took effect: the row is as good as never sent.
    if (sent) this.#behind.add({ t: 'absent', i });
    this.#chains.again(i);
    if (error instanceof TemporaryError || error instanceof InvalidAnswerError) {
      this.#failures += 1;
      if (this.#failures < PATIENCE) return;
    }
    throw error;
  }

  /** Reads back everything that is unclear, and puts what is absent back into the queue. */
  async #settle(): Promise<void> {
    this.#session.report.status(`reading back ${this.#unclear.size} unclear ${this.#options.unit}`);
    const traces = await settleAll(this.#unclear, this.#calls, this.#session.context);
    this.#session.report.status(undefined);
    for (const [i, trace] of traces) {
      this.#unclear.delete(i);
      if (trace.state === 'applied') this.#done(i, trace.data, true);
      else if (trace.state === 'undecidable') {
        this.#behind.add({ t: 'unknown', i, reason: { code: 'outcome_unknown', message: trace.why } });
        this.#count(i);
      } else {
        this.#behind.add({ t: 'absent', i });
        this.#chains.again(i);
      }
    }
  }

  #done(i: number, after: unknown, settled: true | undefined): void {
    const id = idOf(after) ?? idOf(this.#action(i));
    this.#behind.add({
      t: 'done',
      i,
      ...(id === undefined ? {} : { id }),
      ...(after === undefined ? {} : { after }),
      ...(settled ? { settled } : {}),
    });
    this.#count(i);
  }

  #refuse(i: number, reason: Reason): void {
    this.#behind.add({ t: 'refused', i, reason });
    this.#count(i);
  }

  #count(i: number): void {
    this.#through += 1;
    this.#chains.through(i);
    const total = this.#journal.state.actions.length;
    const { limit, remaining, resetAt } = this.#calls.client.rate ?? {};
    const rate =
      limit !== undefined && remaining !== undefined && resetAt !== undefined
        ? { limit, remaining, resetAt, calls: total - this.#through }
        : undefined;
    this.#session.report.progress({ done: this.#through, total, unit: this.#options.unit, rate });
  }

  #halt(error: unknown): void {
    this.#stop =
      this.#stop instanceof WorkTimeError && error instanceof WorkTimeError
        ? graver(this.#stop, error)
        : (this.#stop ?? error);
  }
}

/** Sent without a look at what is there: the journal alone tells that it may have been. */
function isBlind(action: Action): action is CreateAction | ClockAction {
  return action.op === 'create' || action.op === 'clock';
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
}
