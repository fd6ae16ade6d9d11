/** The key: its shape, and the one origin to which it may go. No message ever holds it. */

import { AuthError, UsageError, WorkTimeError } from '../errors.ts';
import { LONGEST } from './deadline.ts';
import type { Transport } from './transport.ts';

/** Checks the shape of a key without ever showing it. Throws AuthError. */
export function checkKey(key: unknown): string {
  const next = 'make a key in the web account under Settings → API Keys';
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

async function keyFrom(apiKey: string | (() => string | Promise<string>)): Promise<string> {
  if (typeof apiKey !== 'function') return checkKey(apiKey);
  let key: unknown;
  try {
    key = await apiKey();
  } catch (error) {
    if (error instanceof WorkTimeError) throw error;
    const next = 'see why the function given as apiKey failed';
    throw new AuthError('the API key could not be had', { code: 'key_unavailable', next, cause: error });
  }
  return checkKey(key);
}

const tooLate = (ms: number) =>
  new AuthError(`the function given as apiKey gave no key within ${ms / 1000} s`, {
    code: 'key_unavailable',
    next: 'see why it does not answer, or give it longer with timeout',
  });

/**
 * What a promise brings, or the signal's reason where that comes first, or AuthError after `ms`, where that is a time. The
 * timer is the call's own: one that was ended holds no program up, and one that waits has its deadline.
 */
function awaited<T>(promise: Promise<T>, signal: AbortSignal | undefined, ms: number): Promise<T> {
  const bounded = ms > 0 && ms <= LONGEST;
  if (signal === undefined && !bounded) return promise;
  return new Promise((resolve, reject) => {
    const timer = bounded ? setTimeout(() => reject(tooLate(ms)), ms) : undefined;
    const onAbort = () => {
      release();
      reject(signal?.reason);
    };
    const release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    // One that was ended while the promise was made tells of it no more.
    if (signal?.aborted) onAbort();
    promise.then(resolve, reject).finally(release);
  });
}

/**
 * Adds the key to every request for `origin` and refuses every other. The key is asked for until it is had, then kept; a
 * question that had no answer within `ms` is asked anew by the next call.
 */
export function withKey(
  transport: Transport,
  apiKey: string | (() => string | Promise<string>),
  origin: string,
  ms = 0,
): Transport {
  let key: Promise<string> | undefined;
  return async (request) => {
    if (new URL(request.url).origin !== origin) {
      throw new UsageError(`the key belongs to ${origin} and is sent nowhere else`, {
        code: 'foreign_origin',
      });
    }
    request.signal?.throwIfAborted();
    const forget = (asked: Promise<string>) => {
      if (key === asked) key = undefined;
    };
    if (key === undefined) {
      const asked = keyFrom(apiKey);
      key = asked;
      asked.catch(() => forget(asked));
    }
    const asked = key;
    const given = await awaited(asked, request.signal, ms).catch((error) => {
      if (!request.signal?.aborted) forget(asked);
      throw error;
    });
    request.signal?.throwIfAborted();
    const authorization = `Bearer ${given}`;
    return transport({ ...request, headers: { ...request.headers, authorization } });
  };
}
