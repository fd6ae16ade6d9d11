/** From declarations to a parser, by commander: the only importer of it. */

import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander';
import type { AnyCommand, Option } from '../command.ts';
import type { Noun } from '../commands/index.ts';
import { EXIT, UsageError } from '../errors.ts';
import { globalOptions, helpOption, versionOption } from '../reference/globals.ts';
import { argumentUsage, optionPlaceholder, optionsOf } from '../reference/names.ts';

/** The words of a command line, sorted but not yet understood. */
export interface Words {
  readonly command: AnyCommand;
  readonly arguments: readonly string[];
  /** By camelCase name: a string, a list of them, or a boolean. */
  readonly options: Readonly<Record<string, string | readonly string[] | boolean>>;
}

/** What a command line asks for: a command, help on a path, or the version. */
export type Request =
  | { readonly type: 'run'; readonly words: Words }
  | { readonly type: 'help'; readonly path: readonly string[]; readonly asked: boolean }
  | { readonly type: 'version'; readonly json: boolean };

const flagsOf = ({ name, short }: Option) => `${short ? `-${short}, ` : ''}--${name}`;

function addOption(parser: Commander, option: Option): void {
  const placeholder = optionPlaceholder(option);
  const value =
    placeholder === undefined ? '' : option.optionalValue ? ` [${placeholder}]` : ` <${placeholder}>`;
  const built = new CommanderOption(`${flagsOf(option)}${value}`, option.description);
  if (option.kind) {
    built.argParser((text: string, previous: string | string[] | undefined) => {
      if (option.repeat) return [...((previous as string[] | undefined) ?? []), text];
      if (previous !== undefined) {
        throw new UsageError(`--${option.name} is given twice`, {
          code: 'repeated_flag',
          next: 'give it once',
        });
      }
      return text;
    });
  }
  parser.addOption(built);
}

/** Commander would default a negated flag to true: only what was given counts here. */
function given(parser: Commander): Record<string, string | readonly string[] | boolean> {
  const values = parser.opts() as Record<string, string | readonly string[] | boolean>;
  return Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => value !== undefined && parser.getOptionValueSource(key) !== 'default',
    ),
  );
}

function configure(parser: Commander): Commander {
  return parser
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined, outputError: () => undefined })
    .helpOption(flagsOf(helpOption))
    .helpCommand(false)
    .enablePositionalOptions()
    .showSuggestionAfterError(false);
}

/** More words than a command has arguments, in its own words where it has them. */
function tooMany(command: AnyCommand, words: readonly string[]): UsageError {
  if (command.tooMany) return command.tooMany(words);
  const names = (command.arguments ?? []).map((argument) => argumentUsage({ ...argument, required: true }));
  const taken =
    names.length === 0 ? 'none' : names.length === 1 ? `one, ${names[0]},` : `${names.join(' and ')},`;
  const name = ['worktime', ...command.path].join(' ');
  return new UsageError(`too many arguments: \`${name}\` takes ${taken} and got ${words.length}`, {
    code: 'excess_arguments',
    next: `see \`${name} --help\``,
  });
}

function addCommand(parser: Commander, command: AnyCommand, done: (words: Words) => void): void {
  for (const option of optionsOf(command)) addOption(parser, option);
  const declared = command.arguments ?? [];
  for (const argument of declared) {
    parser.argument(argument.variadic ? `[${argument.name}...]` : `[${argument.name}]`, argument.description);
  }
  parser.usage([...declared.map(argumentUsage), '[flags]'].join(' '));
  parser.allowExcessArguments().action(() => {
    if (parser.args.length > declared.length && !declared.some(({ variadic }) => variadic))
      throw tooMany(command, parser.args);
    const chain: Commander[] = [];
    for (let at: Commander | null = parser; at; at = at.parent) chain.unshift(at);
    done({ command, arguments: parser.args, options: Object.assign({}, ...chain.map(given)) });
  });
}

/** `error: unknown option '--form'` as a UsageError, with what was meant as its next line. */
async function usageError(
  error: CommanderError,
  path: readonly string[],
  nouns: readonly Noun[],
): Promise<UsageError> {
  const [first = ''] = error.message.replace(/^error: /, '').split('\n');
  const { elsewhere, suggestions } = await import('../reference/suggest.ts');
  const help = ['worktime', ...path, '--help'].join(' ');
  const other = await elsewhere(first, path, nouns);
  const near = other === undefined ? await suggestions(first, path, nouns) : [];
  return new UsageError(first, {
    code: error.code.replace('commander.', '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    next:
      other !== undefined
        ? `${other}; see \`${help}\``
        : near.length > 0
          ? `did you mean ${near.join(' or ')}? See \`${help}\``
          : `see \`${help}\``,
  });
}

/** A command's name below its noun. */
const verbOf = ({ path }: AnyCommand): string => path.slice(1).join(' ');

/** Those that a command line can name: building a parser for each of the others takes longer than the parse. */
function namedIn<T>(argv: readonly string[], all: readonly T[], nameOf: (each: T) => string): readonly T[] {
  const named = all.filter((each) => argv.includes(nameOf(each)));
  // An unknown name must meet a parser that knows of names.
  return named.length > 0 ? named : all;
}

/**
 * Sorts a command line. Only the noun that it names is loaded. Throws UsageError for a flag, command or argument
 * that is not there.
 */
export async function readCommandLine(argv: readonly string[], nouns: readonly Noun[]): Promise<Request> {
  let words: Words | undefined;
  let path: string[] = [];
  const done = (found: Words) => {
    words = found;
  };
  const root = configure(new Commander('worktime'));
  /** The parser that takes the name of a command next; undefined once there is one. */
  let group: Commander | undefined = root;
  for (const option of globalOptions) addOption(root, option);
  addOption(root, versionOption);
  for (const noun of namedIn(argv, nouns, ({ name }) => name)) configure(root.command(noun.name));
  root.hook('preSubcommand', async (_, parser) => {
    const noun = nouns.find(({ name }) => name === parser.name());
    if (!noun) return;
    path = [noun.name];
    group = noun.single ? undefined : parser;
    const commands = await noun.load();
    if (noun.single) {
      for (const command of commands) addCommand(parser, command, done);
      return;
    }
    for (const option of globalOptions) addOption(parser, option);
    for (const command of namedIn(argv, commands, verbOf)) {
      configure(parser.command(verbOf(command))).action(() => undefined);
    }
    parser.hook('preSubcommand', (__, leaf) => {
      const command = commands.find((candidate) => verbOf(candidate) === leaf.name());
      if (!command) return;
      path = [...command.path];
      group = undefined;
      addCommand(leaf, command, done);
    });
  });
  try {
    await root.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') {
      const [word = '-'] = group?.args ?? [];
      if (word.startsWith('-')) return { type: 'help', path, asked: true };
      // Help on what there is not would be help on something else.
      throw await usageError(
        new CommanderError(EXIT.usage, 'commander.unknownCommand', `unknown command '${word}'`),
        path,
        nouns,
      );
    }
    if (error.code === 'commander.help') {
      if (root.opts()['version']) return { type: 'version', json: root.opts()['json'] === true };
      return { type: 'help', path, asked: false };
    }
    throw await usageError(error, path, nouns);
  }
  if (words) return { type: 'run', words };
  if (root.opts()['version']) return { type: 'version', json: root.opts()['json'] === true };
  return { type: 'help', path, asked: false };
}
