/** The command tree as plain data: for tools, for completion scripts, for the manual. */

import type { AnyCommand } from '../command.ts';
import type { Noun } from '../commands/index.ts';
import { optionPlaceholder, optionsOf } from './names.ts';

/** One command as `worktime help --all --format json` prints it. */
export interface CommandNode {
  readonly command: string;
  readonly summary: string;
  readonly description: string | null;
  readonly effect: string;
  readonly endpoint: string | null;
  readonly arguments: readonly Record<string, unknown>[];
  readonly options: readonly Record<string, unknown>[];
  readonly examples: readonly Record<string, unknown>[];
}

function nodeOf(command: AnyCommand): CommandNode {
  return {
    command: command.path.join(' '),
    summary: command.summary,
    description: command.description ?? null,
    effect: command.effect,
    endpoint: command.endpoint ?? null,
    arguments: (command.arguments ?? []).map((argument) => ({
      name: argument.name,
      kind: argument.kind,
      required: argument.required === true,
      variadic: argument.variadic === true,
      values: argument.values ?? null,
      description: argument.description,
    })),
    options: optionsOf(command)
      .filter((option) => !option.hidden)
      .map((option) => ({
        name: `--${option.name}`,
        short: option.short ? `-${option.short}` : null,
        kind: option.kind ?? 'switch',
        placeholder: optionPlaceholder(option) ?? null,
        required: option.required === true,
        repeat: option.repeat === true,
        values: option.values ?? null,
        description: option.description,
      })),
    examples: (command.examples ?? []).map(({ command: line, description }) => ({
      command: `worktime ${line}`,
      description,
    })),
  };
}

/** Every command of the tree, in its order. */
export async function allCommands(nouns: readonly Noun[]): Promise<readonly AnyCommand[]> {
  return (await Promise.all(nouns.map((noun) => noun.load()))).flat();
}

/** The tree below a path; an empty path is all of it. */
export async function commandTree(nouns: readonly Noun[], path: readonly string[]): Promise<readonly CommandNode[]> {
  const commands = await allCommands(nouns);
  return commands.filter((command) => path.every((word, at) => command.path[at] === word)).map(nodeOf);
}
