import { profileNamed } from '../../config/profiles.ts';
import { readConfig } from '../../config/read.ts';
import { isSandboxKey } from '../../config/resolve.ts';
import { SANDBOX, sandboxProfile } from '../../config/sandbox-profile.ts';
import { updateConfig } from '../../config/update.ts';
import type { Session } from '../../session.ts';
import {
  type Entry,
  getEntry,
  listEntries,
  parseAssignments,
  parseEntryName,
  setEntry,
  unsetEntry,
} from './entries.ts';

type Row = Readonly<Record<'key', string> & Record<'value' | 'profile', string | null>>;

const row = ({ key, value, profile }: Entry): Row => ({ key, value, profile: profile ?? null });

/** What is stored; of a profile: what is for all, and its own. */
export function list(session: Session, profile: string | undefined): Row[] {
  const config = readConfig(session.context.directories.config, () => undefined);
  if (profile !== undefined) profileNamed(config, profile);
  const meant = (entry: Entry) =>
    profile === undefined || entry.profile === undefined || entry.profile === profile;
  return [...listEntries(config).filter(meant), ...builtIn(session, profile)].map(row);
}

/** What the sandbox's profile brings, where that is meant: nothing that is in force is left unsaid. */
function builtIn(session: Session, profile: string | undefined): readonly Entry[] {
  const sandbox = { profiles: { [SANDBOX]: sandboxProfile } };
  return profile === SANDBOX || (profile === undefined && isSandboxKey(session.settings.key))
    ? listEntries(sandbox)
    : [];
}

/** A stored value; undefined, and a note, where there is none. */
export function get(session: Session, key: string, profile: string | undefined): string | undefined {
  const value = getEntry(
    readConfig(session.context.directories.config, () => undefined),
    key,
    profile,
  );
  if (value === undefined) session.report.note(`${key} is not set.`);
  return value;
}

/** Sets every word's entry, or none. */
export async function set(
  session: Session,
  words: readonly string[],
  profile: string | undefined,
): Promise<Row[]> {
  const assignments = parseAssignments(words);
  for (const [key] of assignments) parseEntryName(key);
  await updateConfig(session.context, 'changing a setting', (config) => {
    for (const [key, value] of assignments) setEntry(config, key, value, profile);
  });
  return assignments.map(([key, value]) => row({ key, value, profile }));
}

export async function unset(
  session: Session,
  keys: readonly string[],
  profile: string | undefined,
): Promise<Row[]> {
  const missing: string[] = [];
  await updateConfig(session.context, 'removing a setting', (config) => {
    for (const key of keys) if (!unsetEntry(config, key, profile)) missing.push(key);
  });
  for (const key of keys)
    session.report.note(`${key} ${missing.includes(key) ? 'was not set' : 'is unset'}.`);
  return keys.map((key) => ({ key, value: null, profile: profile ?? null }));
}
