/** Which column of a file is which field. */

import { UsageError } from '../errors.ts';
import { closest } from '../nearest.ts';
import { type Fault, faultOf } from './faults.ts';
import type { Table } from './types.ts';

export interface ColumnRules {
  /** Fields that a row may have. */
  readonly fields: readonly string[];
  /** Columns that are known and carry nothing to send, such as `created_at` of an export. */
  readonly ignored: readonly string[];
  /** Other names of fields, in lower case with underscores. */
  readonly synonyms: Readonly<Record<string, string>>;
}

export interface ColumnOptions {
  /** `Full Name=name`. */
  readonly map?: readonly string[] | undefined;
  /** `department_id=dept_eng`: for rows whose cell is empty. */
  readonly default?: readonly string[] | undefined;
  readonly ignoreUnknown?: boolean | undefined;
}

export interface Mapping {
  /** Column of the file → field; columns that carry nothing are absent. */
  readonly fieldOf: ReadonlyMap<string, string>;
  /** Field → text. */
  readonly defaults: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

/** Finds the field of each column. Faults: an unknown column, two columns for one field. Throws UsageError for bad flags. */
export function mapColumns(table: Table, rules: ColumnRules, options: ColumnOptions): Mapping {
  const chosen = pairs(options.map, '--map', 'Full Name=name', 'last');
  const defaults = pairs(options.default, '--default', 'department_id=dept_eng', 'first');
  for (const [column, field] of chosen) {
    if (!table.columns.includes(column)) {
      throw new UsageError(`--map: ${table.name} has no column "${column}"`, {
        next: `its columns are: ${table.columns.join(', ')}`,
      });
    }
    checkField(field, '--map', rules);
  }
  for (const field of defaults.keys()) checkField(field, '--default', rules);

  const fieldOf = new Map<string, string>();
  const columnOf = new Map<string, string>();
  const faults: Fault[] = [];
  const unknown: string[] = [];
  const seen = new Set<string>();
  for (const column of table.columns) {
    if (seen.has(column) && column !== '') faults.push(faultOf(1, column, 'the column is there twice'));
    seen.add(column);
  }
  for (const column of seen) {
    const field = chosen.get(column) ?? fieldNamed(column, rules);
    if (field === undefined) {
      if (!options.ignoreUnknown) unknown.push(column);
      continue;
    }
    if (rules.ignored.includes(field)) continue;
    const other = columnOf.get(field);
    if (other !== undefined) faults.push(faultOf(1, column, `"${other}" is ${field} already`));
    fieldOf.set(column, field);
    columnOf.set(field, column);
  }
  const free = rules.fields.filter((field) => !columnOf.has(field));
  return { fieldOf, defaults, faults: [...faults, ...unknownColumns(unknown, free, rules)] };
}

/** Each with the field that it may be, of those that no column is yet; the fields there are named once. */
function unknownColumns(columns: readonly string[], free: readonly string[], rules: ColumnRules): Fault[] {
  const meant = new Map(columns.map((column) => [column, meantBy(column, free, rules)]));
  const lost = columns.filter((column) => column !== '' && meant.get(column) === undefined);
  return columns.map((column) => {
    if (column === '') return { row: 1, text: 'row 1: a column has no name', cure: '--ignore-unknown' };
    const field = meant.get(column);
    if (field !== undefined) {
      return faultOf(1, column, `unknown column; is it ${field}?`, `--map "${column}=${field}"`);
    }
    const help = column === lost[0] ? `; the fields are ${rules.fields.join(', ')}` : '';
    return faultOf(1, column, `unknown column${help}`, `--ignore-unknown or --map "${lost[0]}=FIELD"`);
  });
}

const plainName = (column: string) =>
  column
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** The field that a column of another name may be: a word of it, or a slip of the pen away. */
function meantBy(column: string, free: readonly string[], rules: ColumnRules): string | undefined {
  const plain = plainName(column);
  const within = free.filter((field) => `_${plain}_`.includes(`_${field}_`));
  if (within.length === 1) return within[0];
  const [near] = closest(plain, [...free, ...Object.keys(rules.synonyms)]);
  const field = near !== undefined && Object.hasOwn(rules.synonyms, near) ? rules.synonyms[near] : near;
  return field !== undefined && free.includes(field) ? field : undefined;
}

function fieldNamed(column: string, rules: ColumnRules): string | undefined {
  const known = (name: string) => rules.fields.includes(name) || rules.ignored.includes(name);
  if (known(column)) return column;
  const plain = plainName(column);
  if (known(plain)) return plain;
  // A workbook of ours names the time zone: `Created at (UTC)`.
  const bare = plain.replace(/_\([^()]*\)$/, '');
  if (rules.ignored.includes(bare)) return bare;
  return Object.hasOwn(rules.synonyms, plain) ? rules.synonyms[plain] : undefined;
}

function checkField(field: string, flag: string, rules: ColumnRules): void {
  if (rules.fields.includes(field)) return;
  throw new UsageError(`${flag}: there is no field "${field}"`, {
    next: `choose one of ${rules.fields.join(', ')}`,
  });
}

function pairs(
  texts: readonly string[] | undefined,
  flag: string,
  example: string,
  at: 'first' | 'last',
): Map<string, string> {
  const found = new Map<string, string>();
  for (const text of texts ?? []) {
    const mark = at === 'first' ? text.indexOf('=') : text.lastIndexOf('=');
    const name = text.slice(0, mark).trim();
    const value = text.slice(mark + 1).trim();
    if (mark < 1 || name === '' || value === '') {
      throw new UsageError(`${flag}: "${text}" is not a pair`, { next: `write it as ${flag} "${example}"` });
    }
    found.set(name, value);
  }
  return found;
}
