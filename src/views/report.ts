/** Finds the rows in an answer of unknown shape; what else there is stays as facts. */

import type { OutputSpec } from '../command.ts';
import { getter, isRecord } from './columns.ts';

export interface Split {
  /** Undefined when there is nothing that looks like rows. */
  readonly rows: readonly unknown[] | undefined;
  /** The answer without its rows. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** The same answer with other rows in their place. */
  readonly withRows: (rows: readonly unknown[]) => unknown;
}

/** Rows are not looked for below this. */
const MAX_DEPTH = 4;
/** Names under which rows are usual, when several arrays could be meant. */
const USUAL = new Set([
  'employees',
  'rows',
  'data',
  'items',
  'records',
  'results',
  'entries',
  'lines',
  'report',
]);

interface Candidate {
  readonly path: readonly string[];
  readonly rows: readonly unknown[];
}

function candidates(value: Readonly<Record<string, unknown>>, path: readonly string[] = []): Candidate[] {
  const found: Candidate[] = [];
  for (const key of Object.keys(value)) {
    const child = value[key];
    if (Array.isArray(child) && child.length > 0 && child.every(isRecord)) {
      found.push({ path: [...path, key], rows: child });
    } else if (isRecord(child) && path.length + 1 < MAX_DEPTH) {
      found.push(...candidates(child, [...path, key]));
    }
  }
  return found;
}

function better(a: Candidate, b: Candidate): Candidate {
  if (a.path.length !== b.path.length) return a.path.length < b.path.length ? a : b;
  const usual = (one: Candidate) => (USUAL.has(one.path.at(-1) ?? '') ? 1 : 0);
  if (usual(a) !== usual(b)) return usual(a) > usual(b) ? a : b;
  return b.rows.length > a.rows.length ? b : a;
}

function replaced(value: unknown, path: readonly string[], rows: readonly unknown[] | undefined): unknown {
  const [key, ...below] = path;
  if (key === undefined) return rows;
  const copy: [string, unknown][] = [];
  for (const [name, child] of Object.entries(isRecord(value) ? value : {})) {
    const next = name === key ? replaced(child, below, rows) : child;
    if (next !== undefined) copy.push([name, next]);
  }
  // What held nothing but the rows is no fact of its own.
  return rows === undefined && copy.length === 0 ? undefined : Object.fromEntries(copy);
}

/** Splits an answer into rows and facts: an array is rows; of an object, the array that the known shape names, else the one array of objects in it. */
export function splitReport(data: unknown, spec: OutputSpec): Split {
  if (Array.isArray(data)) return { rows: data, rest: {}, withRows: (rows) => rows };
  if (!isRecord(data)) return { rows: undefined, rest: {}, withRows: () => data };
  const named = spec.rowsAt === undefined ? undefined : getter(spec.rowsAt)(data);
  const found: Candidate | undefined =
    spec.rowsAt !== undefined && Array.isArray(named)
      ? { path: Object.hasOwn(data, spec.rowsAt) ? [spec.rowsAt] : spec.rowsAt.split('.'), rows: named }
      : candidates(data).reduce<Candidate | undefined>((a, b) => (a ? better(a, b) : b), undefined);
  if (!found) return { rows: undefined, rest: data, withRows: () => data };
  const rest = replaced(data, found.path, undefined);
  return {
    rows: found.rows,
    rest: isRecord(rest) ? rest : {},
    withRows: (rows) => replaced(data, found.path, rows),
  };
}

/** Whether an answer of this command is looked through for rows; a record is shown as it is. */
export function hasRows(spec: OutputSpec): boolean {
  return spec.kind !== 'record';
}

/** An answer's totals (an object of numbers named as columns are), and its other facts. */
export function factsOf(
  rest: Readonly<Record<string, unknown>>,
  columns: readonly { readonly path: string }[],
): { totals: Readonly<Record<string, unknown>> | undefined; facts: Readonly<Record<string, unknown>> } {
  const { totals, ...facts } = rest;
  const fits =
    typeof totals === 'object' &&
    totals !== null &&
    columns.some((column) => typeof (totals as Record<string, unknown>)[column.path] === 'number');
  return fits
    ? { totals: totals as Readonly<Record<string, unknown>>, facts }
    : { totals: undefined, facts: rest };
}
