/** Keeps keys out of the environment of programs that are started for an operator, whatever name they stand under. */

import type { Context, SpawnOptions } from '../context.ts';
import { KEY_VARIABLE } from './key.ts';
import { readConfig } from './read.ts';

/** A shorter text could be a part of anything. */
const SHORTEST = 8;

/** The keys that the profiles hold; none where the configuration cannot be read. */
function storedKeys(directory: string): string[] {
  try {
    const { profiles = {} } = readConfig(directory, () => undefined);
    return Object.values(profiles).flatMap(({ key }) => (key === undefined ? [] : [key]));
  } catch {
    return [];
  }
}

/** The environment without what is called as the key is, and without every value that is or contains one of the keys. */
export function withoutKeys(
  env: Context['env'],
  keys: readonly string[],
): Readonly<Record<string, string | undefined>> {
  // A key with a line end behind it is refused when it is used, but a secret all the same.
  const known = keys.map((key) => key.trim()).filter((key) => key !== '');
  const tells = (value = '') =>
    known.some((key) => value === key || (key.length >= SHORTEST && value.includes(key)));
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name !== KEY_VARIABLE && !tells(value)),
  );
}

/** A context whose programs are started without a key. `inUse` gives the key in force, where it is known yet. */
export function guarded(context: Context, inUse: () => string | undefined): Context {
  const safe = (options: SpawnOptions = {}): SpawnOptions => {
    if (options.mayHoldKeys) return options;
    const given = [context.env[KEY_VARIABLE], inUse()].filter((key) => key !== undefined);
    const keys = [...given, ...storedKeys(context.directories.config)];
    return { ...options, env: withoutKeys(options.env ?? context.env, keys) };
  };
  return {
    ...context,
    run: (command, options) => context.run(command, safe(options)),
    start: (command, options) => context.start(command, safe(options)),
  };
}
