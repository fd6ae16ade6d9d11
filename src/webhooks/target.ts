/** Where events go: a handler's URL, or a program. */

import type { Clock } from '../client/clock.ts';
import type { Transport } from '../client/transport.ts';
import { TransportError } from '../client/transport.ts';
import type { Context } from '../context.ts';
import { describe } from '../errors.ts';
import { environmentFor, wordsOf } from '../follow/exec.ts';
import type { Entry } from './entry.ts';

/** ms for a whole attempt at a handler, the answer included */
export const TIMEOUT = 30_000;

/** What became of one attempt. */
export interface Outcome {
  /**
   * `delivered`. `failed`: it answered that it cannot now. `refused`: it answered that it will not; tried a few more
   * times, since a handler that is being deployed answers so too. `unreachable`: nothing there at all.
   */
  readonly result: 'delivered' | 'failed' | 'refused' | 'unreachable';
  /** The answer in a word: `200`, `connection refused`, `exit 1`. */
  readonly status: string;
  /** ms */
  readonly took: number;
  /** ms until it wants to be asked again */
  readonly retryAfter?: number;
  /** What a program printed, as lines for stderr. */
  readonly said?: readonly string[];
}

export interface Target {
  /** By which its cursor is found again. */
  readonly name: string;
  /** What people are told; holds no secret. */
  readonly shown: string;
  /** Events of different employees under way at once. */
  readonly concurrency: number;
  /** Hands one event over. Rejects only when the signal was aborted. */
  deliver(entry: Entry, signal: AbortSignal): Promise<Outcome>;
}

/** A URL without what may be secret in it. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  const parts = pathname.split('/').map((part) => (/^(wt_|whsec_)|^[\w~-]{24,}$/.test(part) ? '…' : part));
  return origin + parts.join('/');
}

/** Name and password of an address as the header that they are meant for. */
function withoutCredentials(address: string): { url: string; authorization: Record<string, string> } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === '' && password === '') return { url: url.href, authorization: {} };
  url.username = '';
  url.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    url: url.href,
    authorization: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
  };
}

const AGAIN = new Set([408, 425, 429]);
/** Of an answer so much is read, in bytes, so that the connection can be used again. */
const READ = 64 * 1024;
const MAX_RETRY_AFTER = 60_000;

/** A handler's URL: the bytes as they came, with the headers of note. `timeout` in ms, for the whole attempt. */
export function httpTarget(address: string, transport: Transport, clock: Clock, timeout: number): Target {
  const { url, authorization } = withoutCredentials(address);
  return {
    name: new URL(address).href,
    shown: shownUrl(url),
    concurrency: 8,
    async deliver(entry, signal) {
      const started = clock.monotonic();
      const limit = AbortSignal.timeout(timeout);
      try {
        const response = await transport({
          method: 'POST',
          url,
          headers: { 'content-type': 'application/json', ...entry.headers, ...authorization },
          body: entry.body,
          signal: AbortSignal.any([signal, limit]),
        });
        const took = clock.monotonic() - started;
        await discard(response.body);
        const retryAfter = Number(response.headers['retry-after']) * 1000;
        return {
          result: resultOf(response.status),
          status: String(response.status),
          took,
          ...(retryAfter > 0 ? { retryAfter: Math.min(retryAfter, MAX_RETRY_AFTER) } : {}),
        };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const took = clock.monotonic() - started;
        if (limit.aborted) return { result: 'failed', status: 'timeout', took };
        const status = describe(error).message;
        const gone = error instanceof TransportError && error.fault !== 'broken' && error.fault !== 'timeout';
        return { result: gone ? 'unreachable' : 'failed', status, took };
      }
    },
  };
}

function resultOf(status: number): Outcome['result'] {
  if (status >= 200 && status < 300) return 'delivered';
  return status >= 500 || AGAIN.has(status) ? 'failed' : 'refused';
}

/** The status is all that counts: a body that breaks off changes nothing. */
async function discard(body: AsyncIterable<Uint8Array>): Promise<void> {
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > READ) return;
    }
  } catch {}
}

/**
 * A program, started for each event without a shell, the event on its standard input and the key not in its environment.
 * `timeout` in ms.
 */
export function execTarget(
  command: readonly string[],
  context: Pick<Context, 'run' | 'env' | 'monotonic' | 'signal'>,
  timeout: number,
  key?: string,
): Target {
  const env = environmentFor(context.env, key);
  const [program = ''] = command;
  return {
    name: `exec:${JSON.stringify(command)}`,
    shown: program,
    concurrency: 4,
    async deliver(entry, signal) {
      const started = context.monotonic();
      try {
        const answer = await context.run(command, { input: entry.body, env, timeout, signal });
        const took = context.monotonic() - started;
        const result = answer.exitCode === 0 ? 'delivered' : 'refused';
        return { result, status: `exit ${answer.exitCode}`, took, said: wordsOf(program, answer) };
      } catch (error) {
        if (signal.aborted || context.signal.aborted) throw error;
        return {
          result: 'unreachable',
          status: describe(error).message,
          took: context.monotonic() - started,
        };
      }
    },
  };
}
