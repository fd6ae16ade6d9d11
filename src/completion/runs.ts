/** The runs of bulk work as Tab offers them: their IDs, and what each was, from the ends of its journal. */

import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { harmless } from './names.ts';

/** Runs that are looked into: more would be felt at every Tab. The others are offered with their times. */
const DESCRIBED = 50;
/** Runs that are looked into for some that can be undone: of punches there may be many. */
const JUDGED = 200;
/** The head of a journal and its last lines lie within this many bytes, unless a message is very long. */
const EDGE = 4096;
/** With an ID before it, and what shells put between, more would not fit into 80 columns. */
const WIDTH = 47;
const NEWEST = 'newest: '.length;

interface Line {
  readonly kind?: string;
  readonly file?: string;
  readonly of?: string;
  readonly key?: string;
  readonly t?: string;
  readonly status?: string;
  readonly by?: string;
  readonly base_url?: string;
  readonly organization?: { readonly id?: string };
  readonly counts?: { readonly done?: number; readonly unclear?: number; readonly unknown?: number };
}

/**
 * Where the command would undo: at another address, or in another organization, it refuses to, and an embedded sandbox
 * that was made anew has nothing of what was done before.
 */
type Here = Pick<Settings, 'baseUrl' | 'organization' | 'sandbox'>;

/** What the ends of a journal tell. */
interface Told {
  readonly id: string;
  readonly head: Line;
  /** The first row. */
  readonly first: Line;
  readonly end: Line | undefined;
  /** The run that took it back. */
  readonly undoneBy: string | undefined;
}

/** A line without its checksum; nothing when it is not whole. */
function parse(line: string | undefined): Line {
  try {
    return JSON.parse(line?.slice(9) ?? '') as Line;
  } catch {
    return {};
  }
}

/** From the first two lines of a journal (the run, and its first row) and the last two; undefined when it cannot be read. */
function tell(runs: string, id: string): Told | undefined {
  let file: number | undefined;
  try {
    // A pipe of that name would keep Tab waiting for somebody to write to it.
    file = openSync(join(runs, id, 'journal.log'), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const about = fstatSync(file);
    if (!about.isFile()) return undefined;
    const { size } = about;
    const read = (from: number) => {
      const buffer = Buffer.alloc(Math.min(EDGE, size - from));
      return buffer.toString('utf8', 0, readSync(file ?? 0, buffer, 0, buffer.length, from)).split('\n');
    };
    const [head, first] = read(0).map(parse);
    if (typeof head?.kind !== 'string') return undefined;
    const ends = read(Math.max(0, size - EDGE)).filter((line) => line !== '');
    const [before, last] = ends.slice(-2).map(parse);
    const end = last?.t === 'undone' ? before : last;
    return { id, head, first: first ?? {}, end: end?.t === 'end' ? end : undefined, undoneBy: last?.by };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, Math.max(0, most - 1))}…` : text;

/** `employees import of people.csv, partial`. */
function whatItWas({ head, first, end, undoneBy }: Told, width: number): string {
  const kind = harmless(head.kind?.replace('.', ' ') ?? '');
  const status = undoneBy === undefined ? harmless(end?.status ?? 'not ended') : 'undone';
  // A punch's key has its time in ms, which tells nobody anything.
  const single = head.kind === 'attendance.clock' ? first.key?.split(' ')[0] : first.key;
  const of = harmless(String(head.of ?? head.file ?? single ?? ''));
  // How it ended stays, however long the name of the file.
  const room = width - `${kind} of , ${status}`.length;
  return `${kind}${of === '' ? '' : ` of ${cut(of, room)}`}, ${status}`;
}

const timeOf = (id: string) =>
  id.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d).*/, '$1-$2-$3 $4:$5:$6 UTC');

/** Whether it is another organization's, as far as that is known. */
function isElsewhere({ head }: Told, here: Here): boolean {
  const whose = [head.organization?.id, here.organization?.id];
  return head.base_url !== here.baseUrl.value || (!whose.includes(undefined) && whose[0] !== whose[1]);
}

/** Whether `runs undo` would take it back, by the rules of bulk/undo.ts, as far as the ends of its journal tell. */
export function canBeUndone({ head, end, undoneBy }: Told, runs: string): boolean {
  const { done = 0, unclear = 0, unknown = 0 } = end?.counts ?? {};
  if (
    /^attendance\.|^employees\.(update|restore)$/.test(head.kind ?? '') ||
    done === 0 ||
    unclear + unknown > 0
  )
    return false;
  // What an undo was refused can be tried again.
  return undoneBy === undefined || tell(runs, undoneBy)?.end?.status !== 'done';
}

/** Whether `runs resume` has something left to do. */
export const canGoOn = ({ end, undoneBy }: Told): boolean => undoneBy === undefined && end?.status !== 'done';

/** When the embedded sandbox was made, as the IDs of runs begin. */
function madeAt(state: string): string {
  const { epoch } = JSON.parse(readFileSync(join(state, 'sandbox', 'state.json'), 'utf8'));
  return new Date(epoch).toISOString().replace(/\D/g, '');
}

/**
 * The runs there are, the newest first, each with what it was, else when it began; before them the word for the newest.
 * With `fits`, those of an organization that fit it: then the newest has its word only where it fits and is no undo.
 */
export function runOffers(
  state: string,
  here?: Here,
  fits?: (told: Told, runs: string) => boolean,
): string[] {
  const runs = join(state, 'runs');
  const since = here?.sandbox ? madeAt(state) : '';
  const ids = readdirSync(runs)
    .filter((name) => /^\d{8}-\d{9}-/.test(name) && name.replace('-', '') >= since)
    .sort()
    .reverse();
  return ids.flatMap((id, at) => {
    const told = at < (fits ? JUDGED : DESCRIBED) ? tell(runs, id) : undefined;
    if (fits && !(told && here && !isElsewhere(told, here) && fits(told, runs))) return [];
    const about = (width: number) => (told ? whatItWas(told, width) : timeOf(id));
    const offer = `${id}\t${about(WIDTH)}`;
    const named = at === 0 && !(fits && told?.head.kind === 'undo');
    return named ? [`last\tnewest: ${about(WIDTH - NEWEST)}`, offer] : [offer];
  });
}
