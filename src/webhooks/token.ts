/** The secret in the URL: all that the vendor lets one set, as it signs nothing. */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { writeFileAtomic } from '../files/atomic.ts';
import { makeDirectory } from '../files/directory.ts';
import { codeOf, diskFault } from '../files/fault.ts';

/** Goes into a URL as it is. */
const TOKEN = /^[A-Za-z0-9._~-]{8,200}$/;

/** A token given by hand. @throws UsageError where it would be weak or would need escapes. */
export function checkToken(token: string): string {
  if (TOKEN.test(token) && !/^\.+$/.test(token)) return token;
  throw new UsageError('--token: it must be 8 to 200 letters, digits, ".", "_", "~" or "-"', {
    code: 'invalid_token',
    next: 'leave --token out: one is made and remembered',
  });
}

/**
 * The token of this machine, made at the first call and kept (0600), so that the URL in the web account stays valid
 * from one start to the next.
 */
export async function rememberedToken(directory: string): Promise<string> {
  const path = join(directory, 'token');
  try {
    const token = (await readFile(path, 'utf8')).trim();
    await chmod(path, 0o600);
    if (TOKEN.test(token)) return token;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw diskFault(error, 'read', path);
  }
  const token = `wt_${randomBytes(24).toString('base64url')}`;
  makeDirectory(directory);
  await writeFileAtomic(path, `${token}\n`, { mode: 0o600 });
  return token;
}

/** Whether two texts are the same, in a time that tells nothing but whether they are equally long. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
