/** Rows as JSON objects: one a line, or all in one list. */

import { UsageError } from '../errors.ts';
import { linesOf } from '../files/lines.ts';
import type { Parsed } from './read.ts';
import type { Cell, Row } from './types.ts';

/** In characters. No cell of a person is longer. */
const MAX_TEXT = 1024 * 1024;

/** Takes values one by one, those of objects and lists as faults: no field takes them. */
class Objects {
  readonly #columns = new Set<string>();
  readonly #rows: Row[] = [];
  readonly #faults: string[] = [];

  get parsed(): Parsed {
    return { columns: [...this.#columns], rows: this.#rows, faults: this.#faults };
  }

  fault(number: number, what: string): void {
    this.#faults.push(`row ${number}: ${what}`);
  }

  /** `names`: those of its fields as the text has them, of which the value keeps the last of two that are the same. */
  take(number: number, value: unknown, names: Iterator<readonly string[], void>): void {
    if (!isObject(value)) {
      this.fault(number, 'it is not a JSON object');
      return;
    }
    const twice = repeated(names.next().value ?? [], value);
    if (twice !== undefined) this.fault(number, `"${twice}" is there twice`);
    const cells: Record<string, Cell> = Object.create(null);
    for (const [name, cell] of Object.entries(value)) {
      this.#columns.add(name);
      if (typeof cell === 'object' && cell !== null) {
        this.#faults.push(`row ${number}, ${name}: an object or a list is not a value`);
      } else if (typeof cell === 'string' && cell.length > MAX_TEXT) {
        this.#faults.push(`row ${number}, ${name}: it is longer than 1 MiB`);
      } else {
        cells[name] = cell;
      }
    }
    this.#rows.push({ number, cells });
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text, with the colon after it where it is a name, or a bracket. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/gs;

/** The names in each object that lies so deep in a JSON text, as the text has them. */
function* namesIn(text: string, level: number): Generator<readonly string[], void> {
  let depth = 0;
  let names: string[] = [];
  for (const { 0: token, 1: colon } of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      depth += 1;
      if (depth === level) names = [];
    } else if (token === '}' || token === ']') {
      if (depth === level && token === '}') yield names;
      depth -= 1;
    } else if (depth === level && colon !== undefined) names.push(token.slice(0, -colon.length));
  }
}

/** The first name that an object has twice. */
function repeated(names: readonly string[], value: object): string | undefined {
  if (names.length === Object.keys(value).length) return undefined;
  const seen = new Set<string>();
  return names.map((name) => JSON.parse(name) as string).find((name) => seen.size === seen.add(name).size);
}

/** Reads one object a line; the number of a row is its line. */
export async function readNdjson(text: AsyncIterable<string>, name: string): Promise<Parsed> {
  const objects = new Objects();
  let number = 0;
  for await (const raw of linesOf(text, name)) {
    number += 1;
    const line = (number === 1 ? raw.replace(/^\uFEFF/, '') : raw).trim();
    if (line === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      objects.fault(number, 'it is not JSON');
      continue;
    }
    objects.take(number, value, namesIn(line, 1));
  }
  const { parsed } = objects;
  if (parsed.rows.length === 0 && parsed.faults.length > 0) {
    throw new UsageError(`${name} has no line that is a JSON object`, {
      code: 'bad_format',
      next: 'give one object a line, or a list of objects: [{…}, {…}]',
    });
  }
  return parsed;
}

/** Reads one list of objects; the number of a row is its place in it. Throws UsageError where the text is no JSON. */
export async function readJson(text: AsyncIterable<string>, name: string): Promise<Parsed> {
  const parts: string[] = [];
  for await (const part of text) parts.push(part);
  const whole = parts.join('').replace(/^\uFEFF/, '');
  let list: readonly unknown[];
  try {
    list = JSON.parse(whole);
  } catch (error) {
    const [, at] = /position (\d+)/.exec((error as Error).message) ?? [];
    const where = at === undefined ? '' : ` at line ${whole.slice(0, Number(at)).split('\n').length}`;
    // Without the cause: V8 quotes the text around the fault.
    throw new UsageError(`${name} is not valid JSON${where}`, {
      code: 'bad_format',
      next: 'mend it, or give one object a line',
    });
  }
  const objects = new Objects();
  const names = namesIn(whole, 2);
  for (const [at, value] of list.entries()) objects.take(at + 1, value, names);
  return objects.parsed;
}
