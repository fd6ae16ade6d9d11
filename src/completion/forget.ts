/** Forgetting what Tab offers. */

import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SANDBOX } from '../config/sandbox-profile.ts';
import { folderIn } from './names.ts';

const OF_SANDBOX = new RegExp(`^${SANDBOX}-[0-9a-z]+\\.tsv$`);

/** Forgets the names of the embedded sandbox, where a reset made them somebody else's. */
export function forgetSandboxNames(state: string): void {
  try {
    const folder = folderIn(state);
    for (const file of readdirSync(folder)) if (OF_SANDBOX.test(file)) unlinkSync(join(folder, file));
  } catch {
    // There are none, or Tab goes on offering them for a day.
  }
}
