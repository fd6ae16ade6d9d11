/** From words to what a command is given: typed values, all checked before it runs. */

import type { AnyCommand, Argument, Input, Option } from '../command.ts';
import { UsageError } from '../errors.ts';
import { argumentUsage, optionKey } from '../reference/names.ts';
import type { Words } from './program.ts';
import { parseValue, type ValueContext } from './values.ts';

/** Reads one flag's words. A switch, and a flag whose value was left out, are booleans already. */
async function readOption(
  option: Option,
  word: string | readonly string[] | boolean,
  context: ValueContext,
): Promise<unknown> {
  if (typeof word === 'boolean') return word;
  const name = `--${option.name}`;
  if (typeof word === 'string') return parseValue(word, name, option, context);
  return Promise.all(word.map((each) => parseValue(each, name, option, context)));
}

const isOneOf = (word: string | undefined, values: Argument['values']) =>
  word !== undefined && values?.some((value) => value.toLowerCase() === word.toLowerCase()) === true;

async function readArguments(
  command: AnyCommand,
  words: readonly string[],
  context: ValueContext,
): Promise<Input> {
  const values: Record<string, unknown> = {};
  let rest = [...words];
  const all = command.arguments ?? [];
  for (const [at, argument] of all.entries()) {
    const name = argument.placeholder ?? argument.name.toUpperCase();
    if (
      argument.default !== undefined &&
      rest.length < all.length - at &&
      !isOneOf(rest[0], argument.values)
    ) {
      values[argument.name] = argument.default;
      continue;
    }
    const taken = argument.variadic ? rest : rest.slice(0, 1);
    rest = rest.slice(taken.length);
    const read = await Promise.all(taken.map((word) => parseValue(word, name, argument, context)));
    if (read.length > 0) values[argument.name] = argument.variadic ? read : read[0];
  }
  if (rest.length > 0) {
    throw new UsageError(`"${rest[0]}" is one argument too many`, {
      code: 'excess_arguments',
      next: `see \`worktime ${command.path.join(' ')} --help\``,
    });
  }
  return values;
}

/** Reads every word of a command line. Throws UsageError for the first that cannot be understood. */
export async function readInput(
  words: Words,
  options: readonly Option[],
  context: ValueContext,
): Promise<Input> {
  const values: Record<string, unknown> = {
    ...(await readArguments(words.command, words.arguments, context)),
  };
  for (const option of options) {
    const word = words.options[optionKey(option.name)];
    if (word !== undefined) values[optionKey(option.name)] = await readOption(option, word, context);
  }
  return values;
}

/** What the flags of a command are where nobody says otherwise. */
export function defaultsOf(command: AnyCommand): Input {
  return Object.fromEntries(
    (command.options ?? []).flatMap(({ name, default: value }) =>
      value === undefined ? [] : [[optionKey(name), value]],
    ),
  );
}

/** `bash, zsh or fish`. */
function anyOf(values: readonly string[]): string {
  const [last = '', ...others] = [...values].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}

/** A missing argument as it is to be added, with what it may be where it is one of a few: `SHELL (bash, zsh or fish)`. */
function added(argument: Argument): string {
  const { placeholder, values = [] } = argument;
  if (values.length === 0) return argumentUsage(argument);
  return placeholder === values.join('|') ? anyOf(values) : `${argumentUsage(argument)} (${anyOf(values)})`;
}

/** Checks that what is required is there. Throws UsageError naming all that is missing. */
export function checkRequired(command: AnyCommand, input: Input): void {
  const words = (command.arguments ?? []).filter(
    (argument: Argument) => argument.required && input[argument.name] === undefined,
  );
  const flags = (command.options ?? [])
    .filter((option) => option.required && input[optionKey(option.name)] === undefined)
    .map((option) => `--${option.name}`);
  const absent = [...words.map(argumentUsage), ...flags];
  const few = words.some(({ values, placeholder }) => values?.join('|') === placeholder);
  if (absent.length === 0) return;
  const path = command.path.join(' ');
  throw new UsageError(`${path} needs ${absent.join(' and ')}`, {
    code: 'missing_value',
    next: `add ${[...words.map(added), ...flags].join(few ? ', and ' : ' and ')}; see \`worktime ${path} --help\``,
  });
}
