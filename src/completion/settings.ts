/** What Tab offers after `config set`, `get` and `unset`: the settings there are, and what each may be. */

import type { Noun } from '../api/types.ts';
import { FORMATS } from '../config/settings.ts';
import { NOUNS, own, type StoredConfig, type StoredProfile } from '../config/stored.ts';
import { harmless } from './names.ts';

type Entries = Pick<StoredProfile, 'defaults' | 'aliases'>;

const WAITS = ['0', '30s', '60s', '5m', '1h'];

/** Those that hold for all profiles and those of each, the later over the earlier. */
function targets(config: StoredConfig): readonly Entries[] {
  return [...Object.values(config.profiles ?? {}), config];
}

/** The keys with what they are set to, as `key<TAB>value`. */
export function settingKeys(config: StoredConfig): string[] {
  const all = targets(config);
  const plain = (['format', 'timezone', 'max-wait'] as const).map((key) => {
    const value = all.map(({ defaults }) => defaults?.[key]).findLast((each) => each !== undefined);
    return `${key}\t${value === undefined ? 'not set' : harmless(value)}`;
  });
  const aliases = new Map(
    all.flatMap(({ aliases: tables }) =>
      NOUNS.flatMap((noun) =>
        Object.entries(own(tables, noun) ?? {}).map(([name, id]) => [`alias.${noun}.${name}`, id] as const),
      ),
    ),
  );
  return [...plain, ...[...aliases].map(([key, id]) => `${key}\t${harmless(id)}`)];
}

/** How the keys of aliases begin: a name follows without a space, of whoever sets one. */
const ALIASES: Readonly<Record<Noun, string>> = {
  employee: 'a short name for an employee',
  department: 'a short name for a department',
  lock: 'a short name for a lock',
};

/** The keys that may be set: those there are, and the beginnings of aliases that are still to be named. */
function keysToSet(config: StoredConfig, current: string): string[] {
  const beginnings = NOUNS.map((noun) => `alias.${noun}.\t${ALIASES[noun]}`);
  return [...settingKeys(config), ...beginnings.filter((offer) => !offer.startsWith(`${current}\t`))];
}

/** Every time zone that this machine knows. */
export function zones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}

/** What a setting may be; `named` gives the IDs of a noun with their names. */
function valuesFor(key: string, named: (noun: Noun) => readonly string[]): readonly string[] {
  if (key === 'format') return FORMATS;
  if (key === 'timezone') return zones();
  if (key === 'max-wait' || key === 'max_wait') return WAITS;
  const noun = NOUNS.find((each) => key.startsWith(`alias.${each}.`));
  return noun === undefined ? [] : named(noun);
}

/** The words of the command line that are neither flags nor the profile that one names. */
function argumentsAfter(verb: string, words: readonly string[]): readonly string[] {
  const rest = words.slice(words.indexOf(verb) + 1);
  return rest.filter((word, at) => !word.startsWith('-') && rest[at - 1] !== '--profile');
}

/** What may come next in `config set KEY VALUE` or `config set KEY=VALUE…`. */
export function assignments(
  words: readonly string[],
  current: string,
  config: StoredConfig,
  named: (noun: Noun) => readonly string[],
): readonly string[] {
  const before = argumentsAfter('set', words);
  const last = before.at(-1);
  const at = current.indexOf('=');
  if (at > 0) {
    const key = current.slice(0, at);
    return valuesFor(key, named).map((value) => `${key}=${value}`);
  }
  if (last === undefined || last.includes('=')) return keysToSet(config, current);
  return before.length === 1 ? valuesFor(last, named) : [];
}
