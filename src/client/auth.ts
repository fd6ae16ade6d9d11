/** The key: its shape, and the one origin to which it may go. No message ever holds it. */

import { AuthError, UsageError } from '../errors.ts';
import type { Transport } from './transport.ts';

/** Checks the shape of a key without ever showing it. Throws AuthError. */
export function checkKey(key: unknown): string {
  const next = 'make a key in the web account under Settings → API Keys, then run worktime login';
  if (typeof key !== 'string' || key === '') {
    throw new AuthError('there is no API key', { code: 'missing_key', next });
  }
  if (/\s/.test(key)) {
    throw new AuthError('the API key has white space in it', {
      code: 'invalid_key',
      next: 'copy it again, whole',
    });
  }
  if (/[^\x21-\x7e]/.test(key)) {
    throw new AuthError('the API key has a character in it that no key has', {
      code: 'invalid_key',
      next: 'copy it again from the web account, not from a formatted document',
    });
  }
  return key;
}

/** Adds the key to every request for `origin` and refuses every other. The key is asked for once. */
export function withKey(
  transport: Transport,
  apiKey: string | (() => Promise<string>),
  origin: string,
): Transport {
  let key: Promise<string> | undefined;
  const get = async () => checkKey(typeof apiKey === 'function' ? await apiKey() : apiKey);
  return async (request) => {
    if (new URL(request.url).origin !== origin) {
      throw new UsageError(`the key belongs to ${origin} and is sent nowhere else`, {
        code: 'foreign_origin',
      });
    }
    key ??= get();
    const authorization = `Bearer ${await key}`;
    request.signal?.throwIfAborted();
    return transport({ ...request, headers: { ...request.headers, authorization } });
  };
}
