/** Saves how far a target has got, often enough and not with every event. */

import type { Clock } from '../client/clock.ts';
import { describe } from '../errors.ts';
import type { Reporter } from '../session.ts';
import type { Cursor, Progress } from './cursor.ts';

/** ms between two savings; what was delivered since the last is delivered again after a crash. */
const EVERY = 250;
/** The same while so many events are named that the cursor is a large file. */
const SELDOM = 2000;
const MANY = 1000;

export class Saver {
  readonly #cursor: Cursor;
  readonly #report: Pick<Reporter, 'warn'>;
  readonly #clock: Pick<Clock, 'sleep'>;
  readonly #progress: () => Progress;
  readonly #end: AbortSignal;
  #dirty = false;
  #saving: Promise<void> | undefined;

  /** `end` lets it save no more by itself. */
  constructor(
    about: {
      readonly cursor: Cursor;
      readonly report: Pick<Reporter, 'warn'>;
      readonly clock: Pick<Clock, 'sleep'>;
    },
    progress: () => Progress,
    end: AbortSignal,
  ) {
    this.#cursor = about.cursor;
    this.#report = about.report;
    this.#clock = about.clock;
    this.#progress = progress;
    this.#end = end;
  }

  /** Something is another: it will be saved soon. */
  touch(): void {
    this.#dirty = true;
    this.#saving ??= this.#saveSoon().finally(() => {
      this.#saving = undefined;
    });
  }

  /** Saves what it is now, for the last time. */
  async finish(): Promise<void> {
    await this.#saving;
    await this.#save();
  }

  async #saveSoon(): Promise<void> {
    while (this.#dirty && !this.#end.aborted) {
      const many = (await this.#save()) > MANY;
      await this.#clock.sleep(many ? SELDOM : EVERY, this.#end).catch(() => undefined);
    }
  }

  /** How many events it named. A cursor that cannot be saved costs a repetition, no event. */
  async #save(): Promise<number> {
    this.#dirty = false;
    const progress = this.#progress();
    try {
      await this.#cursor.save(progress);
    } catch (error) {
      this.#report.warn(describe(error).message);
    }
    return progress.pending.length;
  }
}
