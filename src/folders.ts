/** Folders of ours, and those above them. */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder that is nobody else's business, and those above it that are missing. Node's own `recursive` tries for ever
 * where the system says that what it was just given is not there, as below /proc. @throws what the system says.
 */
export function makeFolders(folder: string): void {
  try {
    make(folder);
    return;
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    makeFolders(above);
  }
  make(folder);
}

function make(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
