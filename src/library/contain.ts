/** What a program brings along may fail in ways of its own: here that becomes what the client knows how to settle. */

import type { ClientEvents } from '../client/options.ts';
import { FOREIGN, type HttpResponse, type Transport, TransportError } from '../client/transport.ts';

/** All that a client tells. */
export const EVENTS = [
  'request',
  'response',
  'retry',
  'readBack',
  'wait',
  'warn',
] as const satisfies readonly (keyof ClientEvents)[];

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
      return { ...response, body: containedBody(response.body, signal) };
    } catch (error) {
      throw broken(error, signal);
    }
  };
}

/** `fetch failed (connect ECONNREFUSED 127.0.0.1:1)`: what fetch itself says tells nobody anything. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

function broken(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof TransportError) return error;
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
  if (typeof headers !== 'object' || headers === null || headers instanceof Headers)
    return 'no plain object of headers';
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
      const iterator = body[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            const next = await iterator.next();
            if (!next.done && !(next.value instanceof Uint8Array))
              throw new TypeError('its body is not bytes');
            return next;
          } catch (error) {
            throw broken(error, signal);
          }
        },
        async return() {
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
      onFault(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const heard = EVENTS.map((name) => [name, events[name]] as const);
  return Object.fromEntries(
    heard.flatMap(([name, listener]) => (listener ? [[name, guard(listener)] as const] : [])),
  );
}
