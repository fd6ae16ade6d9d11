/** The one reader of the configuration file. conf writes it; its schema library would cost a plain read 95 ms. */

import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { LocalError } from '../errors.ts';
import { codeOf, diskFault } from '../files/fault.ts';
import { parseJsonFile } from './json.ts';
import { checkStored, type StoredConfig } from './stored.ts';

/** A configuration larger than this is something else. */
const MAX_SIZE = 1024 * 1024;
/** Windows has other means than mode bits. */
const HAS_MODES = sep === '/';

/** The path of the configuration file. */
export function configPath(directory: string): string {
  return join(directory, 'config.json');
}

/**
 * Reads the configuration; without a file it is empty. Permissions wider than 0600 in 0700 are mended, and said.
 * @throws LocalError that names the file, the place in it and what to do
 */
export function readConfig(directory: string, warn: (text: string) => void): StoredConfig {
  const path = configPath(directory);
  const text = readPrivate(path, directory, warn);
  if (text === undefined) return {};
  const next = `mend it in an editor, or move it away and log in again (worktime login)`;
  return checkStored(parseJsonFile(text, path, next), path);
}

function readPrivate(path: string, directory: string, warn: (text: string) => void): string | undefined {
  let file: number;
  try {
    // Without blocking: a FIFO in its place must not hang the tool.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw diskFault(error, 'read', path);
  }
  try {
    const about = fstatSync(file);
    if (!about.isFile()) {
      throw new LocalError(`${path} is not a regular file`, {
        code: 'invalid_config',
        next: `move it away, then log in again (worktime login)`,
      });
    }
    if (about.size > MAX_SIZE) {
      throw new LocalError(`${path} is larger than any configuration (${about.size} bytes)`, {
        code: 'invalid_config',
        next: `move it away, then log in again (worktime login)`,
      });
    }
    if (HAS_MODES) {
      if ((about.mode & 0o077) !== 0) mend(path, about.mode, 0o600, () => fchmodSync(file, 0o600), warn);
      mendDirectory(directory, warn);
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw diskFault(error, 'read', path);
  } finally {
    closeSync(file);
  }
}

function mendDirectory(directory: string, warn: (text: string) => void): void {
  const { mode } = statSync(directory);
  // A sticky directory (/tmp) is shared by intent: closing it would harm others.
  if ((mode & 0o077) === 0 || (mode & 0o1000) !== 0) return;
  mend(directory, mode, 0o700, () => chmodSync(directory, 0o700), warn);
}

function mend(
  path: string,
  mode: number,
  wanted: number,
  change: () => void,
  warn: (text: string) => void,
): void {
  const octal = (bits: number) => (bits & 0o777).toString(8).padStart(4, '0');
  try {
    change();
    warn(`${path} was open to other users (${octal(mode)}); it is ${octal(wanted)} now`);
  } catch (error) {
    warn(
      `${path} is open to other users (${octal(mode)}) and cannot be closed: ${codeOf(error) ?? 'unknown'}`,
    );
  }
}
