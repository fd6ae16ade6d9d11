/** A served sandbox on a free port, and plain HTTP to speak to it. */

import { Agent, request } from 'node:http';
import { afterEach } from 'vitest';
import { transport } from '../../src/host/undici.ts';
import { type ServeOptions, type Server, serve } from '../../src/sandbox/serve.ts';

const running: Server[] = [];
const agent = new Agent({ keepAlive: false });

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** The documented employee to create. */
export const JANE = {
  name: 'Jane Smith',
  email: 'jane@example.com',
  department_id: 'dept_789',
  position: 'Marketing Manager',
  salary: 65000,
  start_date: '2024-02-01',
};

const never = new AbortController().signal;

/** Real time, for what happens at sockets. */
export const realContext: ServeOptions['context'] = {
  pid: process.pid,
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: Math.random,
  signal: never,
  transport,
  sleep: (ms, signal) =>
    new Promise<void>((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    }),
};

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly body: any;
  /** Whether all came that was announced. */
  readonly complete: boolean;
}

export interface Served {
  readonly server: Server;
  readonly port: number;
  readonly http: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  readonly api: (method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly control: (method: string, path: string, body?: unknown) => Promise<Answer['body']>;
}

export async function served(options: Partial<ServeOptions> = {}): Promise<Served> {
  const server = await serve({
    context: realContext,
    directory: null,
    port: 0,
    plan: 'enterprise',
    ...options,
  });
  running.push(server);
  const port = Number(new URL(server.url).port);
  const http: Served['http'] = (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const asked = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
        const chunks: Buffer[] = [];
        const done = () => {
          const text = Buffer.concat(chunks).toString('utf8');
          let parsed: unknown;
          try {
            parsed = JSON.parse(text);
          } catch {}
          const flat = Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          );
          resolve({
            status: answer.statusCode ?? 0,
            headers: flat,
            text,
            body: parsed,
            complete: answer.complete,
          });
        };
        answer
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', done)
          .on('error', done);
      });
      asked.on('error', reject).end(sent);
    });
  const authorization = 'Bearer wt_sandbox_full';
  return {
    server,
    port,
    http,
    api: (method, path, body) => http(method, `/v1${path}`, body, { authorization }),
    async control(method, path, body) {
      const answer = await http(method, `/__sandbox${path}`, body);
      if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body.data;
    },
  };
}

/** Waits for what real time brings; the test's own timeout is the only limit. */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
