/** Days as whole numbers since 1970-01-01, and the wall clock of one time zone. Quick: reports ask for millions of them. */

import { zoneOffset } from '../time/zone.ts';

export const DAY = 86_400_000;
const QUARTER = 900_000;
const texts = new Map<number, string>();

/** `2024-11-18` as a day number. The text must be a date. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** A day number as `2024-11-18`. */
export function dateOf(day: number): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * DAY).toISOString().slice(0, 10);
    if (texts.size > 5000) texts.clear();
    texts.set(day, text);
  }
  return text;
}

/** 0 is Sunday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** First and last day of the month that a day lies in. */
export function monthOf(day: number): { first: number; last: number } {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { first: Date.UTC(year, month, 1) / DAY, last: Date.UTC(year, month + 1, 0) / DAY };
}

/** An instant as RFC 3339 in UTC, to the second, as the API writes it. */
export function timestamp(instant: number): string {
  const day = Math.floor(instant / DAY);
  const second = Math.floor((instant - day * DAY) / 1000);
  const minute = Math.floor(second / 60);
  return `${dateOf(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second % 60)}Z`;
}

const two = (number: number) => (number < 10 ? `0${number}` : `${number}`);

/** The wall clock of a named zone. */
export interface Zone {
  readonly name: string;
  /** The local day of an instant. */
  day(instant: number): number;
  /** Whole minutes since local midnight. */
  minute(instant: number): number;
  /** The instant of a wall-clock time, in seconds after local midnight (beyond a day: the next one's). */
  instant(day: number, seconds: number): number;
}

export function zoneOf(name: string): Zone {
  if (name === 'UTC' || name === 'Etc/UTC') {
    return {
      name,
      day: (instant) => Math.floor(instant / DAY),
      minute: (instant) => Math.floor((((instant % DAY) + DAY) % DAY) / 60_000),
      instant: (day, seconds) => day * DAY + seconds * 1000,
    };
  }
  // Zones change their offset on quarters of an hour at the finest, so one answer serves a whole quarter.
  const offsets = new Map<number, number>();
  const offset = (instant: number): number => {
    const quarter = Math.floor(instant / QUARTER);
    let known = offsets.get(quarter);
    if (known === undefined) {
      known = zoneOffset(quarter * QUARTER, name);
      if (offsets.size > 50_000) offsets.clear();
      offsets.set(quarter, known);
    }
    return known;
  };
  return {
    name,
    day: (instant) => Math.floor((instant + offset(instant)) / DAY),
    minute: (instant) => Math.floor(((((instant + offset(instant)) % DAY) + DAY) % DAY) / 60_000),
    instant(day, seconds) {
      const wall = day * DAY + seconds * 1000;
      const before = offset(wall - DAY);
      if (offset(wall - before) === before) return wall - before;
      const after = offset(wall + DAY);
      // A time that the clocks skip is taken as if they had not: an hour later on the wall.
      return offset(wall - after) === after ? wall - after : wall - before;
    },
  };
}
