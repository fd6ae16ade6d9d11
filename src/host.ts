/** The real world: the only rooms that touch process, the clock, the network, conf and prompts are this file and host/. */

import { fstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { directoriesFor } from './config/directories.ts';
import type { Context } from './context.ts';
import { InterruptedError } from './errors.ts';
import { createInput, createOutput } from './host/streams.ts';

/** The longest delay that Node's timers keep; beyond it they fire at once. */
const MAX_TIMER = 2_147_000_000;

const abortReason = (signal: AbortSignal) => signal.reason ?? new InterruptedError();

function sleepOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortReason(signal));
    const onAbort = () => {
      clearTimeout(timer);
      reject(abortReason(signal as AbortSignal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  for (let left = ms; left > 0; left -= MAX_TIMER) await sleepOnce(Math.min(left, MAX_TIMER), signal);
  if (signal?.aborted) throw abortReason(signal);
}

/** Ctrl-C and SIGTERM abort the signal; a second one ends the process at once, for what does not listen. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const error = new InterruptedError(name);
      if (controller.signal.aborted) process.exit(error.exit);
      controller.abort(error);
    });
  }
  return controller.signal;
}

/** Color as the NO_COLOR and FORCE_COLOR conventions have it: either, when it is set and not empty, beats the terminal. */
function wantsColor(isTTY: boolean): boolean {
  if (process.env['NO_COLOR']) return false;
  const force = process.env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return isTTY && process.env['TERM'] !== 'dumb';
}

function home(): string | undefined {
  try {
    return homedir() || undefined;
  } catch {
    return undefined;
  }
}

/** The real Context. What costs start-up time is loaded when it is first used. */
export function createContext(): Context {
  const signal = interruption();
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    directories: directoriesFor(process.env, process.platform, home()),
    pid: process.pid,
    runtime: { node: process.versions.node, platform: `${process.platform}-${process.arch}` },
    stdin: createInput(),
    stdout: createOutput(1, wantsColor, fstatSync),
    stderr: createOutput(2, wantsColor, fstatSync),
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep,
    random: () => Math.random(),
    signal,
    transport: async (request) => (await import('./host/undici.ts')).transport(request),
    prompts: async () => (await import('./host/prompts.ts')).createPrompts(signal),
    run: async (command, options) => (await import('./host/child.ts')).run(command, options, signal),
    start: async (command, options) => (await import('./host/child.ts')).start(command, options),
    saveConfig: async (directory, content) => (await import('./host/conf.ts')).saveConfig(directory, content),
  };
}
