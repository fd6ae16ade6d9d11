/** What `--sort`, `--query` and `--fields` do to the data before a view sees it. */

import type { Chunk, OutputSpec } from '../command.ts';
import { UsageError } from '../errors.ts';
import { closest } from '../nearest.ts';
import { discover, getter, isRecord, rowGetter, words } from './columns.ts';
import type { OutputOptions } from './options.ts';
import type { Query } from './query.ts';
import { hasRows, splitReport } from './report.ts';

/** A chunk, and whether `--query` made it: then its own keys are its columns. */
export type Shaped = Chunk & { readonly projected?: boolean };

/** Compares two values of one field: numbers as numbers, texts as people sort them, what is missing last. */
function comparer(descending: boolean): (a: unknown, b: unknown) => number {
  const collator = new Intl.Collator('en', { numeric: true });
  const direction = descending ? -1 : 1;
  return (a, b) => {
    const missingA = a === null || a === undefined;
    const missingB = b === null || b === undefined;
    if (missingA || missingB) return Number(missingA) - Number(missingB);
    if (typeof a === 'number' && typeof b === 'number') return (a - b) * direction;
    if (typeof a === 'boolean' && typeof b === 'boolean') return (Number(a) - Number(b)) * direction;
    return collator.compare(textOf(a), textOf(b)) * direction;
  };
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function sorted(rows: readonly unknown[], sort: NonNullable<OutputOptions['sort']>): readonly unknown[] {
  const get = rowGetter(sort.path);
  const compare = comparer(sort.descending);
  return rows
    .map((row) => ({ row, key: get(row) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ row }) => row);
}

/** The picked fields of a row, in their order, nested as they were. */
function pick(row: unknown, fields: readonly { path: string; get: (row: unknown) => unknown }[]): unknown {
  if (!isRecord(row)) return row;
  const picked: Record<string, unknown> = Object.create(null);
  for (const { path, get } of fields) {
    const value = get(row) ?? null;
    const keys = Object.hasOwn(row, path) ? [path] : path.split('.');
    let at = picked;
    for (const key of keys.slice(0, -1)) {
      const below = at[key];
      if (isRecord(below)) at = below as Record<string, unknown>;
      else at = at[key] = Object.create(null) as Record<string, unknown>;
    }
    at[keys.at(-1) ?? path] = value;
  }
  return picked;
}

/** Looks at the first rows that it is given. */
type Check = (rows: readonly unknown[]) => void;

/** What may be meant by a field that is not there: one of nearly that name, or one that is headed so where it is shown. */
function meantBy(field: string, there: readonly string[], { columns = [] }: OutputSpec): readonly string[] {
  const headings = new Map(
    columns.map(({ path, header }) => [(header ?? words(path)).toLowerCase(), path] as const),
  );
  const headed = headings.get(field.toLowerCase().replaceAll('_', ' '));
  if (headed !== undefined) return [headed];
  const near = closest(field, there);
  if (near.length > 0) return near;
  return closest(field, [...headings.keys()]).flatMap((heading) => headings.get(heading) ?? []);
}

/**
 * A check of the fields that a flag names: they are those that a blank `--fields` lists, declared, or there in the first
 * rows that it is given. A slip stops a script. The check throws UsageError, with what may have been meant.
 */
function fieldCheck(flag: string, paths: readonly string[], spec: OutputSpec): Check {
  const declared = new Set((spec.columns ?? []).map((column) => column.path));
  const fields = paths.map((path) => ({ path, get: rowGetter(path) }));
  let unchecked = true;
  return (rows: readonly unknown[]) => {
    if (!unchecked || rows.length === 0) return;
    unchecked = false;
    const missing = fields
      .filter(({ path, get }) => !declared.has(path) && rows.every((row) => get(row) === undefined))
      .map(({ path }) => path);
    const [first] = missing;
    if (first === undefined) return;
    const there = [...new Set([...declared, ...discover(rows).keys()])];
    const near = meantBy(first, there, spec);
    const meant =
      missing.length === 1 && near.length > 0 ? `did you mean ${near.join(' or ')}? There are ` : '';
    throw new UsageError(`${flag}: no such field: ${missing.join(', ')}`, {
      code: 'unknown_field',
      next: `${meant === '' ? 'choose from ' : meant}${there.slice(0, 40).join(', ')}`,
    });
  };
}

/** Gathers everything, then sorts and queries it: the one case in which memory grows with the result. */
async function* gathered(
  chunks: AsyncIterable<Chunk>,
  spec: OutputSpec,
  sort: OutputOptions['sort'],
  query: Query | undefined,
  check: Check,
): AsyncIterable<Shaped> {
  const rows: unknown[] = [];
  const answers: Extract<Chunk, { type: 'data' }>[] = [];
  const aside: Chunk[] = [];
  let paged = false;
  let total: number | undefined;
  // A query may name the field itself: then it is looked for once the query has run.
  const checkFirst = query ? () => undefined : check;
  for await (const chunk of chunks) {
    if (chunk.type === 'rows') {
      checkFirst(chunk.rows);
      paged = true;
      total = chunk.total ?? total;
      for (const row of chunk.rows) rows.push(row);
    } else if (chunk.type === 'data') answers.push(chunk);
    else if (chunk.type === 'sheet') aside.push(chunk);
    else yield chunk;
  }
  if (paged || answers.length === 0) {
    const source = orderedRows(rows, sort);
    if (!query) yield { type: 'rows', rows: source, ...(total === undefined ? {} : { total }) };
    else {
      const result = query.run(source);
      yield* queried(result, source, sort, check);
      if (source.length > 0) yield* doubted(query, source, result, spec);
    }
  }
  for (const answer of answers) {
    const split = hasRows(spec) ? splitReport(answer.data, spec) : undefined;
    checkFirst(split?.rows ?? [answer.data]);
    const source = split?.rows ? orderedRows(split.rows, sort) : undefined;
    const data = source && split && sort ? split.withRows(source) : answer.data;
    if (!query) yield { ...answer, data };
    else {
      const result = query.run(data);
      yield* queried(result, source ?? [], sort, check);
      yield* doubted(query, data, result, spec);
    }
  }
  yield* aside;
}

function orderedRows(rows: readonly unknown[], sort: OutputOptions['sort']): readonly unknown[] {
  if (!sort) return rows;
  const get = rowGetter(sort.path);
  return rows.some((row) => get(row) !== undefined) ? sorted(rows, sort) : rows;
}

function* doubted(
  query: Query,
  data: unknown,
  result: unknown,
  { columns = [] }: OutputSpec,
): Iterable<Shaped> {
  const known = columns.map(({ path }) => path);
  const text = query.doubt(data, result, known);
  if (text !== undefined) yield { type: 'remark', text, warning: true };
}

/** A result whose rows are the API's own keeps their columns; one that the query built brings its own. */
function* queried(
  result: unknown,
  source: readonly unknown[],
  sort: OutputOptions['sort'],
  check: Check,
): Iterable<Shaped> {
  // What the API's rows have was sorted by; what only the result has is.
  check([...source, ...(Array.isArray(result) ? result : [])]);
  if (!Array.isArray(result)) {
    yield { type: 'data', data: result ?? null, projected: true };
    return;
  }
  const projected = result.length > 0 && !source.includes(result[0]);
  yield { type: 'rows', rows: projected ? orderedRows(result, sort) : result, projected };
}

/** Applies `--sort` and `--query` (which gather everything), and `--fields`: to JSON itself, to other formats as columns. */
export function shape(
  chunks: AsyncIterable<Chunk>,
  spec: OutputSpec,
  options: OutputOptions,
  query: Query | undefined,
): AsyncIterable<Shaped> {
  const fields = options.quiet || !Array.isArray(options.fields) ? undefined : options.fields;
  // What a write is answered comes too late to refuse it as if nothing had been sent: what is declared decides.
  const early = options.writes === true && (spec.columns ?? []).length > 0;
  const checkOf = (flag: string, paths: readonly string[]): Check => {
    const check = fieldCheck(flag, paths, spec);
    if (!early) return check;
    check([{}]);
    return () => undefined;
  };
  const checkSort = options.sort ? checkOf('--sort', [options.sort.path]) : () => undefined;
  const checkFields = fields ? checkOf('--fields', fields) : () => undefined;
  const whole = options.sort || query ? gathered(chunks, spec, options.sort, query, checkSort) : chunks;
  if (!fields) return whole;
  const exact = options.format === 'json' || options.format === 'ndjson';
  return narrowed(whole, spec, fields, exact, checkFields);
}

async function* narrowed(
  chunks: AsyncIterable<Shaped>,
  spec: OutputSpec,
  paths: readonly string[],
  exact: boolean,
  check: Check,
): AsyncIterable<Shaped> {
  const fields = paths.map((path) => ({ path, get: getter(path) }));
  for await (const chunk of chunks) {
    if (chunk.type === 'rows') {
      check(chunk.rows);
      yield exact ? { ...chunk, rows: chunk.rows.map((row) => pick(row, fields)) } : chunk;
    } else if (chunk.type === 'data') {
      const split = hasRows(spec) ? splitReport(chunk.data, spec) : undefined;
      const rows = split?.rows ?? [chunk.data];
      check(rows);
      if (!exact) yield chunk;
      else {
        const picked = rows.map((row) => pick(row, fields));
        yield { ...chunk, data: split?.rows ? split.withRows(picked) : picked[0] };
      }
    } else yield chunk;
  }
}
