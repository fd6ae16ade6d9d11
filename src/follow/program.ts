/** Whether the program of `--exec` can be run at all: told at the start, not at the first record. */

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';

/** @throws UsageError where the program is not on the PATH, nor a path of something that can be run. */
export async function checkProgram(
  command: readonly string[],
  { env, cwd, runtime }: Pick<Context, 'env' | 'cwd' | 'runtime'>,
): Promise<void> {
  const [program = ''] = command;
  const isWindows = runtime.platform.startsWith('win32');
  const isPath = program.includes('/') || (isWindows && program.includes('\\'));
  const path = Object.entries(env).find(([name]) => (isWindows ? name.toUpperCase() : name) === 'PATH')?.[1];
  const folders = isPath ? [cwd] : [...(isWindows ? [cwd] : []), ...(path ?? '').split(delimiter)];
  const endings = isWindows ? ['', ...(env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';')] : [''];
  for (const folder of folders) {
    for (const ending of endings) {
      const place = isPath ? resolve(folder, program) : join(folder || cwd, program);
      if (await canRun(place + ending)) return;
    }
  }
  throw new UsageError(`--exec: there is no program "${program}" that can be run`, {
    code: 'no_such_program',
    next: `check that ${program} is installed and on the PATH, or give its path`,
  });
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
