/** The hourly budget of a plan, as every answer tells it. */

export interface RateState {
  readonly limit: number;
  readonly remaining: number;
  /** ms of real time until the window ends. */
  readonly wait: number;
  readonly allowed: boolean;
}

/** Counts requests in windows of real time, the first of which begins with the first request. */
export class RateLimiter {
  limit: number;
  window: number;
  readonly #monotonic: () => number;
  #used = 0;
  #ends = Number.NEGATIVE_INFINITY;

  /** `window` in ms. */
  constructor(limit: number, window: number, monotonic: () => number) {
    this.limit = limit;
    this.window = window;
    this.#monotonic = monotonic;
  }

  /** What is left, without using any of it. */
  peek(): RateState {
    const now = this.#monotonic();
    if (now >= this.#ends) {
      this.#ends = now + this.window;
      this.#used = 0;
    }
    const remaining = Math.max(0, this.limit - this.#used);
    return { limit: this.limit, remaining, wait: this.#ends - now, allowed: remaining > 0 };
  }

  /** Uses one request, unless none is left. */
  take(): RateState {
    const before = this.peek();
    if (!before.allowed) return before;
    this.#used += 1;
    return { ...before, remaining: before.remaining - 1 };
  }

  /** Uses so many at once. */
  spend(count: number): void {
    this.peek();
    this.#used += count;
  }

  /** Starts a new window. */
  renew(): void {
    this.#ends = Number.NEGATIVE_INFINITY;
  }
}
