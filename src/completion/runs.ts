/** The runs of bulk work as Tab offers them: their IDs, and what each was, from the ends of its journal. */

import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { harmless } from './names.ts';

/** Runs that are looked into: more would be felt at every Tab. The others are offered with their times. */
const DESCRIBED = 50;
/** The head of a journal and its last lines lie within this many bytes, unless a message is very long. */
const EDGE = 4096;
/** A file's name beyond this leaves no room for how the run ended. */
const LONGEST = 30;

interface Line {
  readonly kind?: string;
  readonly file?: string;
  readonly of?: string;
  readonly key?: string;
  readonly t?: string;
  readonly status?: string;
}

/** A line without its checksum; nothing when it is not whole. */
function parse(line: string | undefined): Line {
  try {
    return JSON.parse(line?.slice(9) ?? '') as Line;
  } catch {
    return {};
  }
}

/** The first two lines of a journal (the run, and its first row) and the last two. */
function edges(path: string): { head: Line; first: Line; ends: readonly Line[] } {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const read = (from: number) => {
      const buffer = Buffer.alloc(Math.min(EDGE, size - from));
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from)).split('\n');
    };
    const [head, first] = read(0);
    const ends = read(Math.max(0, size - EDGE)).filter((line) => line !== '');
    return { head: parse(head), first: parse(first), ends: ends.slice(-2).map(parse) };
  } finally {
    closeSync(file);
  }
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** `employees import of people.csv, partial`; undefined where the journal does not tell. */
function whatItWas(runs: string, id: string): string | undefined {
  try {
    const { head, first, ends } = edges(join(runs, id, 'journal.log'));
    if (typeof head.kind !== 'string') return undefined;
    const undone = ends.at(-1)?.t === 'undone';
    const end = ends.at(undone ? -2 : -1);
    const status = undone ? 'undone' : end?.t === 'end' ? end.status : 'not ended';
    // A punch's key has its time in ms, which tells nobody anything.
    const single = head.kind === 'attendance.clock' ? first.key?.split(' ')[0] : first.key;
    const of = harmless(String(head.of ?? head.file ?? single ?? ''));
    return `${harmless(head.kind.replace('.', ' '))}${of === '' ? '' : ` of ${cut(of)}`}, ${harmless(status ?? '')}`;
  } catch {
    return undefined;
  }
}

/** The runs there are, the newest first, each with what it was and when it began; before them the word for the newest. */
export function runOffers(state: string): string[] {
  const runs = join(state, 'runs');
  const ids = readdirSync(runs).filter((name) => /^\d{8}-\d{9}-/.test(name));
  const offers = ids
    .sort()
    .reverse()
    .map((id, at) => {
      const time = id.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d).*/, '$1-$2-$3 $4:$5:$6 UTC');
      const what = at < DESCRIBED ? whatItWas(runs, id) : undefined;
      return `${id}\t${what === undefined ? time : `${what}, ${time}`}`;
    });
  const newest = offers[0]?.split('\t')[1];
  return newest === undefined ? [] : [`last\tthe newest: ${newest}`, ...offers];
}
