/** What a program brings along may fail in ways of its own: here that becomes what the client knows how to settle. */

import { LONGEST } from '../client/deadline.ts';
import type { ClientEvents } from '../client/options.ts';
import {
  FOREIGN,
  type HttpRequest,
  type HttpResponse,
  TransportError,
  type TransportFault,
  type Transport as WireTransport,
} from '../client/transport.ts';
import { AuthError } from '../errors.ts';
import type { Transport } from './options.ts';

/** All that a client tells. */
export const EVENTS = [
  'request',
  'response',
  'retry',
  'readBack',
  'wait',
  'warn',
] as const satisfies readonly (keyof ClientEvents)[];

/** What a program without types may misspell. */
const FAULTS: ReadonlySet<TransportFault> = new Set(['unsent', 'broken', 'timeout', 'tls', 'dns']);

/**
 * A transport of somebody else's. Whatever it throws, and an answer that is none, is a broken connection: a read is
 * tried again, and a write that may have been sent is looked for. A call that was ended keeps its signal's reason.
 */
export function contained(transport: Transport): WireTransport {
  return async (given) => {
    // The client sends text alone.
    const request = given as HttpRequest<string>;
    const broken = (error: unknown) => brokenBy(error, request);
    try {
      const response = await transport(request);
      const fault = faultOf(response);
      if (fault !== undefined) throw new TypeError(`the transport's answer has ${fault}`);
      const { status, headers, body } = response;
      return await asEncoded({ status, headers, body: containedBody(body, broken) });
    } catch (error) {
      throw broken(error);
    }
  };
}

const GZIP = 0x1f;

/** The answer of a `fetch`, which has undone the encoding that the headers still name, without that header. */
async function asEncoded(response: HttpResponse): Promise<HttpResponse> {
  const { 'content-encoding': encoding = '', ...others } = response.headers;
  if (!/^\s*(?:x-)?gzip\s*$/i.test(encoding)) return response;
  const iterator = response.body[Symbol.asyncIterator]();
  let first = await iterator.next();
  while (!first.done && first.value.byteLength === 0) first = await iterator.next();
  const body: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => {
      let seen = false;
      return {
        next: () => {
          if (seen) return iterator.next();
          seen = true;
          return Promise.resolve(first);
        },
        return: async () => (await iterator.return?.(undefined)) ?? { done: true, value: undefined },
      };
    },
  };
  const decoded = !first.done && first.value[0] !== GZIP;
  return decoded ? { ...response, headers: others, body } : { ...response, body };
}

/** `fetch failed (connect ECONNREFUSED 127.0.0.1:1)`: what fetch itself says tells nobody anything. */
function reasonOf(error: unknown): string {
  try {
    if (!(error instanceof Error)) return String(error);
    return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
  } catch {
    // Even that may throw: an object without a prototype, a revoked proxy.
    return 'it threw what is no error';
  }
}

const isTransportError = (error: unknown): boolean => {
  try {
    return error instanceof TransportError && FAULTS.has(error.fault);
  } catch {
    return false;
  }
};

/** What a program threw, as the client knows it, and without the key: a transport was given it to send. */
function brokenBy(error: unknown, { headers, signal }: HttpRequest<string>): unknown {
  if (signal?.aborted) return signal.reason;
  const key = headers['authorization']?.replace(/^Bearer /, '') ?? '';
  const reason = reasonOf(error);
  const tells = key !== '' && reason.includes(key);
  if (!tells && isTransportError(error)) return error;
  return new TransportError(
    `the transport failed: ${tells ? reason.replaceAll(key, '***') : reason}`,
    'broken',
    {
      code: FOREIGN,
      ...(tells ? {} : { cause: error }),
    },
  );
}

/** What an answer lacks, in words. The types say the same to whoever has them. */
function faultOf(response: HttpResponse | undefined): string | undefined {
  const { status, headers, body } = response ?? ({} as Partial<HttpResponse>);
  if (!Number.isInteger(status)) return 'no status';
  // The Headers of `fetch` have no properties: every header would seem to be missing.
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers)
    return 'no plain object of headers';
  if (Object.values(headers).some((value) => value !== undefined && typeof value !== 'string'))
    return 'a header that is no text';
  if (typeof body?.[Symbol.asyncIterator] !== 'function') return 'no body to iterate';
  return undefined;
}

/** Not a generator: one that was never started would not close what lies below it. */
function containedBody(
  body: AsyncIterable<Uint8Array>,
  broken: (error: unknown) => unknown,
): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      let iterator: AsyncIterator<Uint8Array> | undefined;
      return {
        async next() {
          try {
            // Not before: a body that somebody has read already says so here.
            iterator ??= body[Symbol.asyncIterator]();
            const next = await iterator.next();
            if (!next.done && !(next.value instanceof Uint8Array))
              throw new TypeError('its body is not bytes');
            return next;
          } catch (error) {
            throw broken(error);
          }
        },
        async return() {
          iterator ??= body[Symbol.asyncIterator]();
          await iterator.return?.(undefined);
          return { done: true, value: undefined };
        },
      };
    },
  };
}

type Listener = (event: never) => unknown;

/** The same listeners; one that fails, at once or later, is told of through `onFault` and fails no call. */
export function observing(events: ClientEvents, onFault: (error: Error) => void): ClientEvents {
  const guard = (listener: Listener) => async (event: never) => {
    try {
      await listener.call(events, event);
    } catch (error) {
      onFault(new Error(`a listener failed: ${reasonOf(error)}`, { cause: error }));
    }
  };
  const heard = EVENTS.map((name) => [name, events[name]] as const);
  return Object.fromEntries(
    heard.flatMap(([name, listener]) => (listener ? [[name, guard(listener)] as const] : [])),
  );
}

/** A function that gives the key, within the time that an attempt has. `ms` of 0, or without end: as long as it takes. */
export function timely(apiKey: () => string | Promise<string>, ms: number): () => Promise<string> {
  return async () => {
    if (!(ms > 0 && ms <= LONGEST)) return apiKey();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(
          new AuthError(`the function given as apiKey gave no key within ${ms / 1000} s`, {
            code: 'key_unavailable',
            next: 'see why it does not answer, or give it longer with timeout',
          }),
        );
      }, ms);
    });
    try {
      return await Promise.race([(async () => apiKey())(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
