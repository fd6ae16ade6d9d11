/** The words for dates and times that a person types, as what the API takes. */

import { UsageError } from '../errors.ts';
import { parseDuration } from './duration.ts';
import { type Twice, wallInstant } from './wall.ts';
import { addDays, instantOf, isOnCalendar, localDate, rfc3339 } from './zone.ts';

/** Years outside these are a slip of the finger: nobody worked then. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

export interface DateContext {
  /** ms since the epoch */
  readonly now: number;
  /** IANA name: whose days are meant. */
  readonly timeZone: string;
}

/** Two dates, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Whether a date can only be understood with a clock and a zone. */
export function isRelative(text: string): boolean {
  return !/^\d{4}-\d{2}(-\d{2})?$/.test(text);
}

/** Whether a time can only be understood with a zone: a time of day, a date, a word for a day. */
export function timeNeedsZone(text: string): boolean {
  return !/^(now|[+-]\d[\d.a-z]*|\d{4}-.*[T ].*(Z|[+-]\d\d:?\d\d))$/i.test(text);
}

const DATE_HELP =
  'write a date as 2024-11-18, today, yesterday, -7d, last-week, this-month, last-month or 2024-11';
const TIME_HELP = 'write a time as 2024-11-18T09:00:00Z, 09:00, "yesterday 17:30", now or -15m';
/** A day, one by one: a word for a longer period has no time of day. */
const ONE_DAY = /^(\d{4}-\d{2}-\d{2}|today|yesterday|tomorrow|[+-]\d{1,5}[dw])$/i;

const badDate = (text: string, name: string) =>
  new UsageError(`${name}: "${text}" is not a date`, { code: 'invalid_date', next: DATE_HELP });

const badTime = (text: string, name: string, what: string) =>
  new UsageError(`${name}: "${text}" is not ${what}`, { code: 'invalid_time', next: TIME_HELP });

/** The years that can be meant, in words. */
export const YEARS = `a year from ${FIRST_YEAR} to ${LAST_YEAR}`;

/** Whether a day (YYYY-MM-DD) lies in a year that can be meant. */
export function isInRange(day: string): boolean {
  const year = Number(day.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** Checks that a day is on the calendar (no 30 February) and in a year that can be meant. */
function checkDay(text: string, name: string): string {
  if (!isOnCalendar(text)) {
    throw new UsageError(`${name}: there is no ${text} on the calendar`, {
      code: 'invalid_date',
      next: DATE_HELP,
    });
  }
  if (!isInRange(text)) {
    throw new UsageError(`${name}: the year of ${text} is out of range`, {
      code: 'invalid_date',
      next: `give ${YEARS}`,
    });
  }
  return text;
}

/** A whole month, `2024-11`, as its first and last day. Throws UsageError. */
export function parseMonth(text: string, name = 'month'): Period {
  const match = /^(\d{4})-(\d{2})$/.exec(text);
  const month = Number(match?.[2]);
  if (!match || month < 1 || month > 12) {
    throw new UsageError(`${name}: "${text}" is not a month`, {
      code: 'invalid_date',
      next: 'write a month as 2024-11, this-month or last-month',
    });
  }
  const from = checkDay(`${text}-01`, name);
  const days = new Date(Date.UTC(Number(match[1]), month, 0)).getUTCDate();
  return { from, to: `${text}-${String(days).padStart(2, '0')}` };
}

function monthsAgo(today: string, months: number): Period {
  const first = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 - months, 1));
  return parseMonth(first.toISOString().slice(0, 7));
}

/** A word for a period of days, or undefined. Weeks begin on Monday. */
function namedPeriod(word: string, today: string): Period | undefined {
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(today, -weekday);
  const year = Number(today.slice(0, 4));
  switch (word) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'tomorrow':
      return { from: addDays(today, 1), to: addDays(today, 1) };
    case 'this-week':
      return { from: monday, to: addDays(monday, 6) };
    case 'last-week':
      return { from: addDays(monday, -7), to: addDays(monday, -1) };
    case 'this-month':
      return monthsAgo(today, 0);
    case 'last-month':
      return monthsAgo(today, 1);
    case 'this-year':
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case 'last-year':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
    default:
      return undefined;
  }
}

/**
 * A date or a word for one as `YYYY-MM-DD`. A word for a longer period gives its first day, or its last with
 * `edge: 'end'`. Throws UsageError naming `name`.
 */
export function parseDate(
  text: string,
  context: DateContext & { readonly edge?: 'start' | 'end' | undefined; readonly name?: string },
): string {
  const name = context.name ?? 'date';
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return checkDay(text, name);
  const pick = (period: Period) => (context.edge === 'end' ? period.to : period.from);
  if (/^\d{4}-\d{2}$/.test(text)) return pick(parseMonth(text, name));
  const today = localDate(context.now, context.timeZone);
  const ago = /^([+-])(\d{1,5})([dw])$/.exec(text);
  if (ago) {
    const days = Number(ago[2]) * (ago[3] === 'w' ? 7 : 1);
    return checkDay(addDays(today, ago[1] === '-' ? -days : days), name);
  }
  const period = namedPeriod(text.toLowerCase(), today);
  if (!period) throw badDate(text, name);
  return pick(period);
}

/** The start of a day or of a word for some. A word for none may have been meant for a time. */
function startOf(text: string, context: DateContext & { readonly name: string }): number {
  try {
    return instantOf(parseDate(text, context), 0, context.timeZone);
  } catch (error) {
    throw /^\d/.test(text) ? error : badTime(text, context.name, 'a time');
  }
}

const FIRST_INSTANT = Date.parse('0000-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** RFC 3339 has years of four digits alone. */
function checkInstant(ms: number, text: string, name: string): string {
  if (ms >= FIRST_INSTANT && ms <= LAST_INSTANT) return rfc3339(ms);
  throw new UsageError(`${name}: "${text}" is too far off`, { code: 'invalid_time', next: TIME_HELP });
}

/**
 * A time as RFC 3339 in UTC: RFC 3339 itself (also with blanks in place of its T and before its offset), a day or a word
 * for one with a wall-clock time, a time of today, a date word (the start of its day), `now`, or a duration ago (`-15m`). A wall-clock time that comes twice is its first pass, and `twice` is
 * told; one that a change of clocks skips is refused. With `moment` a day alone is refused: its midnight is not meant.
 * Throws UsageError naming `name`.
 */
export function parseTime(
  text: string,
  context: DateContext & {
    readonly name?: string;
    readonly moment?: boolean | undefined;
    readonly twice?: (both: Twice) => void;
  },
): string {
  const name = context.name ?? 'time';
  const { now, timeZone, moment } = context;
  if (text.toLowerCase() === 'now') return rfc3339(Math.floor(now / 1000) * 1000);
  if (/^[+-]\d/.test(text) && /^[+-][\d.a-z]+$/.test(text)) {
    const ms = parseDuration(text.slice(1), name);
    return checkInstant(Math.floor((text.startsWith('-') ? now - ms : now + ms) / 1000) * 1000, text, name);
  }
  const [, date, clock = text, offset] =
    /^(\S+?)(?:T| +)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?: *(Z|[+-]\d{2}:?\d{2}))?$/i.exec(text) ?? [];
  const isOneDay = date !== undefined && ONE_DAY.test(date) && (offset === undefined || /^\d/.test(date));
  if (!isOneDay && !/^\d{1,2}:\d{2}(?::\d{2})?$/.test(text)) {
    const isDate = /^\d{4}-\d{2}(-\d{2})?$|^[^\d+-]/.test(text);
    if (date !== undefined || (text !== '' && !isDate)) throw badTime(text, name, 'a time');
    const start = startOf(text, { ...context, name });
    if (moment) throw badTime(text, name, 'a time of day');
    return checkInstant(start, text, name);
  }
  const day = date === undefined ? localDate(now, timeZone) : parseDate(date, { ...context, name });
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds >= 60) {
    throw badTime(text, name, 'a time of day');
  }
  const wall = (hours * 3600 + minutes * 60) * 1000 + Math.round(seconds * 1000);
  if (!offset) return checkInstant(wallInstant(day, wall, { ...context, name }), text, name);
  const [ahead, past] = /^z$/i.test(offset) ? [0, 0] : [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (ahead > 23 || past > 59) throw badTime(text, name, 'a time');
  const east = (offset.startsWith('-') ? -1 : 1) * (ahead * 60 + past) * 60_000;
  return checkInstant(Date.parse(`${day}T00:00:00Z`) + wall - east, text, name);
}
