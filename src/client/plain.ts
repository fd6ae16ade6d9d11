/** Objects of fields, and what is none: a program without types hands over what would be sent as nothing, unsaid. */

import { UsageError } from '../errors.ts';

export type Values = Readonly<Record<string, unknown>>;

/** What holds its entries elsewhere than in fields. */
const HOLDERS: readonly string[] = ['Map', 'URLSearchParams', 'Headers', 'FormData'];

/** `Object`, `Promise`, `Map`, `Date` …, for what another realm made too. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Whether a value is an object whose own fields are all that it has: what is inherited, or a class's, would be left out. */
export function isPlain(value: unknown): value is Values {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  // By its shape, not by its name: another realm has an Object of its own.
  return Object.getPrototypeOf(prototype) === null && Object.keys(prototype).length === 0;
}

/** What a value is that is no plain object, in words, and what to write in its place. */
export function describeStranger(value: unknown): { readonly what: string; readonly next: string } {
  const tag = tagOf(value);
  const next = 'give a plain object of fields, such as { name, email }';
  if (Array.isArray(value)) return { what: 'a list', next };
  if (typeof value !== 'object') return { what: `a ${typeof value}`, next };
  if (tag === 'Promise') return { what: 'a Promise', next: 'await it first' };
  if (tag === 'Date') return { what: 'a Date', next: DATES };
  if (HOLDERS.includes(tag)) return { what: `a ${tag}`, next: 'write Object.fromEntries(…) around it' };
  if (tag === 'Object') return { what: 'an object of a class, or one that inherits', next };
  return { what: `of the kind ${tag}`, next };
}

export const DATES = 'dates are text: write .toISOString(), or YYYY-MM-DD for a day';

/** The names and values of a plain object, or of what keeps its entries as a Map does. @throws UsageError */
export function entriesOf(value: unknown, name: string): readonly (readonly [string, unknown])[] {
  if (value === undefined || value === null) return [];
  if (isPlain(value)) return Object.entries(value);
  if (HOLDERS.includes(tagOf(value))) {
    return [...(value as Iterable<readonly [unknown, unknown]>)].map(([key, each]) => [String(key), each]);
  }
  const { what, next } = describeStranger(value);
  throw new UsageError(`${name} is ${what}, not an object of fields`, {
    code: 'invalid_input',
    field: name,
    next,
  });
}
