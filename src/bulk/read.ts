/** A file of rows, of whichever format: looked at by its first bytes, then read by the reader for it. */

import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { collect, openSource } from './source.ts';
import type { Table } from './types.ts';

/** What a reader gives; the rest of a Table is known here. */
export type Parsed = Pick<Table, 'columns' | 'rows' | 'faults' | 'warnings'>;

/** Enough to tell the formats apart. */
const SNIFF = 1024;

export interface ReadOptions {
  /** The worksheet of a workbook; default: the first. */
  readonly sheet?: string | undefined;
  /** Of a text that is not UTF-8: a label of the Encoding Standard, such as `windows-1252`. */
  readonly encoding?: string | undefined;
}

/**
 * Reads every row of a CSV, Excel, JSON or NDJSON file, or of standard input (`-`).
 * @throws UsageError when it cannot be read or is of no such format
 */
export async function readTable(
  path: string,
  context: Pick<Context, 'cwd' | 'stdin'>,
  options: ReadOptions = {},
): Promise<Table> {
  const given = options.encoding === undefined ? undefined : decoderFor(options.encoding).encoding;
  const source = await openSource(path, context);
  const { head, bytes } = await peek(source.bytes);
  const encoding = given ?? encodingOf(head);
  const format = sniff(head, source.name, path, encoding);
  if (options.sheet !== undefined && format !== 'xlsx') {
    throw new UsageError(`--sheet is for Excel files, and ${source.name} is ${format.toUpperCase()}`, {
      next: 'leave --sheet out',
    });
  }
  if (given !== undefined && format === 'xlsx') {
    throw new UsageError(`--encoding is for text, and ${source.name} is XLSX`, {
      next: 'leave --encoding out',
    });
  }
  let parsed: Parsed;
  if (format === 'xlsx') {
    const { readWorkbook } = await import('./xlsx.ts');
    parsed = await readWorkbook(await collect(bytes), source.name, options.sheet);
  } else {
    const text = decode(bytes, source.name, encoding);
    if (format === 'ndjson') parsed = await (await import('./objects.ts')).readNdjson(text, source.name);
    else if (format === 'json') parsed = await (await import('./objects.ts')).readJson(text, source.name);
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

/** UTF-8, unless the first bytes are the mark of another. */
function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    throw new UsageError(`--encoding: "${label}" is not known here`, {
      code: 'invalid_value',
      next: 'name it as the web does, such as windows-1252, iso-8859-2 or utf-16le',
      cause: error,
    });
  }
}

function sniff(head: Buffer, name: string, path: string, encoding: string): Table['format'] {
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
  const text = new TextDecoder(encoding).decode(head).trimStart();
  if (text.startsWith('{')) return 'ndjson';
  // A CSV may have a column whose name begins so.
  if (/^\[\s*[{\]]/.test(text) || (text.startsWith('[') && /\.(json|ndjson|jsonl)$/i.test(path)))
    return 'json';
  return 'csv';
}

/** Text, strictly in its encoding. */
async function* decode(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  encoding: string,
): AsyncGenerator<string> {
  const decoder = decoderFor(encoding);
  const wide = encoding.startsWith('utf-16');
  const fault = (what: string, next: string) =>
    new UsageError(`${name} ${what}`, { code: 'bad_encoding', next });
  try {
    for await (const chunk of bytes) {
      if (!wide && chunk.includes(0)) {
        throw fault(
          'contains NUL bytes: it is not text, or it is UTF-16',
          'save it as "CSV UTF-8" or .xlsx, or add --encoding utf-16le',
        );
      }
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const next =
      encoding === 'utf-8'
        ? 'save it as "CSV UTF-8", or add --encoding windows-1252 (what Excel writes on Windows)'
        : 'save it as "CSV UTF-8" or .xlsx';
    throw fault(`is not ${encoding.toUpperCase().replace('WINDOWS', 'Windows')}`, next);
  }
}
