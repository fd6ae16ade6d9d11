/** The real world: the only rooms that touch process, the clock, the network, conf and prompts are this file and host/. */

import { setMaxListeners } from 'node:events';
import { fstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { directoriesFor } from './config/directories.ts';
import type { Context } from './context.ts';
import { InterruptedError } from './errors.ts';
import { systemClock } from './host/clock.ts';
import { keepCompiled } from './host/compiled.ts';
import { spareMemory } from './host/memory.ts';
import { type Beside, createInput, createOutput } from './host/streams.ts';

/** Ctrl-C and SIGTERM abort the signal; a second one ends the process at once, for what does not listen. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  // Everything that waits listens to it, such as each of many answers that a sandbox holds back.
  setMaxListeners(0, controller.signal);
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

/** One that was removed while a shell stood in it keeps its name: only what is to be read or written there fails. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    const named = process.env['PWD'] ?? '';
    return isAbsolute(named) ? named : resolve('/', 'removed');
  }
}

/** The real Context. What costs start-up time is loaded when it is first used. */
export function createContext(): Context {
  const signal = interruption();
  const besidePrompt: Beside = {};
  const stderr = createOutput(2, wantsColor, fstatSync, besidePrompt);
  const directories = directoriesFor(process.env, process.platform, home());
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: workingDirectory(),
    directories,
    keepCompiled: () => keepCompiled(directories.state),
    // Undone first of all at the end, before compiled code is kept.
    spareMemory: () => process.prependOnceListener('exit', spareMemory()),
    pid: process.pid,
    runtime: { node: process.versions.node, platform: `${process.platform}-${process.arch}` },
    stdin: createInput(),
    stdout: createOutput(1, wantsColor, fstatSync),
    stderr,
    ...systemClock,
    signal,
    transport: async (request) => {
      const { spareParser, transport } = await import('./host/undici.ts');
      spareParser();
      return transport(request);
    },
    prompts: async () =>
      (await import('./host/prompts.ts')).createPrompts(signal, () => stderr.write(''), besidePrompt),
    run: async (command, options) => (await import('./host/child.ts')).run(command, options, signal),
    start: async (command, options) => (await import('./host/child.ts')).start(command, options),
    saveConfig: async (directory, content) => (await import('./host/conf.ts')).saveConfig(directory, content),
  };
}
