/** The numbered files that a lock is made of. Each step is one system call that either happens or does not. */

import { closeSync, linkSync, openSync, readdirSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../folders.ts';
import { codeOf } from './fault.ts';

/** The first byte of a claim: overwritten in place, so that readers see one or the other and nothing between. */
export const HELD = 'H';
export const RELEASED = 'R';

/** Old claims are kept for a while, so that a listing that runs beside many claims still meets a recent number. */
const KEEP = 8;
const CLAIM = /^\d{1,15}$/;

/** What is in a lock's directory; nothing when it is not there. */
export function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The highest number claimed; 0 when nobody ever held the lock. */
export function highestOf(names: readonly string[]): number {
  let highest = 0;
  for (const name of names) if (CLAIM.test(name)) highest = Math.max(highest, Number(name));
  return highest;
}

/**
 * Claims a number: its file appears whole, or not at all because the number is taken (undefined).
 * @returns the open file, to be released by it alone: another file under the same name would be another's
 */
export function claim(directory: string, number: number, token: string, content: string): number | undefined {
  const path = join(directory, String(number));
  const draft = `${path}.${token}`;
  const file = createIn(directory, draft);
  try {
    writeSync(file, `${HELD}${content}\n`);
    linkSync(draft, path);
    return file;
  } catch (error) {
    closeSync(file);
    const code = codeOf(error);
    // ENOENT: so late that the draft was pruned.
    if (code === 'EEXIST' || code === 'ENOENT') return undefined;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
    return claimWithoutLinks(path, content);
  } finally {
    removeQuietly(draft);
  }
}

/** Marks a claim released and lets go of its file. A failure is mended by the end of this process. */
export function release(file: number): void {
  try {
    writeSync(file, RELEASED, 0);
  } catch {
  } finally {
    closeSync(file);
  }
}

/** For file systems without hard links: as exclusive, but killed at the wrong microsecond it leaves a claim without a name. */
function claimWithoutLinks(path: string, content: string): number | undefined {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, `${HELD}${content}\n`);
    return file;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}

function createIn(directory: string, path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    makeFolders(directory);
    return openSync(path, 'wx', 0o600);
  }
}

/** Removes what belongs to numbers so old that nobody can be interested in them: claims, and drafts of the dead. */
export function prune(directory: string, names: readonly string[], number: number): void {
  if (names.length <= 2 * KEEP) return;
  for (const name of names) {
    if (Number.parseInt(name, 10) <= number - KEEP) removeQuietly(join(directory, name));
  }
}

export function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {}
}
