/** What a program brings along may fail in ways of its own: here that becomes what the client knows how to settle. */

import type { ClientEvents } from '../client/options.ts';
import {
  FOREIGN,
  type HttpResponse,
  TransportError,
  type TransportFault,
  UNUSABLE,
  type Transport as WireTransport,
} from '../client/transport.ts';
import { asEncoded, closeBody, containedBody } from './body.ts';
import type { HttpRequest, Transport } from './options.ts';
import { masked, mayHold } from './secrets.ts';

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

type Answer = Awaited<ReturnType<Transport>>;

const NOTHING: HttpResponse['body'] = { [Symbol.asyncIterator]: async function* () {} };

/**
 * A transport of somebody else's. Whatever it throws is a broken connection: a read is tried again, and a write that may have
 * been sent is looked for. An answer that is none would be none again. A call that was ended keeps its signal's reason.
 */
export function contained(transport: Transport): WireTransport {
  return async ({ method, url, headers: sent, body: text, signal }) => {
    // By name: what the client tells its own transport is nobody else's business, and `fetch` has a priority of its own.
    const request: HttpRequest = {
      method,
      url,
      headers: sent,
      // The client sends text alone.
      ...(typeof text === 'string' ? { body: text } : {}),
      ...(signal ? { signal } : {}),
    };
    const broken = (error: unknown) => brokenBy(error, request);
    let response: Answer;
    try {
      response = await transport(request);
    } catch (error) {
      throw broken(error);
    }
    const fault = faultOf(response);
    if (fault !== undefined) {
      (async () => closeBody(response.body))().catch(() => {});
      throw new TransportError(`the transport's answer has ${fault}`, 'broken', { code: UNUSABLE });
    }
    const { status, headers, body } = response;
    return asEncoded({ status, headers, body: containedBody(body ?? NOTHING, broken, signal) }, signal);
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

/** What a program threw, as the client knows it, and without the key: a transport was given it to send. */
function brokenBy(error: unknown, { headers, signal }: HttpRequest): unknown {
  if (signal?.aborted) return signal.reason;
  const key = headers['authorization']?.replace(/^Bearer /, '') ?? '';
  const tells = mayHold(error, key);
  if (!tells && isTransportError(error)) return error;
  const reason = reasonOf(error);
  const cause = tells ? masked(error, reason, key) : error;
  const message = `the transport failed: ${tells ? reason.replaceAll(key, '***') : reason}`;
  return new TransportError(message, 'broken', { code: FOREIGN, cause });
}

/** What an answer lacks, in words. The types say the same to whoever has them. */
function faultOf(response: Answer | undefined): string | undefined {
  try {
    const { status, headers, body } = response ?? ({} as Partial<Answer>);
    if (!Number.isInteger(status)) return 'no status';
    // The Headers of `fetch` have no properties: every header would seem to be missing.
    if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers)
      return 'no plain object of headers';
    if (Object.values(headers).some((value) => value !== undefined && typeof value !== 'string'))
      return 'a header that is no text';
    if (body !== null && typeof body?.[Symbol.asyncIterator] !== 'function') return 'no body to iterate';
    return undefined;
  } catch {
    return 'no fields that can be read';
  }
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

/** A function that gives the key, without the line end with which files and programs give it. */
export function trimmed(apiKey: () => string | Promise<string>): () => Promise<string> {
  return async () => {
    const key: unknown = await apiKey();
    // What is no text is refused as what it is.
    return (typeof key === 'string' ? key.replace(/\r?\n$/, '') : key) as string;
  };
}
