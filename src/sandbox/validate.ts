/** Reads queries and bodies, and refuses what is not meant, naming the field. */

import { dayOf } from './calendar.ts';
import { invalid, notFound } from './http.ts';
import { doorById } from './seed/locks.ts';

export type Body = Readonly<Record<string, unknown>>;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
/** Longer ones are a slip or an attack. */
const LONGEST_TEXT = 500;
const LONGEST_PERIOD = 3660;
const LARGEST_SALARY = 1_000_000_000;

/** A YYYY-MM-DD that is on the calendar, as a day number. */
export function asDay(text: string, field: string): number {
  const day = DATE.test(text) ? dayOf(text) : Number.NaN;
  if (Number.isNaN(day) || new Date(day * 86_400_000).toISOString().slice(0, 10) !== text) {
    throw invalid(`The '${field}' field must be a date (YYYY-MM-DD)`, field);
  }
  return day;
}

/** An RFC 3339 time with its offset, as ms. */
export function asInstant(value: unknown, field: string): number {
  const text = required(value, field);
  const instant = typeof text === 'string' && TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant) || typeof text !== 'string' || !onCalendar(text)) {
    throw invalid(`The '${field}' field must be a time such as 2024-11-18T09:00:00Z`, field);
  }
  return Math.floor(instant / 1000) * 1000;
}

const onCalendar = (text: string) => {
  // Every month has 28 days; only later ones need a look at the calendar.
  if (Number(text.slice(8, 10)) <= 28) return true;
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day) && new Date(day).toISOString().slice(0, 10) === text.slice(0, 10);
};

export function required(value: unknown, field: string): unknown {
  if (value === undefined || value === null || value === '')
    throw invalid(`The '${field}' field is required`, field);
  return value;
}

export function asText(value: unknown, field: string): string {
  if (typeof value !== 'string') throw invalid(`The '${field}' field must be a string`, field);
  if (value.length > LONGEST_TEXT) {
    throw invalid(`The '${field}' field is longer than ${LONGEST_TEXT} characters`, field);
  }
  return value;
}

export function asName(value: unknown, field: string): string {
  const text = asText(required(value, field), field).trim();
  return required(text, field) as string;
}

export function asEmail(value: unknown, field: string): string {
  const text = asText(required(value, field), field);
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(text) || text.length > 254) {
    throw invalid(`The '${field}' field must be an e-mail address`, field);
  }
  return text;
}

/** A year's salary in whole units, at most two decimals, as cents. */
export function asSalary(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > LARGEST_SALARY) {
    throw invalid(`The '${field}' field must be a number from 0 to ${LARGEST_SALARY}`, field);
  }
  const cents = Math.round(value * 100);
  if (cents / 100 !== value) throw invalid(`The '${field}' field must have at most two decimals`, field);
  return cents;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[], field: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw invalid(`The '${field}' field must be one of: ${allowed.join(', ')}`, field);
  return found;
}

/** A parameter of the query; an empty one counts as absent. */
export function queryText(query: URLSearchParams, field: string): string | undefined {
  const text = query.get(field);
  return text === null || text === '' ? undefined : text;
}

export function queryDay(query: URLSearchParams, field: string): number | undefined {
  const text = queryText(query, field);
  return text === undefined ? undefined : asDay(text, field);
}

/** `start_date` and `end_date`, both required, in order and not too far apart. */
export function queryPeriod(query: URLSearchParams): { first: number; last: number } {
  const first = asDay(required(queryText(query, 'start_date'), 'start_date') as string, 'start_date');
  const last = asDay(required(queryText(query, 'end_date'), 'end_date') as string, 'end_date');
  if (last < first) throw invalid("The 'end_date' field must not be before 'start_date'", 'end_date');
  if (last - first > LONGEST_PERIOD)
    throw invalid('The period must not be longer than ten years', 'end_date');
  return { first, last };
}

function queryInteger(query: URLSearchParams, field: string, standard: number, max: number): number {
  const text = queryText(query, field);
  if (text === undefined) return standard;
  const value = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max)
    throw invalid(`The '${field}' field must be a whole number from 1 to ${max}`, field);
  return value;
}

export interface Paging {
  readonly page: number;
  readonly limit: number;
  readonly offset: number;
}

export function paging(query: URLSearchParams): Paging {
  const page = queryInteger(query, 'page', 1, 1_000_000_000);
  const limit = queryInteger(query, 'limit', 50, 100);
  return { page, limit, offset: (page - 1) * limit };
}

/** Whether the caller asked for pages. */
export const asksForPages = (query: URLSearchParams): boolean =>
  queryText(query, 'page') !== undefined || queryText(query, 'limit') !== undefined;

export function knownLock(id: string, field?: string): string {
  if (!doorById(id)) throw notFound(`There is no lock ${JSON.stringify(id)}`, field);
  return id;
}

/** The body as a JSON object. */
export function parseBody(body: string | Uint8Array | undefined): Body {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body ?? new Uint8Array());
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(text.trim() === '' ? 'The request has no body' : 'The request body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('The request body must be a JSON object');
  }
  return value as Body;
}
