/** The body of an answer that somebody else's transport gave: as bytes, as encoded, and closed whatever became of it. */

import type { HttpResponse } from '../client/transport.ts';

type Bytes = AsyncIterable<Uint8Array>;

/** What a body may have beside its iterator, as the streams of Node and of the web have. */
interface Stream {
  readonly destroy?: unknown;
  readonly cancel?: unknown;
  readonly on?: unknown;
  readonly getReader?: unknown;
}

/** How a body is read. A stream of the web by a reader, which closes it even while it waits; its iterator would wait on. */
function iteratorOf(body: Bytes): AsyncIterator<Uint8Array> {
  const { getReader } = body as Stream;
  if (typeof getReader !== 'function') return body[Symbol.asyncIterator]();
  const reader: ReadableStreamDefaultReader<Uint8Array> = getReader.call(body);
  return {
    next: () => reader.read() as Promise<IteratorResult<Uint8Array>>,
    return: async () => {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

/** Closes a body. Of a stream by its own means: an iterator that never started, or that is waiting, closes nothing. Never throws. */
export async function closeBody(body: unknown, started?: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    const { destroy, cancel, on } = (body ?? {}) as Stream;
    if (typeof destroy === 'function') {
      // What is destroyed before its end may say so, and an error that nobody listens for ends the process.
      if (typeof on === 'function') on.call(body, 'error', () => {});
      return void destroy.call(body);
    }
    // A stream that is being read is locked, and must be closed by its reader.
    if (typeof cancel === 'function' && started === undefined) return void (await cancel.call(body));
    const iterator = started ?? (body as Bytes | undefined)?.[Symbol.asyncIterator]?.();
    await iterator?.return?.(undefined);
  } catch {
    // It is of no use any more, and neither is what it says.
  }
}

/** Not a generator: one that was never started would not close what lies below it. */
export function containedBody(
  body: Bytes,
  broken: (error: unknown) => unknown,
  signal: AbortSignal | undefined,
): Bytes {
  return {
    [Symbol.asyncIterator]() {
      let iterator: AsyncIterator<Uint8Array> | undefined;
      return {
        async next() {
          try {
            // Not before: a body that somebody has read already says so here.
            iterator ??= iteratorOf(body);
            const next = await iterator.next();
            if (!next.done && !(next.value instanceof Uint8Array))
              throw new TypeError('its body is not bytes');
            // A stream that was closed for the signal's sake has not come to its end.
            if (next.done) signal?.throwIfAborted();
            return next;
          } catch (error) {
            throw broken(error);
          }
        },
        async return() {
          await closeBody(body, iterator);
          return { done: true, value: undefined };
        },
      };
    },
  };
}

const GZIP = 0x1f;

/**
 * The answer of a `fetch`, which has undone the encoding that the headers still name, without that header. That shows in the
 * first bytes, which are waited for: when the signal ends that, the body is closed, for nobody else has it yet.
 */
export async function asEncoded(
  response: HttpResponse,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const { 'content-encoding': encoding = '', ...others } = response.headers;
  if (!/^\s*(?:x-)?gzip\s*$/i.test(encoding)) return response;
  const iterator = response.body[Symbol.asyncIterator]();
  const close = () => void iterator.return?.(undefined);
  if (signal?.aborted) close();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', close, { once: true });
  let first: IteratorResult<Uint8Array>;
  try {
    do first = await iterator.next();
    while (!first.done && first.value.byteLength === 0);
  } finally {
    signal?.removeEventListener('abort', close);
  }
  const body: Bytes = {
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
