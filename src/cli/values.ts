/** Words of the command line as typed values. Everything that can be wrong with one is found here, before a command runs. */

import { isWholeUrl, wholeUrl } from '../client/whole-url.ts';
import type { ValueKind } from '../command.ts';
import { UsageError } from '../errors.ts';
import { ALSO_CALLED } from '../formats.ts';
import { checkId, isId } from '../ids.ts';
import { parseDuration } from '../time/duration.ts';
import { twiceInWords } from '../time/wall.ts';
import { isRelative, parseDate, parseMonth, parseTime, timeNeedsZone } from '../time/words.ts';

/** What a value is checked against. */
export interface ValueSpec {
  readonly kind?: ValueKind;
  readonly values?: readonly string[];
  readonly noun?: 'employee' | 'department' | 'lock';
  readonly min?: number;
  readonly max?: number;
  readonly edge?: 'start' | 'end';
  readonly moment?: boolean;
}

/** What some kinds need to be understood: asked for only where a value needs it. */
export interface ValueContext {
  now(): number;
  timeZone(): Promise<string>;
  resolveAlias(noun: 'employee' | 'department' | 'lock', value: string): string;
  /** Whether a word that is no alias may name a department: then it is looked up, and checked, once all else is right. */
  departmentNamed?(text: string, name: string): boolean;
  /** Told of what is taken, but may not be meant. */
  warn?(text: string): void;
  /** How to find the ID of what a word names; a word that is no ID is looked up nowhere else. */
  findIt?(noun: 'employee' | 'department' | 'lock', text: string): Promise<string>;
}

/** A relative word is read against this first, so that a slip is found before the zone is asked for over the network. */
const SOME_DAY = Date.UTC(2024, 0, 15);

const bad = (name: string, text: string, what: string, next: string) =>
  new UsageError(`${name}: "${text}" is not ${what}`, { code: 'invalid_value', next });

function parseNumber(text: string, name: string, spec: ValueSpec): number {
  const integer = spec.kind === 'integer';
  const pattern = integer
    ? /^-?\d{1,15}$/
    : spec.kind === 'money'
      ? /^\d{1,12}(\.\d{1,2})?$/
      : /^-?\d{1,15}(\.\d+)?$/;
  if (!pattern.test(text)) {
    if (spec.kind === 'money' && /^\d{13,}(\.\d{1,2})?$/.test(text)) {
      throw new UsageError(`${name}: ${text} is out of range`, {
        code: 'invalid_value',
        next: 'give an amount of at most 999999999999.99',
      });
    }
    const what = integer ? 'a whole number' : spec.kind === 'money' ? 'an amount' : 'a number';
    throw bad(name, text, what, `write it in plain digits, such as ${integer ? '50' : '65000 or 65000.50'}`);
  }
  const value = Number(text);
  if ((spec.min !== undefined && value < spec.min) || (spec.max !== undefined && value > spec.max)) {
    const range =
      spec.max === undefined
        ? `${spec.min} or more`
        : spec.min === undefined
          ? `at most ${spec.max}`
          : `${spec.min} to ${spec.max}`;
    throw new UsageError(`${name}: ${text} is out of range`, {
      code: 'invalid_value',
      next: `give a number of ${range}`,
    });
  }
  return value;
}

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 1024,
  MIB: 1024 ** 2,
  GIB: 1024 ** 3,
};

function parseBytes(text: string, name: string): number {
  const match = /^(\d{1,12})\s*([kmg]?i?b)?$/i.exec(text);
  const unit = BYTES[(match?.[2] ?? '').toUpperCase()];
  if (!match || unit === undefined) throw bad(name, text, 'a size', 'write it as 64MiB or in bytes');
  return Number(match[1]) * unit;
}

function parseUrl(text: string, name: string): string {
  if (isWholeUrl(text)) return text;
  throw bad(name, text, 'an HTTP address', `write it whole, such as ${wholeUrl(text)}`);
}

/** For a word that is none of a few: those, and the one that may have been meant. */
async function noChoice(text: string, name: string, values: readonly string[]): Promise<never> {
  const { closest } = await import('../nearest.ts');
  const all = values.join(', ');
  const near = closest(
    text,
    values.map((value) => value.toLowerCase()),
  );
  const other = ALSO_CALLED[text.toLowerCase()];
  const meant = values.filter((value) => value === other || near.includes(value.toLowerCase())).join(' or ');
  const next = meant === '' ? `choose ${all}` : `did you mean ${meant}? Choose one of ${all}`;
  // An argument may be called by its values.
  if (name !== values.join('|')) throw bad(name, text, 'one of its values', next);
  throw new UsageError(`"${text}" is not one of ${all}`, { code: 'invalid_value', next });
}

/** Turns one word into its value. `name` is how messages call it: `--from`, `EMPLOYEE`. Throws UsageError. */
export async function parseValue(
  text: string,
  name: string,
  spec: ValueSpec,
  context: ValueContext,
): Promise<unknown> {
  const zoned = async (relative: boolean) => ({
    now: context.now(),
    timeZone: relative ? await context.timeZone() : 'UTC',
    name,
  });
  switch (spec.kind ?? 'string') {
    case 'integer':
    case 'number':
    case 'money':
      return parseNumber(text, name, spec);
    case 'duration':
      return parseDuration(text, name);
    case 'bytes':
      return parseBytes(text, name);
    case 'month':
      return /^(this|last)-month$/.test(text)
        ? parseMonth(parseDate(text, await zoned(true)).slice(0, 7), name)
        : parseMonth(text, name);
    case 'date':
      if (isRelative(text)) parseDate(text, { now: SOME_DAY, timeZone: 'UTC', name, edge: spec.edge });
      return parseDate(text, { ...(await zoned(isRelative(text))), edge: spec.edge });
    case 'time':
      parseTime(text, { now: SOME_DAY, timeZone: 'UTC', name, moment: spec.moment });
      return parseTime(text, {
        ...(await zoned(timeNeedsZone(text))),
        twice: (both) => context.warn?.(`${name}: ${twiceInWords(both)}`),
      });
    case 'choice': {
      // No two values differ by their case alone.
      const meant = spec.values?.find((value) => value.toLowerCase() === text.toLowerCase());
      return meant ?? (await noChoice(text, name, spec.values ?? []));
    }
    case 'id': {
      const id = spec.noun ? context.resolveAlias(spec.noun, text) : text;
      if (spec.noun === 'department' && id === text && context.departmentNamed?.(text, name)) return text;
      return checkId(id, name, isId(id) ? undefined : spec.noun && (await context.findIt?.(spec.noun, id)));
    }
    case 'email':
      if (!/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u.test(text)) {
        throw bad(name, text, 'an e-mail address', 'write it as jane@example.com');
      }
      return text;
    case 'url':
      return parseUrl(text, name);
    case 'file':
      if (text === '')
        throw new UsageError(`${name}: the file name is empty`, {
          code: 'invalid_value',
          next: 'name a file, or - for the standard stream',
        });
      return text;
    case 'string':
      if (text.includes('\0'))
        throw bad(name, text.replaceAll('\0', '␀'), 'text', 'leave out the NUL character');
      return text;
  }
}
