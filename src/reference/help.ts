/** Help, from the declarations. */

import type { AnyCommand, Example, Option } from '../command.ts';
import type { Noun } from '../commands/index.ts';
import type { OutputStream } from '../context.ts';
import { globalOptions, helpOption, versionOption } from './globals.ts';
import { leftWidth, twoColumns, wrap, wrapCommand } from './layout.ts';
import { argumentUsage, optionPlaceholder, optionsOf } from './names.ts';
import { type Topic, topics } from './topics.ts';
import { allCommands } from './tree.ts';

/** A pipe gets the width that a manual has. */
const WIDTH = 80;
/** Longer lines are hard to read, however wide the terminal. */
const MAX_WIDTH = 100;
/** The help of a noun shows so many examples. */
const FEW = 5;

const widthOf = (stream: Pick<OutputStream, 'columns'>) => Math.min(MAX_WIDTH, stream.columns || WIDTH);

/** `-o, --output FILE` */
export function flagUsage(option: Option): string {
  const placeholder = optionPlaceholder(option);
  const value =
    placeholder === undefined ? '' : option.optionalValue ? ` [${placeholder}]` : ` ${placeholder}`;
  return `${option.short ? `-${option.short}, ` : ''}--${option.name}${value}`;
}

/** What help says of a flag. */
export function flagMeaning({ description, default: otherwise, required, repeat }: Option): string {
  const notes = [
    required ? 'required' : '',
    repeat && !/repeatable/.test(description) ? 'repeatable' : '',
    otherwise === undefined || description.includes('default') ? '' : `default ${otherwise}`,
  ].filter((note) => note !== '');
  return notes.length > 0 ? `${description} (${notes.join(', ')})` : description;
}

/** Flags under their headings, all in the same two columns. */
function flagLines(options: readonly Option[], width: number): string[] {
  const shown = options.filter((option) => !option.hidden);
  const groups = [...new Set(shown.map((option) => option.group ?? 'Flags'))];
  const left = leftWidth(shown.map(flagUsage));
  return groups.flatMap((group) => [
    `${group}:`,
    ...twoColumns(
      shown
        .filter((option) => (option.group ?? 'Flags') === group)
        .map((option) => [flagUsage(option), flagMeaning(option)]),
      width,
      left,
    ),
    '',
  ]);
}

function exampleLines(examples: readonly Example[], width: number): string[] {
  return examples.flatMap(({ description, command }) => [
    `  # ${description}`,
    ...wrapCommand(`worktime ${command}`, width - 2).map((line) => `  ${line}`),
  ]);
}

/** `worktime employees get EMPLOYEE [flags]` */
export function commandUsage(command: AnyCommand): string {
  return ['worktime', ...command.path, ...(command.arguments ?? []).map(argumentUsage), '[flags]'].join(' ');
}

/** The help of a command; with `options` other than its own and the shared ones where some go without saying. */
function commandHelp(command: AnyCommand, width: number, options = optionsOf(command)): string {
  const lines = [...wrap(`${command.summary}.`, width), ''];
  if (command.description)
    lines.push(...command.description.split('\n').flatMap((text) => wrap(text, width)), '');
  lines.push('Usage:', `  ${commandUsage(command)}`, '');
  if (command.arguments?.length) {
    const pairs = command.arguments.map(
      ({ placeholder, name, values, description }) =>
        [
          placeholder ?? name.toUpperCase(),
          values && !values.every((value) => description.includes(value))
            ? `${description}: ${values.join(', ')}`
            : description,
        ] as const,
    );
    lines.push('Arguments:', ...twoColumns(pairs, width), '');
  }
  lines.push(...flagLines(options, width));
  if (command.examples?.length) {
    lines.push('Examples:', ...exampleLines(command.examples, width), '');
  }
  lines.push('Exit codes: worktime help exit-codes');
  return `${lines.join('\n')}\n`;
}

function nounHelp(noun: Noun, commands: readonly AnyCommand[], width: number): string {
  const examples = commands.flatMap(({ examples: [first] = [] }) => (first ? [first] : [])).slice(0, FEW);
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
    ),
    '',
    ...(examples.length > 0 ? ['Examples:', ...exampleLines(examples, width), ''] : []),
    `Flags and more examples: worktime ${noun.name} COMMAND --help`,
  ];
  return `${lines.join('\n')}\n`;
}

const FIRST_STEPS: readonly (readonly [string, string])[] = [
  ['worktime --sandbox employees list', 'look around without an account'],
  ['worktime login', 'save a key (web account, Settings, API Keys)'],
  ['worktime employees list', 'work with your organization'],
  ['worktime reports payroll --month last-month --format excel', 'a month of pay as a workbook'],
];

/** The help of the whole, which costs no command its loading. */
export function rootHelp(nouns: readonly Noun[], width: number): string {
  const left = leftWidth(nouns.map(({ name }) => name));
  const groups = [...new Set(nouns.map((noun) => noun.group))];
  const lines = [
    'worktime: employees, attendance, payroll, locks and webhooks of WorkTime One.',
    '',
    'Usage:',
    '  worktime COMMAND [flags]',
    '',
    'First steps:',
    ...FIRST_STEPS.flatMap(([command, what]) => [`  # ${what}`, `  ${command}`]),
    '',
    ...groups.flatMap((group) => [
      `${group}:`,
      ...twoColumns(
        nouns.filter((noun) => noun.group === group).map((noun) => [noun.name, noun.summary]),
        width,
        left,
      ),
      '',
    ]),
    ...flagLines([...globalOptions, helpOption, versionOption], width),
    ...wrap(`Topics of worktime help TOPIC: ${topics.map(({ name }) => name).join(', ')}.`, width),
    ...wrap(
      'More: worktime COMMAND --help for one command, worktime help --all for everything; man worktime, once it is installed.',
      width,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** A topic, fitted to a width. */
export function topicText({ blocks }: Topic, width: number): string {
  const parts = blocks.map((block) =>
    (typeof block === 'string'
      ? wrap(block, width)
      : twoColumns(block, width, leftWidth(terms(block), 42))
    ).join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}

const terms = (pairs: readonly (readonly [string, string])[]) => pairs.map(([term]) => term);

/** The help of a path: nothing, a noun, a noun and a verb, or a topic. Throws UsageError where there is none. */
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
  // `help` and `sandbox` are commands and topics: the command says where the topic is.
  if (command) return commandHelp(command, width);
  if (noun && path.length === 1) return withTopic(name, nounHelp(noun, commands, width), width);
  const topic = path.length === 1 ? topics.find((candidate) => candidate.name === name) : undefined;
  if (topic) return topicText(topic, width);
  const { noHelp } = await import('./suggest.ts');
  throw await noHelp(path, noun, nouns);
}

/** A noun that is a topic as well (`sandbox`, `webhooks`) has the topic's text first. */
function withTopic(name: string, help: string, width: number): string {
  const topic = topics.find((candidate) => candidate.name === name);
  return topic ? `${topicText(topic, width)}\n${help}` : help;
}

/** The whole reference: every command and topic, for reading or searching at once. Shared flags stand at the top alone. */
export async function referenceText(
  nouns: readonly Noun[],
  stream: Pick<OutputStream, 'columns'>,
): Promise<string> {
  const width = widthOf(stream);
  const rule = '-'.repeat(width);
  const shared = new Set(globalOptions);
  const part = (title: string, text: string) => `${rule}\n${title}\n\n${text}`;
  const commands = (await allCommands(nouns)).map((command) =>
    part(
      `worktime ${command.path.join(' ')}`,
      commandHelp(
        command,
        width,
        optionsOf(command).filter((option) => !shared.has(option)),
      ),
    ),
  );
  return [
    rootHelp(nouns, width),
    ...commands,
    ...topics.map((topic) => part(`${topic.name}: ${topic.summary}`, topicText(topic, width))),
  ].join('\n');
}
