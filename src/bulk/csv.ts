/** CSV as spreadsheets write it: commas, semicolons or tabs, a byte order mark, any line ending, quoted newlines. */

import { CsvError, parse } from 'csv-parse';
import { unguardFormula } from '../formula.ts';
import type { Parsed } from './read.ts';
import type { Row } from './types.ts';

/** A cell larger than this is a quote that was never closed. */
const MAX_RECORD = 1024 * 1024;

/** Reads all rows. What is wrong with the text is given back as faults; reading stops at the first that leaves no way on. */
export async function readCsv(text: AsyncIterable<string>): Promise<Parsed> {
  const { head, all } = await firstLine(text);
  const declared = /^sep=(.)\r?\n?$/.exec(head);
  const delimiter = declared?.[1] ?? delimiterOf(head);
  const rows: Row[] = [];
  const faults: string[] = [];
  let columns: string[] | undefined;
  let number = 0;
  const parser = parse({ bom: true, delimiter, relax_column_count: true, max_record_size: MAX_RECORD });
  const feeding = feed(parser, all);
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      if (number === 1 && declared) continue;
      if (!columns) {
        columns = withoutEmptyTail(record.map((name) => name.trim()));
        continue;
      }
      if (record.every((cell) => cell.trim() === '')) continue;
      if (record.slice(columns.length).some((cell) => cell.trim() !== '')) {
        faults.push(`row ${number}: it has ${record.length} cells, the header ${columns.length}`);
        continue;
      }
      const cells: Record<string, string> = Object.create(null);
      for (const [at, name] of columns.entries()) cells[name] = unguardFormula(record[at] ?? '');
      rows.push({ number, cells });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Rows that were read already may still be on their way here; the parser knows how many there were.
    const read = (error as { readonly records?: number }).records ?? number;
    faults.push(`row ${read + 1}: ${reasonOf(error)}`);
  }
  await feeding;
  return { columns: columns ?? [], rows, faults };
}

async function feed(parser: ReturnType<typeof parse>, text: AsyncIterable<string>): Promise<void> {
  try {
    for await (const chunk of text) {
      if (parser.destroyed) return;
      if (!parser.write(chunk)) await drained(parser);
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function drained(parser: ReturnType<typeof parse>): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      parser.off('drain', go);
      parser.off('close', go);
      resolve();
    };
    parser.once('drain', go);
    parser.once('close', go);
  });
}

async function firstLine(text: AsyncIterable<string>): Promise<{ head: string; all: AsyncIterable<string> }> {
  const iterator = text[Symbol.asyncIterator]();
  let head = '';
  let ended = false;
  // A line without end is the parser's to refuse.
  while (head.length <= MAX_RECORD && !/[\r\n]/.test(head)) {
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
  return { head: /^[^\r\n]*(\r?\n)?/.exec(head.replace(/^\uFEFF/, ''))?.[0] ?? '', all: all() };
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

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'after a closing quote there is something other than a separator',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a cell; write it twice inside quotes',
  CSV_MAX_RECORD_SIZE: 'it is longer than 1 MiB; is a quote never closed?',
};

function reasonOf(error: CsvError): string {
  return REASONS[error.code] ?? error.message;
}
