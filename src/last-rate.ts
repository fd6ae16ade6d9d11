/** The rate limit as the last command with this key saw it: what `worktime limits` compares with. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './client/fingerprint.ts';
import type { RateLimit } from './client/options.ts';
import type { Context } from './context.ts';

function placeOf(context: Context, identity: string): { folder: string; file: string } {
  const folder = join(context.directories.state, 'limits');
  return { folder, file: join(folder, `${fingerprint(identity)}.json`) };
}

/** Writes it down. A disk that fails stops nobody: it is a memory, not a record. */
export function rememberRate(context: Context, identity: string, rate: RateLimit): void {
  const { folder, file } = placeOf(context, identity);
  const save = () => writeFileSync(file, JSON.stringify(rate), { mode: 0o600 });
  try {
    save();
  } catch {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      save();
    } catch {
      // Nothing is lost but the comparison.
    }
  }
}

/** What was written down; undefined where there is nothing that can be read. */
export function recallRate(context: Context, identity: string): RateLimit | undefined {
  try {
    const rate = JSON.parse(readFileSync(placeOf(context, identity).file, 'utf8')) as Partial<RateLimit>;
    return typeof rate?.seenAt === 'number' ? (rate as RateLimit) : undefined;
  } catch {
    return undefined;
  }
}
