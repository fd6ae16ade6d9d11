/** The file of a shared budget: a header of fixed length that tells the window, then one byte for each request taken. */

import {
  closeSync,
  fstatSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { Context } from '../context.ts';
import { makeFolders } from '../folders.ts';

/** Bytes. */
const HEADER = 160;
/** A lock older than this, in ms, was left by a process that died. */
const STALE_LOCK = 2_000;
/** ms after the reset before the next window is believed in. */
export const MARGIN = 100;

export type Here = Pick<Context, 'pid' | 'now'>;

export interface Window {
  /** Tells one window from the next. */
  readonly id: string;
  readonly limit: number;
  /** ms, when it ends. */
  readonly reset: number;
  /** ms, how long it lasts. */
  readonly length: number;
  /** ms, when it was begun on a guess; 0 once an answer has confirmed it. */
  readonly guessed: number;
}

export type Known = Window & { readonly used: number };

/** The window in force; undefined when none is known. */
export function readWindow(path: string): Known | undefined {
  const file = openQuietly(path, 'r');
  if (file === undefined) return undefined;
  try {
    const buffer = Buffer.alloc(HEADER);
    readSync(file, buffer, 0, HEADER, 0);
    const value = JSON.parse(buffer.toString('latin1')) as Window;
    const { size } = fstatSync(file);
    return value.limit >= 0 && size >= HEADER ? { ...value, used: size - HEADER } : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** Counts requests; gives back how many are used, these and all others included. */
export function append(path: string, count: number): number {
  const file = openSync(path, 'a');
  try {
    writeSync(file, '.'.repeat(count));
    return fstatSync(file).size - HEADER;
  } finally {
    closeSync(file);
  }
}

function headerOf({ id, limit, reset, length, guessed }: Window): string {
  return `${JSON.stringify({ id, limit, reset, length, guessed }).padEnd(HEADER - 1)}\n`;
}

export function writeHeader(path: string, window: Window): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, headerOf(window), 0);
  } finally {
    closeSync(file);
  }
}

export const idOf = ({ pid, now }: Here) => `${pid.toString(36)}-${now().toString(36)}`;

/** How long a window is taken to be before an answer says so, in ms. */
const HOUR = 3_600_000;

/** Begins to count before any answer has told the limit (0: not known yet). */
export function start(folder: string, path: string, context: Here): Known | undefined {
  makeFolders(folder);
  const now = context.now();
  const window = { id: idOf(context), limit: 0, reset: now + HOUR, length: HOUR, guessed: now };
  quietly(() => begin(path, window, 0, true));
  return readWindow(path);
}

/** Puts a whole file in place. `first`: only where there is none, for another process may have been quicker. */
export function begin(path: string, window: Window, used: number, first: boolean): void {
  const draft = `${path}.${window.id}`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, headerOf(window) + '.'.repeat(used));
  closeSync(file);
  if (first) {
    try {
      linkSync(draft, path);
    } finally {
      unlinkSync(draft);
    }
  } else renameSync(draft, path);
}

/** Lets the next window begin, on the guess that it is as long as the last. False while another process does. */
export function renew(path: string, context: Here): boolean {
  const now = context.now();
  const lock = `${path}.lock`;
  try {
    closeSync(openSync(lock, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const made = quietly(() => statSync(lock).mtimeMs);
    if (made !== undefined && now - made > STALE_LOCK) quietly(() => unlinkSync(lock));
    return false;
  }
  try {
    const window = readWindow(path);
    // Another process was quicker.
    if (window && now < window.reset + MARGIN) return true;
    if (window)
      begin(path, { ...window, id: idOf(context), reset: now + window.length, guessed: now }, 0, false);
    return true;
  } finally {
    quietly(() => unlinkSync(lock));
  }
}

function openQuietly(path: string, flags: string): number | undefined {
  try {
    return openSync(path, flags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The budget is a courtesy: a disk that fails must not stop a command; the API's own 429 still does. */
export function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
