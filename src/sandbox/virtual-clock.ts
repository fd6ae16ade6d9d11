/** A clock that can be set, moved on and run faster, so that a month passes in minutes. */

export interface RealTime {
  now(): number;
  monotonic(): number;
}

export class VirtualClock {
  readonly #real: RealTime;
  #from: number;
  #since: number;
  #rate: number;
  /** Never touched: it follows this machine's clock, whatever happens to that. */
  #free: boolean;

  /** `start` in ms; undefined: now. `rate`: how many of its seconds pass in one. */
  constructor(real: RealTime, start?: number, rate = 1) {
    this.#real = real;
    this.#from = start ?? real.now();
    this.#since = real.monotonic();
    this.#rate = rate;
    this.#free = start === undefined && rate === 1;
  }

  get rate(): number {
    return this.#rate;
  }

  now(): number {
    if (this.#free) return this.#real.now();
    return this.#from + (this.#real.monotonic() - this.#since) * this.#rate;
  }

  /** Sets the time, in ms. */
  set(instant: number): void {
    this.#from = instant;
    this.#since = this.#real.monotonic();
    this.#free = false;
  }

  advance(ms: number): void {
    this.set(this.now() + ms);
  }

  /** Sets how fast it runs from now on. */
  run(rate: number): void {
    this.set(this.now());
    this.#rate = rate;
  }
}
