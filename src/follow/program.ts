/** Whether the program of `--exec` can be run at all: told at the start, not at the first record. */

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';

const OF_A_SHELL = /^(\||\|\||>|>>|<|&|&&|;|\$.*)$/;
const NO_SHELL = `no shell is used; write --exec 'sh -c "…"'`;

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
  const shell = command.find((word) => OF_A_SHELL.test(word));
  throw new UsageError(
    `--exec: there is no program "${program}" that can be run${shell === undefined ? '' : ` ("${shell}": ${NO_SHELL})`}`,
    {
      code: 'no_such_program',
      next: `check that ${program} is installed and on the PATH, or give its path`,
    },
  );
}

/** Said where a word stands in the command line that only a shell would obey; undefined where there is none. */
export function shellHint(command: readonly string[]): string | undefined {
  const word = command.slice(1).find((one) => OF_A_SHELL.test(one));
  return word && `--exec: "${word}" is given to ${command[0]} as it is: ${NO_SHELL}`;
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
