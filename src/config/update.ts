import { join } from 'node:path';
import type { Context } from '../context.ts';
import { LocalError } from '../errors.ts';
import { acquireLock } from '../files/lock.ts';
import { NOWHERE } from './directories.ts';
import { configPath, readConfig } from './read.ts';
import { checkStored, type StoredConfig } from './stored.ts';

/** How long to wait for others who write the configuration, in ms. */
const WAIT = 30_000;

/**
 * Changes the configuration: lock, read, change, save. Whatever others wrote before is seen, so nothing is lost.
 * `change` alters the object it is given; what it throws leaves the file as it was.
 * @throws LocalError for a broken file, a lock that stays taken, the disk
 */
export async function updateConfig(
  context: Context,
  purpose: string,
  change: (config: StoredConfig) => void,
): Promise<StoredConfig> {
  const directory = context.directories.config;
  if (directory === NOWHERE) {
    throw new LocalError('there is no home directory to keep the configuration in', {
      code: 'no_home',
      next: 'set HOME, or WORKTIME_CONFIG_DIR to a directory of your own',
    });
  }
  const lock = await acquireLock(join(directory, 'config.lock'), { context, purpose, wait: WAIT });
  try {
    const config = readConfig(directory, () => undefined);
    const before = JSON.stringify(config);
    change(config);
    checkStored(config, configPath(directory));
    const changed = JSON.stringify(config) !== before;
    if (changed) await context.saveConfig(directory, config as Readonly<Record<string, unknown>>);
    return config;
  } finally {
    await lock.release();
  }
}
