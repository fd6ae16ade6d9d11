/** Anything that happened at a time: ms; NaN where it is not known. */
interface Timed {
  readonly time: number;
}

/** Records beyond the number wanted, before the oldest of them are let go. */
const SPARE = 1000;

/** Oldest first; what has no time comes last, for nobody can call it old. */
export const byTime = (a: Timed, b: Timed) =>
  Number.isNaN(a.time) ? (Number.isNaN(b.time) ? 0 : 1) : Number.isNaN(b.time) ? -1 : a.time - b.time;

/** Keeps the newest `count` of however many are added, in memory for little more than those. */
export class Newest<T extends Timed> {
  readonly #count: number;
  readonly #letGo: (old: T) => void;
  #kept: T[] = [];

  /** `letGo` hears of each one that is not kept. */
  constructor(count: number, letGo: (old: T) => void = () => undefined) {
    this.#count = count;
    this.#letGo = letGo;
  }

  add(one: T): void {
    this.#kept.push(one);
    if (this.#kept.length > this.#count * 2 + SPARE) this.#trim();
  }

  /** Oldest first. */
  rows(): readonly T[] {
    this.#trim();
    return this.#kept;
  }

  #trim(): void {
    this.#kept.sort(byTime);
    for (const old of this.#kept.splice(0, Math.max(0, this.#kept.length - this.#count))) this.#letGo(old);
  }
}
