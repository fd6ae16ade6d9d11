/** What the configuration file holds, and the check that it does. */

import type { Noun } from '../api/types.ts';
import { LocalError } from '../errors.ts';
import { isObject } from './json.ts';
import { FORMATS, type Format } from './settings.ts';

/** Defaults as they are stored. Durations stay as they were written (`30s`). */
export interface StoredDefaults {
  format?: Format;
  timezone?: string;
  'max-wait'?: string;
}

export type StoredAliases = { [noun in Noun]?: Record<string, string> };

export interface StoredProfile {
  /** Absent: the vendor's. */
  base_url?: string;
  key?: string;
  /** A program and its arguments, run without a shell. Written by hand it may be one line. */
  key_command?: string[] | string;
  organization?: { id?: string; name?: string; timezone?: string };
  defaults?: StoredDefaults;
  aliases?: StoredAliases;
}

/** The whole file. What a newer version may have added is kept when it is written again. */
export interface StoredConfig {
  /** The profile in use. */
  profile?: string;
  profiles?: Record<string, StoredProfile>;
  defaults?: StoredDefaults;
  aliases?: StoredAliases;
}

export const NOUNS: readonly Noun[] = ['employee', 'department', 'lock'];

const PROFILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const RESERVED = new Set(['constructor', 'prototype', '__proto__']);

/** Whether a text can name a profile: letters, digits, `.`, `_` and `-`, at most 64. */
export function isProfileName(name: string): boolean {
  return PROFILE_NAME.test(name) && !RESERVED.has(name);
}

/** Whether a text is a key, most likely, that was put where none belongs. */
export const isKeyLike = (text: string): boolean => /^\s*wt_/i.test(text);

/** Whether a text can name an alias: no white space, no control characters, no dot or equals sign. */
export function isAliasName(name: string): boolean {
  return /^[^\s.=\p{Cc}\p{Cf}]{1,64}$/u.test(name) && !RESERVED.has(name);
}

/** An entry of a record that came from a file: never one that every object inherits. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Checks the parsed file. @throws LocalError that names the file and the entry; values are not quoted. */
export function checkStored(value: unknown, path: string): StoredConfig {
  const fault = (at: string, what: string) =>
    new LocalError(`${path}: ${at} ${what}`, {
      code: 'invalid_config',
      field: at,
      next: `mend ${at} in an editor; \`worktime doctor\` looks at the rest`,
    });

  const object = (found: unknown, at: string): Record<string, unknown> => {
    if (found === undefined) return {};
    if (!isObject(found)) throw fault(at, 'must be an object');
    return found;
  };
  const text = (found: unknown, at: string): void => {
    if (found !== undefined && (typeof found !== 'string' || found === '')) throw fault(at, 'must be a text');
  };
  const defaults = (found: unknown, at: string): void => {
    const entries = object(found, at);
    for (const name of ['format', 'timezone', 'max-wait']) text(entries[name], `${at}.${name}`);
    const { format } = entries;
    if (format !== undefined && !FORMATS.includes(format as Format)) {
      throw fault(`${at}.format`, `must be one of ${FORMATS.join(', ')}`);
    }
  };
  const aliases = (found: unknown, at: string): void => {
    const nouns = object(found, at);
    for (const noun of NOUNS) {
      const table = object(own(nouns, noun), `${at}.${noun}`);
      for (const name of Object.keys(table)) text(table[name], `${at}.${noun}.${name}`);
    }
  };
  const profile = (found: unknown, at: string): void => {
    if (!isObject(found)) throw fault(at, 'must be an object');
    text(found['base_url'], `${at}.base_url`);
    text(found['key'], `${at}.key`);
    const command = found['key_command'];
    const isList = Array.isArray(command) && command.length > 0;
    if (
      isList
        ? !command.every((word) => typeof word === 'string')
        : command !== undefined && typeof command !== 'string'
    ) {
      throw fault(`${at}.key_command`, 'must be a list of words');
    }
    if (found['key'] !== undefined && command !== undefined) {
      throw fault(at, 'has both a key and a key_command: which one counts?');
    }
    const organization = object(found['organization'], `${at}.organization`);
    for (const name of ['id', 'name', 'timezone']) text(organization[name], `${at}.organization.${name}`);
    defaults(found['defaults'], `${at}.defaults`);
    aliases(found['aliases'], `${at}.aliases`);
  };

  if (!isObject(value)) throw fault('the file', 'must hold an object');
  text(value['profile'], 'profile');
  const profiles = object(value['profiles'], 'profiles');
  for (const name of Object.keys(profiles)) {
    if (!isProfileName(name)) throw fault('profiles', 'has a name that no profile can have');
    profile(profiles[name], `profiles.${name}`);
  }
  defaults(value['defaults'], 'defaults');
  aliases(value['aliases'], 'aliases');
  return value as StoredConfig;
}
