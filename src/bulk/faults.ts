/** What is wrong with a file, told all at once: what its cells are, and what the organization says to them. */

import { UsageError } from '../errors.ts';

export interface Fault {
  /** The row as a spreadsheet shows it; 1 is the header. */
  readonly row: number;
  /** The whole line: `row 4, salary: "lots" is not a number`. */
  readonly text: string;
  /** The flag under which it would be none: `--decimal comma`. Without one the row has to be mended. */
  readonly cure?: string | undefined;
}

/** A fault of one field of a row. */
export function faultOf(row: number, field: string, what: string, cure?: string): Fault {
  return { row, text: `row ${row}, ${field}: ${what}`, ...(cure === undefined ? {} : { cure }) };
}

/** One UsageError for all faults of a file, in the order of the rows. Its `lines` are the faults. */
export function faultsError(name: string, faults: readonly Fault[]): UsageError {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return new UsageError(`${name} has ${count}; nothing was changed`, {
    code: 'bad_rows',
    lines: [...faults].sort((a, b) => a.row - b.row).map(({ text }) => text),
    next: advice(faults),
  });
}

/** Flags first, as one of them may do away with hundreds of faults. */
function advice(faults: readonly Fault[]): string {
  const cures = [...new Set(faults.flatMap(({ cure }) => cure ?? []))];
  const left = faults.filter(({ cure }) => cure === undefined).length;
  const mend = left === 1 && faults.length === 1 ? 'mend the row' : 'mend the rows';
  if (cures.length === 0) return `${mend} and run it again`;
  const flags = cures.join(', ');
  return left === 0 ? `add ${flags} and run it again` : `add ${flags}, mend the other rows, and run it again`;
}

/** So many spans of rows are named: more are no help, and make a line without end. */
const NAMED = 8;

/** Row numbers in words: `row 4`, `rows 2–5, 9`, and how many more there are. */
export function rowsInWords(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const number of numbers) {
    const last = spans.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else spans.push([number, number]);
  }
  const parts = spans.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const left = spans.slice(NAMED).reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const more = left === 0 ? '' : ` and ${left} more`;
  return `${numbers.length === 1 ? 'row' : 'rows'} ${parts.slice(0, NAMED).join(', ')}${more}`;
}
