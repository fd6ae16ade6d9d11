/** Which column of a file is which field. */

import { UsageError } from '../errors.ts';
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
  readonly faults: readonly string[];
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
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const column of table.columns) {
    if (seen.has(column) && column !== '') faults.push(`row 1, ${column}: the column is there twice`);
    seen.add(column);
  }
  for (const column of seen) {
    const field = chosen.get(column) ?? fieldNamed(column, rules);
    if (field === undefined) {
      if (!options.ignoreUnknown) faults.push(unknownColumn(column, rules));
      continue;
    }
    if (rules.ignored.includes(field)) continue;
    const other = columnOf.get(field);
    if (other !== undefined) faults.push(`row 1, ${column}: "${other}" is ${field} already`);
    fieldOf.set(column, field);
    columnOf.set(field, column);
  }
  return { fieldOf, defaults, faults };
}

function unknownColumn(column: string, rules: ColumnRules): string {
  if (column === '') return 'row 1: a column has no name';
  const help = `give --map "${column}=FIELD" (${rules.fields.join(', ')}) or --ignore-unknown`;
  return `row 1, ${column}: unknown column; ${help}`;
}

function fieldNamed(column: string, rules: ColumnRules): string | undefined {
  const known = (name: string) => rules.fields.includes(name) || rules.ignored.includes(name);
  if (known(column)) return column;
  const plain = column
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
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
