/** One cell as the API takes it. */

import type { Noun, Param } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { checkId } from '../ids.ts';
import { doubtOf } from '../time/far.ts';
import { SKIPPED, type Twice, wallInstant } from '../time/wall.ts';
import { isInRange, parseTime, YEARS } from '../time/words.ts';
import { isOnCalendar, isoDate, rfc3339 } from '../time/zone.ts';
import { asShown } from './same.ts';
import type { Cell } from './types.ts';
import { amountIn, dayIn, type Writing } from './writing.ts';

export interface CheckContext {
  resolveAlias(noun: Noun, value: string): string;
  /** IANA name: whose wall clock a time without an offset is. */
  readonly timeZone: string;
  readonly now: number;
  /** Told of a time that comes twice. */
  readonly twice?: (both: Twice) => void;
}

/** Longer than this and a fault shows only the start of the text. */
const SHOWN = 60;

/** A cell as the API takes it. Throws UsageError with the fault in words. */
export function typedValue(
  cell: Cell,
  field: string,
  param: Param,
  context: CheckContext & Writing,
): string | number {
  switch (param.kind) {
    case 'money':
    case 'number':
    case 'integer':
      return amountOf(cell, context);
    case 'date':
      return dateOf(cell, context);
    case 'time':
      return notAhead(
        inOneLine(() => timeOf(cell, field, context)),
        context.now,
      );
    case 'email':
      return emailOf(textOf(cell, field));
    case 'id': {
      const text = textOf(cell, field);
      return checkId(param.noun ? context.resolveAlias(param.noun, text) : text, field);
    }
    default: {
      const text = textOf(cell, field);
      if (param.values && !param.values.includes(text)) {
        throw new UsageError(`${show(text)} is not one of ${param.values.join(', ')}`);
      }
      return text;
    }
  }
}

function textOf(cell: Cell, field: string): string {
  if (cell instanceof Date) return rfc3339(cell.getTime());
  if (typeof cell === 'boolean') throw new UsageError(`${cell} is not a text`);
  const text = String(cell ?? '');
  const control = field === 'notes' ? /[^\P{Cc}\n\t]/u : /\p{Cc}/u;
  const [found] = control.exec(text) ?? [];
  if (found !== undefined) {
    const what = /[\r\n]/.test(found) ? 'a line break' : 'a control character';
    throw new UsageError(`${show(text)} contains ${what}`);
  }
  if (/\p{Cs}/u.test(text)) throw new UsageError('it contains half a character');
  return text;
}

function amountOf(cell: Cell, { decimal }: Writing): number {
  if (cell instanceof Date || typeof cell === 'boolean') {
    throw new UsageError(
      `${cell instanceof Date ? `the date ${isoDate(cell.getTime())}` : cell} is not a number`,
    );
  }
  const text = String(cell);
  // A number of a workbook or of JSON is one, whatever the texts of the file look like.
  const amount =
    typeof cell === 'number' ? amountIn(String(asShown(cell)), undefined) : amountIn(text, decimal);
  if (amount !== undefined) return amount;
  if (/^-\d/.test(text)) throw new UsageError(`${show(text)} is less than 0`);
  if (isTooMuch(cell, decimal)) {
    throw new UsageError(`${show(text)} is out of range; give an amount of at most 999999999999.99`);
  }
  if (/^\d+\.\d{3,}$|^\d(\.\d+)?e-\d+$/.test(text) && (decimal === undefined || typeof cell === 'number')) {
    throw new UsageError(`${show(text)} has more than two decimals`);
  }
  if (!/^[\d.,'’\u00a0\u202f ]+$/.test(text)) throw new UsageError(`${show(text)} is not a number`);
  if (decimal !== undefined && typeof cell !== 'number') {
    throw new UsageError(`${show(text)} is not a number with a decimal ${decimal}`);
  }
  // Of blanks and apostrophes it is plain what they part; of commas and points it is not.
  const isPlain = !text.includes(',') && amountIn(text, 'point') !== undefined;
  const plain = isPlain ? text.replaceAll(/[^\d.]/g, '') : '65000 or 65000.50';
  throw new UsageError(`${show(text)} is not a number in plain digits; write it as ${plain}`);
}

/** Whether it is an amount, and one with more digits before the cents than are taken. */
function isTooMuch(cell: string | number | null, decimal: Writing['decimal']): boolean {
  if (typeof cell === 'number') return cell >= 1e12;
  const marks = decimal === 'comma' ? /[.'’\u00a0\u202f ]/g : /[,'’\u00a0\u202f ]/g;
  const digits = String(cell).replaceAll(marks, '');
  return /^\d{13,}([.,]\d{0,2})?$/.test(digits);
}

function dateOf(cell: Cell, writing: Writing): string {
  const day = cell instanceof Date ? isoDate(cell.getTime()) : dayOf(cell, writing);
  if (!isInRange(day)) throw new UsageError(outOfRange(day));
  return day;
}

const outOfRange = (day: string) => `the year of ${day} is out of range; give ${YEARS}`;

function dayOf(cell: Exclude<Cell, Date>, { dates }: Writing): string {
  const text = String(cell);
  if (typeof cell === 'number') throw new UsageError(`${text} is a number; format its column as a date`);
  // Databases and spreadsheets write the midnight with which a day begins.
  const [, alone = text, time] = /^(\S+?)(?:T| +)(\d{1,2}:\d{2}\b.*)$/i.exec(text) ?? [];
  const day = dayIn(alone, dates);
  if (day === undefined) throw new UsageError(notDate(text, dates));
  if (time !== undefined && !MIDNIGHT.test(time)) {
    throw new UsageError(`${show(text)} has a time of day; write the day alone, as ${day}`);
  }
  if (!isOnCalendar(day)) throw new UsageError(`there is no ${text} on the calendar`);
  return day;
}

const MIDNIGHT = /^0?0:00(:00(\.0+)?)?(Z|[+-]00:00)?$/i;

function notDate(text: string, dates: Writing['dates']): string {
  const form = dates === undefined ? '2024-11-18' : dates === 'dmy' ? '18.11.2024' : '11/18/2024';
  const short = /^\d{1,2}([./-])\d{1,2}\1\d{2}(?!\d)/.test(text);
  return `${show(text)} is not a date${short ? ' with a year of four digits' : ''}; write it as ${form}`;
}

function notAhead(at: string, now: number): string {
  const doubt = doubtOf(at, now);
  if (doubt?.kind === 'far-ahead') throw new UsageError(`${at} ${doubt.text}`);
  return at;
}

/** A fault has no line for what to do: of a time that there is not that is part of it. */
function inOneLine(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== SKIPPED) throw error;
    throw new UsageError(`${error.message}; ${error.next}`, { code: SKIPPED });
  }
}

function timeOf(cell: Cell, field: string, context: CheckContext & Writing): string {
  if (cell instanceof Date) {
    // Excel keeps times as fractions of a day: what is meant are whole seconds.
    const wall = Math.round(cell.getTime() / 1000) * 1000;
    const day = isoDate(wall);
    // Excel counts days from the end of 1899: a time of day alone is one of that day.
    if (wall < Date.UTC(1900, 0, 1)) {
      throw new UsageError(
        `${rfc3339(wall).slice(11, 16)} is a time without its day; write both in one cell`,
      );
    }
    if (!isInRange(day)) throw new UsageError(outOfRange(day));
    const time = wall - Date.parse(`${day}T00:00:00Z`);
    return rfc3339(wallInstant(day, time, { ...context, name: field }));
  }
  const text = String(cell);
  const [, first = '', rest] = /^([\d./-]+)(?:T| +)(\d{1,2}:\d{2}.*)$/i.exec(text) ?? [];
  const day = dayIn(first, context.dates);
  if (day === undefined || rest === undefined) {
    throw notTime(text);
  }
  if (!isOnCalendar(day)) throw new UsageError(`there is no ${first} on the calendar`);
  try {
    return parseTime(`${day}T${rest}`, { ...context, name: field });
  } catch (error) {
    throw error instanceof UsageError && error.code === 'invalid_time' ? notTime(text) : error;
  }
}

const notTime = (text: string) =>
  new UsageError(`${show(text)} is not a time; write it as 2024-11-18T09:00:00Z or 2024-11-18 09:00`);

function emailOf(text: string): string {
  if (!/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}.]+$/u.test(text)) {
    throw new UsageError(`${show(text)} is not an e-mail address`);
  }
  return text;
}

function show(text: string): string {
  return `"${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}"`;
}
