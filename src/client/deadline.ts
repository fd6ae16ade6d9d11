/** One deadline for a whole attempt: connecting, waiting, and the last byte of the body. */

import { type Transport, TransportError } from './transport.ts';

/** How long an attempt may take where nobody says, in ms. */
export const TIMEOUT = 30_000;

/** The longest delay that a timer keeps; a longer one would fire at once. */
export const LONGEST = 2_147_483_647;

/** Ends an attempt after `ms`, or when its signal is aborted, even when the transport heeds no signal. 0: no deadline. */
export function withDeadline(transport: Transport, ms: number): Transport {
  return async (request) => {
    const outer = request.signal;
    outer?.throwIfAborted();
    const controller = new AbortController();
    let fail: (reason: unknown) => void = () => {};
    const ended = new Promise<never>((_, reject) => {
      fail = reject;
    });
    ended.catch(() => {});
    const stop = (reason: unknown) => {
      controller.abort(reason);
      // The transport goes first: it knows whether anything was sent.
      setImmediate(() => fail(reason));
    };
    const onAbort = () => stop(outer?.reason);
    outer?.addEventListener('abort', onAbort, { once: true });
    const timer =
      ms > 0
        ? setTimeout(
            () => stop(new TransportError(`no whole answer within ${ms / 1000} s`, 'timeout')),
            Math.min(ms, LONGEST),
          )
        : undefined;
    const release = () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onAbort);
    };
    request.onSend?.();
    // A call: what it throws at once is a rejection like any other.
    const answer = (async () => transport({ ...request, signal: controller.signal }))();
    try {
      const response = await Promise.race([answer, ended]);
      return { ...response, body: guarded(response.body, ended, release) };
    } catch (error) {
      release();
      // An answer that comes too late has a reader no more.
      answer.then(({ body }) => body[Symbol.asyncIterator]().return?.(undefined)).catch(() => {});
      throw error;
    }
  };
}

/** Not a generator: one that was never started would not run its `finally` when it is closed. */
function guarded(
  body: AsyncIterable<Uint8Array>,
  ended: Promise<never>,
  release: () => void,
): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = body[Symbol.asyncIterator]();
      const close = () => {
        release();
        // Not awaited: a body that hangs must not hold up the deadline that ends it.
        iterator.return?.(undefined)?.then(undefined, () => {});
      };
      return {
        async next() {
          try {
            const next = await Promise.race([iterator.next(), ended]);
            if (next.done) release();
            return next;
          } catch (error) {
            close();
            throw error;
          }
        },
        async return() {
          close();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
