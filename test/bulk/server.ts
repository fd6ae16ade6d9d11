/** The sandbox behind a real socket, with the faults that lose answers, and a ledger of every write it applied. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/sandbox/app.ts';
import { RateLimiter } from '../../src/sandbox/rate.ts';
import { memoryStore } from '../../src/sandbox/store.ts';
import { START } from '../support/context.ts';

export interface Applied {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** What happens to a request: answered, cut before anything is done, or done and never answered. */
export type Fate = 'answer' | 'reset' | 'drop';

export interface TestServer {
  readonly url: string;
  readonly ledger: Applied[];
  /** Every request as it came: `GET /employees`. */
  readonly requests: string[];
  /** Answers by status. */
  readonly statuses: Map<number, number>;
  fate: (method: string, path: string) => Fate;
  /** A status and an error instead of the sandbox's answer. */
  intercept: ((method: string, path: string) => { status: number; body: unknown } | undefined) | undefined;
  /** What an answer of one employee shows instead of them. */
  shown: ((method: string, employee: Record<string, unknown>) => object) | undefined;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Seeded; none by default. */
  readonly employees?: number;
  /** Requests in `window` ms of real time; by default more than anybody sends. */
  readonly limit?: number;
  readonly window?: number;
  /** ms; by default it stands still. */
  readonly now?: () => number;
}

/** Starts it on a free port, its state in memory. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const now = options.now ?? (() => START);
  const store = memoryStore({ employees: options.employees ?? 0 }, { now, pinned: false });
  const rate = new RateLimiter(options.limit ?? 1_000_000, options.window ?? 3_600_000, () =>
    performance.now(),
  );
  const sandbox = createApp({ store, rate, now });
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => request.socket.destroy());
  });
  const handle: TestServer = {
    url: '',
    ledger: [],
    requests: [],
    statuses: new Map(),
    fate: () => 'answer',
    intercept: undefined,
    shown: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = request.method ?? 'GET';
    const path = (request.url ?? '').replace(/^\/v1/, '').replace(/\?.*/, '');
    const body = Buffer.concat(chunks).toString();
    handle.requests.push(`${method} ${path}`);
    const fate = handle.fate(method, path);
    if (fate === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const instead = handle.intercept?.(method, path);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const found = instead
      ? {
          status: instead.status,
          headers: { 'content-type': 'application/json', date: new Date(now()).toUTCString() },
          body: JSON.stringify(instead.body),
        }
      : await sandbox({ method, url: `http://sandbox${request.url}`, headers, body });
    handle.statuses.set(found.status, (handle.statuses.get(found.status) ?? 0) + 1);
    if (method !== 'GET' && found.status < 300) {
      handle.ledger.push({ method, path, body: body === '' ? {} : JSON.parse(body) });
    }
    if (fate === 'drop') {
      request.socket.resetAndDestroy();
      return;
    }
    const { shown } = handle;
    if (shown && found.status < 300 && /^\/employees/.test(path)) {
      const { data, ...rest } = JSON.parse(String(found.body));
      const part = Array.isArray(data) ? data : shown(method, data);
      response.writeHead(found.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...rest, data: part }));
      return;
    }
    response.writeHead(found.status, found.headers);
    response.end(found.body as string | Uint8Array);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(handle, { url: `http://127.0.0.1:${port}/v1` });
}

/** The environment of a command line that talks to it. */
export function environmentFor(server: TestServer, key = 'wt_sandbox_full'): Record<string, string> {
  return { WORKTIME_BASE_URL: server.url, WORKTIME_API_KEY: key };
}
