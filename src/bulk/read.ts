/** A file of rows, of whichever format: looked at by its first bytes, then read by the reader for it. */

import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { collect, openSource } from './source.ts';
import type { Table } from './types.ts';

/** What a reader gives; the rest of a Table is known here. */
export type Parsed = Pick<Table, 'columns' | 'rows' | 'faults'>;

/** Enough to tell the formats apart. */
const SNIFF = 1024;

/**
 * Reads every row of a CSV, Excel or NDJSON file, or of standard input (`-`).
 * @param options.sheet the worksheet of a workbook; default: the first
 * @throws UsageError when it cannot be read or is of no such format
 */
export async function readTable(
  path: string,
  context: Pick<Context, 'cwd' | 'stdin'>,
  options: { readonly sheet?: string | undefined } = {},
): Promise<Table> {
  const source = await openSource(path, context);
  const { head, bytes } = await peek(source.bytes);
  const format = sniff(head, source.name, path);
  if (options.sheet !== undefined && format !== 'xlsx') {
    throw new UsageError(`--sheet is for Excel files, and ${source.name} is ${format.toUpperCase()}`, {
      next: 'leave --sheet out',
    });
  }
  let parsed: Parsed;
  if (format === 'xlsx') {
    const { readWorkbook } = await import('./xlsx.ts');
    parsed = await readWorkbook(await collect(bytes), source.name, options.sheet);
  } else {
    const text = decode(bytes, source.name);
    if (format === 'ndjson') parsed = await (await import('./ndjson.ts')).readNdjson(text, source.name);
    else parsed = await (await import('./csv.ts')).readCsv(text);
  }
  if (parsed.rows.length === 0 && parsed.faults.length === 0) {
    throw new UsageError(`${source.name} has no rows`, {
      code: 'empty_file',
      next: 'give a file with a header and at least one row',
    });
  }
  return { name: source.name, hash: source.hash(), format, ...parsed };
}

/** The first bytes, and all of them again. */
async function peek(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ head: Buffer; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let size = 0;
  while (size < SNIFF) {
    const next = await iterator.next();
    if (next.done) break;
    seen.push(next.value);
    size += next.value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: Buffer.concat(seen), bytes: whole() };
}

function sniff(head: Buffer, name: string, path: string): Table['format'] {
  const starts = (...values: number[]) => values.every((value, at) => head[at] === value);
  const fault = (what: string, next: string) =>
    new UsageError(`${name} ${what}`, { code: 'bad_format', next });
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'xlsx';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) {
    throw fault(
      'is an old Excel file or is protected by a password',
      'save it as .xlsx without a password, or as CSV',
    );
  }
  if (starts(0x1f, 0x8b)) throw fault('is compressed', 'unpack it first: gunzip -c FILE | worktime … -');
  if (starts(0x25, 0x50, 0x44, 0x46)) throw fault('is a PDF', 'save the sheet as .xlsx or CSV');
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    throw fault('is encoded as UTF-16', 'save it as "CSV UTF-8", or convert it: iconv -f UTF-16 -t UTF-8');
  }
  const text = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (text.startsWith('{')) return 'ndjson';
  if (text.startsWith('[') && /\.(json|ndjson|jsonl)$/i.test(path)) {
    throw fault('is one JSON array', 'give one object a line: jq -c ".[]" FILE | worktime … -');
  }
  return 'csv';
}

/** Text, strictly UTF-8. */
async function* decode(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const fault = (what: string, next: string) =>
    new UsageError(`${name} ${what}`, { code: 'bad_encoding', next });
  try {
    for await (const chunk of bytes) {
      if (chunk.includes(0)) {
        throw fault('contains NUL bytes: it is not text, or it is UTF-16', 'save it as "CSV UTF-8" or .xlsx');
      }
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) {
      throw fault('is not UTF-8', 'save it as "CSV UTF-8", or convert it: iconv -f WINDOWS-1252 -t UTF-8');
    }
    throw error;
  }
}
