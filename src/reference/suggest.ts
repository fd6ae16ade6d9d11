/** What somebody may have meant. */

import type { AnyCommand } from '../command.ts';
import type { Noun } from '../commands/index.ts';
import { UsageError } from '../errors.ts';
import { closest } from '../nearest.ts';
import { globalOptions, helpOption, versionOption } from './globals.ts';
import { optionsOf } from './names.ts';
import { topics } from './topics.ts';
import { allCommands } from './tree.ts';

/** How many commands are named that have the flag that this one lacks. */
const MOST_NAMED = 3;

const joined = (words: readonly string[], last: string) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

/** Which other commands have the flag that a parser's message calls unknown, those of the same noun first; undefined where none has. */
export async function elsewhere(
  message: string,
  path: readonly string[],
  nouns: readonly Noun[],
): Promise<string | undefined> {
  const [, word = ''] = /unknown option '([^'=]*)/.exec(message) ?? [];
  const has = (command: AnyCommand) =>
    optionsOf(command).some(
      ({ name, short, hidden }) => !hidden && [`--${name}`, short && `-${short}`].includes(word),
    );
  const having = (await allCommands(nouns)).filter(has);
  const near = ({ path: [noun] }: AnyCommand) => (noun === path[0] ? 0 : 1);
  // A key: it is given otherwise, and the listener's token is none.
  if (path[0] === 'login' && KEY_FLAGS.includes(word)) return undefined;
  const names = [...having]
    .sort((a, b) => near(a) - near(b))
    .map((command) => `\`worktime ${command.path.join(' ')}\``);
  if (names.length === 0) return undefined;
  const rest = names.length - MOST_NAMED;
  const told = rest > 0 ? [...names.slice(0, MOST_NAMED), `${rest} more`] : names;
  return `\`${word}\` belongs to ${joined(told, 'and')}`;
}

/** What other tools call what a verb here does. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  list: ['ls', 'index', 'all'],
  get: ['show', 'view', 'describe', 'info'],
  show: ['get', 'view', 'describe', 'info'],
  create: ['add', 'new'],
  update: ['edit', 'set', 'modify'],
  delete: ['rm', 'remove', 'del', 'destroy'],
  remove: ['rm', 'delete', 'del'],
  history: ['log', 'logs', 'tail', 'events'],
  listen: ['serve', 'watch'],
  resume: ['continue'],
  undo: ['revert', 'rollback'],
  login: ['auth', 'signin', 'init', 'configure'],
  whoami: ['me', 'status', 'account'],
};

/** How other tools are given a key: here it is never an argument. */
const KEY_FLAGS: readonly string[] = ['--key', '--api-key', '--apikey', '--token', '--with-token'];

/** The verbs that a word is another name for. */
const byAnotherName = (word: string, verbs: readonly string[]) =>
  verbs.filter((verb) => ALSO_CALLED[verb]?.includes(word.toLowerCase()));

/** What the mistyped word of a parser's message may have been: a flag of the command, a verb of the noun, a noun, or a verb of any noun. */
export async function suggestions(
  message: string,
  path: readonly string[],
  nouns: readonly Noun[],
): Promise<readonly string[]> {
  const [, what, word = ''] = /unknown (command|option) '([^'=]*)/.exec(message) ?? [];
  // Only -V and --version are there, and other tools have these.
  if (path.length === 0 && (word === 'version' || word === '-v')) return ['--version'];
  if (word === '--version' || word === '-V') return ['`worktime --version`'];
  const noun = nouns.find(({ name }) => name === path[0]);
  const commands = (await noun?.load()) ?? [];
  if (what === 'option') {
    const command = commands.find((candidate) => candidate.path.join(' ') === path.join(' '));
    const options = command ? optionsOf(command) : globalOptions;
    const parsers = path.length === 0 ? [helpOption, versionOption] : [helpOption];
    if (path[0] === 'login' && KEY_FLAGS.includes(word)) return ['--key-stdin', '--key-command'];
    return closest(
      word,
      [...options, ...parsers].filter(({ hidden }) => !hidden).map(({ name }) => `--${name}`),
    );
  }
  if (what !== 'command') return [];
  if (noun) {
    if (word === 'help') return ['--help'];
    const verbs = commands.map((command) => command.path.slice(1).join(' '));
    const other = byAnotherName(word, verbs);
    return other.length > 0 ? other : closest(word, verbs);
  }
  const near = closest(
    word,
    nouns.map(({ name }) => name),
  );
  if (near.length > 0) return near;
  const verbs = (await allCommands(nouns)).filter((command) => command.path.length > 1);
  const all = [...new Set(verbs.map((command) => command.path[1] ?? ''))];
  const [single] = byAnotherName(
    word,
    nouns.map(({ name }) => name),
  );
  if (single !== undefined) return [single];
  // A verb that there is by this very name is meant, whatever other tools call so.
  const other = all.includes(word) ? [word] : byAnotherName(word, all);
  const meant = other.length > 0 ? other : closest(word, all);
  const paths = verbs
    .filter((command) => command.path[1] === meant[0])
    .map((command) => command.path.join(' '));
  return paths.slice(0, 3);
}

/** The error for help on what there is not, with a command or topic that may be meant. */
export async function noHelp(
  path: readonly string[],
  noun: Noun | undefined,
  nouns: readonly Noun[],
): Promise<UsageError> {
  const words = path.join(' ');
  const candidates = noun
    ? (await noun.load()).map((each) => each.path.join(' '))
    : [...nouns, ...topics].map(({ name }) => name);
  const [near = await meantVerb(path, noun, nouns)] = closest(words, candidates);
  return new UsageError(`there is no help on "${words}"`, {
    code: 'unknown_topic',
    next:
      near === undefined
        ? 'see `worktime help` for the commands and topics'
        : `did you mean \`worktime help ${near}\`?`,
  });
}

/** A command of that verb, or of one that other tools call so. */
async function meantVerb(path: readonly string[], noun: Noun | undefined, nouns: readonly Noun[]) {
  const at = noun ? [noun.name] : [];
  const [found] = await suggestions(`unknown command '${path.at(-1)}'`, at, nouns);
  return found === undefined ? undefined : [...at, found].join(' ');
}
