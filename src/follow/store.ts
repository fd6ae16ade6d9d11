/** The durable memory that the flags of a tail ask for, and where the tail goes on. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { acquireLock, type Lock } from '../files/lock.ts';
import type { Session } from '../session.ts';
import { formatDuration } from '../time/duration.ts';
import { rfc3339 } from '../time/zone.ts';
import { type OpenJournal, openJournal } from './journal.ts';
import { later, Memory } from './memory.ts';
import type { Narrator } from './narrator.ts';
import { type FollowInput, ownsOutput } from './options.ts';
import { type Contents, openRecord, type RecordFile } from './record.ts';
import type { First, Source } from './round.ts';

/** What is shown of the past when nothing is said: enough to see that it works. */
const DEFAULT_LAST = 10;

export interface Store {
  readonly memory: Memory;
  /** The file that rows are appended to, instead of being yielded. */
  readonly record: RecordFile | undefined;
  readonly first: First;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `locks history`: whose cursors these are. */
  readonly command: string;
  readonly sources: readonly [Source, ...Source[]];
  readonly input: FollowInput;
  readonly narrator: Narrator;
}

/**
 * Opens it, locked against a second tail.
 * @throws LocalError (`locked`) that names the other tail, or for the disk; UsageError for a file or a name that holds
 * something else.
 */
export async function openStore(session: Session, options: StoreOptions): Promise<Store> {
  const { input } = options;
  // Fewer records than would be shown first: of what is there, the newest are wanted.
  const last = Math.min(input.last ?? DEFAULT_LAST, input.maxEvents ?? Number.POSITIVE_INFINITY);
  const first: First = input.since === undefined ? { last } : { since: Date.parse(input.since) };
  if (!ownsOutput(input) && input.resume === undefined) {
    return { memory: new Memory(), record: undefined, first, close: async () => undefined };
  }
  const opened: { record?: RecordFile; lock?: Lock; journal?: OpenJournal } = {};
  const close = async () => {
    await opened.journal?.close();
    await opened.lock?.release();
    await opened.record?.close();
  };
  try {
    return { ...(await open(session, options, first, opened)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  session: Session,
  { command, sources, input, narrator }: StoreOptions,
  first: First,
  opened: { record?: RecordFile; lock?: Lock; journal?: OpenJournal },
): Promise<Omit<Store, 'close'>> {
  const { context, settings } = session;
  const purpose = `worktime ${command} --follow`;
  const record = ownsOutput(input) ? await openRecord(input.output ?? '', context, purpose) : undefined;
  if (record) opened.record = record;
  const place = input.resume === undefined ? ['files', hash(record?.path ?? '')] : ['named', input.resume];
  const directory = join(context.directories.state, 'follow', ...place);
  opened.lock = await acquireLock(join(directory, 'tail'), { context, purpose });
  const journal = await openJournal(directory, {
    about: { command, origin: settings.baseUrl.value, file: record?.path },
    notesShown: input.resume !== undefined,
    // A file that was taken away takes what it held with it: this is a first start.
    fresh: record?.created === true && input.resume === undefined,
  });
  opened.journal = journal;
  const { remembered } = journal;
  const goesOn = remembered.sources.size > 0;
  if (input.resume !== undefined && goesOn) checkSources(input.resume, remembered.sources, sources);
  const contents = await record?.readBack(remembered.known, sources[0]);
  if (goesOn) sayGap(session, journal, narrator, record !== undefined);
  if (record) sayRecord(session, record, contents, input.output ?? '');
  return {
    memory: new Memory(
      { ...remembered, newest: later(remembered.newest, contents?.newest) },
      journal.journal,
    ),
    record,
    first: goesOn ? first : withoutMemory(session, first, contents),
  };
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** One more source is welcome; where all are others, everything that they have would count as late. */
function checkSources(name: string, known: ReadonlySet<string>, asked: readonly Source[]): void {
  if (asked.some(({ id }) => known.has(id))) return;
  const listed = (ids: Iterable<string>) => [...ids].sort().join(', ');
  throw new UsageError(
    `"${name}" goes on with ${listed(known)}, and not with ${listed(asked.map(({ id }) => id))}`,
    { code: 'other_cursor', next: 'choose another name for --resume' },
  );
}

/** How long nobody watched, and what a kill may have shown already. */
function sayGap({ context, report }: Session, journal: OpenJournal, narrator: Narrator, hasFile: boolean) {
  if (journal.polledAt === undefined) report.note('going on where it was left');
  else {
    const gap = Math.max(0, context.now() - journal.polledAt);
    narrator.resumed(gap);
    report.note(`going on where it was left ${formatDuration(gap)} ago`);
  }
  if (journal.unsure > 0 && !hasFile) {
    report.warn(
      `it was killed while it showed ${journal.unsure} of them: those may be shown a second time now`,
    );
  }
}

function sayRecord(
  { report }: Session,
  record: RecordFile,
  contents: Contents | undefined,
  name: string,
): void {
  if (record.repaired > 0) report.warn(`${name}: a torn last line of ${record.repaired} bytes was cut off`);
  report.note(`appending to ${name}, which holds ${contents?.count ?? 0}`);
}

/** A record whose memory is lost, or that comes from another machine, still says where it began. */
function withoutMemory({ report }: Session, first: First, contents: Contents | undefined): First {
  if (!contents || contents.count === 0) return first;
  const since = contents.first ?? Number.NEGATIVE_INFINITY;
  report.warn(
    `what lay before the first line is not remembered here: records from before ${
      Number.isFinite(since) ? rfc3339(since) : 'it'
    } that came late while the tail was down cannot be told apart`,
  );
  return { since };
}
