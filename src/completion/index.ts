/** Completion scripts, made from the command tree. */

import type { Noun } from '../commands/index.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { completionTree, type Tree } from './model.ts';
import { powershellScript } from './powershell.ts';
import { zshScript } from './zsh.ts';

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

interface Script {
  /** Its name in `completions/`. */
  readonly file: string;
  readonly make: (tree: Tree) => string;
}

export const SCRIPTS: Readonly<Record<Shell, Script>> = {
  bash: { file: 'worktime.bash', make: bashScript },
  zsh: { file: '_worktime', make: zshScript },
  fish: { file: 'worktime.fish', make: fishScript },
  powershell: { file: 'worktime.ps1', make: powershellScript },
};

/** The script for a shell, ready to be sourced. */
export async function completionScript(shell: Shell, nouns: readonly Noun[]): Promise<string> {
  return SCRIPTS[shell].make(await completionTree(nouns));
}

/** Every script by its file's name. */
export async function completionFiles(nouns: readonly Noun[]): Promise<Readonly<Record<string, string>>> {
  const tree = await completionTree(nouns);
  return Object.fromEntries(Object.values(SCRIPTS).map(({ file, make }) => [file, make(tree)]));
}
