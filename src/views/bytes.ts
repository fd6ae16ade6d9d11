/** Bytes that are saved as they came, once they are seen to be what their name says. */

import type { Chunk } from '../command.ts';
import type { Context } from '../context.ts';
import { InvalidAnswerError } from '../errors.ts';
import type { Reporter } from '../session.ts';
import type { OutputOptions } from './options.ts';
import { visible } from './safe.ts';
import { fileSink, type Sink } from './sink.ts';

const ENTRY = Buffer.from('[Content_Types].xml');
/** A zip's directory of entries ends within this many bytes of its end. */
const TAIL = 22 + 65_535;

/** Looks at bytes as they pass: a workbook is a zip that starts, has a list of content types, and ends. */
function workbookCheck() {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let found = false;
  return {
    add(chunk: Uint8Array) {
      if (head.length < 4) head = Buffer.concat([head, chunk]).subarray(0, 4);
      const joined = Buffer.concat([tail, chunk]);
      found ||= joined.includes(ENTRY);
      tail = joined.subarray(Math.max(0, joined.length - TAIL));
    },
    ok: () =>
      head.equals(Buffer.from('PK\u0003\u0004')) && found && tail.includes(Buffer.from('PK\u0005\u0006')),
  };
}

async function* parts(bytes: Uint8Array | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (bytes instanceof Uint8Array) yield bytes;
  else yield* bytes;
}

/**
 * Saves bytes under `-o`, else under the chunk's name in the working directory, whose path is printed. Those of a raw
 * answer go into a pipe as they came.
 * @throws InvalidAnswerError when a name ends in .xlsx and the bytes are no workbook: nothing is saved then.
 */
export async function saveBytes(
  chunk: Extract<Chunk, { type: 'bytes' }>,
  sink: Sink,
  options: OutputOptions,
  context: Context,
  report: Reporter,
): Promise<void> {
  const named = options.output === undefined && !(chunk.asItCame && !sink.isTTY);
  const target = named ? await fileSink(fileName(chunk.name), context, options.force) : sink;
  const check = /\.xlsx$/i.test(chunk.name) && !chunk.asItCame ? workbookCheck() : undefined;
  try {
    for await (const part of parts(chunk.bytes)) {
      check?.add(part);
      await target.write(part);
    }
    if (check && !check.ok()) {
      throw new InvalidAnswerError('the API answered with something that is no Excel workbook', {
        code: 'not_a_workbook',
        next: 'leave --original out: --format excel makes a workbook of the data',
      });
    }
    if (!named) return;
    await target.commit();
    await context.stdout.write(`${target.path ?? ''}\n`);
  } catch (error) {
    await target.abort();
    report.debug(`nothing was saved as ${target.path ?? 'standard output'}`);
    throw error;
  }
}

/** A name that is one file of the working directory, whatever it was made from. */
export function fileName(name: string): string {
  const safe = visible(name)
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^\.+/, '')
    .trim();
  return safe === '' ? 'output' : safe;
}
