import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { codeOf, diskFault } from '../files/fault.ts';
import { makeFolders } from '../folders.ts';

/**
 * Replaces the content of `config.json` in `directory`, atomically, 0600 in a 0700 directory. The caller holds the lock.
 * @throws LocalError for the disk
 */
export async function saveConfig(
  directory: string,
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = join(directory, 'config.json');
  // Inside a snap's terminal conf would write in place, and a kill would leave half a file.
  const snap = process.env['SNAP'];
  delete process.env['SNAP'];
  try {
    makeFolders(directory);
    removeRemains(directory);
    const conf = new Conf<Record<string, unknown>>({
      cwd: directory,
      configName: 'config',
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      serialize: (value) => `${JSON.stringify(value, undefined, 2)}\n`,
      // The reader has already judged the file; conf only looks for settings of its own in it.
      deserialize: (text) => JSON.parse(text.replace(/^\ufeff/, '')) as Record<string, unknown>,
    });
    conf.store = { ...content };
  } catch (error) {
    throw diskFault(error, 'save', path);
  } finally {
    if (snap !== undefined) process.env['SNAP'] = snap;
  }
}

/** Temporary files of a process that was killed while it saved: they hold keys. The lock says that nobody is saving. */
function removeRemains(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (!/^config\.json\.tmp-/.test(name)) continue;
    try {
      unlinkSync(join(directory, name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}
