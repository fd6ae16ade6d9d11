/** A file of NDJSON that a tail appends to and that is itself the record of what was shown. */

import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { diskFault } from '../files/fault.ts';
import { acquireLock } from '../files/lock.ts';
import { openLog, readLog } from '../files/log.ts';
import { regularFile, settledPath } from '../files/regular.ts';
import type { KnownSet } from './known.ts';
import { later } from './memory.ts';
import type { Arrival } from './poll.ts';

/** A record file that is locked and open. */
export interface RecordFile {
  /** Without symbolic links: what the file is known by. */
  readonly path: string;
  /** Whether it was made just now. */
  readonly created: boolean;
  /** Bytes of a torn last line that were cut off. */
  readonly repaired: number;
  /** Adds what the file holds to the known records. @throws UsageError where it holds something else. */
  readBack(known: KnownSet, describe: Describe): Promise<Contents>;
  /** Resolves once the lines are on the disk. */
  append(arrivals: readonly Arrival[]): Promise<void>;
  close(): Promise<void>;
}

interface Describe {
  readonly keyOf: (record: unknown) => string;
  readonly timeOf: (record: unknown) => number;
}

export interface Contents {
  readonly count: number;
  /** The time of the first line's record, ms. */
  readonly first: number | undefined;
  readonly newest: number | undefined;
}

/** A record as it came; one that is late says so. */
export function shape({ record, late }: Arrival): unknown {
  return late && typeof record === 'object' && record !== null ? { ...record, late: true } : record;
}

/**
 * Locks and opens the file, making it when it is not there and mending its last line.
 * @throws LocalError (`locked`) that names the other tail; UsageError when it is no regular file.
 */
export async function openRecord(name: string, context: Context, purpose: string): Promise<RecordFile> {
  const path = settledPath(resolve(context.cwd, name));
  const found = await regularFile(path, {
    shown: name,
    why: 'a tail with -o reads back what it wrote',
    next: 'leave out -o and redirect standard output, or name a file',
  });
  const lock = await acquireLock(join(dirname(path), `.${basename(path)}.lock`), { context, purpose });
  try {
    if (found) await endLastLine(path);
    const log = await openLog(path);
    return {
      path,
      created: found === undefined,
      repaired: log.repaired,
      readBack: (known, describe) => readBack(path, name, known, describe),
      async append(arrivals) {
        await Promise.all(arrivals.map((arrival) => log.append(JSON.stringify(shape(arrival)))));
      },
      async close() {
        await log.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function readBack(
  path: string,
  name: string,
  known: KnownSet,
  { keyOf, timeOf }: Describe,
): Promise<Contents> {
  let count = 0;
  let first: number | undefined;
  let newest: number | undefined;
  for await (const { line } of readLog(path)) {
    count += 1;
    const record = parseObject(line);
    if (!record) {
      throw new UsageError(`${name} is not a record of events: line ${count} is not a JSON object`, {
        code: 'not_a_record',
        next: 'name another file: a tail appends only to what a tail wrote',
      });
    }
    known.add(keyOf(record));
    const time = timeOf(record);
    first ??= Number.isNaN(time) ? undefined : time;
    newest = later(newest, time);
  }
  return { count, first, newest };
}

function parseObject(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A kill can fall between a line and its line feed: a line that is whole is ended, not thrown away. */
async function endLastLine(path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r+');
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 1 << 20));
    await handle.read(tail, 0, tail.length, size - tail.length);
    const start = tail.lastIndexOf(10) + 1;
    if (start === tail.length || (start === 0 && tail.length < size)) return;
    if (parseObject(tail.toString('utf8', start))) await handle.write('\n', size);
  } catch (error) {
    throw diskFault(error, 'open', path);
  } finally {
    await handle?.close();
  }
}
