/** Recorded events again, from any record or list of events. */

import { createReadStream } from 'node:fs';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { diskFault } from '../files/fault.ts';
import { linesOf } from '../files/lines.ts';
import { regularFile } from '../files/regular.ts';
import { decodeEntry, type Entry } from './entry.ts';
import { type EventFilter, timeOf } from './event.ts';
import { type Place, readEntries } from './place.ts';

export interface Selection {
  /** ms; entries without a time of arrival are taken by their event's own. */
  readonly since?: number | undefined;
  readonly filter: EventFilter;
}

/** Told of lines that are no events. */
export type OnDamage = (where: string) => void;

const arrival = ({ receivedAt, event }: Entry) => receivedAt ?? timeOf(event);

/** What is wanted of a record, each event once. */
export async function* select(
  entries: AsyncIterable<Entry>,
  { since, filter }: Selection,
): AsyncGenerator<Entry> {
  for await (const entry of entries) {
    if (entry.duplicate || !filter(entry.event)) continue;
    // A time that cannot be read excludes nothing.
    if (since !== undefined && arrival(entry) < since) continue;
    yield entry;
  }
}

export function entriesOf(place: Place, onDamage: OnDamage): AsyncIterable<Entry> {
  return readEntries(place, { onDamage: (path, offset) => onDamage(`${path} at byte ${offset}`) });
}

/**
 * The events of a file (`-`: standard input): a record, or plain events a line each. A last line without an end
 * counts. @throws LocalError when it cannot be read; UsageError when no line of it is an event.
 */
export async function* entriesOfFile(
  path: string,
  context: Pick<Context, 'stdin'>,
  onDamage: OnDamage,
): AsyncGenerator<Entry> {
  let number = 0;
  let good = 0;
  const bytes = path === '-' ? context.stdin.bytes() : bytesOf(path);
  for await (const line of linesOf(textOf(bytes), path)) {
    number += 1;
    if (line.trim() === '') continue;
    const entry = decodeEntry(line);
    if (entry) {
      good += 1;
      yield entry;
    } else onDamage(`${path} line ${number}`);
    if (good === 0 && number >= PATIENCE) break;
  }
  if (good === 0 && number > 0) throw notARecord(path);
}

/** Lines without a single event after which a file is something else. */
const PATIENCE = 20;

const notARecord = (path: string) =>
  new UsageError(`${path} has no events in it`, {
    code: 'not_a_record',
    next: 'give a record, or a file with one event {"event","timestamp","data"} a line',
  });

/** Tells of the first lines that are no events, and of the others in one line at the end. */
export class Damages {
  readonly #warn: (text: string) => void;
  #count = 0;

  constructor(warn: (text: string) => void) {
    this.#warn = warn;
  }

  readonly found: OnDamage = (where) => {
    this.#count += 1;
    if (this.#count <= 5) this.#warn(`${where}: not an event, or damaged; left out`);
  };

  summarize(): void {
    if (this.#count > 5) this.#warn(`${this.#count} lines in all are no events, or damaged; left out`);
  }
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  await regularFile(path, { next: 'name a file, or give - and pipe the events into standard input' });
  try {
    yield* createReadStream(path);
  } catch (error) {
    throw diskFault(error, 'read', path);
  }
}

async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
