/** Says on stderr how a tail fares: its pace, its troubles, and at the end what it did. */

import type { Clock } from '../client/clock.ts';
import type { Reporter } from '../session.ts';
import { formatDuration } from '../time/duration.ts';
import type { Pacing } from './pace.ts';
import type { Observer } from './poll.ts';

const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

const saidOf = (error: unknown) => {
  const { message, method, path } = error as { message?: string; method?: string; path?: string };
  return `${message ?? String(error)}${method && path ? ` (${method} ${path})` : ''}`;
};

/** A change of pace smaller than this factor is not worth a line. */
const NOTEWORTHY = 2;

export class Narrator implements Observer {
  readonly #report: Reporter;
  readonly #clock: Clock;
  readonly #noun: string;
  readonly #started: number;
  #events = 0;
  #late = 0;
  #gaps = 0;
  #gapTime = 0;
  #trouble: string | undefined;
  #pace: number | undefined;

  /** `noun`: what one record is, such as `event`. */
  constructor(clock: Clock, report: Reporter, noun: string) {
    this.#clock = clock;
    this.#report = report;
    this.#noun = noun;
    this.#started = clock.monotonic();
  }

  /** A gap that is known of: the tail was down, or behind. ms */
  gap(ms: number): void {
    this.#gaps += 1;
    this.#gapTime += ms;
  }

  polled({ pacing }: Parameters<Required<Observer>['polled']>[0]): void {
    this.#sayPace(pacing);
    const shown = `${count(this.#events, this.#noun)}${this.#late > 0 ? `, ${this.#late} late` : ''}`;
    this.#report.status(`following: ${shown}; ${describePace(pacing, this.#clock.now())}`);
  }

  shown(arrivals: Parameters<Required<Observer>['shown']>[0]): void {
    this.#events += arrivals.length;
    this.#late += arrivals.filter(({ late }) => late).length;
  }

  behind({ error, delay }: Parameters<Required<Observer>['behind']>[0]): void {
    const said = saidOf(error);
    const again = `trying again in ${formatDuration(delay)}`;
    if (said !== this.#trouble) this.#report.warn(`behind: ${said}; ${again}`);
    this.#trouble = said;
    this.#report.status(`behind: ${said}; ${again}`);
  }

  caughtUp({ gap, found }: Parameters<Required<Observer>['caughtUp']>[0]): void {
    this.#trouble = undefined;
    this.gap(gap);
    this.#report.note(`caught up after ${formatDuration(gap)}: ${count(found, `new ${this.#noun}`)}`);
  }

  slept(ms: number): void {
    this.#report.warn(
      `behind: this machine slept, or its clock was set, for ${formatDuration(ms)}; catching up`,
    );
  }

  /** The last word. `more`: what else there is to say. */
  summary(more: readonly string[] = []): void {
    this.#report.status(undefined);
    const gaps = `${count(this.#gaps, 'gap')}${this.#gaps > 0 ? ` (${formatDuration(this.#gapTime)})` : ''}`;
    const what = [count(this.#events, this.#noun), `${this.#late} late`, gaps, ...more].join(', ');
    this.#report.note(`followed for ${formatDuration(this.#clock.monotonic() - this.#started)}: ${what}`);
  }

  #sayPace(pacing: Pacing): void {
    const before = this.#pace;
    const now = pacing.delay;
    if (before !== undefined && now < before * NOTEWORTHY && now > before / NOTEWORTHY) return;
    this.#pace = now;
    this.#report.note(describePace(pacing, this.#clock.now()));
  }
}

/** `12 calls left for the next 60 min: polling every 10 min`. */
export function describePace({ delay, reason, budget }: Pacing, now: number): string {
  if (!budget) return `polling every ${formatDuration(delay)}`;
  const calls = `${count(budget.remaining, 'call')} left for the next ${formatDuration(budget.resetAt - now)}`;
  return reason === 'spent'
    ? `${calls}: the next poll comes after the reset`
    : `${calls}: polling every ${formatDuration(delay)}, the rest is left to others`;
}
