/** Rows as JSON objects: one a line, or all in one list. */

import { UsageError } from '../errors.ts';
import { linesOf } from '../files/lines.ts';
import type { Parsed } from './read.ts';
import type { Cell, Row } from './types.ts';

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

  take(number: number, value: unknown): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fault(number, 'it is not a JSON object');
      return;
    }
    const cells: Record<string, Cell> = Object.create(null);
    for (const [name, cell] of Object.entries(value)) {
      this.#columns.add(name);
      if (typeof cell === 'object' && cell !== null) {
        this.#faults.push(`row ${number}, ${name}: an object or a list is not a value`);
      } else {
        cells[name] = cell;
      }
    }
    this.#rows.push({ number, cells });
  }
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
    objects.take(number, value);
  }
  return objects.parsed;
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
  for (const [at, value] of list.entries()) objects.take(at + 1, value);
  return objects.parsed;
}
