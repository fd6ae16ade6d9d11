/** Child processes through execa, never through a shell. */

import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { execa, type Options } from 'execa';
import type { Child, ChildResult, SpawnOptions } from '../context.ts';
import { LocalError } from '../errors.ts';

/** Of what a program prints so much is kept of either stream, in bytes; the rest is read and dropped. */
const KEPT = 1024 * 1024;
/** ms after a program's end in which what it left running may still print; then its pipes are closed. */
const AFTERWORD = 500;

/** What is used here of a process, whatever execa's options make of its type. */
type Spawned = Pick<ChildProcess, 'once' | 'stdout' | 'stderr'> & { readonly all?: Readable | undefined };

function optionsFor(options: SpawnOptions, signal?: AbortSignal): Options {
  return {
    reject: false,
    shell: false,
    buffer: false,
    extendEnv: options.env === undefined,
    ...(options.env ? { env: options.env as Record<string, string> } : {}),
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.inheritStderr ? { stderr: 'inherit' as const } : {}),
    ...(signal ? { cancelSignal: signal } : {}),
  };
}

function cannotStart(program: string, cause: { code?: string; shortMessage?: string }): LocalError {
  return new LocalError(`cannot start "${program}"${cause.code ? ` (${cause.code})` : ''}`, {
    code: 'cannot_start',
    next: `check that ${program} is installed and on the PATH`,
  });
}

/** A program has ended when it has ended: what it left running may hold its pipes open for ever. */
function closeAfterExit(child: Spawned): void {
  child.once('exit', () => {
    const late = setTimeout(() => {
      for (const stream of [child.stdout, child.stderr, child.all]) stream?.destroy();
    }, AFTERWORD);
    child.once('close', () => clearTimeout(late));
  });
}

/** Collects the beginning of a stream; gives its text. */
function collect(stream: NodeJS.ReadableStream | null | undefined): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (size >= KEPT) return;
    const part = chunk.subarray(0, KEPT - size);
    size += part.length;
    chunks.push(part);
  });
  return () => Buffer.concat(chunks).toString();
}

/** Runs a program to its end. Throws LocalError where it cannot be started, the signal's reason where it was aborted. */
export async function run(
  command: readonly string[],
  options: SpawnOptions = {},
  signal?: AbortSignal,
): Promise<ChildResult> {
  const [program = '', ...args] = command;
  const signals = [signal, options.signal].filter((one) => one !== undefined);
  const ended = signals.length > 0 ? AbortSignal.any(signals) : undefined;
  const child = execa(program, args, optionsFor(options, ended));
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  closeAfterExit(child);
  const result = await child;
  if (result.isCanceled) throw ended?.reason;
  if (result.failed && result.exitCode === undefined && !result.isTerminated && !result.timedOut) {
    throw cannotStart(program, result as { code?: string });
  }
  return {
    exitCode: result.exitCode ?? (result.timedOut ? 124 : 1),
    stdout: stdout(),
    stderr: stderr(),
  };
}

/**
 * Starts a program and hands out its lines as they come. On POSIX it leads a group of its own, so that `kill` reaches what
 * it started too, and Ctrl-C reaches it by way of us. Throws LocalError where it cannot be started.
 */
export async function start(command: readonly string[], options: SpawnOptions = {}): Promise<Child> {
  const [program = '', ...args] = command;
  const detached = process.platform !== 'win32';
  const child = execa(program, args, { ...optionsFor(options), all: true, detached });
  closeAfterExit(child);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(cannotStart(program, error.code === undefined ? {} : { code: error.code })),
    );
  });
  async function* lines(): AsyncGenerator<string> {
    for await (const line of child.iterable({ from: 'all' })) yield String(line);
  }
  return {
    pid: child.pid,
    lines: lines(),
    done: child.then((result) => ({ exitCode: result.exitCode ?? 1, stdout: '', stderr: '' })),
    kill: (signal = 'SIGTERM') => {
      if (!detached || child.pid === undefined) return void child.kill(signal);
      try {
        process.kill(-child.pid, signal);
      } catch {
        // The whole group has ended.
      }
    },
  };
}
