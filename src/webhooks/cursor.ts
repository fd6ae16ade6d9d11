/** How far a target has got, on disk, so that what it missed while it was down reaches it after a restart. */

import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalError } from '../errors.ts';
import { writeFileAtomic } from '../files/atomic.ts';
import { makeDirectory } from '../files/directory.ts';
import { codeOf, diskFault } from '../files/fault.ts';
import { openLog } from '../files/log.ts';
import { type Entry, encodeEntry } from './entry.ts';
import { isObject } from './event.ts';
import type { Place, Position } from './place.ts';

export interface Progress {
  /** Everything before it was read. */
  readonly next: Position;
  /** What was read and is not delivered yet, in the record's order. */
  readonly pending: readonly Position[];
}

/** A cursor nobody has moved for so long keeps no segments any more. */
const ABANDONED = 30 * 86_400_000;

export interface Cursor {
  /** undefined: there was none yet. @throws LocalError where it is damaged. */
  load(): Promise<Progress | undefined>;
  /** Durable when it resolves. */
  save(progress: Progress): Promise<void>;
  /** Keeps an event that the target will not take, in a record of such events. Gives back its path, once it is durable. */
  setAside(entry: Entry): Promise<string>;
}

/** The cursor of one target over one record. The target's whole name is hashed: a URL may hold a secret. */
export function cursorOf(
  directory: string,
  place: Place,
  target: { readonly name: string; readonly shown: string },
): Cursor {
  const name = createHash('sha256').update(`${place.name}\0${target.name}`).digest('hex').slice(0, 32);
  const path = join(directory, `${name}.json`);
  const asidePath = join(directory, `${name}.refused.ndjson`);
  /** One after the other: a log has one writer. */
  let keeping: Promise<unknown> = Promise.resolve();
  return {
    async load() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw diskFault(error, 'read', path);
      }
      const progress = parse(text);
      if (progress) return progress;
      throw new LocalError(`${path} is damaged`, {
        code: 'damaged',
        next: 'remove it, and send what the target missed with `worktime webhooks replay --since`',
      });
    },
    async save({ next, pending }) {
      makeDirectory(directory);
      const content = { record: place.name, target: target.shown, next, pending };
      await writeFileAtomic(path, `${JSON.stringify(content)}\n`, { mode: 0o600 });
    },
    setAside(entry) {
      const kept = keeping.then(() => keep(asidePath, entry));
      keeping = kept.catch(() => undefined);
      return kept;
    },
  };
}

async function keep(path: string, entry: Entry): Promise<string> {
  const log = await openLog(path);
  try {
    await log.append(encodeEntry(entry));
  } finally {
    await log.close();
  }
  return path;
}

function parse(text: string): Progress | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || !isPosition(value['next']) || !Array.isArray(value['pending'])) return undefined;
    const pending: unknown[] = value['pending'];
    return pending.every(isPosition) ? { next: value['next'], pending } : undefined;
  } catch {
    return undefined;
  }
}

function isPosition(value: unknown): value is Position {
  return isObject(value) && Number.isSafeInteger(value['segment']) && Number.isSafeInteger(value['offset']);
}

/** The lowest segment that a cursor over this record still needs; undefined when none does. */
export async function neededSegment(
  directory: string,
  place: Place,
  now: number,
): Promise<number | undefined> {
  let lowest: number | undefined;
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const path = join(directory, name);
    const text = await readFile(path, 'utf8').catch(() => '');
    const progress = text.includes(JSON.stringify(place.name)) ? parse(text) : undefined;
    if (!progress || now - (await stat(path)).mtimeMs > ABANDONED) continue;
    for (const { segment } of [progress.next, ...progress.pending])
      lowest = Math.min(lowest ?? segment, segment);
  }
  return lowest;
}
