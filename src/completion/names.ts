/**
 * The short-lived cache behind Tab: IDs and their names, as commands have shown them. One file a profile and
 * organization, so that the sandbox's never mix with real ones. Loading this costs next to nothing: every command does.
 */

import { readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmployeeStatus } from '../api/employees.ts';
import type { Noun } from '../api/types.ts';
import { fingerprint } from '../client/fingerprint.ts';
import type { Settings } from '../config/settings.ts';
import { NOUNS } from '../config/stored.ts';
import { makeFolders } from '../folders.ts';

/** How long a name is offered after it was last seen, in ms. */
export const LIFETIME = 24 * 60 * 60_000;
/** A name seen less long ago than this is not written again. */
const FRESH = 60 * 60_000;
/** Names kept of one noun, those seen last: more would be felt at every Tab, and few people would read them. */
export const MOST = 500;
const LONGEST_NAME = 60;

export interface Name {
  readonly noun: Noun;
  readonly id: string;
  readonly name: string;
  /** Of an employee, where it was seen. */
  readonly status?: EmployeeStatus | undefined;
  /** ms since the epoch. */
  readonly seenAt: number;
}

/** What a shell may be given to insert: bash does so unquoted, and IDs come from elsewhere. */
export const isInsertable = (word: string) =>
  // Plain words are told without the tables of Unicode, which cost a millisecond to build.
  /^\w[\w.~@+-]{0,199}$/.test(word) || /^[\p{L}\p{N}_][\p{L}\p{N}._~@+-]{0,199}$/u.test(word);

/** On one line, with nothing in it that a terminal obeys. */
export function harmless(name: string): string {
  if (name.length <= LONGEST_NAME && /^[!-~]+(?: [!-~]+)*$/.test(name)) return name;
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return Array.from(line).slice(0, LONGEST_NAME).join('');
}

/** Without accents and in capitals, which make SS of ß and I of ı: `Łukasz Dvořák` is found by who types `lukasz dvor`. */
export const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
    // Their strokes are no accents to Unicode.
    .replace(/[ŁØĐ]/g, (letter) => 'LOD'['ŁØĐ'.indexOf(letter)] as string);

export const folderIn = (state: string) => join(state, 'completion');

/** The cache of the profile, organization and address in force. */
export function cachePath(state: string, settings: Settings): string {
  const { profile, baseUrl, organization, key, sandbox } = settings;
  const given = key?.value.type === 'literal' && key.source === 'WORKTIME_API_KEY' ? key.value.key : '';
  const whose = JSON.stringify([sandbox, profile.value, baseUrl.value, organization?.id, given]);
  return join(folderIn(state), `${profile.value ?? 'default'}-${fingerprint(whose)}.tsv`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The lines of a cache of one noun that are not too old, as `id<TAB>name[<TAB>status]<TAB>minutes`. Cheap for thousands of them. */
function linesOf(path: string, noun: Noun, now: number): string[] {
  const text = readText(path);
  const start = `${noun}\t`;
  const [oldest, newest] = [(now - LIFETIME) / 60_000, (now + FRESH) / 60_000];
  const found: string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith(start)) continue;
    const end = line.lastIndexOf('\t');
    const minutes = Number(line.slice(end + 1));
    if (end > start.length && minutes > oldest && minutes <= newest) found.push(line.slice(start.length));
  }
  return found;
}

/**
 * The names of one noun as `id<TAB>name`, by ID: those whose status fits, '' where it is not known. A cache that is
 * missing or damaged is empty.
 */
export function namesOf(path: string, noun: Noun, now: number, fits = (_: string) => true): string[] {
  const names: string[] = [];
  for (const line of linesOf(path, noun, now)) {
    const end = line.indexOf('\t', line.indexOf('\t') + 1);
    if (end > 0 && fits(line.slice(end + 1, line.lastIndexOf('\t')))) names.push(line.slice(0, end));
  }
  return names.sort();
}

export const isStatus = (value: unknown): value is EmployeeStatus =>
  value === 'active' || value === 'inactive';

/** How a line begins: all but when it was seen. */
const startOf = ({ noun, id, name, status }: Omit<Name, 'seenAt'>) =>
  `${noun}\t${id}\t${name}\t${status === undefined ? '' : `${status}\t`}`;

/** What is known and not too old, for each noun what was seen longest ago first. */
export function readNames(path: string, now: number): Name[] {
  return NOUNS.flatMap((noun) =>
    linesOf(path, noun, now).flatMap((line) => {
      const [id, name, ...rest] = line.split('\t');
      const seenAt = Number(rest.pop()) * 60_000;
      const status = isStatus(rest[0]) ? rest[0] : undefined;
      return id && name !== undefined ? [{ noun, id, name, status, seenAt }] : [];
    }),
  );
}

/** Writes what is given, whole or not at all. A cache that cannot be written is no reason to complain. */
function writeNames(path: string, names: readonly Name[], now: number): void {
  const text = names.map((name) => `${startOf(name)}${Math.floor(name.seenAt / 60_000)}\n`).join('');
  const temporary = `${path}.${fingerprint(`${now}${text}`)}`;
  const folder = join(path, '..');
  try {
    makeFolders(folder);
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, path);
    for (const file of readdirSync(folder)) {
      const other = join(folder, file);
      if (statSync(other).mtimeMs < now - LIFETIME) unlinkSync(other);
    }
  } catch {
    // Tab offers less; the command has done its work.
  }
}

/** Whether all of it stands in a cache, written not long ago. What is seen together stands together: each is looked for after the last. */
function allKnown(text: string, seen: readonly Omit<Name, 'seenAt'>[], now: number): boolean {
  const since = (now - FRESH) / 60_000;
  let last = 0;
  return seen.every((name) => {
    const line = `\n${startOf(name)}`;
    const after = text.indexOf(line, last);
    const at = after < 0 ? text.indexOf(line) : after;
    if (at < 0) return false;
    last = at + line.length;
    // Behind a status that was seen elsewhere.
    return Number(text.slice(last, text.indexOf('\n', last)).split('\t').at(-1)) > since;
  });
}

/** Adds what a run has shown to the cache, unless it is there already. Gives whether anything was written. */
export function saveNames(path: string, seen: readonly Omit<Name, 'seenAt'>[], now: number): boolean {
  if (allKnown(`\n${readText(path)}`, seen, now)) return false;
  const known = new Map(readNames(path, now).map((name) => [`${name.noun} ${name.id}`, name]));
  for (const each of seen) {
    const key = `${each.noun} ${each.id}`;
    // To the end: what is cut off at the front is what was seen longest ago.
    const status = each.status ?? known.get(key)?.status;
    known.delete(key);
    known.set(key, { ...each, status, seenAt: now });
  }
  const counts = new Map<Noun, number>();
  const kept = [...known.values()].reverse().filter(({ noun }) => {
    counts.set(noun, (counts.get(noun) ?? 0) + 1);
    return (counts.get(noun) ?? 0) <= MOST;
  });
  writeNames(path, kept.reverse(), now);
  return true;
}
