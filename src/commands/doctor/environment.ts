/** What the environment sets, and what of it cannot be or means nothing. */

import { checkBaseUrl } from '../../client/url.ts';
import { parseFormat } from '../../config/defaults.ts';
import { KEY_VARIABLE, misnamedKeys } from '../../config/key.ts';
import { checkName } from '../../config/resolve.ts';
import { named } from '../../config/sources.ts';
import type { Context } from '../../context.ts';
import { closest } from '../../nearest.ts';
import { ENVIRONMENT } from '../../reference/topics.ts';
import { parseDuration } from '../../time/duration.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const OURS = 'WORKTIME_';
const KNOWN = ENVIRONMENT.map(([name]) => name).filter((name) => name.startsWith(OURS));

/** By the rules of every command. The key has a check of its own. */
const CHECKS: Readonly<Record<string, (text: string, source: string) => unknown>> = {
  WORKTIME_PROFILE: checkName,
  WORKTIME_BASE_URL: (text, source) => named(source, () => checkBaseUrl(text)),
  WORKTIME_FORMAT: parseFormat,
  WORKTIME_MAX_WAIT: parseDuration,
};

/** What is set and read in a row, and a row more for each variable that is at fault or is not read. */
export function* environment({ env }: Context): Generator<Finding> {
  const set = Object.keys(env).filter((name) => name.startsWith(OURS) && env[name] !== undefined);
  const read = set.filter((name) => KNOWN.includes(name)).sort();
  const shown = read.map((name) => {
    if (name === KEY_VARIABLE) return `${name} (not shown)`;
    return `${name}=${env[name]?.replace(/\/\/[^/@]*@/, '//…@')}`;
  });
  yield ok('environment', shown.length === 0 ? 'nothing set' : shown.join(', '));
  for (const name of read) {
    const text = env[name] ?? '';
    try {
      if (text !== '') CHECKS[name]?.(text, name);
    } catch (error) {
      yield problem(name, error);
    }
  }
  // A mistyped name may hold the key: none of their values is shown.
  const keys = misnamedKeys(env);
  for (const name of new Set([...set.filter((each) => !KNOWN.includes(each)), ...keys])) {
    const next = keys.includes(name) ? `did you mean ${KEY_VARIABLE}?` : meant(name);
    yield warning(name, 'is set, but means nothing to worktime', next);
  }
}

function meant(name: string): string {
  const words = KNOWN.map((known) => known.slice(OURS.length).toLowerCase());
  const [near] = closest(name.slice(OURS.length), words);
  return near === undefined
    ? 'unset it, or see `worktime help environment` for those that are read'
    : `did you mean ${OURS}${near.toUpperCase()}?`;
}
