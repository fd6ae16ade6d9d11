/** Every row is checked before anything is sent. */

import type { Noun, Param } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { checkId } from '../ids.ts';
import { parseTime } from '../time/words.ts';
import { instantOf, isoDate, rfc3339 } from '../time/zone.ts';
import { type ColumnOptions, type ColumnRules, mapColumns } from './columns.ts';
import type { Cell, Row, Table } from './types.ts';

export interface RowRules extends ColumnRules {
  /** What each field's value must be. */
  readonly params: Readonly<Record<string, Param>>;
  /** Fields without which a row makes no sense. */
  readonly required: readonly string[];
  /** Words for values, such as `in` for `clock_in`. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What may be there once only: the field that is named in the fault, and the key in words. */
  readonly unique: (
    values: Values,
  ) => { readonly field: string; readonly key: string; readonly shown: string } | undefined;
}

export type Values = Readonly<Record<string, string | number | boolean>>;

export interface CheckedRow {
  readonly number: number;
  /** Empty cells are absent. */
  readonly values: Values;
}

export interface CheckContext {
  resolveAlias(noun: Noun, value: string): string;
  /** IANA name: whose wall clock a time without an offset is. */
  readonly timeZone: string;
  readonly now: number;
}

/** Longer than this and a fault shows only the start of the text. */
const SHOWN = 60;

/** Checks all rows and gives every fault there is, in the order of the rows. Throws UsageError for bad flags alone. */
export function checkRows(
  table: Table,
  rules: RowRules,
  options: ColumnOptions,
  context: CheckContext,
): { readonly rows: readonly CheckedRow[]; readonly faults: readonly string[] } {
  const mapping = mapColumns(table, rules, options);
  const faults: { row: number; text: string }[] = [];
  const rows: CheckedRow[] = [];
  const firstRow = new Map<string, number>();
  for (const row of table.rows) {
    const { values, found } = checkRow(row, mapping, rules, context);
    for (const text of found) faults.push({ row: row.number, text: `row ${row.number}, ${text}` });
    rows.push({ number: row.number, values });
    const unique = rules.unique(values);
    if (!unique) continue;
    const first = firstRow.get(unique.key);
    if (first === undefined) firstRow.set(unique.key, row.number);
    else {
      const text = `row ${row.number}, ${unique.field}: ${unique.shown} is in row ${first} already`;
      faults.push({ row: row.number, text });
    }
  }
  for (const text of table.faults) faults.push({ row: Number(/^row (\d+)/.exec(text)?.[1] ?? 0), text });
  faults.sort((a, b) => a.row - b.row);
  return { rows, faults: [...mapping.faults, ...faults.map((fault) => fault.text)] };
}

/** One UsageError for all faults of a file. Its `lines` are the faults. */
export function faultsError(name: string, faults: readonly string[]): UsageError {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return new UsageError(`${name} has ${count}; nothing was sent`, {
    code: 'bad_rows',
    lines: faults,
    next: 'mend the rows and run it again',
  });
}

function checkRow(
  row: Row,
  mapping: ReturnType<typeof mapColumns>,
  rules: RowRules,
  context: CheckContext,
): { values: Values; found: string[] } {
  const cells = new Map<string, Cell>();
  for (const [column, field] of mapping.fieldOf) {
    const cell = row.cells[column] ?? null;
    const value = typeof cell === 'string' ? cell.trim() : cell;
    if (value !== null && value !== '') cells.set(field, value);
  }
  for (const [field, text] of mapping.defaults) if (!cells.has(field)) cells.set(field, text);

  const values: Record<string, string | number | boolean> = {};
  const found: string[] = [];
  for (const [field, cell] of cells) {
    const param = rules.params[field];
    if (!param) continue;
    try {
      values[field] = typedValue(wordOf(cell, rules.words?.[field]), field, param, context);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      found.push(error.message.startsWith(`${field}: `) ? error.message : `${field}: ${error.message}`);
    }
  }
  for (const field of rules.required) {
    if (!cells.has(field)) found.push(`${field}: it is required and empty`);
  }
  return { values, found };
}

function wordOf(cell: Cell, words: Readonly<Record<string, string>> | undefined): Cell {
  if (!words || typeof cell !== 'string') return cell;
  const plain = cell.toLowerCase().replaceAll(/[\s-]+/g, '_');
  return Object.hasOwn(words, plain) ? (words[plain] ?? cell) : cell;
}

/** A cell as the API takes it. Throws UsageError with the fault in words. */
function typedValue(cell: Cell, field: string, param: Param, context: CheckContext): string | number {
  switch (param.kind) {
    case 'money':
    case 'number':
    case 'integer':
      return amountOf(cell);
    case 'date':
      return dateOf(cell);
    case 'time':
      return timeOf(cell, field, context);
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
  if (control.test(text)) throw new UsageError(`${show(text)} contains a control character`);
  if (/\p{Cs}/u.test(text)) throw new UsageError('it contains half a character');
  return text;
}

function amountOf(cell: Cell): number {
  if (cell instanceof Date || typeof cell === 'boolean') {
    throw new UsageError(
      `${cell instanceof Date ? `the date ${isoDate(cell.getTime())}` : cell} is not a number`,
    );
  }
  const text = String(cell);
  if (/^\d{1,12}(\.\d{1,2})?$/.test(text)) return Number(text);
  if (/^-\d/.test(text)) throw new UsageError(`${show(text)} is less than 0`);
  if (/^\d+\.\d{3,}$/.test(text)) throw new UsageError(`${show(text)} has more than two decimals`);
  if (/^[\d.,'\u00a0\u202f ]+$/.test(text)) {
    throw new UsageError(`${show(text)} is not a number in plain digits; write it as 65000 or 65000.50`);
  }
  throw new UsageError(`${show(text)} is not a number`);
}

function dateOf(cell: Cell): string {
  if (cell instanceof Date) return isoDate(cell.getTime());
  const text = String(cell);
  if (typeof cell === 'number') throw new UsageError(`${text} is a number; format its column as a date`);
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(instant)) throw new UsageError(`${show(text)} is not a date; write it as 2024-11-18`);
  if (isoDate(instant) !== text) throw new UsageError(`there is no ${text} on the calendar`);
  return text;
}

function timeOf(cell: Cell, field: string, context: CheckContext): string {
  if (cell instanceof Date) {
    // Excel keeps times as fractions of a day: what is meant are whole seconds.
    const wall = Math.round(cell.getTime() / 1000) * 1000;
    const day = isoDate(wall);
    return rfc3339(instantOf(day, wall - Date.parse(`${day}T00:00:00Z`), context.timeZone));
  }
  const text = String(cell);
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/i.test(text)) {
    throw new UsageError(`${show(text)} is not a time; write it as 2024-11-18T09:00:00Z or 2024-11-18 09:00`);
  }
  return parseTime(text, { now: context.now, timeZone: context.timeZone, name: field });
}

function emailOf(text: string): string {
  if (!/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}.]+$/u.test(text)) {
    throw new UsageError(`${show(text)} is not an e-mail address`);
  }
  return text;
}

function show(text: string): string {
  return `"${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}"`;
}
