/** What can be done to profiles. Each changes the configuration it is given and throws UsageError where it cannot. */

import { UsageError } from '../errors.ts';
import { baseUrlOf } from './connection.ts';
import { SANDBOX, sandboxProfile } from './sandbox-profile.ts';
import type { KeySource } from './settings.ts';
import { isKeyLike, isProfileName, own, type StoredConfig, type StoredProfile } from './stored.ts';

/** Checks a name that is about to be given to a profile. */
export function checkNewName(name: string): string {
  if (name === SANDBOX)
    throw builtIn(
      `no profile of yours can be called "${SANDBOX}": that name belongs to the built-in sandbox`,
      'choose another name; the sandbox needs no profile: worktime --sandbox employees list',
    );
  if (isKeyLike(name)) {
    throw new UsageError('that looks like a key, and cannot be the name of a profile', {
      code: 'invalid_profile',
      next: 'choose another name, such as "default"',
    });
  }
  if (isProfileName(name)) return name;
  throw new UsageError('that cannot be the name of a profile', {
    code: 'invalid_profile',
    next: 'use letters, digits, dots, dashes and underscores, at most 64, a letter or digit first',
  });
}

/** The name of the profile that leads to an organization, where one is known to; undefined where none is. */
export function profileFor(config: StoredConfig, baseUrl: string, organization?: string): string | undefined {
  const all = { ...config.profiles, [SANDBOX]: sandboxProfile };
  const names = Object.keys(all).filter((name) => {
    const profile = own(all, name);
    const of = profile?.organization?.id;
    if (!profile || (of !== undefined && organization !== undefined && of !== organization)) return false;
    try {
      return baseUrlOf(profile, name) === baseUrl;
    } catch {
      return false;
    }
  });
  // One that is known to be of that organization, before one of which that is not known.
  return names.find((name) => own(all, name)?.organization?.id === organization) ?? names[0];
}

/** A stored profile, or the built-in one. */
export function profileNamed(config: StoredConfig, name: string): StoredProfile {
  if (name === SANDBOX) return sandboxProfile;
  const profile = own(config.profiles, name);
  if (profile) return profile;
  const known = [...Object.keys(config.profiles ?? {}), SANDBOX].join(', ');
  if (isKeyLike(name)) {
    throw new UsageError('that looks like a key, and is no profile', {
      code: 'unknown_profile',
      next: `choose one of ${known}`,
    });
  }
  throw new UsageError(`there is no profile "${name}"`, {
    code: 'unknown_profile',
    next: `choose one of ${known}, or make it: worktime login --profile ${name}`,
  });
}

/** A profile that can be changed. */
export function storedProfile(config: StoredConfig, name: string): StoredProfile {
  if (name === SANDBOX)
    throw builtIn(
      `the built-in profile "${SANDBOX}" cannot be changed`,
      'name a profile of your own; `worktime profiles list` shows them',
    );
  return profileNamed(config, name);
}

/** How a profile comes by its key, to be shown and never run: a line written by hand is cut at blanks. Undefined: not at all. */
export function keyOf({ key, key_command: command }: StoredProfile): KeySource | undefined {
  if (key !== undefined) return { type: 'literal', key };
  if (command === undefined) return undefined;
  return { type: 'command', command: typeof command === 'string' ? command.trim().split(/\s+/) : command };
}

/** Saves a profile under a name. The first one comes into use. */
export function saveProfile(config: StoredConfig, name: string, profile: StoredProfile): void {
  checkNewName(name);
  const inUse = config.profile !== undefined && own(config.profiles, config.profile) !== undefined;
  config.profiles = { ...config.profiles, [name]: profile };
  if (!inUse && config.profile !== SANDBOX) config.profile = name;
}

export function useProfile(config: StoredConfig, name: string): void {
  profileNamed(config, name);
  config.profile = name;
}

export function renameProfile(config: StoredConfig, from: string, to: string): void {
  const profile = storedProfile(config, from);
  checkNewName(to);
  if (own(config.profiles, to)) {
    throw new UsageError(`there is a profile "${to}" already`, {
      code: 'profile_exists',
      next: `choose another name, or remove it first: worktime profiles remove ${to}`,
    });
  }
  const { [from]: _, ...others } = config.profiles ?? {};
  config.profiles = { ...others, [to]: profile };
  if (config.profile === from) config.profile = to;
}

/** @returns whether it was in use: then none is */
export function removeProfile(config: StoredConfig, name: string): boolean {
  storedProfile(config, name);
  const { [name]: _, ...others } = config.profiles ?? {};
  config.profiles = others;
  const inUse = config.profile === name;
  if (inUse) delete config.profile;
  return inUse;
}

/** How to bring a profile with a key into use other than the one of this name. */
export function howToChoose(config: StoredConfig, name: string): string {
  const others = Object.entries(config.profiles ?? {}).filter(([each, one]) => each !== name && keyOf(one));
  const [only] = others.map(([each]) => each);
  if (only === undefined) return 'log in with `worktime login`';
  return `choose another with \`worktime profiles use ${others.length > 1 ? 'NAME' : only}\``;
}

/** Forgets the key and keeps the rest. @returns whether there was one */
export function forgetKey(config: StoredConfig, name: string): boolean {
  const profile = storedProfile(config, name);
  const had = profile.key !== undefined || profile.key_command !== undefined;
  delete profile.key;
  delete profile.key_command;
  return had;
}

function builtIn(why: string, next: string): UsageError {
  return new UsageError(why, { code: 'built_in_profile', next });
}
