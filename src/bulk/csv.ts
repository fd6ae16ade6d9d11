/** CSV as spreadsheets write it: commas, semicolons or tabs, a byte order mark, any line ending, quoted newlines. */

import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { unguardFormula } from '../formula.ts';
import { rowsInWords } from './faults.ts';
import type { Parsed } from './read.ts';
import type { Row } from './types.ts';

/** A cell larger than this is a quote that was never closed. */
const MAX_RECORD = 1024 * 1024;

/**
 * Reads all rows. What is wrong with the text is given back as faults, with the line where that is not the row; reading
 * stops at the first fault that leaves no way on. A quote inside a cell that has none around it is a character like any
 * other, as spreadsheets take it.
 */
export async function readCsv(text: AsyncIterable<string>): Promise<Parsed> {
  const { head, all } = await firstLine(text);
  const declared = /^sep=(.)(?:\r\n?|\n)?$/.exec(head);
  const delimiter = declared?.[1] ?? delimiterOf(head);
  const isWhole = quotesAround(delimiter);
  const rows: Row[] = [];
  const faults: string[] = [];
  const short: number[] = [];
  let columns: string[] | undefined;
  let number = 0;
  let line = 1;
  const fault = (what: string) => {
    faults.push(`row ${number}${line === number ? '' : ` (line ${line})`}: ${what}`);
  };
  const take = (record: string[], raw: string) => {
    if (record.some((cell) => cell.startsWith('"')) && !isWhole(raw)) return fault(CLOSING);
    if (number === 1 && declared) return;
    if (!columns) {
      columns = withoutEmptyTail(record.map((name) => name.trim()));
      return;
    }
    if (record.every((cell) => cell.trim() === '')) return;
    if (record.slice(columns.length).some((cell) => cell.trim() !== '')) {
      return fault(cellsOf(record, columns));
    }
    if (record.length < columns.length) {
      // Spreadsheets leave out empty cells at the end; a file that was cut off ends in the middle of a row.
      if (!/[\r\n]$/.test(raw)) return fault(`the file ends in it: ${cellsOf(record, columns)}`);
      short.push(number);
    }
    const cells: Record<string, string> = Object.create(null);
    for (const [at, name] of columns.entries()) cells[name] = unguardFormula(record[at] ?? '');
    rows.push({ number, cells });
  };
  const parser = parse({
    bom: true,
    delimiter,
    // Files that several programs wrote to have both; a CR alone ends a row only where it ends the header.
    record_delimiter: head.endsWith('\r') ? ['\r\n', '\n', '\r'] : ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD,
    raw: true,
    on_record: (record: string[] | { record: string[] }, { raw = '' }) => {
      number += 1;
      take(Array.isArray(record) ? record : record.record, raw);
      line += Math.max(1, raw.match(/\r\n?|\n/g)?.length ?? 0);
      return null;
    },
  });
  try {
    await pipeline(all, parser.resume());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    number += 1;
    fault(REASONS[error.code] ?? error.message);
  }
  const warnings =
    short.length > 0 ? [`fewer cells than the header, the others empty: ${rowsInWords(short)}`] : [];
  return { columns: columns ?? [], rows, faults, warnings };
}

const cellsOf = (record: readonly string[], columns: readonly string[]) =>
  `it has ${record.length} ${record.length === 1 ? 'cell' : 'cells'}, the header ${columns.length}`;

/** Tells whether the quotes of a record end where its cells do. */
function quotesAround(delimiter: string): (raw: string) => boolean {
  const mark = `\\u${delimiter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const cell = `(?:"[^"]*(?:""[^"]*)*"|[^"${mark}][^${mark}]*|)`;
  const record = new RegExp(`^${cell}(?:${mark}${cell})*[\\r\\n]*$`);
  return (raw) => record.test(raw);
}

async function firstLine(text: AsyncIterable<string>): Promise<{ head: string; all: AsyncIterable<string> }> {
  const iterator = text[Symbol.asyncIterator]();
  let head = '';
  let ended = false;
  // A line without end is the parser's to refuse; a CR may be half of a line's end.
  while (head.length <= MAX_RECORD && !/\n|\r./s.test(head)) {
    const next = await iterator.next();
    if (next.done) {
      ended = true;
      break;
    }
    head += next.value;
  }
  async function* all(): AsyncGenerator<string> {
    yield head;
    if (!ended) yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: /^[^\r\n]*(?:\r\n?|\n)?/.exec(head.replace(/^\uFEFF/, ''))?.[0] ?? '', all: all() };
}

/** The separator that the header has most of, outside quotes. */
function delimiterOf(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const count = (mark: string) => bare.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function withoutEmptyTail(names: string[]): string[] {
  let end = names.length;
  while (end > 0 && names[end - 1] === '') end -= 1;
  return names.slice(0, end);
}

const CLOSING = 'after a closing quote there is something other than a separator';

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_MAX_RECORD_SIZE: 'it is longer than 1 MiB; is a quote never closed?',
};
