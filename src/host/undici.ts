/** HTTP to the real network, on undici's connection. Only its core is imported: see `undici-modules.d.ts`. */

import type { Socket } from 'node:net';
import buildConnector from 'undici/lib/core/connect.js';
import Client from 'undici/lib/dispatcher/client.js';
import type { HttpRequest, HttpResponse, Transport } from '../client/transport.ts';
import { TransportError } from '../client/transport.ts';
import { BodyQueue } from './body-queue.ts';

/** One connection, and its socket while that is still being made: undici itself lets go of it only once it stands. */
interface Connection {
  readonly client: Client;
  readonly origin: string;
  socket: Socket | undefined;
}

// Verification is on whatever the environment says: no bypass is offered.
const connector = buildConnector({ timeout: 0, rejectUnauthorized: true });

/** Connections at rest, by origin. Undici unrefs their sockets, so none of them keeps the process alive. */
const idle = new Map<string, Connection[]>();

/** Whether the parser is still to be made, and to be left as it is first compiled. */
let parserSpared = false;
let parserMade = false;

/** What V8 does with a WebAssembly module: all of it compiled at once, and nothing of it optimized, where these are off. */
const WASM_FLAGS = ['wasm-lazy-compilation', 'wasm-tier-up', 'wasm-dynamic-tiering'];

/**
 * On Node 20 the optimizer takes undici's HTTP parser in hand after some answers: 30 MB, and 100 ms in which the process
 * cannot end. Made with these flags off it stays as it was first compiled, which is quick enough. They are on by default
 * and set on again: what V8 has compiled is taken back by the next run only under equal flags. They are the whole
 * process's, its other threads' too, so only the program that owns the process may call this, and no library.
 */
export function spareParser(): void {
  parserSpared = !parserMade && Number.parseInt(process.versions.node, 10) < 22;
}

function setWasmFlags(on: boolean): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of WASM_FLAGS) setFlagsFromString(`--${on ? '' : 'no-'}${flag}`);
}

function connect(origin: string): Connection {
  const connection: Connection = {
    origin,
    socket: undefined,
    client: new Client(origin, {
      connect: (options, callback) => {
        const socket = connector(options, (error, made) => {
          // Undici makes its parser inside this callback, unless nobody waits for the connection any more.
          const makes = !parserMade && !error && !connection.client.destroyed;
          const spares = makes && parserSpared;
          if (spares) setWasmFlags(false);
          try {
            callback(error, made);
          } finally {
            if (spares) setWasmFlags(true);
            parserMade ||= makes;
          }
        });
        connection.socket = socket;
        return socket;
      },
      pipelining: 1,
      // The deadline is the client's, and for the whole attempt.
      headersTimeout: 0,
      bodyTimeout: 0,
    }),
  };
  return connection;
}

function discard({ client, socket }: Connection): void {
  if (!client.destroyed) client.destroy().catch(() => {});
  socket?.destroy();
}

/** Closes every connection at rest. */
export function closeConnections(): void {
  for (const connections of idle.values()) connections.forEach(discard);
  idle.clear();
}

/**
 * Sends a request over a connection at rest or a new one. Follows no redirect, decodes nothing. Throws TransportError,
 * or the signal's reason; `unsent`, `dns` and `tls` are certain: the request was never written.
 */
export const transport: Transport = (request) =>
  new Promise<HttpResponse>((resolve, reject) => {
    const { signal } = request;
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const url = new URL(request.url);
    const rested = request.freshConnection ? undefined : idle.get(url.origin)?.pop();
    const connection = rested ?? connect(url.origin);
    let written = false;
    let queue: BodyQueue | undefined;
    let reason: unknown;

    const finish = (keep: boolean) => {
      signal?.removeEventListener('abort', onAbort);
      if (!keep || request.freshConnection) {
        discard(connection);
        return;
      }
      const resting = idle.get(connection.origin);
      if (resting) resting.push(connection);
      else idle.set(connection.origin, [connection]);
    };
    const fail = (error: unknown) => {
      finish(false);
      if (queue) queue.fail(error);
      else reject(error);
    };
    const onAbort = () => {
      reason = signal?.reason;
      fail(written ? reason : unsent(reason));
    };
    signal?.addEventListener('abort', onAbort, { once: true });

    connection.client.dispatch(
      {
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.body,
        ...(request.freshConnection ? { reset: true } : {}),
      },
      {
        onConnect() {
          written = true;
        },
        onHeaders(status, raw, resume) {
          if (status < 200) return true;
          queue = new BodyQueue(resume, () => fail(new TransportError('no longer wanted', 'broken')));
          resolve({ status, headers: readHeaders(raw), body: queue });
          return true;
        },
        onData: (chunk) => queue?.push(chunk) ?? true,
        onComplete() {
          finish(true);
          queue?.end();
        },
        onError(error) {
          if (reason === undefined) fail(classify(error, written, request));
        },
      },
    );
  });

function readHeaders(raw: readonly Buffer[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toString('latin1').toLowerCase() ?? '';
    const value = raw[at + 1]?.toString('latin1') ?? '';
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

/** A deadline that passed before anything was written is as good as a refusal. */
function unsent(reason: unknown): unknown {
  return reason instanceof TransportError && reason.fault === 'timeout'
    ? new TransportError('no connection in time', 'unsent', { code: 'ETIMEDOUT', cause: reason })
    : reason;
}

/** What plain text looks like that is read as TLS: its first bytes are taken for a version, or for a length. */
const NO_TLS = 'that port does not speak TLS';

const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name server did not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an unknown authority',
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the connection was closed',
};

function classify(error: Error, written: boolean, request: HttpRequest): TransportError {
  // Undici names no code for an answer that is no HTTP.
  const code =
    error.name === 'HTTPParserError' ? 'HPE_INVALID' : String((error as { code?: unknown }).code ?? '');
  // Node's own TLS errors say what is wrong; undici's and the system's are known by their codes.
  const message =
    MEANINGS[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
  const make = (fault: 'unsent' | 'broken' | 'tls' | 'dns') =>
    new TransportError(message, fault, { code, cause: error });
  if (written) return make('broken');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return make('dns');
  const secure = request.url.startsWith('https:');
  return make(secure && /CERT|SIGN|SSL|TLS|EPROTO|ISSUER/.test(code) ? 'tls' : 'unsent');
}
