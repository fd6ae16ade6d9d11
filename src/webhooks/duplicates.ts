/** The same bytes within ten minutes are the same event: the vendor gives no ID to know it by. */

const WINDOW = 10 * 60_000;
/** Beyond so many the oldest are forgotten early: a flood must not fill the memory. */
const MOST = 500_000;

export interface Seen {
  readonly at: number;
  /** Settles once the original is in the record, or could not be: only then may a duplicate be acknowledged. */
  stored: Promise<unknown>;
}

/** Holds nothing: what it stands for was an event with all its bytes. */
const STORED = Promise.resolve();

/** The hashes of the last ten minutes, oldest first. */
export class DuplicateWindow {
  readonly #seen = new Map<string, Seen>();
  readonly #window: number;
  #oldest = Number.NEGATIVE_INFINITY;

  constructor(window: number = WINDOW) {
    this.#window = window;
  }

  /** The earlier arrival of these bytes, where it lies within the window. */
  find(hash: string, now: number): Seen | undefined {
    this.#forget(now);
    return this.#seen.get(hash);
  }

  /** Notes an arrival. Forgotten again when storing it fails: then its repetition is the first. */
  add(hash: string, at: number, stored: Promise<unknown>): void {
    const seen: Seen = { at, stored };
    this.#seen.delete(hash);
    this.#seen.set(hash, seen);
    if (this.#seen.size > MOST) this.#seen.delete(this.#seen.keys().next().value ?? '');
    stored.then(
      () => {
        seen.stored = STORED;
      },
      () => {
        if (this.#seen.get(hash) === seen) this.#seen.delete(hash);
      },
    );
  }

  #forget(now: number): void {
    // Nothing can be old enough yet: this is on the way of every delivery.
    if (now - this.#oldest < this.#window) return;
    for (const [hash, { at }] of this.#seen) {
      this.#oldest = at;
      // A clock that was set back leaves times in the future: those are within the window too.
      if (now - at < this.#window) return;
      this.#seen.delete(hash);
    }
  }
}
