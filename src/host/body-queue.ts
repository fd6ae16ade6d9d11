/** The bytes of a body between the wire that pushes them and the reader that pulls them. */

/** How many bytes may wait before the wire is paused. */
const FULL = 262_144;

export class BodyQueue implements AsyncIterable<Uint8Array> {
  readonly #resume: () => void;
  readonly #cancel: () => void;
  readonly #chunks: Uint8Array[] = [];
  #waiting = 0;
  #paused = false;
  #ended = false;
  #error: { readonly reason: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** `resume` lets a paused wire go on; `cancel` ends it when the reader leaves early. */
  constructor(resume: () => void, cancel: () => void) {
    this.#resume = resume;
    this.#cancel = cancel;
  }

  /** False: the wire shall pause. */
  push(chunk: Uint8Array): boolean {
    this.#chunks.push(chunk);
    this.#waiting += chunk.byteLength;
    this.#paused = this.#waiting >= FULL;
    this.#wake?.();
    return !this.#paused;
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  fail(reason: unknown): void {
    this.#error ??= { reason };
    this.#wake?.();
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => this.#next(),
      return: async () => {
        if (!this.#ended && !this.#error) this.#cancel();
        return { done: true, value: undefined };
      },
    };
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        this.#waiting -= chunk.byteLength;
        return { done: false, value: chunk };
      }
      if (this.#error) throw this.#error.reason;
      if (this.#ended) return { done: true, value: undefined };
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (this.#paused) {
      this.#paused = false;
      this.#resume();
    }
    await woken;
    this.#wake = undefined;
  }
}
