/** The durable record: an append resolves once it is on the disk, and everything that acts on events reads from here. */

import { open, unlink } from 'node:fs/promises';
import { LocalError, UsageError } from '../errors.ts';
import { diskFault } from '../files/fault.ts';
import { type Log, openLog } from '../files/log.ts';
import { type Entry, encodeEntry } from './entry.ts';
import { type Place, type Position, readEntries, type Stored } from './place.ts';
import { Recent } from './recent.ts';

const SEGMENT_BYTES = 16 * 1024 * 1024;
/** Entries read from the disk before they are handed on. */
const READ_AT_ONCE = 256;
/** A gigabyte of segments. */
const KEEP_SEGMENTS = 64;
/** What every line of a listener's record begins with. */
const BEGINNING = '{"received_at":"';

export interface RecordOptions {
  readonly segmentBytes?: number;
  readonly keepSegments?: number;
  /** The lowest segment that somebody still has to read: neither it nor a later one is removed. */
  readonly needed?: () => Promise<number | undefined>;
}

/** The one writer of a record. Hold the place's lock while it is open. */
export class DurableRecord {
  readonly place: Place;
  /** Bytes of a torn last line that were cut off when it was opened. */
  repaired = 0;
  readonly #options: Required<Pick<RecordOptions, 'segmentBytes' | 'keepSegments'>> & RecordOptions;
  readonly #recent = new Recent();
  #segment = 0;
  #log: Log | undefined;
  /** Bytes given to the log, of which some may still be under way. */
  #given = 0;
  #turning: Promise<Log> | undefined;
  #retired: Promise<void> = Promise.resolve();

  private constructor(place: Place, options: RecordOptions) {
    this.place = place;
    this.#options = { segmentBytes: SEGMENT_BYTES, keepSegments: KEEP_SEGMENTS, ...options };
  }

  /** Opens or makes the record, mending its end. @throws LocalError for the disk; UsageError where the file is something else. */
  static async open(place: Place, options: RecordOptions = {}): Promise<DurableRecord> {
    const record = new DurableRecord(place, options);
    await place.prepare();
    const last = (await place.segments()).at(-1);
    if (last !== undefined && !place.rotates) await checkIsRecord(place.path(last));
    record.#segment = last ?? (place.rotates ? 1 : 0);
    record.repaired = (await record.#open()).repaired;
    return record;
  }

  /** Where the next entry will start: all before it is on the disk. */
  get end(): Position {
    return this.#recent.end;
  }

  /** Stores an entry. Resolves once it is durable; rejects with LocalError when the disk refused it. */
  append(entry: Entry): Promise<Stored> {
    const log = this.#turning ?? this.#writable();
    return log instanceof Promise ? log.then((opened) => this.#give(opened, entry)) : this.#give(log, entry);
  }

  #give(log: Log, entry: Entry): Promise<Stored> {
    const line = encodeEntry(entry);
    const length = Buffer.byteLength(line) + 1;
    this.#given += length;
    return log.append(line).then(
      () => this.#recent.add(entry, length),
      (error: unknown) => {
        this.#retire(log);
        throw error;
      },
    );
  }

  /** Batches of entries from `from` on, as they become durable. Ends when the record is closed, or the signal aborted. */
  async *tail(from: Position, signal?: AbortSignal): AsyncGenerator<readonly Stored[]> {
    for (let at = from; !signal?.aborted; ) {
      const newest = this.#recent.after(at);
      const last = newest?.at(-1);
      if (newest && last) {
        yield newest;
        at = last.next;
      } else if (newest) {
        if (this.#recent.closed) return;
        await this.#recent.changed(signal);
      } else {
        // Too far behind for the memory: the disk has it all.
        const to = this.end;
        let batch: Stored[] = [];
        for await (const stored of readEntries(this.place, { from: at, to })) {
          batch.push(stored);
          if (batch.length < READ_AT_ONCE) continue;
          yield batch;
          if (signal?.aborted) return;
          batch = [];
        }
        if (batch.length > 0) yield batch;
        at = to;
      }
    }
  }

  /** Waits for what is under way, then closes; tails end once they have seen everything. */
  async close(): Promise<void> {
    await this.#turning?.catch(() => undefined);
    if (this.#log) this.#retire(this.#log);
    await this.#retired;
    this.#recent.close();
  }

  #writable(): Log | Promise<Log> {
    // After a fault the same segment is opened again: a full disk must not leave a trail of empty ones.
    const full = this.#log !== undefined && this.place.rotates && this.#given >= this.#options.segmentBytes;
    if (this.#log && !full) return this.#log;
    if (this.#recent.closed)
      return Promise.reject(new LocalError('the record is closed', { code: 'closed' }));
    this.#turning = this.#turn(full).finally(() => {
      this.#turning = undefined;
    });
    return this.#turning;
  }

  /** The next segment, or the same one again after a fault. */
  async #turn(full: boolean): Promise<Log> {
    if (this.#log) this.#retire(this.#log);
    // What was given before must be stored before, so that the order of positions is the order of arrival.
    await this.#retired;
    if (full) this.#segment += 1;
    const log = await this.#open();
    if (full) await this.#prune().catch(() => undefined);
    return log;
  }

  async #open(): Promise<Log> {
    const log = await openLog(this.place.path(this.#segment));
    this.#log = log;
    this.#given = log.size;
    this.#recent.restart({ segment: this.#segment, offset: log.size });
    return log;
  }

  #retire(log: Log): void {
    if (this.#log === log) this.#log = undefined;
    this.#retired = Promise.all([this.#retired, log.close()]).then(() => undefined);
  }

  async #prune(): Promise<void> {
    const segments = await this.place.segments();
    const needed = (await this.#options.needed?.()) ?? Number.POSITIVE_INFINITY;
    for (const segment of segments.slice(0, -this.#options.keepSegments)) {
      if (segment >= needed) return;
      await unlink(this.place.path(segment));
    }
  }
}

/** A file that is something else must not have its last line taken for a torn one: ours begin with a time. */
async function checkIsRecord(path: string): Promise<void> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw diskFault(error, 'open', path);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING.length), 0, BEGINNING.length, 0);
    if (!BEGINNING.startsWith(buffer.toString('latin1', 0, bytesRead))) throw notARecord(path);
  } finally {
    await handle.close();
  }
}

const notARecord = (path: string) =>
  new UsageError(`${path} is not a record of webhooks`, {
    code: 'not_a_record',
    next: 'give --record the path of a new file, or of one that listen made',
  });
