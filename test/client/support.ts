/** Real sockets to break, and a clock that moves only when somebody sleeps. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { Clock } from '../../src/client/clock.ts';
import { Client } from '../../src/client/index.ts';
import type { ClientOptions } from '../../src/client/options.ts';
import { closeConnections, transport } from '../../src/host/undici.ts';

export const KEY = 'wt_canary_key_0123456789';
/** The clock's start. */
export const NOW = Date.parse('2024-11-18T09:00:00Z');

export interface VirtualClock extends Clock {
  /** Every sleep asked for, in ms. */
  readonly sleeps: number[];
}

export function virtualClock(random: () => number = () => 0.5): VirtualClock {
  let elapsed = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => NOW + elapsed,
    monotonic: () => elapsed,
    random,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      elapsed += ms;
    },
  };
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Which connection it came over, from 1. */
  readonly connection: number;
  /** For breaking it. */
  readonly socket: Socket;
}

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  closeConnections();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function listening(server: Server, sockets: Set<Socket>): Promise<string> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export type Handler = (
  request: SeenRequest,
  response: ServerResponse,
  /** How many came before it. */
  index: number,
) => void;

/** A plain HTTP server. `requests` is what it has seen; `onRequest` is called before each is handled. */
export async function httpServer(handler: Handler) {
  const requests: SeenRequest[] = [];
  const state: { origin: string; requests: SeenRequest[]; onRequest?: (request: SeenRequest) => void } = {
    origin: '',
    requests,
  };
  const connections = new Map<Socket, number>();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://here');
      if (!connections.has(incoming.socket)) connections.set(incoming.socket, connections.size + 1);
      const seen: SeenRequest = {
        method: incoming.method ?? '',
        path: (incoming.url ?? '').split('?')[0] ?? '',
        query: Object.fromEntries(url.searchParams),
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
        connection: connections.get(incoming.socket) ?? 0,
        socket: incoming.socket,
      };
      requests.push(seen);
      state.onRequest?.(seen);
      handler(seen, response, requests.length - 1);
    });
  });
  state.origin = await listening(server, new Set());
  return state;
}

/** A server of bare sockets. `handler` is called with each request's head and body as they came in one piece. */
export async function rawServer(handler: (socket: Socket, request: string, index: number) => void) {
  const requests: string[] = [];
  const server = createRawServer((socket) => {
    socket.on('data', (data: Buffer) => {
      requests.push(data.toString('latin1'));
      handler(socket, data.toString('latin1'), requests.length - 1);
    });
  });
  const origin = await listening(server, new Set());
  return { origin, requests };
}

export function json(response: ServerResponse, status: number, value: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

export const envelope = (data: unknown, pagination?: unknown) => ({
  success: true,
  data,
  ...(pagination ? { pagination } : {}),
});

/** An HTTP answer as bytes on the wire, with its length. */
export function wire(status: string, body: string, headers = ''): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Ends a connection the hard way. */
export const reset = (socket: Socket) => socket.resetAndDestroy();

export function clientFor(origin: string, options: Partial<ClientOptions> = {}) {
  const clock = virtualClock();
  const client = new Client({ apiKey: KEY, baseUrl: `${origin}/v1`, transport, clock, ...options });
  return { client, clock };
}

/** What a promise was rejected with. */
export async function failure(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was not rejected');
}

export const JOHN = {
  id: 'emp_123456',
  name: 'John Doe',
  email: 'john@example.com',
  department: 'Engineering',
  position: 'Senior Developer',
  salary: 75000,
  status: 'active',
  created_at: '2024-01-15T10:30:00Z',
};
