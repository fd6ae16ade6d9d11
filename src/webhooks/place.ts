/** Where a record lies: numbered segments in a directory of ours, or the one file that was named. */

import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { makeDirectory } from '../files/directory.ts';
import { codeOf, diskFault } from '../files/fault.ts';
import { readLog } from '../files/log.ts';
import { regularFile, settledPath } from '../files/regular.ts';
import { decodeEntry, type Entry } from './entry.ts';

/** A place in the record: the segment's number and the byte at which a line starts. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

export const START: Position = { segment: 0, offset: 0 };

/** Negative when `a` comes first. */
export function comparePositions(a: Position, b: Position): number {
  return a.segment - b.segment || a.offset - b.offset;
}

export interface Place {
  /** What people are told. */
  readonly name: string;
  /** Under which its writer is locked. */
  readonly lock: string;
  /** Whether it grows by further segments. */
  readonly rotates: boolean;
  path(segment: number): string;
  /** The numbers of the segments there are, ascending. */
  segments(): Promise<number[]>;
  /** Makes the directory. */
  prepare(): Promise<void>;
}

const SEGMENT = /^events-(\d{8})\.ndjson$/;

/** The record in the state directory. */
export function directoryPlace(directory: string): Place {
  return {
    name: directory,
    lock: join(directory, 'listener'),
    rotates: true,
    path: (segment) => join(directory, `events-${String(segment).padStart(8, '0')}.ndjson`),
    segments: async () => {
      const numbers = (await list(directory)).map((name) => SEGMENT.exec(name)?.[1]);
      return numbers
        .filter((number) => number !== undefined)
        .map(Number)
        .sort((a, b) => a - b);
    },
    prepare: async () => makeDirectory(directory),
  };
}

/** A record in one file, which is never rotated. */
export function filePlace(file: string): Place {
  const path = settledPath(resolve(file));
  const next = 'give --record the path of a new file, or of one that listen made';
  const found = () => regularFile(path, { shown: file, next });
  return {
    name: path,
    lock: join(dirname(path), `.${basename(path)}.lock`),
    rotates: false,
    path: () => path,
    segments: async () => ((await found()) ? [0] : []),
    // Before it is locked: beside what cannot be a record no lock is left.
    prepare: async () => {
      const names = (await found())?.nlink ?? 1;
      if (names <= 1) return;
      // Another listener could write it by its other name, and each would write over the other's events.
      throw new UsageError(`${file} is the same file as another (a hard link)`, { code: 'not_a_file', next });
    },
  };
}

async function list(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw diskFault(error, 'read', directory);
  }
}

/** An entry and its place. */
export interface Stored extends Entry {
  readonly at: Position;
  /** Where the line after it starts. */
  readonly next: Position;
}

export interface ReadOptions {
  readonly from?: Position;
  /** Up to here; default: to the end. */
  readonly to?: Position;
  /** Told of each line that is no entry; default: passed over. */
  readonly onDamage?: (path: string, offset: number) => void;
}

/** The record's entries in the order in which they were stored. */
export async function* readEntries(place: Place, options: ReadOptions = {}): AsyncGenerator<Stored> {
  const from = options.from ?? START;
  const { to } = options;
  for (const segment of await place.segments()) {
    if (segment < from.segment || (to && segment > to.segment)) continue;
    const path = place.path(segment);
    const range = {
      from: segment === from.segment ? from.offset : 0,
      ...(to?.segment === segment ? { to: to.offset } : {}),
    };
    for await (const { line, offset } of readLog(path, range)) {
      const entry = decodeEntry(line);
      if (entry) {
        const next = { segment, offset: offset + Buffer.byteLength(line) + 1 };
        yield { ...entry, at: { segment, offset }, next };
      } else if (line.trim() !== '') options.onDamage?.(path, offset);
    }
  }
}
