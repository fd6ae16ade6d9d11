/** Flag > environment > `.worktime.json` > profile > default: every value with the place it came from. */

import type { Context } from '../context.ts';
import { LocalError, UsageError } from '../errors.ts';
import { parseDuration } from '../time/duration.ts';
import { baseUrlInForce, keyInForce } from './connection.ts';
import { organizationOf, parseFormat, parseZone, placeOf } from './defaults.ts';
import { KEY_VARIABLE } from './key.ts';
import { findProject } from './project.ts';
import { configPath, readConfig } from './read.ts';
import { SANDBOX, sandboxProfile, sandboxScope } from './sandbox-profile.ts';
import type { Format, KeySource, Settings, Sourced } from './settings.ts';
import { inFile, inVariable, LEVEL, type Placed, type SettingsFlags, type Sources } from './sources.ts';
import {
  isKeyLike,
  isProfileName,
  type NOUNS,
  own,
  type StoredConfig,
  type StoredProfile,
} from './stored.ts';

const MAX_WAIT = 60_000;
/** For one attempt, in ms. */
export const TIMEOUT = 30_000;
const MAX_BODY = 64 * 1024 * 1024;

/**
 * Reads the configuration and the project file, and settles every value. A flag that asks for the sandbox makes a warning of a broken configuration.
 * @throws LocalError for a broken file or a bad value in one; UsageError for a bad flag or variable. A missing or misplaced key is no error
 *   before a request needs it: see `resolveKey`.
 */
export function resolveSettings(
  context: Pick<Context, 'env' | 'cwd' | 'directories'>,
  flags: SettingsFlags,
  report: { warn(text: string): void },
): Settings {
  const warn = (text: string) => report.warn(text);
  const config = readStored(context.directories.config, flags, warn);
  const project = findProject(context.cwd, warn);
  const configFile = configPath(context.directories.config);
  return settle({ flags, env: context.env, project, config, configFile }, warn);
}

/** Whoever asks for the sandbox needs no profile of a file. */
const asksForSandbox = ({ sandbox, profile }: SettingsFlags) => sandbox === true || profile === SANDBOX;

/** Goes on where it is only the configuration that is at fault, and the sandbox was asked for. */
function withoutIt(error: unknown, flags: SettingsFlags, warn: (text: string) => void): void {
  if (!(error instanceof LocalError && asksForSandbox(flags))) throw error;
  warn(`${error.message}; the sandbox goes on without it`);
}

function readStored(directory: string, flags: SettingsFlags, warn: (text: string) => void): StoredConfig {
  try {
    return readConfig(directory, warn);
  } catch (error) {
    withoutIt(error, flags, warn);
    return {};
  }
}

/** Settles every value. Pure but for its warnings. */
export function settle(sources: Sources, warn: (text: string) => void): Settings {
  const { flags, env, project, config, configFile } = sources;
  const name = profileInForce(sources);
  const profile =
    name.value === undefined
      ? undefined
      : name.value === SANDBOX
        ? sandboxProfile
        : own(config.profiles, name.value);
  const baseUrl = baseUrlInForce(sources, name, profile);
  const key = keyInForce(sources, name, profile, baseUrl, warn);
  const ownKey = key !== undefined && key.source !== KEY_VARIABLE;
  const pick = <T>(
    flag: T | undefined,
    flagName: string,
    variable: string | undefined,
    entry: Entry<T>,
  ): Sourced<T | undefined> => pickValue(sources, warn, name.value, profile, flag, flagName, variable, entry);

  const format = pick<Format>(
    flags.format ?? (flags.json ? 'json' : undefined),
    flags.format ? '--format' : '--json',
    'WORKTIME_FORMAT',
    {
      project: project?.format,
      stored: 'format',
      parse: parseFormat,
    },
  );
  const zoneFlag = flags.timezone === undefined ? undefined : parseZone(flags.timezone, '--timezone');
  const timezone = pick<string>(zoneFlag, '--timezone', undefined, {
    project: project?.timezone,
    stored: 'timezone',
    parse: parseZone,
  });
  const maxWait = pick<number>(flags.maxWait, '--max-wait', 'WORKTIME_MAX_WAIT', {
    project: project?.maxWait,
    stored: 'max-wait',
    parse: parseDuration,
  });
  return {
    profile: { value: name.value, source: name.source },
    baseUrl: { value: baseUrl.value, source: baseUrl.source },
    key,
    sandbox: profile === sandboxProfile && baseUrl.level <= LEVEL.profile,
    format,
    timezone,
    maxWait: { value: maxWait.value ?? MAX_WAIT, source: maxWait.source },
    timeout: flags.timeout ?? TIMEOUT,
    maxBody: flags.maxBody ?? MAX_BODY,
    noInput: flags.input === false || isOn(env['CI']),
    debug: flags.debug === true || isOn(env['WORKTIME_DEBUG']),
    yes: flags.yes === true,
    dryRun: flags.dryRun === true,
    aliases: mergeAliases(config, profile, isSandboxKey(key)),
    organization: ownKey && profile ? organizationOf(profile, name.value, configFile) : undefined,
    projectFile: project?.path,
  };
}

/**
 * The profile that a command without flags uses when the configuration is this one, and what names it.
 * @throws LocalError, UsageError where a project file or the environment cannot be understood
 */
export function standingProfile(
  { env, cwd, directories }: Pick<Context, 'env' | 'cwd' | 'directories'>,
  config: StoredConfig,
): Sourced<string | undefined> {
  const project = findProject(cwd, () => undefined);
  return profileInForce({ flags: {}, env, project, config, configFile: configPath(directories.config) });
}

function profileInForce({ flags, env, project, config, configFile }: Sources): Placed<string | undefined> {
  if (flags.sandbox) {
    if (flags.profile !== undefined && flags.profile !== SANDBOX) {
      throw new UsageError(`--sandbox and --profile ${flags.profile} do not go together`, {
        next: 'give one of them',
      });
    }
    return { value: SANDBOX, source: '--sandbox', level: LEVEL.flag };
  }
  if (flags.profile !== undefined)
    return { value: checkName(flags.profile, '--profile', config), source: '--profile', level: LEVEL.flag };
  const variable = env['WORKTIME_PROFILE'];
  if (variable)
    return {
      value: checkName(variable, 'WORKTIME_PROFILE', config),
      source: 'WORKTIME_PROFILE',
      level: LEVEL.environment,
    };
  if (project?.profile !== undefined)
    return { value: project.profile, source: project.path, level: LEVEL.project };
  if (config.profile !== undefined)
    return { value: config.profile, source: configFile, level: LEVEL.profile };
  return { value: undefined, source: 'default', level: LEVEL.default };
}

/** The name of a profile. @throws UsageError that names where it came from, and does not repeat what may be a key */
export function checkName(name: string, source: string, { profiles }: StoredConfig): string {
  if (isKeyLike(name) && own(profiles, name) === undefined) {
    throw new UsageError(`${source}: that looks like a key, and is no profile`, {
      code: 'invalid_profile',
      next: `give the name of a profile, and the key to \`worktime login\` or ${KEY_VARIABLE}`,
    });
  }
  if (isProfileName(name)) return name;
  throw new UsageError(`${source}: that is not the name of a profile`, {
    code: 'invalid_profile',
    next: 'names are letters, digits, dots, dashes and underscores; see `worktime profiles list`',
  });
}

interface Entry<T> {
  readonly project: string | undefined;
  readonly stored: 'format' | 'timezone' | 'max-wait';
  readonly parse: (text: string, source: string) => T;
}

function pickValue<T>(
  { flags, env, project, config, configFile }: Sources,
  warn: (text: string) => void,
  name: string | undefined,
  profile: StoredProfile | undefined,
  flag: T | undefined,
  flagName: string,
  variable: string | undefined,
  { project: inProject, stored, parse }: Entry<T>,
): Sourced<T | undefined> {
  if (flag !== undefined) return { value: flag, source: flagName };
  const given = variable && env[variable];
  if (given) return { value: inVariable(variable, given, parse), source: variable };
  const places: readonly (readonly [string | undefined, source: string, place: string])[] = [
    [inProject, project?.path ?? '', `${project?.path}: ${stored}`],
    [profile?.defaults?.[stored], `profile ${name}`, placeOf(configFile, stored, name)],
    [config.defaults?.[stored], configFile, placeOf(configFile, stored)],
  ];
  for (const [text, source, place] of places) {
    if (text === undefined) continue;
    try {
      return { value: inFile(() => parse(text, place)), source };
    } catch (error) {
      if (source !== configFile) throw error;
      withoutIt(error, flags, warn);
    }
  }
  return { value: undefined, source: 'default' };
}

/** A served sandbox is known by its key: it has the departments of the embedded one, and the same short names for them. */
export function isSandboxKey(key: Sourced<KeySource> | undefined): boolean {
  return key?.value.type === 'literal' && sandboxScope(key.value.key) !== undefined;
}

function mergeAliases(
  config: StoredConfig,
  profile: StoredProfile | undefined,
  sandbox: boolean,
): Settings['aliases'] {
  const builtIn = sandbox ? sandboxProfile.aliases : undefined;
  const table = (noun: (typeof NOUNS)[number]) =>
    Object.assign(
      Object.create(null),
      own(builtIn, noun),
      own(config.aliases, noun),
      own(profile?.aliases, noun),
    ) as Record<string, string>;
  return { employee: table('employee'), department: table('department'), lock: table('lock') };
}

/** A switch in the environment: set, and not to a word for no. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no'].includes(value.toLowerCase());
}
