/** Help, from the declarations. */

import type { AnyCommand, Option } from '../command.ts';
import type { Noun } from '../commands/index.ts';
import type { OutputStream } from '../context.ts';
import { UsageError } from '../errors.ts';
import { globalOptions } from './globals.ts';
import { twoColumns, wrap } from './layout.ts';
import { argumentUsage, optionPlaceholder, optionsOf } from './names.ts';
import { allCommands } from './tree.ts';

/** A pipe gets the width that a manual has. */
export const WIDTH = 80;
const MAX_WIDTH = 100;

const widthOf = (stream: Pick<OutputStream, 'columns'>) => Math.min(MAX_WIDTH, stream.columns || WIDTH);

/** `-o, --output FILE` */
export function flagUsage(option: Option): string {
  const placeholder = optionPlaceholder(option);
  const value =
    placeholder === undefined ? '' : option.optionalValue ? ` [${placeholder}]` : ` ${placeholder}`;
  return `${option.short ? `-${option.short}, ` : ''}--${option.name}${value}`;
}

function flagLines(options: readonly Option[], width: number): string[] {
  const shown = options.filter((option) => !option.hidden);
  const groups = [...new Set(shown.map((option) => option.group ?? 'Flags'))];
  return groups.flatMap((group) => [
    `${group}:`,
    ...twoColumns(
      shown
        .filter((option) => (option.group ?? 'Flags') === group)
        .map((option) => [
          flagUsage(option),
          option.description + (option.default === undefined ? '' : ` (default ${option.default})`),
        ]),
      width,
    ),
    '',
  ]);
}

/** The whole help of a command. */
export function commandHelp(command: AnyCommand, width: number): string {
  const path = command.path.join(' ');
  const usage = ['worktime', path, ...(command.arguments ?? []).map(argumentUsage), '[flags]'].join(' ');
  const lines = [...wrap(`${command.summary}.`, width), ''];
  if (command.description)
    lines.push(...command.description.split('\n').flatMap((text) => wrap(text, width)), '');
  lines.push('Usage:', `  ${usage}`, '');
  if (command.arguments?.length) {
    lines.push('Arguments:');
    lines.push(
      ...twoColumns(
        command.arguments.map((argument) => [
          argument.placeholder ?? argument.name.toUpperCase(),
          argument.description,
        ]),
        width,
      ),
      '',
    );
  }
  lines.push(...flagLines(optionsOf(command), width));
  if (command.examples?.length) {
    lines.push('Examples:');
    for (const example of command.examples)
      lines.push(`  # ${example.description}`, `  worktime ${example.command}`);
    lines.push('');
  }
  lines.push('Exit codes: worktime help exit-codes');
  return `${lines.join('\n')}\n`;
}

function nounHelp(noun: Noun, commands: readonly AnyCommand[], width: number): string {
  const lines = [
    ...wrap(`${noun.summary}.`, width),
    '',
    'Usage:',
    `  worktime ${noun.name} COMMAND [flags]`,
    '',
    'Commands:',
    ...twoColumns(
      commands.map((command) => [
        [...command.path.slice(1), ...(command.arguments ?? []).map(argumentUsage)].join(' '),
        command.summary,
      ]),
      width,
      34,
    ),
    '',
    `Help on one: worktime ${noun.name} COMMAND --help`,
  ];
  return `${lines.join('\n')}\n`;
}

function rootHelp(nouns: readonly Noun[], width: number): string {
  const groups = [...new Set(nouns.map((noun) => noun.group))];
  const lines = [
    'worktime: employees, attendance, payroll, locks and webhooks of WorkTime One.',
    '',
    'Usage:',
    '  worktime COMMAND [flags]',
    '',
    ...groups.flatMap((group) => [
      `${group}:`,
      ...twoColumns(
        nouns.filter((noun) => noun.group === group).map((noun) => [noun.name, noun.summary]),
        width,
      ),
      '',
    ]),
    ...flagLines(globalOptions, width),
    'Examples:',
    '  worktime --sandbox employees list',
    '  worktime reports payroll --month last-month --format excel',
    '  worktime locks history lock_789 --follow',
    '',
    'More: worktime COMMAND --help, worktime help TOPIC',
    'Topics: environment, exit-codes, formats, dates, webhooks, sandbox, scripting',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * The help of a path: nothing, a noun, or a noun and a verb. Throws UsageError where there is none.
 */
export async function helpText(
  path: readonly string[],
  nouns: readonly Noun[],
  stream: Pick<OutputStream, 'columns'>,
): Promise<string> {
  const width = widthOf(stream);
  const [name] = path;
  if (name === undefined) return rootHelp(nouns, width);
  const noun = nouns.find((candidate) => candidate.name === name);
  const commands = noun ? await noun.load() : [];
  const command = commands.find((candidate) => candidate.path.join(' ') === path.join(' '));
  if (command) return commandHelp(command, width);
  if (noun && path.length === 1) return nounHelp(noun, commands, width);
  throw new UsageError(`there is no help on "${path.join(' ')}"`, {
    code: 'unknown_topic',
    next: 'see `worktime help` for the commands and topics',
  });
}

/** The whole reference: every command and topic, for reading or searching at once. */
export async function referenceText(nouns: readonly Noun[]): Promise<string> {
  const { topics } = await import('./topics.ts');
  const commands = await allCommands(nouns);
  const rule = '-'.repeat(WIDTH);
  const parts = [
    rootHelp(nouns, WIDTH),
    ...commands.map((command) => `${rule}\nworktime ${command.path.join(' ')}\n\n${commandHelp(command, WIDTH)}`),
    ...topics.map((topic) => `${rule}\n${topic.name}: ${topic.summary}\n\n${topic.text(WIDTH)}`),
  ];
  return parts.join('\n');
}
