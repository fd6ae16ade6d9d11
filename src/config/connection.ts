/** Where requests go, and the key that may go there. */

import { checkBaseUrl, DEFAULT_BASE_URL } from '../client/url.ts';
import { UsageError } from '../errors.ts';
import { splitWords } from '../shell.ts';
import { KEY_VARIABLE } from './key.ts';
import { SANDBOX, sandboxProfile } from './sandbox-profile.ts';
import type { KeySource, Sourced } from './settings.ts';
import { inFile, LEVEL, type Level, named, type Placed, type Sources } from './sources.ts';
import { isKeyLike, type StoredConfig, type StoredProfile } from './stored.ts';

/** Whose budget, zone and names are remembered: those of a key at an address. */
export function identityOf(baseUrl: string, key: KeySource | undefined): string {
  return JSON.stringify([baseUrl, key]);
}

/** Of the sandbox profile an address counts only when it is given at least as explicitly as the profile: then it is a served one. */
export function baseUrlInForce(
  { flags, env, configFile }: Sources,
  name: Placed<string | undefined>,
  profile: StoredProfile | undefined,
): Placed<string> {
  const counts = (level: Level) => profile !== sandboxProfile || level >= name.level;
  if (flags.baseUrl !== undefined) {
    return {
      value: checkAddress(flags.baseUrl ?? '', '--base-url'),
      source: '--base-url',
      level: LEVEL.flag,
    };
  }
  const variable = env['WORKTIME_BASE_URL'];
  if (variable && counts(LEVEL.environment)) {
    const value = checkAddress(variable, 'WORKTIME_BASE_URL');
    return { value, source: 'WORKTIME_BASE_URL', level: LEVEL.environment };
  }
  if (profile?.base_url !== undefined) {
    const value = baseUrlOf(profile, `${configFile}: profiles.${name.value}.base_url`);
    return { value, source: `profile ${name.value}`, level: LEVEL.profile };
  }
  return { value: DEFAULT_BASE_URL, source: 'default', level: LEVEL.default };
}

/** @throws UsageError that names where it came from, and shows nothing of an address that may hold a password or a key */
export const checkAddress = (text: string, source: string): string =>
  named(source, () => {
    try {
      return checkBaseUrl(text);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const message = error.message.replace(/( in the clear) to .*/s, '$1');
      throw new UsageError(message, { code: error.code, next: error.next });
    }
  });

/** The address that a profile was made for. @throws LocalError when the file was made to hold another kind of thing */
export function baseUrlOf(profile: StoredProfile, where: string): string {
  return inFile(() => checkAddress(profile.base_url ?? DEFAULT_BASE_URL, where));
}

/** That a profile is not there which something names. */
export function unknownProfile({ profiles = {} }: StoredConfig, name: string, source: string) {
  const known = [...Object.keys(profiles), SANDBOX].join(', ');
  if (isKeyLike(name)) {
    return { why: `${source} names a profile by what looks like a key`, next: `choose one of ${known}` };
  }
  return {
    why: `there is no profile "${name}" (${source})`,
    next: `choose one of ${known}, or make it: worktime login --profile ${name}`,
  };
}

/**
 * The environment's key beats the profile's, as every variable does; it is the user's own pairing with whatever address
 * is in force. A profile's key goes to the profile's origin alone.
 */
export function keyInForce(
  { env, config, configFile }: Sources,
  name: Placed<string | undefined>,
  profile: StoredProfile | undefined,
  baseUrl: Placed<string>,
  warn: (text: string) => void,
): Sourced<KeySource> | undefined {
  // A secret of CI, or a file that was read, ends with a line.
  const variable = env[KEY_VARIABLE]?.replace(/\r?\n$/, '');
  const source = `profile ${name.value}`;
  const missing = name.value !== undefined && profile === undefined;
  if (missing && !(variable && name.level <= LEVEL.project)) {
    const { why, next } = unknownProfile(config, name.value ?? '', name.source);
    return withheld(name.source, 'usage', 'unknown_profile', why, { next });
  }
  if (variable) {
    if (missing)
      warn(
        `profile ${isKeyLike(name.value ?? '') ? 'that looks like a key' : `"${name.value}"`} of ${name.source} is not on this machine; ${KEY_VARIABLE} goes to ${baseUrl.value}`,
      );
    else if (profile === sandboxProfile && !variable.startsWith('wt_sandbox_')) {
      warn(
        `${KEY_VARIABLE} is used instead of the sandbox's own key; unset it to use the sandbox with full access`,
      );
    } else if (name.level === LEVEL.flag && profile !== sandboxProfile) {
      warn(`${KEY_VARIABLE} is used instead of the key of profile ${name.value}`);
    }
    return { value: { type: 'literal', key: variable }, source: KEY_VARIABLE };
  }
  if (variable === '' && profile)
    warn(`${KEY_VARIABLE} is set but empty; the key of profile ${name.value} is used`);
  if (profile === undefined) {
    const first = Object.keys(config.profiles ?? {})[0];
    if (first === undefined) return undefined;
    return withheld(configFile, 'auth', 'missing_key', 'no profile is in use', {
      next: `choose one with \`worktime profiles use ${first}\`, or for one command with --profile ${first}`,
    });
  }
  if (profile.key === undefined && profile.key_command === undefined) {
    return withheld(source, 'auth', 'missing_key', `profile ${name.value} has no key`, {
      next: `log in again: worktime login --profile ${name.value}`,
    });
  }
  if (profile !== sandboxProfile) {
    const made = new URL(baseUrlOf(profile, `${configFile}: profiles.${name.value}.base_url`)).origin;
    const asked = new URL(baseUrl.value).origin;
    if (made !== asked) {
      const why = `the key of profile ${name.value} was made for ${made} and is not sent to ${asked} (${baseUrl.source})`;
      return withheld(source, 'usage', 'foreign_origin', why, {
        next: `log in there under another name: worktime login --profile NAME --base-url ${baseUrl.value}`,
      });
    }
  }
  if (profile.key !== undefined) return { value: { type: 'literal', key: profile.key }, source };
  const command = profile.key_command ?? [];
  return {
    value: { type: 'command', command: typeof command === 'string' ? splitWords(command) : command },
    source,
  };
}

function withheld(
  source: string,
  fault: 'usage' | 'auth',
  code: string,
  why: string,
  { next }: { next: string },
): Sourced<KeySource> {
  return { value: { type: 'withheld', fault, code, why, next }, source };
}
