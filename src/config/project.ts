/** `.worktime.json` of the working directory or a parent. It may come with a repository: it names no key and no address. */

import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LocalError } from '../errors.ts';
import { diskFault } from '../files/fault.ts';
import { closest } from '../nearest.ts';
import { isObject, parseJsonFile } from './json.ts';
import { isProfileName } from './stored.ts';

export const PROJECT_FILE = '.worktime.json';

/** What it may hold, as `worktime help environment` tells it. */
const KEYS = ['profile', 'format', 'timezone', 'max-wait'] as const;

/** Far more than a profile's name and three defaults need. */
const MAX_SIZE = 64 * 1024;
const MAX_DEPTH = 20;

/** What a project file says. Values are checked where they are used. */
export interface Project {
  readonly path: string;
  readonly profile?: string;
  readonly format?: string;
  readonly timezone?: string;
  readonly maxWait?: string;
}

/** What a file that others wrote must not decide: where requests go, and with which key. */
const FORBIDDEN =
  /key|token|secret|password|authorization|credential|url|host|origin|endpoint|command|proxy/i;

/**
 * The nearest project file, from `cwd` upwards; undefined when there is none.
 * @throws LocalError when it holds a key or an address, or cannot be understood
 */
export function findProject(cwd: string, warn: (text: string) => void): Project | undefined {
  for (let directory = resolve(cwd); ; directory = dirname(directory)) {
    const path = join(directory, PROJECT_FILE);
    if (exists(path)) return readProject(path, warn);
    if (dirname(directory) === directory) return undefined;
  }
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A directory that may not be searched holds no project of ours.
    return false;
  }
}

function readProject(path: string, warn: (text: string) => void): Project {
  const content = parseJsonFile(readText(path), path, `mend ${path} in an editor, or move it away`);
  if (!isObject(content)) throw fault(path, 'must hold a JSON object');
  const found: Record<string, unknown> = Object.create(null);
  collect(content, path, '', found, warn);
  const text = (name: string, value: unknown): string | undefined => {
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw fault(path, `${name} must be a text`);
    return value as string | undefined;
  };
  const profile = text('profile', found['profile']);
  if (profile !== undefined && !isProfileName(profile))
    throw fault(path, 'profile is not the name of a profile');
  const [format, timezone, maxWait] = [
    text('format', found['format']),
    text('timezone', found['timezone']),
    text('max-wait', found['maxwait']),
  ];
  return {
    path,
    ...(profile === undefined ? {} : { profile }),
    ...(format === undefined ? {} : { format }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(maxWait === undefined ? {} : { maxWait }),
  };
}

/** Gathers what is known, at the top or under `defaults`, refuses what is forbidden and names what is not known. */
function collect(
  content: Record<string, unknown>,
  path: string,
  prefix: string,
  found: Record<string, unknown>,
  warn: (text: string) => void,
  depth = 0,
): void {
  if (depth > MAX_DEPTH) throw fault(path, 'is nested too deeply');
  for (const [name, value] of Object.entries(content)) {
    const label = `${prefix}${name}`.slice(0, 60);
    if (FORBIDDEN.test(name.replace(/[-_.\s]/g, ''))) {
      throw new LocalError(
        `${path} must not hold "${label}": keys and addresses never come from a project file`,
        {
          code: 'project_file',
          field: label,
          next: `remove "${label}" from ${path}; keys belong to \`worktime login\` or WORKTIME_API_KEY`,
        },
      );
    }
    const plain = name.replace(/[-_]/g, '').toLowerCase();
    if (KEYS.some((key) => key.replace('-', '') === plain)) found[plain] = value;
    else if (plain === 'defaults' && prefix === '' && isObject(value)) {
      collect(value, path, 'defaults.', found, warn, depth + 1);
    } else if (isObject(value)) {
      collect(value, path, `${label}.`, Object.create(null), () => undefined, depth + 1);
      warn(unknownKey(path, label, name));
    } else if (closest(name, KEYS)[0] === 'profile') {
      // Which organization is meant is not to be guessed.
      throw fault(path, `has "${label}", which means nothing: did you mean "profile"?`);
    } else if (name !== '$schema') warn(unknownKey(path, label, name));
  }
}

function unknownKey(path: string, label: string, name: string): string {
  const [near] = closest(name, KEYS);
  const hint = near === undefined ? `it may hold ${KEYS.join(', ')}` : `did you mean "${near}"?`;
  return `${path}: "${label}" means nothing here and is ignored; ${hint}`;
}

function readText(path: string): string {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const about = fstatSync(file);
      if (!about.isFile()) throw fault(path, 'is not a regular file');
      if (about.size > MAX_SIZE) throw fault(path, `is larger than ${MAX_SIZE / 1024} KiB`);
      return readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw diskFault(error, 'read', path);
  }
}

function fault(path: string, what: string): LocalError {
  return new LocalError(`${path} ${what}`, {
    code: 'project_file',
    next: `mend ${path}, or move it away`,
  });
}
