/** The built binary in a real process. */

import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';
import { temporaryFolder } from './context.ts';

export const BINARY = fileURLToPath(new URL('../../bin/worktime.js', import.meta.url));

/** An environment with nothing of this machine's in it but the PATH. */
export function cleanEnvironment(home: string = temporaryFolder()): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    WORKTIME_CONFIG_DIR: `${home}/config`,
    WORKTIME_STATE_DIR: `${home}/state`,
  };
}

/** Starts the binary. A failing exit is a result, not an exception. */
export function startBinary<T extends Options>(args: readonly string[], options?: T) {
  return execa(process.execPath, [BINARY, ...args], {
    reject: false,
    extendEnv: false,
    env: cleanEnvironment(),
    stripFinalNewline: false,
    ...options,
  } as T & { reject: false });
}
