/** A made-up world: streams in memory, a clock that only moves when somebody sleeps, chance from a seed. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Context, OutputStream, Prompts } from '../../src/context.ts';
import { ClosedOutputError, LocalError } from '../../src/errors.ts';
import { run as runChild, start } from '../../src/host/child.ts';
import { saveConfig } from '../../src/host/conf.ts';

/** An instant that tests start at: a Monday. */
export const START = Date.parse('2024-11-18T12:00:00Z');

export interface MemoryStream extends OutputStream {
  readonly text: () => string;
  readonly bytes: () => Buffer;
}

export interface StreamOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly color?: boolean;
  /** The reader goes away after so many bytes. */
  readonly closeAfter?: number;
  /** The disk is full after so many bytes. */
  readonly fullAfter?: number;
}

export function memoryStream(options: StreamOptions = {}): MemoryStream {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    isTTY: (options.columns ?? 0) > 0,
    columns: options.columns ?? 0,
    rows: options.rows ?? (options.columns ? 24 : 0),
    color: options.color ?? false,
    async write(chunk) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > (options.closeAfter ?? Number.POSITIVE_INFINITY)) throw new ClosedOutputError('closed');
      if (size > (options.fullAfter ?? Number.POSITIVE_INFINITY)) {
        throw new LocalError('cannot write to standard output: the disk is full', { code: 'enospc' });
      }
      chunks.push(bytes);
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
    bytes: () => Buffer.concat(chunks),
  };
}

/** Numbers in [0, 1) that are the same every time. */
export function seededRandom(seed = 1): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A folder that is gone after the tests of this file. */
export function temporaryFolder(prefix = 'worktime-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export interface TestContext extends Context {
  readonly stdout: MemoryStream;
  readonly stderr: MemoryStream;
  /** Moves the clock on. */
  advance(ms: number): void;
  /** What Ctrl-C does. */
  interrupt(reason: unknown): void;
  /** Every sleep that was asked for, in ms. */
  readonly sleeps: readonly number[];
}

export interface TestContextOptions {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Holds `config` and `state`; a fresh folder by default. */
  readonly home?: string;
  readonly now?: number;
  readonly seed?: number;
  readonly stdin?: string | Uint8Array;
  readonly stdinIsTTY?: boolean;
  readonly stdout?: StreamOptions;
  readonly stderr?: StreamOptions;
  readonly transport?: Context['transport'];
  readonly prompts?: Partial<Prompts>;
}

export function testContext(options: TestContextOptions = {}): TestContext {
  const home = options.home ?? temporaryFolder();
  const controller = new AbortController();
  const sleeps: number[] = [];
  let now = options.now ?? START;
  const started = now;
  const nobody = (): never => {
    throw new Error('a test was asked a question that it did not expect');
  };
  return {
    argv: options.argv ?? [],
    env: options.env ?? {},
    cwd: options.cwd ?? home,
    directories: { config: join(home, 'config'), state: join(home, 'state') },
    pid: process.pid,
    runtime: { node: process.versions.node, platform: 'test-x64' },
    stdin: {
      isTTY: options.stdinIsTTY ?? false,
      async *bytes() {
        if (options.stdin !== undefined) yield Buffer.from(options.stdin);
      },
    },
    stdout: memoryStream(options.stdout),
    stderr: memoryStream(options.stderr),
    now: () => now,
    monotonic: () => now - started,
    async sleep(ms, signal) {
      if (signal?.aborted) throw signal.reason;
      sleeps.push(ms);
      now += ms;
      // Lets whatever else is under way go on, as a real sleep would.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) throw signal.reason;
    },
    random: seededRandom(options.seed),
    signal: controller.signal,
    transport:
      options.transport ??
      (async () => {
        throw new Error('a test reached for the network');
      }),
    prompts: async () => ({
      input: nobody,
      password: nobody,
      confirm: nobody,
      select: nobody,
      search: nobody,
      ...options.prompts,
    }),
    run: (command, spawn) => runChild(command, spawn, controller.signal),
    start,
    saveConfig,
    advance: (ms) => {
      now += ms;
    },
    interrupt: (reason) => controller.abort(reason),
    sleeps,
  };
}
