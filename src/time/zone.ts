/** Instants and named zones. An instant is ms since the epoch; a local date is `YYYY-MM-DD`. */

import { UsageError } from '../errors.ts';

const DAY = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Intl is slow to set up, so each zone's formatter is made once, at its first use; UTC never needs one. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

const isUtc = (timeZone: string) => timeZone === 'UTC' || timeZone === 'Etc/UTC';

/** Throws UsageError where the zone is not an IANA name that this machine knows. */
export function checkTimeZone(timeZone: string): string {
  try {
    if (!isUtc(timeZone)) formatterOf(timeZone);
    return timeZone;
  } catch {
    throw new UsageError(`"${timeZone}" is not a time zone`, {
      code: 'invalid_timezone',
      next: 'name one as Europe/Berlin, America/New_York or UTC',
    });
  }
}

/** Minutes east of UTC at an instant, as ms. */
export function zoneOffset(instant: number, timeZone: string): number {
  if (isUtc(timeZone)) return 0;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** The local date of an instant. */
export function localDate(instant: number, timeZone: string): string {
  return isoDate(instant + zoneOffset(instant, timeZone));
}

/**
 * The instant at which a day, or a part of it, begins. `time` is ms after local midnight. A time that a change of
 * clocks skips is taken an hour later; one that it repeats is taken at its first pass.
 */
export function instantOf(date: string, time: number, timeZone: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`) + time;
  const before = zoneOffset(wall - DAY, timeZone);
  const first = wall - before;
  if (zoneOffset(first, timeZone) === before) return first;
  const second = wall - zoneOffset(wall + DAY, timeZone);
  return zoneOffset(second, timeZone) === wall - second ? second : first;
}

/** `YYYY-MM-DD` of an instant in UTC. */
export function isoDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Whether a `YYYY-MM-DD` is a day that there is: no 30 February. */
export function isOnCalendar(day: string): boolean {
  const instant = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(instant) && isoDate(instant) === day;
}

/** A date some days away. */
export function addDays(date: string, days: number): string {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * DAY);
}

/** An instant as RFC 3339 in UTC, without its milliseconds where they are 0. */
export function rfc3339(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** Now as RFC 3339 in UTC, to the second. */
export function thisSecond(clock: { now(): number }): string {
  return rfc3339(Math.floor(clock.now() / 1000) * 1000);
}

/** An instant in words for a person at this machine, in its zone and to the second: `2024-11-18 14:05:00 +01:00`. */
export function machineTime(ms: number): string {
  const date = new Date(Math.ceil(ms / 1000) * 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zone}`;
}
