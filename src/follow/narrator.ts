/** Says on stderr how a tail fares: its pace, its troubles, and at the end what it did. */

import type { Clock } from '../client/clock.ts';
import type { Reporter } from '../session.ts';
import { formatDuration } from '../time/duration.ts';
import { rfc3339 } from '../time/zone.ts';
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
  /** How long nobody watched before this start, ms. */
  #down: number | undefined;
  /** Whether every source has answered. */
  #hasRead = false;
  #trouble: string | undefined;
  #pace: number | undefined;
  /** Whether what arrives cannot be read at present, and when it could be last: ms. */
  #isBehind = false;
  #wholeAt: number;

  /** `noun`: what one record is, such as `event`. */
  constructor(clock: Clock, report: Reporter, noun: string) {
    this.#clock = clock;
    this.#report = report;
    this.#noun = noun;
    this.#started = clock.monotonic();
    this.#wholeAt = clock.now();
  }

  /** The tail goes on where it was left so long ago, ms. */
  resumed(down: number): void {
    this.#down = down;
  }

  polled({ pacing }: Parameters<Required<Observer>['polled']>[0]): void {
    this.#wholeAt = this.#clock.now();
    this.#hasRead = true;
    this.#sayPace(pacing);
    const shown = `${count(this.#events, this.#noun)}${this.#late > 0 ? `, ${this.#late} late` : ''}`;
    this.#report.status(`${shown}; ${describePace(pacing, this.#clock.now())}`);
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
    this.#isBehind = true;
    // Short: Ctrl-C echoed at the edge of a terminal would push part of it out of reach.
    this.#report.status(`behind; ${again}`);
  }

  caughtUp({ gap, found }: Parameters<Required<Observer>['caughtUp']>[0]): void {
    this.#trouble = undefined;
    this.#isBehind = false;
    this.#gap(gap);
    this.#report.note(`caught up after ${formatDuration(gap)}: ${count(found, `new ${this.#noun}`)}`);
  }

  slept(ms: number): void {
    this.#isBehind = true;
    this.#report.warn(
      `behind: this machine slept, or its clock was set, for ${formatDuration(ms)}; catching up`,
    );
  }

  /**
   * The last word. `more`: what else there is to say. `remembers`: whether the next start goes on by itself where this
   * one was.
   */
  summary(more: readonly string[], remembers: boolean): void {
    this.#report.status(undefined);
    // An outage that is still open is a gap like one that was closed.
    if (this.#isBehind) this.#gap(this.#clock.now() - this.#wholeAt);
    const what = [count(this.#events, this.#noun), `${this.#late} late`, this.#gapsSaid(), ...more].join(
      ', ',
    );
    const down =
      this.#down === undefined
        ? ''
        : `; not running for ${formatDuration(this.#down)} before${this.#hasRead ? ', read back' : ''}`;
    this.#report.note(
      `followed for ${formatDuration(this.#clock.monotonic() - this.#started)}: ${what}${down}`,
    );
    if (!this.#isBehind) return;
    const since = rfc3339(Math.floor(this.#wholeAt / 1000) * 1000);
    const next = remembers
      ? 'start it again as it was to get it'
      : `start again with --since that time, or follow with --resume NAME`;
    this.#report.warn(`still behind when it ended: what came after ${since} is not shown; ${next}`);
  }

  #gap(ms: number): void {
    this.#gaps += 1;
    this.#gapTime += ms;
  }

  /** An outage that is over cost nothing: what came meanwhile was read once it was. */
  #gapsSaid(): string {
    if (this.#gaps === 0) return '0 gaps';
    const readBack = this.#isBehind ? '' : ', read back';
    return `${count(this.#gaps, 'gap')} (${formatDuration(this.#gapTime)}${readBack})`;
  }

  #sayPace(pacing: Pacing): void {
    const before = this.#pace;
    const now = pacing.delay;
    if (before !== undefined && now < before * NOTEWORTHY && now > before / NOTEWORTHY) return;
    this.#pace = now;
    this.#report.note(describePace(pacing, this.#clock.now()));
  }
}

/** `polling every 10 min (12 calls left for 1 h)`: short, as it stands on one line of a terminal with the count. */
export function describePace({ delay, reason, budget }: Pacing, now: number): string {
  if (!budget) return `polling every ${formatDuration(delay)}`;
  const left = formatDuration(budget.resetAt - now);
  const calls = `${count(budget.remaining, 'call')} left for ${left}`;
  return reason === 'spent'
    ? `next poll after the reset (${calls})`
    : `polling every ${formatDuration(delay)} (${calls})`;
}
