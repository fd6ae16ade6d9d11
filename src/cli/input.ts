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

/** What a missing argument may be, where it is one of a few. */
function choicesOf(command: AnyCommand, input: Input): string {
  const few = (command.arguments ?? []).find(({ name, values }) => values && input[name] === undefined);
  const [last, ...others] = [...(few?.values ?? [])].reverse();
  return last === undefined ? '' : ` (${others.reverse().join(', ')} or ${last})`;
}

/** Checks that what is required is there. Throws UsageError naming all that is missing. */
export function checkRequired(command: AnyCommand, input: Input): void {
  const absent = [
    ...(command.arguments ?? [])
      .filter((argument: Argument) => argument.required && input[argument.name] === undefined)
      .map(argumentUsage),
    ...(command.options ?? [])
      .filter((option) => option.required && input[optionKey(option.name)] === undefined)
      .map((option) => `--${option.name}`),
  ];
  if (absent.length === 0) return;
  const path = command.path.join(' ');
  throw new UsageError(`${path} needs ${absent.join(' and ')}`, {
    code: 'missing_value',
    next: `add ${absent.join(' and ')}${choicesOf(command, input)}; see \`worktime ${path} --help\``,
  });
}
