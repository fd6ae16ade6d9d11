/** The entries of `worktime config`: their names, what they may hold, and where they are stored. */

import type { Noun } from '../../api/types.ts';
import { storedProfile } from '../../config/profiles.ts';
import { FORMATS, type Format } from '../../config/settings.ts';
import { isAliasName, NOUNS, own, type StoredConfig, type StoredProfile } from '../../config/stored.ts';
import { UsageError } from '../../errors.ts';
import { checkId } from '../../ids.ts';
import { parseDuration } from '../../time/duration.ts';
import { checkTimeZone } from '../../time/zone.ts';

type Setting = 'format' | 'timezone' | 'max-wait';
export const SETTINGS: readonly Setting[] = ['format', 'timezone', 'max-wait'];

type Name =
  | { readonly type: 'setting'; readonly name: Setting }
  | { readonly type: 'alias'; readonly noun: Noun; readonly name: string };

/** A stored entry. `profile` is undefined for one that holds for all profiles. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly profile: string | undefined;
}

/** Reads `format`, `timezone`, `max-wait` or `alias.department.eng`. @throws UsageError */
export function parseEntryName(text: string): Name {
  const plain = text.replace(/_/g, '-').toLowerCase();
  const setting = SETTINGS.find((name) => name === plain);
  if (setting) return { type: 'setting', name: setting };
  const [first, second, ...rest] = text.split('.');
  const noun = NOUNS.find((name) => name === second);
  const name = rest.join('.');
  if (first === 'alias' && noun && isAliasName(name)) return { type: 'alias', noun, name };
  throw new UsageError(`"${text.slice(0, 80)}" is not a setting`, {
    code: 'unknown_setting',
    next: `choose ${SETTINGS.join(', ')}, or an alias such as alias.department.eng (also lock, employee)`,
  });
}

/** Reads the words of `config set`: `KEY VALUE`, or any number of `KEY=VALUE`. @throws UsageError */
export function parseAssignments(words: readonly string[]): readonly (readonly [string, string])[] {
  const [key = '', value, ...rest] = words;
  if (!key.includes('=')) {
    if (value !== undefined && rest.length === 0) return [[key, value]];
    throw new UsageError('give a setting and its value', {
      code: 'missing_value',
      next: 'write `worktime config set format json` or `worktime config set alias.department.eng=dept_eng`',
    });
  }
  return words.map((word) => {
    const at = word.indexOf('=');
    if (at > 0) return [word.slice(0, at), word.slice(at + 1)] as const;
    throw new UsageError(`"${word.slice(0, 80)}" is not KEY=VALUE`, {
      next: 'write every setting as KEY=VALUE',
    });
  });
}

/** Stores a value, for one profile or for all. @throws UsageError for a value that the entry cannot hold */
export function setEntry(config: StoredConfig, key: string, value: string, profile?: string): void {
  const name = parseEntryName(key);
  const target = targetOf(config, profile);
  if (name.type === 'alias') {
    const id = checkId(value, key);
    const table = { ...own(target.aliases, name.noun), [name.name]: id };
    target.aliases = { ...target.aliases, [name.noun]: table };
  } else target.defaults = { ...target.defaults, [name.name]: checkValue(name.name, value) };
}

/** Removes an entry. @returns whether it was there */
export function unsetEntry(config: StoredConfig, key: string, profile?: string): boolean {
  const name = parseEntryName(key);
  const target = targetOf(config, profile);
  const table: Record<string, unknown> | undefined =
    name.type === 'alias' ? own(target.aliases, name.noun) : (target.defaults as Record<string, unknown>);
  if (!table || !Object.hasOwn(table, name.name)) return false;
  delete table[name.name];
  return true;
}

/** A stored value; undefined when there is none. Of a profile: its own, else the one for all. */
export function getEntry(config: StoredConfig, key: string, profile?: string): string | undefined {
  const name = parseEntryName(key);
  const find = (target: Target): string | undefined =>
    name.type === 'alias' ? own(own(target.aliases, name.noun), name.name) : target.defaults?.[name.name];
  return (profile === undefined ? undefined : find(storedProfile(config, profile))) ?? find(config);
}

/** Every stored entry: those for all profiles, then each profile's own. */
export function listEntries(config: StoredConfig): Entry[] {
  const of = (target: Target, profile: string | undefined): Entry[] => [
    ...SETTINGS.flatMap((key) => {
      const value = target.defaults?.[key];
      return value === undefined ? [] : [{ key, value, profile }];
    }),
    ...NOUNS.flatMap((noun) =>
      Object.entries(own(target.aliases, noun) ?? {}).map(([name, value]) => ({
        key: `alias.${noun}.${name}`,
        value,
        profile,
      })),
    ),
  ];
  return [
    ...of(config, undefined),
    ...Object.entries(config.profiles ?? {}).flatMap(([name, one]) => of(one, name)),
  ];
}

type Target = Pick<StoredProfile, 'defaults' | 'aliases'>;

function targetOf(config: StoredConfig, profile: string | undefined): Target {
  return profile === undefined ? config : storedProfile(config, profile);
}

function checkValue(name: Setting, value: string): string {
  if (name === 'timezone') return checkTimeZone(value);
  if (name === 'max-wait') {
    parseDuration(value, name);
    return value;
  }
  if (FORMATS.includes(value as Format)) return value;
  throw new UsageError(`format: "${value.slice(0, 40)}" is not a format`, {
    code: 'invalid_format',
    next: `choose ${FORMATS.join(', ')}`,
  });
}
