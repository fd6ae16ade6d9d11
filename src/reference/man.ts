/** The manual page worktime(1), in the man macros, from the declarations. */

import type { AnyCommand } from '../command.ts';
import type { Noun } from '../commands/index.ts';
import { EXIT_MEANINGS } from '../errors.ts';
import { version } from '../version.ts';
import { globalOptions, helpOption, versionOption } from './globals.ts';
import { commandUsage, flagMeaning, flagUsage } from './help.ts';
import { optionsOf } from './names.ts';
import { type Block, ENVIRONMENT, topics } from './topics.ts';
import { allCommands } from './tree.ts';

/** Text as roff reads it: no character of it is a request, dashes can be copied, and all of it is ASCII. */
function roff(text: string): string {
  const plain = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(
      /[^\x20-\x7e]/gu,
      (each) => `\\[u${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}

/** An argument of a request. */
const quoted = (text: string) => `"${roff(text).replaceAll('"', '\\(dq')}"`;

const item = (term: string, meaning: string) => ['.TP', `.B ${quoted(term)}`, roff(meaning)];

const blockLines = (block: Block) =>
  typeof block === 'string'
    ? ['.PP', roff(block)]
    : block.flatMap(([term, meaning]) => item(term.trim(), meaning));

/** A paragraph's lines; those that are laid out already stay as they are. */
function paragraphs(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => (line.startsWith(' ') ? ['.nf', roff(line), '.fi'] : ['.PP', roff(line)]));
}

function commandLines(command: AnyCommand): string[] {
  const shared = new Set(globalOptions);
  const options = optionsOf(command).filter((option) => !option.hidden && !shared.has(option));
  return [
    `.SS ${quoted(commandUsage(command))}`,
    `${roff(command.summary)}.`,
    ...(command.description ? paragraphs(command.description) : []),
    ...(command.arguments ?? []).flatMap(({ placeholder, name, description }) =>
      item(placeholder ?? name.toUpperCase(), description),
    ),
    ...options.flatMap((option) => item(flagUsage(option), flagMeaning(option))),
    ...(command.examples ?? []).flatMap((example) => [
      '.PP',
      `${roff(example.description)}:`,
      '.PP',
      '.nf',
      `.RS 4`,
      roff(`worktime ${example.command}`),
      '.RE',
      '.fi',
    ]),
  ];
}

/** The whole page. The same tree gives the same bytes: it bears no date. */
export async function manPage(nouns: readonly Noun[]): Promise<string> {
  const commands = await allCommands(nouns);
  const lines = [
    '.\\" Generated from the command tree.',
    `.TH WORKTIME 1 "" ${quoted(`worktime ${version}`)} "User Commands"`,
    // No word is broken at the end of a line: a command could not be copied.
    '.nh',
    '.SH NAME',
    'worktime \\- employees, attendance, payroll, locks and webhooks of WorkTime One',
    '.SH SYNOPSIS',
    '.B worktime',
    '.I COMMAND',
    '[flags]',
    '.SH DESCRIPTION',
    ...nouns.flatMap(({ name, summary }) => item(name, summary)),
    '.SH GLOBAL FLAGS',
    ...[...globalOptions, helpOption, versionOption]
      .filter(({ hidden }) => !hidden)
      .flatMap((option) => item(flagUsage(option), flagMeaning(option))),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    ...topics
      .filter(({ name }) => name !== 'exit-codes' && name !== 'environment')
      .flatMap(({ name, summary, blocks }) => [
        `.SH ${quoted(name.toUpperCase())}`,
        `${roff(summary)}.`,
        ...blocks.flatMap(blockLines),
      ]),
    '.SH EXIT STATUS',
    ...EXIT_MEANINGS.flatMap(([code, meaning]) => item(String(code), meaning)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => item(name, meaning)),
    '.SH FILES',
    ...item(
      '~/.config/worktime/config.json',
      'Profiles, keys, defaults and aliases (0600); worktime config path names it.',
    ),
    ...item(
      '~/.local/state/worktime/',
      'Journals, cursors, the cache of names for completions, the sandbox.',
    ),
    ...item('.worktime.json', 'In a project: a profile and defaults, never a key or an address.'),
  ];
  return `${lines.join('\n')}\n`;
}
