/** Files that are read back or read to their end must be regular: a pipe would be waited for without a word. */

import { realpathSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../errors.ts';
import { codeOf, diskFault } from './fault.ts';

/**
 * What lies at a path; undefined when nothing does. `about` says what needs a regular file, and what to do instead.
 * @throws UsageError (`not_a_file`) for a folder, a pipe, a socket or a device; LocalError for the disk.
 */
export async function regularFile(
  path: string,
  about: { readonly shown?: string; readonly why?: string; readonly next: string },
): Promise<Stats | undefined> {
  const found = await stat(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw diskFault(error, 'open', path);
    return undefined;
  });
  if (!found || found.isFile()) return found;
  const why = about.why === undefined ? '' : `: ${about.why}`;
  throw new UsageError(`${about.shown ?? path} is not a regular file${why}`, {
    code: 'not_a_file',
    next: about.next,
  });
}

/** A path without symbolic links, whether its file is there yet or not: what the file is locked and known by. @throws LocalError */
export function settledPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw diskFault(error, 'open', path);
  }
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch (error) {
    throw diskFault(error, 'open', path);
  }
}
