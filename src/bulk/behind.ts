/** Lines of the journal that no request has to wait for: answers. They go to the disk together, in their order. */

import type { Context } from '../context.ts';
import { apply, type Journal } from './journal.ts';
import type { JournalEvent } from './types.ts';

/** How long an answer may wait for company on its way to the disk, in ms. */
const SOON = 25;

/**
 * Ticks rows off behind the requests. The state knows at once; the disk knows with the next `flush`, or after 25 ms. A
 * kill in between costs a reading back, no more.
 */
export class Behind {
  readonly #journal: Journal;
  readonly #clock: Pick<Context, 'sleep'>;
  readonly #told: { failed(error: unknown): void; written(): void };
  readonly #events: JournalEvent[] = [];
  #batches = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    journal: Journal,
    clock: Pick<Context, 'sleep'>,
    told: { failed(error: unknown): void; written(): void },
  ) {
    this.#journal = journal;
    this.#clock = clock;
    this.#told = told;
  }

  /** Whether some of it is on its way to the disk. */
  get writing(): boolean {
    return this.#batches > 0;
  }

  add(event: JournalEvent): void {
    apply(this.#journal.state, event);
    this.#events.push(event);
    if (this.#events.length > 1) return;
    const flush = () => this.flush();
    this.#clock.sleep(SOON).then(flush, flush);
  }

  /** Sends all of it to the disk, before anything that is recorded after. */
  flush(): void {
    const events = this.#events.splice(0);
    if (events.length === 0) return;
    this.#batches += 1;
    const batch = Promise.all(events.map((event) => this.#journal.record(event)))
      .catch((error: unknown) => this.#told.failed(error))
      .finally(() => {
        this.#batches -= 1;
        this.#told.written();
      });
    this.#last = Promise.all([this.#last, batch]);
  }

  /** Sends all of it to the disk, and waits until it is there. */
  async drain(): Promise<void> {
    this.flush();
    await this.#last;
  }
}
