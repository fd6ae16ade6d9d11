/** The command tree as plain data: for tools and agents. */

import type { AnyCommand, Option } from '../command.ts';
import type { Noun } from '../commands/index.ts';
import { EXIT_MEANINGS } from '../errors.ts';
import { version } from '../version.ts';
import { globalOptions, helpOption, versionOption } from './globals.ts';
import { optionPlaceholder, optionsOf } from './names.ts';
import { ENVIRONMENT, topics } from './topics.ts';

/** What `worktime help --all --format json` prints. Names are part of the contract with scripts. */
export interface Tree {
  readonly name: 'worktime';
  readonly version: string;
  readonly commands: readonly CommandNode[];
  /** Taken by every command. */
  readonly global_options: readonly OptionNode[];
  /** Taken where no command is named. */
  readonly root_options: readonly OptionNode[];
  readonly exit_codes: readonly { readonly code: number; readonly meaning: string }[];
  readonly environment: readonly { readonly name: string; readonly meaning: string }[];
  readonly topics: readonly { readonly name: string; readonly summary: string }[];
}

interface CommandNode {
  readonly command: string;
  readonly summary: string;
  readonly description: string | null;
  /** `read`, `write`, `delete`, or `local`: nothing is sent. */
  readonly effect: string;
  readonly endpoint: string | null;
  readonly arguments: readonly Record<string, unknown>[];
  /** Its own; `global_options` come on top. */
  readonly options: readonly OptionNode[];
  /** The fields of its rows that are known beforehand. */
  readonly fields: readonly string[];
  readonly examples: readonly { readonly command: string; readonly description: string }[];
}

interface OptionNode {
  readonly name: string;
  readonly short: string | null;
  readonly kind: string;
  readonly placeholder: string | null;
  readonly required: boolean;
  readonly repeat: boolean;
  readonly values: readonly string[] | null;
  readonly default: string | number | null;
  readonly description: string;
}

function optionNode(option: Option): OptionNode {
  return {
    name: `--${option.name}`,
    short: option.short ? `-${option.short}` : null,
    kind: option.kind ?? 'switch',
    placeholder: optionPlaceholder(option) ?? null,
    required: option.required === true,
    repeat: option.repeat === true,
    values: option.values ?? null,
    default: option.default ?? null,
    description: option.description,
  };
}

const isShown = (option: Option) => !option.hidden;

function nodeOf(command: AnyCommand): CommandNode {
  const shared = new Set(globalOptions);
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
      default: argument.default ?? null,
      description: argument.description,
    })),
    options: optionsOf(command)
      .filter((option) => isShown(option) && !shared.has(option))
      .map(optionNode),
    fields: (command.output.columns ?? []).map(({ path }) => path),
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
export async function commandTree(nouns: readonly Noun[], path: readonly string[]): Promise<Tree> {
  const commands = await allCommands(nouns);
  return {
    name: 'worktime',
    version,
    commands: commands.filter((command) => path.every((word, at) => command.path[at] === word)).map(nodeOf),
    global_options: [...globalOptions, helpOption].filter(isShown).map(optionNode),
    root_options: [optionNode(versionOption)],
    exit_codes: EXIT_MEANINGS.map(([code, meaning]) => ({ code, meaning })),
    environment: ENVIRONMENT.map(([name, meaning]) => ({ name, meaning })),
    topics: topics.map(({ name, summary }) => ({ name, summary })),
  };
}
