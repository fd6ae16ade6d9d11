/**
 * Append-only lines that survive a crash: an append resolves once it is on the disk, and appends that come together
 * share one fsync. With checksums each line is `<crc32 as 8 hex digits> <line>`.
 */

import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { LocalError } from '../errors.ts';
import { syncDirectory } from './atomic.ts';
import { codeOf, diskFault } from './fault.ts';

export interface LogOptions {
  /** Each line carries a checksum, so that a changed one is found. Default false: the lines as they are. */
  readonly checksum?: boolean;
  /** Permissions of a new file. Default 0600. */
  readonly mode?: number;
}

export interface Log {
  /** Bytes that are safely on the disk. */
  readonly size: number;
  /** Bytes of a torn last line that opening removed; 0 when it was whole. */
  readonly repaired: number;
  /** Appends one line (without its newline); resolves once it is durable. @throws LocalError for the disk. */
  append(line: string): Promise<void>;
  /** Waits for what is under way, then closes. */
  close(): Promise<void>;
}

const NEWLINE = 10;
const CHUNK = 64 * 1024;
/** Checksum and space. */
const PREFIX = 9;
/** Linux makes a write and its sync one step. macOS knows the flag too, but not as a promise about the disk itself. */
const DURABLE_WRITES = platform() === 'linux' ? constants.O_DSYNC : 0;
/** What a disk says before it takes anything. */
const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

interface Waiting {
  /** With its checksum and newline. */
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens a log for appending, making it when it is not there, and cuts off a last line that a crash tore.
 * One writer at a time: hold a lock while it is open.
 */
export async function openLog(path: string, options: LogOptions = {}): Promise<Log> {
  const checksum = options.checksum ?? false;
  let handle: FileHandle;
  try {
    handle = await openOrCreate(path, options.mode ?? 0o600);
  } catch (error) {
    throw diskFault(error, 'open', path);
  }
  let size = 0;
  let repaired = 0;
  try {
    const found = (await handle.stat()).size;
    size = await wholeLength(handle, found, checksum);
    repaired = found - size;
    if (repaired > 0) {
      await handle.truncate(size);
      await handle.sync();
    } else if (size > 0) {
      // Whoever wrote the last lines may have been killed before they were synced, and a later write syncs itself alone.
      await handle.datasync();
    }
  } catch (error) {
    await handle.close();
    throw diskFault(error, 'open', path);
  }

  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let broken: LocalError | undefined;
  let closed = false;

  /** Writes everything that waits, again and again, until nothing does. Never rejects: each append hears its own outcome. */
  async function flush(): Promise<void> {
    // Whatever else arrives in this turn of the event loop shares the sync.
    await new Promise((resolve) => setImmediate(resolve));
    for (let batch = take(), writing = write(batch); batch.length > 0; ) {
      const fault = await writing;
      const written = batch;
      // The disk gets the next before anybody acts on what it has: both are at work at once.
      batch = take();
      writing = write(batch);
      for (const one of written) {
        if (fault) one.reject(fault);
        else one.resolve();
      }
    }
    flushing = undefined;
  }

  function take(): readonly Waiting[] {
    const batch = waiting;
    waiting = [];
    return batch;
  }

  async function write(batch: readonly Waiting[]): Promise<LocalError | undefined> {
    if (broken || batch.length === 0) return broken;
    const bytes = Buffer.from(batch.map((one) => one.text).join(''));
    let syncing = DURABLE_WRITES !== 0;
    try {
      for (let at = 0; at < bytes.length; ) {
        at += (await handle.write(bytes, at, bytes.length - at, size + at)).bytesWritten;
      }
      syncing = true;
      if (DURABLE_WRITES === 0) await handle.datasync();
      size += bytes.length;
      return undefined;
    } catch (error) {
      const fault = diskFault(error, 'append to', path);
      // After a failed sync nobody knows what is on the disk; after a failed write the old length is known good.
      if (syncing && !NO_ROOM.includes(codeOf(error))) broken = fault;
      await handle.truncate(size).catch(() => {
        broken = fault;
      });
      return fault;
    }
  }

  return {
    get size() {
      return size;
    },
    repaired,
    append(line) {
      if (closed) return Promise.reject(new LocalError(`cannot append to ${path}: it is closed`));
      if (line.includes('\n')) return Promise.reject(new TypeError('a line of a log holds no newline'));
      const text = checksum ? `${sum(line)} ${line}\n` : `${line}\n`;
      return new Promise<void>((resolve, reject) => {
        waiting.push({ text, resolve, reject });
        flushing ??= flush();
      });
    },
    async close() {
      if (closed) return;
      closed = true;
      await flushing;
      await handle.close();
    },
  };
}

/**
 * Reads the whole lines of a log in order; `offset` is where the line starts in the file. A torn last line is left out.
 * `from` and `to` (offsets at which lines start) read a part of it.
 * @throws LocalError that names file and line when a line does not match its checksum; a missing file has no lines.
 */
export async function* readLog(
  path: string,
  options: Pick<LogOptions, 'checksum'> & { readonly from?: number; readonly to?: number } = {},
): AsyncGenerator<{ line: string; offset: number }> {
  /** The parts of a line that began in earlier chunks. */
  let parts: Buffer[] = [];
  let offset = options.from ?? 0;
  if (options.to !== undefined && options.to <= offset) return;
  const range = { start: offset, end: (options.to ?? Number.POSITIVE_INFINITY) - 1 };
  let number = 0;
  /** A line that may be torn is a fault only when another follows. */
  let doubtful: number | undefined;
  try {
    const stream: AsyncIterable<Buffer> = createReadStream(path, { ...range, highWaterMark: CHUNK });
    for await (const chunk of stream) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        if (doubtful !== undefined) throw corrupt(path, doubtful);
        number += 1;
        const tail = chunk.subarray(start, end);
        const bytes = parts.length === 0 ? tail : Buffer.concat([...parts, tail]);
        const state = options.checksum ? check(bytes) : 'whole';
        if (state === 'corrupt') throw corrupt(path, number);
        if (state === 'torn') doubtful = number;
        else yield { line: bytes.toString('utf8', options.checksum ? PREFIX : 0), offset };
        parts = [];
        offset += bytes.length + 1;
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error instanceof LocalError ? error : diskFault(error, 'read', path);
  }
}

async function openOrCreate(path: string, mode: number): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | DURABLE_WRITES);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | DURABLE_WRITES;
    const handle = await open(path, flags, mode);
    await syncDirectory(dirname(path));
    return handle;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return await open(path, constants.O_RDWR | DURABLE_WRITES);
  }
}

/** The length up to the end of the last whole line, read from the end backwards. */
async function wholeLength(handle: FileHandle, size: number, checksum: boolean): Promise<number> {
  const end = (await lastNewline(handle, size)) + 1;
  if (!checksum || end === 0) return end;
  const start = (await lastNewline(handle, end - 1)) + 1;
  const line = Buffer.alloc(end - 1 - start);
  await handle.read(line, 0, line.length, start);
  return check(line) === 'torn' ? start : end;
}

/** Where the last newline before `end` is; -1 when there is none. */
async function lastNewline(handle: FileHandle, end: number): Promise<number> {
  const buffer = Buffer.alloc(CHUNK);
  for (let to = end; to > 0; ) {
    const from = Math.max(0, to - CHUNK);
    const { bytesRead } = await handle.read(buffer, 0, to - from, from);
    const at = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (at >= 0) return from + at;
    to = from;
  }
  return -1;
}

function sum(line: string | Uint8Array): string {
  return crc32(line).toString(16).padStart(8, '0');
}

/** A line with NUL bytes is what a power cut leaves where data never reached the disk; any other mismatch is damage. */
function check(bytes: Buffer): 'whole' | 'torn' | 'corrupt' {
  const line = bytes.subarray(PREFIX);
  if (bytes.length >= PREFIX && bytes.toString('latin1', 0, PREFIX) === `${sum(line)} `) return 'whole';
  return bytes.includes(0) ? 'torn' : 'corrupt';
}

function corrupt(path: string, line: number): LocalError {
  return new LocalError(`${path} is damaged: line ${line} does not match its checksum`, {
    code: 'damaged',
    next: `keep a copy of the file, then restore it from a backup or remove line ${line} if you know what it said`,
  });
}
