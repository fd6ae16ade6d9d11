/** The words and the bar of long work: how far, how fast, how long still, and what a rate limit adds to that. */

import type { Progress } from '../session.ts';

/** What the meter needs to know of time. */
export interface MeterClock {
  now(): number;
  monotonic(): number;
}

export interface Meter {
  update(state: Progress): void;
  /** One line of at most `columns` characters (0: any). */
  text(columns: number): string;
}

const HOUR = 3_600_000;
const BAR = 20;

/** Follows one piece of work. Work that starts again from less than it had begins a new measurement. */
export function createMeter(clock: MeterClock): Meter {
  let state: Progress = { done: 0, unit: '' };
  let startedAt = clock.monotonic();
  let startedWith = 0;
  let waited = 0;
  let waitingSince: number | undefined;

  return {
    update(next) {
      const now = clock.monotonic();
      if (next.done < state.done || next.unit !== state.unit) {
        startedAt = now;
        startedWith = next.done;
        waited = 0;
        waitingSince = undefined;
      }
      const waits = next.waitUntil !== undefined && next.waitUntil > clock.now();
      if (waits) waitingSince ??= now;
      else if (waitingSince !== undefined) {
        waited += now - waitingSince;
        waitingSince = undefined;
      }
      state = next;
    },
    text(columns) {
      const { done, total, unit, waitUntil, rate } = state;
      const wait = waitUntil === undefined ? 0 : waitUntil - clock.now();
      if (wait > 0 && waitUntil !== undefined) {
        return `${position(done, total, unit)}, waits ${roughly(wait)} for the reset at ${clockTime(waitUntil)}`;
      }
      const elapsed = clock.monotonic() - startedAt - waited;
      const speed = elapsed > 0 ? ((done - startedWith) / elapsed) * 1000 : 0;
      const parts = [position(done, total, unit)];
      if (speed > 0) parts.push(`${speed >= 10 ? grouped(Math.round(speed)) : speed.toFixed(1)}/s`);
      if (total !== undefined && speed > 0 && total > done) {
        const work = ((total - done) / speed) * 1000;
        const left = Math.max(work, rate ? limitedFor(rate, clock.now(), work) : 0);
        parts.push(`${roughly(left)} left`);
      }
      const text = parts.join(' · ');
      if (total === undefined || total <= 0) return text;
      const share = Math.min(1, done / total);
      const filled = Math.floor(share * BAR);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${String(Math.floor(share * 100)).padStart(3)}% `;
      return columns > 0 && bar.length + text.length >= columns ? text : bar + text;
    },
  };
}

/**
 * How long the rest takes in ms when calls are rationed: what is left of this window now, then `limit` calls an
 * hour (the documented window). The last window costs its share of the work alone.
 */
export function limitedFor(rate: NonNullable<Progress['rate']>, now: number, work: number): number {
  const over = rate.calls - rate.remaining;
  if (over <= 0 || rate.limit <= 0) return work;
  const windows = Math.ceil(over / rate.limit);
  const lastShare = (over - (windows - 1) * rate.limit) / rate.calls;
  return Math.max(0, rate.resetAt - now) + (windows - 1) * HOUR + work * lastShare;
}

function position(done: number, total: number | undefined, unit: string): string {
  const of = total === undefined ? '' : ` of ${grouped(total)}`;
  return unit === 'pages' ? `page ${grouped(done)}${of}` : `${grouped(done)}${of} ${unit}`;
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `40 s`, `14 min`, `2 h 5 min`: rounded up, so that it never promises too much. */
export function roughly(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `15:00` where this machine is. */
function clockTime(ms: number): string {
  const time = new Date(ms);
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
}
