/** Child processes through execa, never through a shell. */

import { execa, type Options } from 'execa';
import type { Child, ChildResult, SpawnOptions } from '../context.ts';
import { LocalError } from '../errors.ts';

function optionsFor(options: SpawnOptions, signal?: AbortSignal): Options {
  return {
    reject: false,
    shell: false,
    extendEnv: options.env === undefined,
    stripFinalNewline: false,
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

const text = (output: unknown) => (typeof output === 'string' ? output : '');

/** Runs a program to its end. Throws LocalError where it cannot be started, the signal's reason where it was aborted. */
export async function run(
  command: readonly string[],
  options: SpawnOptions = {},
  signal?: AbortSignal,
): Promise<ChildResult> {
  const [program = '', ...args] = command;
  const result = await execa(program, args, optionsFor(options, signal));
  if (result.isCanceled) throw signal?.reason;
  if (result.failed && result.exitCode === undefined && !result.isTerminated && !result.timedOut) {
    throw cannotStart(program, result as { code?: string });
  }
  return {
    exitCode: result.exitCode ?? (result.timedOut ? 124 : 1),
    stdout: text(result.stdout),
    stderr: text(result.stderr),
  };
}

/** Starts a program and hands out its lines as they come. Throws LocalError where it cannot be started. */
export async function start(command: readonly string[], options: SpawnOptions = {}): Promise<Child> {
  const [program = '', ...args] = command;
  const child = execa(program, args, { ...optionsFor(options), buffer: false, all: true });
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
      child.kill(signal);
    },
  };
}
