/** The defaults that a file may hold: how each is read, by every command and by `doctor`. */

import { type LocalError, UsageError } from '../errors.ts';
import { parseDuration } from '../time/duration.ts';
import { checkTimeZone } from '../time/zone.ts';
import { baseUrlOf } from './connection.ts';
import type { Project } from './project.ts';
import { FORMATS, type Format } from './settings.ts';
import { inFile, named } from './sources.ts';
import type { StoredConfig, StoredDefaults, StoredProfile } from './stored.ts';

/** A format's name. @throws UsageError that names where it came from */
export function parseFormat(text: string, source: string): Format {
  const found = FORMATS.find((format) => format === text);
  if (found) return found;
  throw new UsageError(`${source}: "${text.slice(0, 40)}" is not a format`, {
    code: 'invalid_format',
    next: `choose ${FORMATS.join(', ')}`,
  });
}

/** A time zone. @throws UsageError that names where it came from */
export const parseZone = (text: string, source: string): string => named(source, () => checkTimeZone(text));

const READERS: Readonly<Record<keyof StoredDefaults, (text: string, source: string) => unknown>> = {
  format: parseFormat,
  timezone: parseZone,
  'max-wait': parseDuration,
};

/** Where a default stands, for the words of its fault. */
export const placeOf = (file: string, name: string, profile?: string): string =>
  `${file}: ${profile === undefined ? '' : `profiles.${profile}.`}defaults.${name}`;

/** What a profile remembers of its organization. @throws LocalError for a zone that this machine does not know */
export function organizationOf(
  { organization }: StoredProfile,
  name: string | undefined,
  file: string,
): StoredProfile['organization'] {
  const zone = organization?.timezone;
  if (zone !== undefined) inFile(() => parseZone(zone, `${file}: profiles.${name}.organization.timezone`));
  return organization;
}

/** Each value of the configuration that a command would stop at, in the words that it would stop with. */
export function* configFaults(
  { defaults, profiles = {} }: StoredConfig,
  file: string,
): Generator<LocalError> {
  yield* defaultFaults(defaults, (name) => placeOf(file, name));
  for (const [name, profile] of Object.entries(profiles)) {
    yield* faultOf(() => baseUrlOf(profile, `${file}: profiles.${name}.base_url`));
    yield* defaultFaults(profile.defaults, (each) => placeOf(file, each, name));
    yield* faultOf(() => organizationOf(profile, name, file));
  }
}

/** The same of a project file. */
export function* projectFaults({ path, format, timezone, maxWait }: Project): Generator<LocalError> {
  yield* defaultFaults({ format, timezone, 'max-wait': maxWait }, (name) => `${path}: ${name}`);
}

function* defaultFaults(
  defaults: Readonly<Partial<Record<keyof StoredDefaults, string | undefined>>> = {},
  where: (name: string) => string,
): Generator<LocalError> {
  for (const [name, read] of Object.entries(READERS)) {
    const text = defaults[name as keyof StoredDefaults];
    if (text !== undefined) yield* faultOf(() => inFile(() => read(text, where(name))));
  }
}

function* faultOf(check: () => unknown): Generator<LocalError> {
  try {
    check();
  } catch (error) {
    yield error as LocalError;
  }
}
