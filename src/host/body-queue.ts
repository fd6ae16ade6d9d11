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

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const chunk = this.#chunks.shift();
        if (chunk) {
          this.#waiting -= chunk.byteLength;
          yield chunk;
        } else if (this.#error) {
          throw this.#error.reason;
        } else if (this.#ended) {
          return;
        } else {
          await this.#more();
        }
      }
    } finally {
      if (!this.#ended && !this.#error) this.#cancel();
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
