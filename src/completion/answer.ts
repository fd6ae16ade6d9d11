/**
 * What Tab asks of the binary: `worktime __complete KIND :CURRENT WORDS…`. It reads the configuration and the cache,
 * and nothing else: no parser, no client, no network. Bundled apart, so that it starts as fast as node itself.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Noun } from '../api/types.ts';
import { directoriesFor } from '../config/directories.ts';
import { readConfig } from '../config/read.ts';
import { resolveSettings } from '../config/resolve.ts';
import { SANDBOX } from '../config/sandbox-profile.ts';
import type { Settings } from '../config/settings.ts';
import { cachePath, folded, harmless, isInsertable, namesOf } from './names.ts';
import { canBeUndone, canGoOn, runOffers } from './runs.ts';
import { assignments, settingKeys, zones } from './settings.ts';

export interface Question {
  /** After `__complete`: a kind, a colon and the word so far (older PowerShells drop empty words), the words before it. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly platform: string;
  readonly home: string | undefined;
  /** ms since the epoch */
  readonly now: number;
}

/** A value, a tab, what it is called. */
type Offer = string;

/** The connection that the words before name. */
function flagsIn(words: readonly string[]): { profile?: string; sandbox?: boolean; baseUrl?: string } {
  const wordAfter = (name: string) => {
    const at = words.findIndex((word) => word === name || word.startsWith(`${name}=`));
    const word = words[at];
    if (word === undefined) return undefined;
    return word === name ? words[at + 1] : word.slice(name.length + 1);
  };
  const [profile, baseUrl] = [wordAfter('--profile'), wordAfter('--base-url')];
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(words.includes('--sandbox') ? { sandbox: true } : {}),
  };
}

/** What starts with the word so far; if nothing does, what has a name in which a word starts with it. */
function matching(offers: readonly Offer[], current: string): readonly Offer[] {
  const straight = offers.filter((offer) => offer.startsWith(current));
  if (straight.length > 0 || current === '') return straight;
  const wanted = folded(current);
  return offers.filter((offer) => {
    const about = folded(offer.slice(offer.indexOf('\t') + 1));
    return about.startsWith(wanted) || about.includes(` ${wanted}`);
  });
}

function profiles(config: ReturnType<typeof readConfig>): Offer[] {
  const saved = Object.entries(config.profiles ?? {}).map(
    ([name, { organization }]) => `${name}\t${harmless(organization?.name ?? '')}`,
  );
  return [...saved, `${SANDBOX}\tthe embedded sandbox`];
}

type Fits = (status: string) => boolean;

/** Aliases with what they stand for, then IDs with their names: those of the first status that any have. */
function named(noun: Noun, settings: Settings, path: string, now: number, fits: readonly Fits[]): Offer[] {
  const known = namesOf(path, noun, now);
  const fitting = fits.map((each) => namesOf(path, noun, now, each)).find(({ length }) => length > 0) ?? [];
  const offered = fits.length > 0 ? fitting : known;
  const aliases = Object.entries(settings.aliases[noun]).flatMap(([alias, id]) => {
    const line = known.find((each) => each.startsWith(`${id}\t`));
    if (line !== undefined && !offered.includes(line)) return [];
    return `${alias}\t${harmless(line === undefined ? id : line.replace('\t', ', '))}`;
  });
  return [...aliases, ...offered];
}

/** What shells insert without quotes: an ID or a name, a zone, a setting with its value. */
const isPlain = (word: string) =>
  // First what costs nothing: the other builds tables of Unicode.
  /^(?:[\w.-]{1,80}=)?\w[\w.~@+-]{0,199}(?:\/[\w+-]{1,60}){0,3}$/.test(word) || isInsertable(word);

/** A line for each value that fits: the value, a tab, what it is called. Whatever goes wrong, Tab just offers nothing. */
export function answer({ argv, env, cwd, platform, home, now }: Question): string {
  const [kind, colon = '', ...words] = argv;
  const current = colon.slice(1);
  try {
    const directories = directoriesFor(env, platform, home);
    const quiet = { warn: () => undefined };
    const settingsInForce = () => resolveSettings({ env, cwd, directories }, flagsIn(words), quiet);
    const ids = (noun: Noun, ...fits: readonly Fits[]): readonly Offer[] => {
      const settings = settingsInForce();
      return named(noun, settings, cachePath(directories.state, settings), now, fits);
    };
    // None is meant twice.
    const others = (offer: Offer) => !words.includes(offer.slice(0, offer.indexOf('\t')));
    const offers = (): readonly Offer[] => {
      switch (kind) {
        case 'profile':
          return profiles(readConfig(directories.config, quiet.warn));
        case 'run':
          return runOffers(directories.state);
        case 'undoable':
          return runOffers(directories.state, settingsInForce(), canBeUndone);
        case 'resumable':
          return runOffers(directories.state, settingsInForce(), canGoOn);
        case 'resume':
          return readdirSync(join(directories.state, 'follow', 'named')).sort();
        case 'zone':
          return zones();
        case 'setting':
          return settingKeys(readConfig(directories.config, quiet.warn));
        case 'assignment': {
          const config = readConfig(directories.config, quiet.warn);
          return assignments(words, current, config, ids);
        }
        case 'employee':
        case 'department':
        case 'lock':
          return ids(kind).filter(others);
        case 'active-employee':
          return ids('employee', (status) => status !== 'inactive').filter(others);
        case 'inactive-employee':
          return ids(
            'employee',
            (status) => status === 'inactive',
            (status) => status === '',
          ).filter(others);
        default:
          return [];
      }
    };
    const lines = matching(offers(), current).filter((offer) => isPlain(offer.split('\t', 1)[0] ?? ''));
    return lines.length > 0 ? `${lines.join('\n')}\n` : '';
  } catch {
    return '';
  }
}
