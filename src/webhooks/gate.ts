/** How many attempts a target gets at once: its full number while it is well, one at a time while it is down. */

import type { Clock } from '../client/clock.ts';

export interface Backoff {
  /** ms before the second attempt */
  readonly first: number;
  /** ms at most */
  readonly most: number;
}

export const BACKOFF: Backoff = { first: 500, most: 30_000 };

/** Doubles from attempt to attempt, half of it at random so that senders do not come back together. */
export function delayOf(attempt: number, { first, most }: Backoff, random: () => number): number {
  const full = Math.min(most, first * 2 ** Math.min(attempt - 1, 20));
  return full * (0.5 + random() / 2);
}

export class Gate {
  /** How often in a row the target was not there. */
  failures = 0;
  readonly #concurrency: number;
  readonly #clock: Pick<Clock, 'sleep'>;
  readonly #end: AbortSignal;
  #active = 0;
  #paused = false;
  #queue: (() => void)[] = [];

  /** `end` lets everybody who waits go, with nothing. */
  constructor(concurrency: number, clock: Pick<Clock, 'sleep'>, end: AbortSignal) {
    this.#concurrency = concurrency;
    this.#clock = clock;
    this.#end = end;
    end.addEventListener('abort', () => this.#wakeAll(), { once: true });
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Waits for a turn; false when there will be none. */
  async enter(): Promise<boolean> {
    while (!this.#end.aborted) {
      const limit = this.failures > 0 ? 1 : this.#concurrency;
      if (!this.#paused && this.#active < limit) {
        this.#active += 1;
        return true;
      }
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    }
    return false;
  }

  leave(): void {
    this.#active -= 1;
    this.#queue.shift()?.();
  }

  /** The target is there again. True when it was not before. */
  recovered(): boolean {
    if (this.failures === 0) return false;
    this.failures = 0;
    this.#wakeAll();
    return true;
  }

  /** Nobody enters for so many ms. */
  pause(ms: number): void {
    if (this.#paused) return;
    this.#paused = true;
    const resume = () => {
      this.#paused = false;
      this.#wakeAll();
    };
    this.#clock.sleep(ms, this.#end).then(resume, resume);
  }

  #wakeAll(): void {
    const queue = this.#queue;
    this.#queue = [];
    for (const wake of queue) wake();
  }
}
