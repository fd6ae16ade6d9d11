/** One JSON object a line. */

import { linesOf } from '../files/lines.ts';
import type { Parsed } from './read.ts';
import type { Cell, Row } from './types.ts';

/** Reads all rows; the number of a row is its line. Values of objects and arrays are faults: no field takes them. */
export async function readNdjson(text: AsyncIterable<string>, name: string): Promise<Parsed> {
  const columns = new Set<string>();
  const rows: Row[] = [];
  const faults: string[] = [];
  let number = 0;
  const take = (raw: string) => {
    number += 1;
    const line = (number === 1 ? raw.replace(/^\uFEFF/, '') : raw).trim();
    if (line === '') return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      faults.push(`row ${number}: it is not JSON`);
      return;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      faults.push(`row ${number}: it is not a JSON object`);
      return;
    }
    const cells: Record<string, Cell> = Object.create(null);
    for (const [name, cell] of Object.entries(value)) {
      columns.add(name);
      if (typeof cell === 'object' && cell !== null) {
        faults.push(`row ${number}, ${name}: an object or a list is not a value`);
      } else {
        cells[name] = cell;
      }
    }
    rows.push({ number, cells });
  };
  for await (const line of linesOf(text, name)) take(line);
  return { columns: [...columns], rows, faults };
}
