/** Which columns rows have: the known ones in their order, then what else the API sends, nested values by dotted paths. */

import type { Kind } from '../api/types.ts';
import type { Column, OutputSpec } from '../command.ts';
import type { OutputOptions } from './options.ts';
import type { Page } from './view.ts';

export interface ViewColumn {
  /** Dotted path, as `--fields` and CSV headers have it. */
  readonly path: string;
  readonly kind: Kind;
  /** The table's heading. */
  readonly header: string;
  readonly priority: number;
  readonly total: boolean;
  readonly comfort?: number | undefined;
  /** One of the known fields. */
  readonly declared: boolean;
  readonly get: (row: unknown) => unknown;
}

/** Deeper nesting is shown as JSON. */
const MAX_DEPTH = 6;
/** More columns than this are one hostile answer, not a table. */
export const MAX_COLUMNS = 2000;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read(row: unknown, key: string): unknown {
  return isRecord(row) && Object.hasOwn(row, key) ? row[key] : undefined;
}

/** Reads one path out of rows. A key that has dots in its name is found as well. */
export function getter(path: string): (row: unknown) => unknown {
  if (!path.includes('.')) {
    // Names that every object inherits need the slow, safe way.
    if (path in Object.prototype) return (row) => read(row, path);
    return (row) => (isRecord(row) ? row[path] : undefined);
  }
  const keys = path.split('.');
  return (row) => {
    const whole = read(row, path);
    if (whole !== undefined) return whole;
    let value: unknown = row;
    for (const key of keys) value = read(value, key);
    return value;
  };
}

/** Visits every leaf of a row with its dotted path. Arrays and empty objects are leaves. */
export function leaves(
  row: Readonly<Record<string, unknown>>,
  visit: (path: string, value: unknown) => void,
  prefix = '',
  depth = 1,
): void {
  for (const key of Object.keys(row)) {
    const value = row[key];
    const path = prefix + key;
    if (isRecord(value) && depth < MAX_DEPTH && Object.keys(value).length > 0) {
      leaves(value, visit, `${path}.`, depth + 1);
    } else visit(path, value);
  }
}

/** Every leaf path of the rows in order of appearance, with the first value that says something. */
export function discover(rows: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const row of rows) {
    if (!isRecord(row)) {
      if (!found.has('value') && row !== undefined) found.set('value', row);
      continue;
    }
    leaves(row, (path, value) => {
      const known = found.get(path);
      if (known !== undefined && known !== null) return;
      if (found.has(path) || found.size < MAX_COLUMNS) found.set(path, value);
    });
  }
  return found;
}

const MONEY =
  /(^|[._])(pay|salary|wages?|gross|net|amount|tax|bonus|penalty|penalties|deductions?|cost)([._](amount|total))?$/;
const HOURS = /(^|[._])hours([._]|$)/;
const MINUTES = /(^|[._])minutes$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** What an unknown field most likely means, by its name and a value. */
export function guessKind(path: string, sample: unknown): Kind {
  if (typeof sample === 'boolean') return 'boolean';
  if (Array.isArray(sample)) return 'list';
  if (typeof sample === 'object' && sample !== null) return 'object';
  if (typeof sample === 'number') {
    if (HOURS.test(path)) return 'hours';
    if (MINUTES.test(path)) return 'minutes';
    return MONEY.test(path) ? 'money' : 'number';
  }
  if (typeof sample !== 'string') return 'text';
  if (INSTANT.test(sample)) return 'time';
  if (DATE.test(sample)) return 'date';
  return /(^|[._])id$/.test(path) ? 'id' : 'text';
}

/** `clock_in` → `Clock in`, `lock_id` → `Lock ID`; dotted paths stay as they are. */
export function words(path: string): string {
  if (path.includes('.')) return path;
  const text = path
    .split('_')
    .map((word) => (word === 'id' ? 'ID' : word))
    .join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function known(column: Column): ViewColumn {
  return {
    path: column.path,
    kind: column.kind,
    header: column.header ?? words(column.path),
    priority: column.priority ?? 2,
    total: column.total ?? false,
    comfort: column.comfort,
    declared: true,
    get: rowGetter(column.path),
  };
}

/** `value` stands for the whole of a row that is no object. */
export function rowGetter(path: string): (row: unknown) => unknown {
  const get = getter(path);
  return path === 'value' ? (row) => (isRecord(row) ? get(row) : row) : get;
}

/** In a report of unknown shape, amounts and hours are what people sum; a yearly salary or a rate is not. */
function unknown(path: string, sample: unknown, inReport: boolean): ViewColumn {
  const kind = guessKind(path, sample);
  return {
    path,
    kind,
    header: path,
    priority: 3,
    total: inReport && (kind === 'money' || kind === 'hours') && !/salary|rate/.test(path),
    declared: false,
    get: rowGetter(path),
  };
}

/**
 * The columns for rows that look like `page.rows`: those of `--fields` where given, else the known ones that the
 * rows may have, then every other field. With no rows at all: the known ones. Columns of priority 0 are there only
 * where the rows have one of them.
 */
export function resolveColumns(page: Page, spec: OutputSpec, options: OutputOptions): readonly ViewColumn[] {
  const declared = spec.columns ?? [];
  const byPath = new Map(declared.map((column) => [column.path, column]));
  const found = discover(page.rows);
  const inReport = spec.kind === 'report';
  const make = (path: string) => {
    const column = byPath.get(path);
    return column ? known(column) : unknown(path, found.get(path), inReport);
  };
  if (Array.isArray(options.fields)) return options.fields.map(make);
  if (page.projected) return [...found.keys()].map(make);

  const main = declared.filter((column) => column.priority !== 0);
  if (page.rows.length === 0) return main.map(known);
  const present = (column: Column) =>
    found.has(column.path) ||
    (column.path.includes('.') && page.rows.some((row) => known(column).get(row) !== undefined));
  const here = main.filter(present).length;
  // Rows of the known shape keep the whole header whatever this page lacks; rows of another shape bring their own.
  const familiar = here * 2 >= main.length;
  const extras = declared.some((column) => column.priority === 0 && present(column));
  const columns: ViewColumn[] = [];
  const placed = new Set<string>();
  const place = (column: ViewColumn) => {
    if (placed.has(column.path)) return;
    placed.add(column.path);
    columns.push(column);
  };
  for (const column of declared) {
    const below = [...found.keys()].filter((path) => path.startsWith(`${column.path}.`));
    if (column.kind === 'object') {
      // What is declared as an object is shown as one: as JSON, not field by field.
      for (const path of below) placed.add(path);
      if (below.length > 0 || familiar || present(column)) place(known(column));
      continue;
    }
    if (found.has(column.path) || below.length === 0) {
      const wanted = column.priority === 0 ? extras : familiar;
      if (wanted || present(column)) place(known(column));
    }
    for (const path of below) place(make(path));
  }
  for (const path of found.keys()) place(make(path));
  return columns;
}

/** Tells of fields that come only after the header was decided, once for each. */
export function lateFields(
  columns: readonly { readonly path: string }[],
): (rows: readonly unknown[]) => string[] {
  const paths = new Set(columns.map((column) => column.path));
  const parents = new Set<string>();
  for (const path of paths) {
    for (let at = path.indexOf('.'); at >= 0; at = path.indexOf('.', at + 1)) parents.add(path.slice(0, at));
  }
  return (rows) => {
    const late: string[] = [];
    for (const row of rows) {
      if (!isRecord(row)) continue;
      for (const key in row) {
        if (paths.has(key)) continue;
        const value = row[key];
        // A null says nothing that an empty cell would not say.
        if (value === null || value === undefined) continue;
        if (isRecord(value)) {
          if (Object.keys(value).length === 0) continue;
          leaves(
            value,
            (path) => {
              if (paths.has(path) || parents.has(path)) return;
              paths.add(path);
              late.push(path);
            },
            `${key}.`,
            2,
          );
        } else {
          paths.add(key);
          late.push(key);
        }
      }
    }
    return late;
  };
}
