/** The newest entries in memory, so that whoever keeps up need not read the disk. */

import type { Entry } from './entry.ts';
import { comparePositions, type Position, START, type Stored } from './place.ts';

const BYTES = 1024 * 1024;
/** What an entry weighs besides its body. */
const OVERHEAD = 1024;

export class Recent {
  /** Where the next entry will start. */
  end: Position = START;
  closed = false;
  #entries: Stored[] = [];
  #weight = 0;
  #waiting: (() => void)[] = [];
  #soon: NodeJS.Immediate | undefined;

  /** The log was opened anew: whatever the disk has before `end` must be read from there. */
  restart(end: Position): void {
    this.end = end;
    this.#entries = [];
    this.#weight = 0;
    this.#wake();
  }

  /** Adds what has just become durable, `length` bytes after the entry before it. */
  add(entry: Entry, length: number): Stored {
    const at = this.end;
    const next = { segment: at.segment, offset: at.offset + length };
    const { receivedAt, headers, body, hash, duplicate, event } = entry;
    const stored: Stored = { receivedAt, headers, body, hash, duplicate, event, at, next };
    this.end = next;
    this.#entries.push(stored);
    this.#weight += length + OVERHEAD;
    if (this.#weight > BYTES) this.#forget();
    // What became durable together is told together.
    if (this.#waiting.length > 0) this.#soon ??= setImmediate(() => this.#wake());
    return stored;
  }

  /** The entries from `at` on, none when there is nothing new; undefined when some of them are no longer in memory. */
  after(at: Position): readonly Stored[] | undefined {
    if (comparePositions(at, this.end) >= 0) return [];
    const first = this.#entries[0];
    if (!first || comparePositions(at, first.at) < 0) return undefined;
    return this.#entries.slice(this.#indexOf(at));
  }

  /** Resolves when there may be something new. */
  changed(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        signal?.removeEventListener('abort', done);
        resolve();
      };
      signal?.addEventListener('abort', done, { once: true });
      this.#waiting.push(done);
    });
  }

  close(): void {
    this.closed = true;
    this.#wake();
  }

  #wake(): void {
    clearImmediate(this.#soon);
    this.#soon = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Half at once, so that the array is moved seldom. */
  #forget(): void {
    let drop = 0;
    for (; this.#weight > BYTES / 2 && drop < this.#entries.length; drop += 1) {
      const { at, next } = this.#entries[drop] as Stored;
      this.#weight -= next.offset - at.offset + OVERHEAD;
    }
    this.#entries = this.#entries.slice(drop);
  }

  #indexOf(at: Position): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comparePositions((this.#entries[middle] as Stored).at, at) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
