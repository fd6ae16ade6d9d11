/**
 * What every fault test has: a home of its own, servers to break, and the built binary in real processes. Whatever a
 * test is about, no process may ever show the key, a stack trace, or an exit code that is not in the table.
 */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { EXIT_MEANINGS } from '../../src/errors.ts';
import { cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

/** The long form: `npm run faults`. */
export const LONG = process.env['WORKTIME_LONG'] === '1';

/** All cases in the long form, each `step`th of them in the short one. */
export const some = <T>(cases: readonly T[], step: number): T[] =>
  cases.filter((_, at) => LONG || at % step === 0);

/** A key that must never be seen anywhere. */
export const CANARY = 'wt_canary_7f3a9c5e1b2d4f60';

/** Longer than this nothing takes that does not hang, in ms. */
const HANGS = 60_000;

const CODES = new Set<number>(EXIT_MEANINGS.map(([code]) => code));

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly socket: Socket;
}

export type Handler = (request: Seen, response: ServerResponse, index: number) => void;

export interface Server {
  readonly origin: string;
  readonly url: string;
  readonly requests: readonly Seen[];
  /** Connections, those that never said anything too. */
  readonly connections: () => number;
}

export interface Result {
  /** A death by a signal counts as a shell counts it: 128 and its number. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly server?: Server | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  /** Its stack trace is wanted. */
  readonly bug?: boolean;
}

export class World {
  readonly home = temporaryFolder('worktime-faults-');
  readonly state = join(this.home, 'state');
  readonly config = join(this.home, 'config');
  readonly #closers: (() => void | Promise<void>)[] = [];

  /** Starts an HTTP server that answers as `handler` has it. */
  async serve(handler: Handler): Promise<Server> {
    const requests: Seen[] = [];
    let connections = 0;
    const server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', () => {});
      incoming.on('end', () => {
        const url = new URL(incoming.url ?? '/', 'http://here');
        const seen: Seen = {
          method: incoming.method ?? '',
          path: (incoming.url ?? '').split('?')[0] ?? '',
          query: Object.fromEntries(url.searchParams),
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          socket: incoming.socket,
        };
        requests.push(seen);
        handler(seen, response, requests.length - 1);
      });
    });
    server.on('connection', (socket) => {
      connections += 1;
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.onClose(() => {
      server.closeAllConnections();
      server.close();
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { origin, url: `${origin}/v1`, requests, connections: () => connections };
  }

  environment({ server, env = {} }: RunOptions): Record<string, string | undefined> {
    const target = server ? { WORKTIME_BASE_URL: server.url, WORKTIME_API_KEY: CANARY } : {};
    return { ...cleanEnvironment(this.home), ...target, ...env };
  }

  /** Starts the binary; to be awaited, killed or both. */
  start(args: readonly string[], options: RunOptions = {}) {
    const child = startBinary(args, {
      env: this.environment(options),
      cwd: options.cwd ?? this.home,
      ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
      timeout: HANGS,
      killSignal: 'SIGKILL',
      maxBuffer: 256 * 1024 * 1024,
    });
    this.onClose(() => {
      child.kill('SIGKILL');
    });
    return child;
  }

  /** Runs the binary to its end, and holds it to what every run promises. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const { exitCode, signal, timedOut, stdout, stderr } = await this.start(args, options);
    expect(timedOut, `${args.join(' ')} hangs`).toBe(false);
    const result = {
      code: exitCode ?? 128 + (SIGNALS[signal ?? ''] ?? 100),
      stdout: String(stdout),
      stderr: String(stderr),
    };
    behaved(args, result, options.bug);
    return result;
  }

  onClose(closer: () => void | Promise<void>): void {
    this.#closers.push(closer);
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0).reverse()) await closer();
  }
}

const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** What every run promises. */
export function behaved(args: readonly string[], { code, stdout, stderr }: Result, bug = false): void {
  const about = `${args.join(' ').slice(0, 300)}\n${stderr.slice(0, 2000)}`;
  expect(CODES.has(code) || code === 129, `exit ${code} is not in the table: ${about}`).toBe(true);
  expect(`${stdout}${stderr}`.includes(CANARY), `the key is shown: ${about}`).toBe(false);
  if (bug) return;
  expect(code, `a bug: ${about}`).not.toBe(1);
  if (!args.includes('--debug')) expect(stderr, about).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
}

/** A test with a world of its own. */
export const it = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture that needs no other is written so
  world: async ({}, use) => {
    const world = new World();
    await use(world);
    await world.close();
  },
});

export function json(response: ServerResponse, status: number, value: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

export const envelope = (data: unknown, pagination?: unknown) => ({
  success: true,
  data,
  ...(pagination ? { pagination } : {}),
});

export const failure = (code: string, message: string, field?: string) => ({
  success: false,
  error: { code, message, ...(field ? { field } : {}) },
});

/** Exactly these bytes on the connection, and its end. */
export const bytes = (socket: Socket, ...parts: (string | Uint8Array)[]): void => {
  for (const part of parts) socket.write(part);
  socket.end();
};

/** Ends a connection the hard way. */
export const reset = (socket: Socket): void => {
  socket.resetAndDestroy();
};

export const JOHN = {
  id: 'emp_123456',
  name: 'John Doe',
  email: 'john@example.com',
  department: 'Engineering',
  position: 'Senior Developer',
  salary: 75_000,
  start_date: '2024-01-15',
  status: 'active',
  created_at: '2024-01-15T10:30:00Z',
};

/** A command of each verb, for one employee. */
export const VERBS: Readonly<Record<'GET' | 'POST' | 'PUT' | 'DELETE' | 'clock', readonly string[]>> = {
  GET: ['employees', 'get', JOHN.id, '--timezone', 'UTC'],
  POST: [
    ...[
      'employees',
      'create',
      '--name',
      'Jane Smith',
      '--email',
      'jane@example.com',
      '--department',
      'dept_eng',
    ],
    ...['--position', 'Developer', '--salary', '65000', '--start-date', '2024-02-01'],
  ],
  PUT: ['employees', 'update', JOHN.id, '--position', 'Architect'],
  DELETE: ['employees', 'delete', JOHN.id, '--yes'],
  clock: ['attendance', 'clock', 'in', JOHN.id, '--at', '2024-11-18T09:00:00Z', '--lock', 'lock_789'],
};
