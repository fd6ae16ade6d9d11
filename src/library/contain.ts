/** What a program brings along may fail in ways of its own: here that becomes what the client knows how to settle. */

import type { ClientEvents } from '../client/options.ts';
import {
  FOREIGN,
  type HttpResponse,
  type Transport,
  TransportError,
  type TransportFault,
} from '../client/transport.ts';

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
export function contained(transport: Transport): Transport {
  return async (request) => {
    const { signal } = request;
    try {
      const response = await transport(request);
      const fault = faultOf(response);
      if (fault !== undefined) throw new TypeError(`the transport's answer has ${fault}`);
      const { status, headers, body } = response;
      return { status, headers, body: containedBody(body, signal) };
    } catch (error) {
      throw broken(error, signal);
    }
  };
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

function broken(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (isTransportError(error)) return error;
  return new TransportError(`the transport failed: ${reasonOf(error)}`, 'broken', {
    code: FOREIGN,
    cause: error,
  });
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
  signal: AbortSignal | undefined,
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
            throw broken(error, signal);
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
