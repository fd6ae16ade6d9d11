/** What was not accepted, told without letting a flood fill the terminal. */

import type { Clock } from '../client/clock.ts';
import type { Reporter } from '../session.ts';
import { laneOf } from './event.ts';
import type { ListenerOptions } from './listener.ts';

/** ms between two lines of one kind */
const EVERY = 10_000;

export class Refusals {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #report: Pick<Reporter, 'note' | 'warn'>;
  readonly #kinds = new Map<string, { toldAt: number; since: number; message: string }>();

  constructor(clock: Pick<Clock, 'monotonic'>, report: Pick<Reporter, 'note' | 'warn'>) {
    this.#clock = clock;
    this.#report = report;
  }

  get handlers(): Pick<ListenerOptions, 'onRefused' | 'onDuplicate'> {
    return {
      onRefused: (code, message) => this.#tell(code, message),
      onDuplicate: ({ event }) => {
        const who = laneOf(event);
        this.#report.note(`duplicate: ${event.event}${who && ` ${who}`}; acknowledged, not acted on again`);
      },
    };
  }

  /** Says how many were not told of. */
  summarize(): void {
    for (const [code, { since, message }] of this.#kinds) {
      if (since > 0) this.#report.warn(`refused ${since} more: ${message} (${code})`);
    }
  }

  #tell(code: string, message: string): void {
    const now = this.#clock.monotonic();
    const kind = this.#kinds.get(code);
    if (kind && now - kind.toldAt < EVERY) {
      kind.since += 1;
      return;
    }
    this.#report.warn(`refused${kind?.since ? ` (and ${kind.since} before)` : ''}: ${message} (${code})`);
    this.#kinds.set(code, { toldAt: now, since: 0, message });
  }
}
