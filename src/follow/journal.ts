/** The durable memory of a tail: a log of digests in the state directory, and beside it when it last polled. */

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { syncDirectory } from '../files/atomic.ts';
import { makeDirectory } from '../files/directory.ts';
import { diskFault } from '../files/fault.ts';
import { type Log, openLog, readLog } from '../files/log.ts';
import { DIGEST_BYTES, digestsOf, KnownSet } from './known.ts';
import { type Journal, later, type Remembered } from './memory.ts';

/** What a journal is of. Going on with another thing's journal would hide records: it is refused. */
export interface About {
  /** `locks history`, `attendance list`. */
  readonly command: string;
  /** The base URL. */
  readonly origin: string;
  /** The file that holds what was shown, where there is one. */
  readonly file?: string | undefined;
}

export interface OpenJournal {
  readonly journal: Journal;
  readonly remembered: Remembered;
  /** When every source last answered, ms; undefined for a new journal. */
  readonly polledAt: number | undefined;
  /** Records of which nobody knows whether they were shown before the tail was killed. */
  readonly unsure: number;
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly about: About;
  /** Records are announced before they are shown and noted after. False where a file is the record of that. */
  readonly notesShown: boolean;
  /** Forget what is there. */
  readonly fresh?: boolean;
}

/** One line of the log. Digests are base64. */
type Line =
  | { readonly version: 1; readonly about: About }
  | { readonly baseline: string; readonly digests: string; readonly newest?: number | undefined }
  | { readonly passed: string }
  | { readonly showing: string }
  | { readonly shown: number | null };

const SPARE_BYTES = 1 << 20;
const DIGESTS_A_LINE = 1 << 16;

const pack = (digests: Uint8Array) => Buffer.from(digests).toString('base64');
const unpack = (text: string) => Buffer.from(text, 'base64');

/**
 * Opens the journal in a directory, which is made when it is not there. Hold its lock meanwhile.
 * @throws UsageError when it belongs to another command or API; LocalError for the disk or a damaged log.
 */
export async function openJournal(directory: string, options: JournalOptions): Promise<OpenJournal> {
  const path = join(directory, 'seen.log');
  const heartbeat = join(directory, 'polled');
  makeDirectory(directory);
  const header: Line = { version: 1, about: options.about };
  if (options.fresh) await rm(path, { force: true });

  let log: Log = await openLog(path, { checksum: true });
  let state: State;
  try {
    if (log.size === 0) await log.append(JSON.stringify(header));
    state = await readState(path, options.about);
  } catch (error) {
    await log.close();
    throw error;
  }
  const { known, sources } = state;
  let { newest } = state;
  const polledAt = options.fresh ? undefined : await readHeartbeat(heartbeat);
  const append = (line: Line) => log.append(JSON.stringify(line));

  /** Rewrites the log as what is known, so that it grows with the records that there are and not with time. */
  const compact = async () => {
    const digests = known.digests();
    const lines: Line[] = [header, { shown: newest ?? null }];
    for (let at = 0; at < digests.length; at += DIGESTS_A_LINE * DIGEST_BYTES) {
      lines.push({ passed: pack(digests.subarray(at, at + DIGESTS_A_LINE * DIGEST_BYTES)) });
    }
    for (const baseline of sources) lines.push({ baseline, digests: '' });
    const next = `${path}.next`;
    await rm(next, { force: true });
    const shorter = await openLog(next, { checksum: true });
    await Promise.all(lines.map((line) => shorter.append(JSON.stringify(line))));
    await log.close();
    await rename(next, path);
    await syncDirectory(directory);
    log = shorter;
  };

  const journal: Journal = {
    async baseline(source, keys, oldNewest) {
      await append({ baseline: source, digests: pack(digestsOf(keys)), newest: oldNewest });
      sources.add(source);
      newest = later(newest, oldNewest);
    },
    passedOver: (keys) => append({ passed: pack(digestsOf(keys)) }),
    async showing(keys) {
      if (options.notesShown) await append({ showing: pack(digestsOf(keys)) });
    },
    async shown(_, newestShown) {
      newest = later(newest, newestShown);
      if (options.notesShown) await append({ shown: newestShown ?? null });
    },
    async polled(at) {
      await writeFile(heartbeat, String(at), { mode: 0o600 }).catch((error: unknown) => {
        throw diskFault(error, 'write', heartbeat);
      });
      if (log.size > SPARE_BYTES + known.size * DIGEST_BYTES * 4) await compact();
    },
  };
  return {
    journal,
    remembered: { known, sources: new Set(sources), newest },
    polledAt,
    unsure: state.announced.length / DIGEST_BYTES,
    close: () => log.close(),
  };
}

interface State {
  readonly known: KnownSet;
  readonly sources: Set<string>;
  newest: number | undefined;
  /** Digests of what was about to be shown when the log ends. */
  announced: Uint8Array;
}

async function readState(path: string, about: About): Promise<State> {
  const state: State = {
    known: new KnownSet(),
    sources: new Set(),
    newest: undefined,
    announced: new Uint8Array(),
  };
  for await (const { line } of readLog(path, { checksum: true })) {
    const entry = JSON.parse(line) as Line;
    if ('version' in entry) checkAbout(entry.about, about);
    else if ('baseline' in entry) {
      state.sources.add(entry.baseline);
      state.known.addDigests(unpack(entry.digests));
      state.newest = later(state.newest, entry.newest);
    } else if ('passed' in entry) state.known.addDigests(unpack(entry.passed));
    else if ('showing' in entry) state.announced = unpack(entry.showing);
    else {
      state.known.addDigests(state.announced);
      state.announced = new Uint8Array();
      state.newest = later(state.newest, entry.shown ?? undefined);
    }
  }
  return state;
}

/** When the tail last polled. The file is rewritten at every poll: a kill may leave it empty, which costs no record. */
async function readHeartbeat(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^\d{12,14}$/.test(text) ? Number(text) : undefined;
}

function checkAbout(found: About, wanted: About): void {
  if (found.command === wanted.command && found.origin === wanted.origin) return;
  throw new UsageError(
    `this cursor belongs to \`worktime ${found.command}\` of ${found.origin}, not to \`worktime ${wanted.command}\` of ${wanted.origin}`,
    { code: 'other_cursor', next: 'choose another name for --resume, or another file for -o' },
  );
}
