/** The command tree as a shell sees it: words, flags, and for each value what Tab may offer. */

import { endpoints } from '../api/index.ts';
import { WEBHOOK_EVENTS } from '../api/webhooks.ts';
import type { AnyCommand, Argument, Option } from '../command.ts';
import type { Noun } from '../commands/index.ts';
import { globalOptions, helpOption, versionOption } from '../reference/globals.ts';
import { optionPlaceholder, optionsOf } from '../reference/names.ts';
import { topics } from '../reference/topics.ts';

/** What only the tool itself knows; asked of `worktime __complete KIND`. */
export type Asked =
  | 'employee'
  | 'active-employee'
  | 'inactive-employee'
  | 'department'
  | 'lock'
  | 'profile'
  | 'run'
  | 'undoable'
  | 'resumable'
  | 'resume'
  | 'zone'
  | 'setting'
  | 'assignment';

/** What Tab offers for a value. */
export type Source =
  | { readonly type: 'none' }
  | { readonly type: 'file' }
  /** One of these words. */
  | { readonly type: 'words'; readonly words: readonly string[] }
  /** Several of these words, joined by commas. */
  | { readonly type: 'list'; readonly words: readonly string[] }
  | { readonly type: 'ask'; readonly kind: Asked }
  /** One of these words, and after a colon `asc` or `desc`. */
  | { readonly type: 'sort'; readonly words: readonly string[] }
  /** The name of a command or a topic of help: the verbs of the noun before it, once there is one. */
  | { readonly type: 'command'; readonly words: readonly string[] };

export interface Flag {
  /** With its dashes. */
  readonly name: string;
  readonly short: string | undefined;
  readonly description: string;
  readonly repeat: boolean;
  /** undefined: a switch. */
  readonly value: Source | undefined;
  readonly placeholder: string;
  /** The value may be left out. */
  readonly optional: boolean;
}

export interface Slot {
  readonly name: string;
  readonly source: Source;
  /** This one and all that follow. */
  readonly variadic: boolean;
}

/** A command that runs. */
export interface Leaf {
  readonly path: readonly string[];
  readonly summary: string;
  /** Its own, those that all share left out. */
  readonly flags: readonly Flag[];
  readonly slots: readonly Slot[];
}

export interface Branch {
  readonly name: string;
  readonly summary: string;
  /** Whether the noun is itself the command. */
  readonly single: boolean;
  readonly leaves: readonly Leaf[];
}

export interface Tree {
  readonly globals: readonly Flag[];
  /** Those that go without a command. */
  readonly root: readonly Flag[];
  readonly branches: readonly Branch[];
}

const DATES = ['today', 'yesterday', '-7d', '-30d', 'this-week', 'last-week', 'this-month', 'last-month'];

/** Words that stand for a value of a kind. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  date: DATES,
  time: ['now', '-15m', '-1h'],
  month: ['this-month', 'last-month'],
  duration: ['10s', '30s', '1m', '5m', '1h'],
};

const ASKED: ReadonlySet<string> = new Set([
  'active-employee',
  'inactive-employee',
  'profile',
  'run',
  'undoable',
  'resumable',
  'resume',
  'zone',
  'setting',
  'assignment',
] satisfies Asked[]);

const isAsked = (complete: string | undefined): complete is Asked => ASKED.has(complete ?? '');

function sourceOf(value: Option | Argument, nouns: readonly Noun[]): Source {
  const { complete } = value;
  if (isAsked(complete)) return { type: 'ask', kind: complete };
  if (value.values) return { type: 'words', words: value.values };
  if (value.noun) return { type: 'ask', kind: value.noun };
  if (complete === 'event') {
    return { type: value.placeholder?.includes(',') ? 'list' : 'words', words: WEBHOOK_EVENTS };
  }
  if (complete === 'path') {
    const paths = endpoints.map(({ path }) => path).filter((path) => !path.includes(':'));
    return { type: 'words', words: [...new Set(paths)] };
  }
  if (complete === 'command') {
    return { type: 'command', words: [...nouns, ...topics].map(({ name }) => name) };
  }
  if (complete === 'file' || value.kind === 'file') return { type: 'file' };
  const words = WORDS[value.kind ?? ''];
  return words ? { type: 'words', words } : { type: 'none' };
}

/** Where an argument may be left out, the word in its place may be the next one's. */
function eitherOf(argument: Argument, next: Argument | undefined, nouns: readonly Noun[]): Source {
  const source = sourceOf(argument, nouns);
  const other = argument.default === undefined || !next ? source : sourceOf(next, nouns);
  if (source === other || source.type !== 'words' || other.type !== 'words') return source;
  return { type: 'words', words: [...source.words, ...other.words] };
}

function flagOf(option: Option, nouns: readonly Noun[]): Flag {
  return {
    name: `--${option.name}`,
    short: option.short === undefined ? undefined : `-${option.short}`,
    description: option.description,
    repeat: option.repeat === true,
    value: option.kind === undefined ? undefined : sourceOf(option, nouns),
    placeholder: optionPlaceholder(option) ?? '',
    optional: option.optionalValue === true,
  };
}

/** `--fields` and `--sort` offer the columns of the very command. */
function columnFlags(command: AnyCommand): readonly Flag[] {
  const words = (command.output.columns ?? []).map(({ path }) => path);
  if (words.length === 0) return [];
  return globalOptions
    .filter(({ name }) => name === 'fields' || name === 'sort')
    .map((option) => ({
      ...flagOf(option, []),
      value: { type: option.name === 'fields' ? 'list' : 'sort', words },
    }));
}

function leafOf(command: AnyCommand, nouns: readonly Noun[]): Leaf {
  const shared = new Set(globalOptions);
  const own = optionsOf(command).filter((option) => !option.hidden && !shared.has(option));
  const flags = own.map((option) => flagOf(option, nouns));
  const named = new Set(flags.map(({ name }) => name));
  return {
    path: command.path,
    summary: command.summary,
    flags: [...flags, ...columnFlags(command).filter(({ name }) => !named.has(name))],
    slots: (command.arguments ?? []).map((argument, at, all) => ({
      name: argument.placeholder ?? argument.name.toUpperCase(),
      source: eitherOf(argument, all[at + 1], nouns),
      variadic: argument.variadic === true,
    })),
  };
}

/** Loads every command and gives the tree that the scripts are made of. */
export async function completionTree(nouns: readonly Noun[]): Promise<Tree> {
  const branches = await Promise.all(
    nouns.map(async (noun) => ({
      name: noun.name,
      summary: noun.summary,
      single: noun.single === true,
      leaves: (await noun.load()).map((command) => leafOf(command, nouns)),
    })),
  );
  const globals = [...globalOptions, helpOption].filter(({ hidden }) => !hidden);
  return {
    globals: globals.map((option) => flagOf(option, nouns)),
    root: [flagOf(versionOption, nouns)],
    branches,
  };
}
