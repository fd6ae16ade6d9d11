/** What the environment sets, and what of it cannot be or means nothing. */

import { checkAddress } from '../../config/connection.ts';
import { parseFormat } from '../../config/defaults.ts';
import { KEY_VARIABLE, misnamedKeys } from '../../config/key.ts';
import { checkName } from '../../config/resolve.ts';
import { inVariable } from '../../config/sources.ts';
import { isKeyLike, type StoredConfig } from '../../config/stored.ts';
import type { Context } from '../../context.ts';
import { closest } from '../../nearest.ts';
import { ENVIRONMENT } from '../../reference/topics.ts';
import { parseDuration } from '../../time/duration.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const OURS = 'WORKTIME_';
const KNOWN = ENVIRONMENT.map(([name]) => name).filter((name) => name.startsWith(OURS));

/** By the rules of every command. The key has a check of its own. */
const CHECKS: Readonly<Record<string, (text: string, source: string, config: StoredConfig) => unknown>> = {
  WORKTIME_PROFILE: checkName,
  WORKTIME_BASE_URL: checkAddress,
  WORKTIME_FORMAT: parseFormat,
  WORKTIME_MAX_WAIT: parseDuration,
};

/** What is set and read in a row, and a row more for each variable that is at fault or is not read. */
export function* environment({ env }: Context, config: StoredConfig = {}): Generator<Finding> {
  const set = Object.keys(env).filter((name) => name.startsWith(OURS) && env[name] !== undefined);
  const read = set.filter((name) => KNOWN.includes(name)).sort();
  const faults: Finding[] = [];
  const shown = read.map((name) => {
    const text = env[name] ?? '';
    try {
      const check = CHECKS[name];
      if (text !== '' && check) inVariable(name, text, (value) => check(value, name, config));
      return name === KEY_VARIABLE || isKeyLike(text) ? `${name} (not shown)` : `${name}=${text}`;
    } catch (error) {
      // What cannot be what it is set for may be a secret that was meant for another.
      faults.push(problem(name, error));
      return `${name} (not shown)`;
    }
  });
  yield ok('environment', shown.length === 0 ? 'nothing set' : shown.join(', '));
  yield* faults;
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
