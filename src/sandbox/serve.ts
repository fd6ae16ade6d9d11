/** The sandbox over HTTP: the same app behind a guarded door, and everything that can go wrong on the way to it. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LocalError } from '../errors.ts';
import { BASE_PATH, baseHeaders, errorBody, splitUrl } from './app.ts';
import { control } from './control.ts';
import { misfortune, spoilReset } from './faults.ts';
import { checkCaller, isLoopback, type Known, toOriginForm } from './guard.ts';
import { ApiError, type SandboxResponse } from './http.ts';
import { type Bench, type BenchOptions, createBench } from './server-state.ts';

export interface ServeOptions extends BenchOptions {
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** 0: any free one. */
  readonly port: number;
  /** Further names by which it may be called. */
  readonly allowHosts?: readonly string[] | undefined;
  /** Told of faults of the disk, which are no answer of the API's. */
  readonly onFault?: ((error: Error) => void) | undefined;
}

export interface Server {
  /** The base URL of the API, such as http://127.0.0.1:4010/v1. */
  readonly url: string;
  readonly pid: number;
  readonly bench: Bench;
  /** Stops listening, drops every connection, stops what runs by itself. */
  close(): Promise<void>;
}

const CONTROL_PATH = '/__sandbox';
const MAX_BODY = 1 << 20;
/** ms and counts: nobody may hold the door open. */
const LIMITS = { headers: 5000, request: 30_000, keepAlive: 15_000, connections: 500 } as const;

/** Starts it; resolves once connections are accepted. Throws LocalError where the address cannot be had. */
export async function serve(options: ServeOptions): Promise<Server> {
  const bench = await createBench(options);
  const host = options.host ?? '127.0.0.1';
  const known: Known = new Set();
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    try {
      toOriginForm(incoming);
      checkCaller(incoming, host, options.allowHosts ?? [], known);
      const door = isControl(incoming.url ?? '/') ? answerControl : answerApi;
      await door(bench, incoming, outgoing);
    } catch (error) {
      refuse(bench, outgoing, error, options.onFault);
    }
  };
  const server = createServer(
    {
      headersTimeout: LIMITS.headers,
      requestTimeout: LIMITS.request,
      keepAliveTimeout: LIMITS.keepAlive,
      connectionsCheckingInterval: 1000,
    },
    (incoming, outgoing) => void answer(incoming, outgoing),
  );
  server.maxConnections = LIMITS.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, host, options.port)));
    server.listen(options.port, host, resolve);
  }).catch(async (error: unknown) => {
    await bench.stop();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}${BASE_PATH}`,
    pid: options.context.pid,
    bench,
    async close() {
      await bench.stop();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

const isControl = (url: string) => url.startsWith(`${CONTROL_PATH}/`);

async function answerApi(bench: Bench, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  const { faults, luck, context } = bench;
  const what = misfortune(faults, luck, method, url.slice(BASE_PATH.length));
  if (what.delay > 0) await context.sleep(what.delay, context.signal);
  if (what.fault === 'drop_before_commit') return drop(incoming);
  const body = await bodyOf(incoming);
  if (what.fault === 'fail')
    throw new ApiError(what.status, 'server_error', 'Something went wrong, as asked for');
  if (what.fault === 'hang') return;
  const headers = incoming.headers as Record<string, string>;
  const answer = await bench.handle({ method, url, headers, body });
  if (what.fault === 'drop_after_commit') return drop(incoming);
  if (faults.reset) spoilReset(answer.headers, faults.reset);
  if (what.fault === 'cut_body') return cut(outgoing, answer);
  await send(outgoing, answer);
}

async function answerControl(
  bench: Bench,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (incoming.headers.origin !== undefined) throw forbidden('A control path answers no browser');
  if (!isLoopback(incoming.socket.remoteAddress)) throw forbidden('A control path answers on loopback alone');
  const { path: whole, query } = splitUrl(incoming.url ?? '/');
  const body = await bodyOf(incoming);
  const path = whole.slice(CONTROL_PATH.length);
  const data = await control(bench, { method: incoming.method ?? 'GET', path, query, body });
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  await send(outgoing, { status: 200, headers, body: JSON.stringify({ success: true, data }) });
}

const forbidden = (message: string) => new ApiError(403, 'forbidden', message);

/** The reader meets a reset, whatever has happened here. */
function drop(incoming: IncomingMessage): void {
  incoming.socket.resetAndDestroy();
}

/** Half of the body that was announced, then nothing. */
function cut(outgoing: ServerResponse, answer: SandboxResponse): void {
  const bytes = Buffer.from(
    typeof answer.body === 'string' || answer.body instanceof Uint8Array
      ? answer.body
      : '{"success":true,"data":[',
  );
  outgoing.writeHead(answer.status, {
    ...answer.headers,
    'content-length': String(Math.max(2, bytes.length)),
  });
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.socket?.destroy());
}

async function send(outgoing: ServerResponse, { status, headers, body }: SandboxResponse): Promise<void> {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    headers['content-length'] = String(Buffer.byteLength(body));
    outgoing.writeHead(status, headers).end(body);
    return;
  }
  outgoing.writeHead(status, headers);
  await pipeline(Readable.from(body), outgoing);
}

function refuse(
  bench: Bench,
  outgoing: ServerResponse,
  error: unknown,
  onFault: ServeOptions['onFault'],
): void {
  if (outgoing.headersSent || outgoing.destroyed) {
    outgoing.destroy();
    return;
  }
  if (!(error instanceof ApiError) && error instanceof Error) onFault?.(error);
  const known = error instanceof ApiError ? error : new ApiError(500, 'server_error', String(error));
  const headers = baseHeaders(bench.rate.peek(), bench.clock.now());
  if (bench.faults.reset) spoilReset(headers, bench.faults.reset);
  // What is left of a body that was too large is not worth reading.
  if (known.status === 413) headers.connection = 'close';
  send(outgoing, { status: known.status, headers, body: errorBody(known) }).catch(() => undefined);
}

function bodyOf(incoming: IncomingMessage): Promise<string | undefined> | undefined {
  if (incoming.method === 'GET' || incoming.method === 'HEAD') return undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
      else reject(new ApiError(413, 'invalid_request', `The body is larger than ${MAX_BODY} bytes`));
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    incoming.on('error', reject);
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): LocalError {
  const used = error.code === 'EADDRINUSE';
  return new LocalError(`cannot listen on ${host}:${port}: ${used ? 'the port is in use' : error.message}`, {
    ...(used ? { field: 'port' } : {}),
    code: used ? 'port_in_use' : 'cannot_listen',
    cause: error,
    next: used
      ? 'end what uses it, or choose another with --port (0: any free one)'
      : 'choose another --host or --port',
  });
}
