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
import { Chains } from './chains.ts';
import type { Calls } from './existing.ts';
import type { Journal } from './journal.ts';
import { perform } from './perform.ts';
import { reasonOf } from './reason.ts';
import { settleAll } from './settle.ts';
import type { Action, Reason } from './types.ts';

/** So many failures in a row that nothing got through, and the network is taken to be down. */
const PATIENCE = 5;
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
  #failures = 0;
  #through = 0;

  constructor(session: Session, calls: Calls, journal: Journal, options: WorkOptions) {
    this.#session = session;
    this.#calls = calls;
    this.#journal = journal;
    this.#options = options;
    const { actions, states } = journal.state;
    for (const [i, action] of actions.entries()) {
      if (states[i] === 'sent' || states[i] === 'unknown') this.#unclear.set(i, action);
      else if (states[i] === 'done' || states[i] === 'refused') this.#through += 1;
    }
  }

  async run(): Promise<void> {
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
      if (idle >= IDLE_ROUNDS) throw unreachable();
    }
  }

  /** Sends rows, as many at once as allowed, until there is none that may go or something stops the run. */
  #pump(): Promise<void> {
    return new Promise((resolve) => {
      let active = 0;
      const step = () => {
        while (active < this.#options.concurrency && this.#stop === undefined) {
          const i = this.#chains.take();
          if (i === undefined) break;
          active += 1;
          this.#one(i)
            .catch((error: unknown) => this.#halt(error))
            .finally(() => {
              active -= 1;
              step();
            });
        }
        if (active === 0) resolve();
      };
      step();
    });
  }

  async #one(i: number): Promise<void> {
    const action = this.#journal.state.actions[i];
    if (!action) return;
    if (action.op === 'refuse') return this.#refuse(i, action.reason);
    this.#calls.signal.throwIfAborted();
    let sent = false;
    try {
      const answer = await perform(action, this.#calls, async (intent) => {
        await this.#journal.record({ t: 'sent', i, ...intent });
        sent = true;
      });
      this.#failures = 0;
      await this.#done(i, answer.data, answer.settled);
    } catch (error) {
      await this.#failed(i, action, error, sent);
    }
  }

  async #failed(i: number, action: Action, error: unknown, sent: boolean): Promise<void> {
    if (error instanceof UnknownOutcomeError) {
      this.#unclear.set(i, action);
      return;
    }
    if (error instanceof RefusedError || error instanceof UsageError) {
      await this.#refuse(i, reasonOf(error));
      return;
    }
    if (error instanceof LocalError || this.#calls.signal.aborted) throw error;
    const unsent =
      error instanceof AuthError || error instanceof RateLimitError || error instanceof TemporaryError;
    if (!unsent && !(error instanceof InvalidAnswerError)) throw error;
    // None of these took effect: the row is as good as never sent.
    if (sent) await this.#journal.record({ t: 'absent', i });
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
    const written: Promise<void>[] = [];
    for (const [i, trace] of traces) {
      this.#unclear.delete(i);
      if (trace.state === 'applied') written.push(this.#done(i, trace.data, true));
      else if (trace.state === 'undecidable') {
        const reason = { code: 'outcome_unknown', message: trace.why };
        written.push(this.#journal.record({ t: 'unknown', i, reason }).then(() => this.#count(i)));
      } else {
        written.push(this.#journal.record({ t: 'absent', i }));
        this.#chains.again(i);
      }
    }
    await Promise.all(written);
  }

  async #done(i: number, after: unknown, settled: true | undefined): Promise<void> {
    const id = idOf(after) ?? idOf(this.#journal.state.actions[i]);
    await this.#journal.record({
      t: 'done',
      i,
      ...(id === undefined ? {} : { id }),
      ...(after === undefined ? {} : { after }),
      ...(settled ? { settled } : {}),
    });
    this.#count(i);
  }

  async #refuse(i: number, reason: Reason): Promise<void> {
    await this.#journal.record({ t: 'refused', i, reason });
    this.#count(i);
  }

  #count(i: number): void {
    this.#through += 1;
    this.#chains.through(i);
    const total = this.#journal.state.actions.length;
    this.#session.report.progress({ done: this.#through, total, unit: this.#options.unit });
  }

  #halt(error: unknown): void {
    this.#stop =
      this.#stop instanceof WorkTimeError && error instanceof WorkTimeError
        ? graver(this.#stop, error)
        : (this.#stop ?? error);
  }
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
}

function unreachable(): TemporaryError {
  return new TemporaryError('nothing gets through: every write is lost on its way', {
    next: 'check the network, then run the same command again: it goes on where it stopped',
  });
}
