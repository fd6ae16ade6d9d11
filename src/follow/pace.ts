/** How long to wait between two polls, so that most of the hour's calls are left to people. */

/** The rate limit as last seen; a `RateLimit` of the client is one. */
export interface Budget {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** ms, by this machine's clock */
  readonly resetAt: number | undefined;
}

/** A budget of which enough is known to reckon with. */
export interface KnownBudget {
  readonly remaining: number;
  readonly resetAt: number;
}

export interface Pacing {
  /** ms until the next poll, from the start of this one. */
  readonly delay: number;
  /** What decided: `interval` was asked for, `budget` was reckoned, `spent`: nothing is left until the reset, `unknown`: the API says nothing. */
  readonly reason: 'interval' | 'budget' | 'spent' | 'unknown';
  readonly budget?: KnownBudget;
}

/** Of what is left in the window at most this share … */
const SHARE_OF_REMAINING = 1 / 2;
/** … and of the whole limit at most this one. */
const SHARE_OF_LIMIT = 1 / 4;
const SHORTEST = 1000;
const UNKNOWN = 15_000;
/** Two readings of one window's reset differ by the rounding of seconds and of the skew. */
const SAME_WINDOW = 5000;

export class Pace {
  readonly #interval: number | undefined;
  #window = Number.NEGATIVE_INFINITY;
  #allowance = 0;

  /** `interval` (ms) overrides the reckoning. */
  constructor(interval?: number) {
    this.#interval = interval;
  }

  /** The wait after a poll that took `cost` calls. */
  next(now: number, budget: Budget | undefined, cost: number): Pacing {
    if (this.#interval !== undefined) return { delay: this.#interval, reason: 'interval' };
    const { remaining, resetAt, limit } = budget ?? {};
    if (remaining === undefined || resetAt === undefined || resetAt <= now) {
      return { delay: UNKNOWN, reason: 'unknown' };
    }
    const left = resetAt - now;
    const calls = Math.max(1, cost);
    const share = remaining * SHARE_OF_REMAINING;
    if (Math.abs(resetAt - this.#window) > SAME_WINDOW) {
      this.#window = resetAt;
      this.#allowance = Math.min(share, (limit ?? Number.POSITIVE_INFINITY) * SHARE_OF_LIMIT);
    } else {
      this.#allowance = Math.min(share, this.#allowance - calls);
    }
    const seen = { remaining, resetAt };
    if (this.#allowance < calls) return { delay: Math.max(SHORTEST, left), reason: 'spent', budget: seen };
    const delay = Math.max(SHORTEST, Math.min(left, (left * calls) / this.#allowance));
    return { delay, reason: 'budget', budget: seen };
  }
}
