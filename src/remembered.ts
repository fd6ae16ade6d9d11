/** What the last commands with a key learned, kept in the state directory: the rate limit and the organization's zone. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './client/fingerprint.ts';
import type { RateLimit } from './client/options.ts';
import type { Context } from './context.ts';
import { makeFolders } from './folders.ts';

type Kind = 'limits' | 'zones';

/** An organization that moves is noticed within so long, in ms. */
const ZONE_LIFETIME = 24 * 60 * 60_000;

function placeOf(context: Context, kind: Kind, identity: string): { folder: string; file: string } {
  const folder = join(context.directories.state, kind);
  return { folder, file: join(folder, `${fingerprint(identity)}.json`) };
}

/** Writes it down. A disk that fails stops nobody: it is a memory, not a record. */
function remember(context: Context, kind: Kind, identity: string, value: unknown): void {
  const { folder, file } = placeOf(context, kind, identity);
  const save = () => writeFileSync(file, JSON.stringify(value), { mode: 0o600 });
  try {
    save();
  } catch {
    try {
      makeFolders(folder);
      save();
    } catch {
      // It is learned again next time.
    }
  }
}

/** What was written down; undefined where there is nothing that can be read. */
function recall(context: Context, kind: Kind, identity: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(placeOf(context, kind, identity).file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the rate limit as the last command with this key saw it: what `worktime limits` compares with. */
export function rememberRate(context: Context, identity: string, rate: RateLimit): void {
  remember(context, 'limits', identity, rate);
}

/** The rate limit as it was last seen. */
export function recallRate(context: Context, identity: string): RateLimit | undefined {
  const rate = recall(context, 'limits', identity);
  return typeof rate?.['seenAt'] === 'number' ? (rate as unknown as RateLimit) : undefined;
}

/** Keeps the zone (an IANA name) of the organization that this key belongs to. */
export function rememberZone(context: Context, identity: string, timeZone: string): void {
  remember(context, 'zones', identity, { timeZone, seenAt: context.now() });
}

/** The organization's zone, where it was asked for within a day. */
export function recallZone(context: Context, identity: string): string | undefined {
  const { timeZone, seenAt } = recall(context, 'zones', identity) ?? {};
  if (typeof timeZone !== 'string' || typeof seenAt !== 'number') return undefined;
  const age = context.now() - seenAt;
  return age >= 0 && age < ZONE_LIFETIME ? timeZone : undefined;
}
