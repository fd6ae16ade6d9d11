/** What is computed is kept for a while: per world, bounded, and dropped when it no longer holds. */

import type { World } from './world.ts';

/** A value for each world, made at its first use, and anew whenever what `version` gives has changed. */
export function perWorld<T>(
  make: (world: World) => T,
  version: (world: World) => unknown = () => undefined,
): (world: World) => T {
  const values = new WeakMap<World, { readonly version: unknown; readonly value: T }>();
  return (world) => {
    const now = version(world);
    const known = values.get(world);
    if (known && known.version === now) return known.value;
    const value = make(world);
    values.set(world, { version: now, value });
    return value;
  };
}

/** The value of a key, made when it is not there; a full map is emptied first, so that it stays small. */
export function remember<K, T>(values: Map<K, T>, limit: number, key: K, make: () => T): T {
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    if (values.size >= limit) values.clear();
    values.set(key, value);
  }
  return value;
}

/** Grows whenever an employee changes. */
export const peopleVersion = (world: World): number => world.state.peopleVersion;
