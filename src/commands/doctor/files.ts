/** The configuration and the project file: each fault at the file that it stands in, in the words that a command would stop with. */

import { existsSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { unknownProfile } from '../../config/connection.ts';
import { configFaults, projectFaults } from '../../config/defaults.ts';
import { KEY_VARIABLE } from '../../config/key.ts';
import { findProject } from '../../config/project.ts';
import { configPath, readConfig } from '../../config/read.ts';
import { SANDBOX } from '../../config/sandbox-profile.ts';
import { own, type StoredConfig } from '../../config/stored.ts';
import type { Context } from '../../context.ts';
import { type Finding, ok, problem, trouble, warning } from './finding.ts';

/** @returns what the configuration holds, where it can be read */
export function* configuration(context: Context): Generator<Finding, StoredConfig | undefined> {
  const directory = context.directories.config;
  const path = configPath(directory);
  const wide: string[] = [];
  let config: StoredConfig | undefined;
  try {
    config = readConfig(directory, (text) => wide.push(text));
    const names = Object.keys(config.profiles ?? {});
    const about = names.length === 0 ? 'no profiles' : `profiles ${names.join(', ')}`;
    const faults = [
      ...[...configFaults(config, path)].map((error) => problem('config', error)),
      ...missing('config', context, config, config.profile, path),
      ...shadowed(config, path),
    ];
    if (faults.length > 0) yield* faults;
    else yield ok('config', existsSync(path) ? `${path}: ${about}` : `${path} is not there yet`);
  } catch (error) {
    yield problem('config', error);
  }
  if (sep === '/' && existsSync(path)) yield permissions(path, directory, wide);
  return config;
}

/** Written by hand: every command takes the name for the built-in profile. */
function shadowed({ profiles }: StoredConfig, path: string): Finding[] {
  if (own(profiles, SANDBOX) === undefined) return [];
  const why = `${path}: profiles.${SANDBOX} is never used: that name belongs to the built-in sandbox`;
  return [warning('config', why, 'give it another name in an editor')];
}

function permissions(path: string, directory: string, mended: readonly string[]): Finding {
  const [file = 0, folder = 0] = [path, directory].map((one) => statSync(one).mode & 0o777);
  const about = `file ${octal(file)}, directory ${octal(folder)}`;
  if (((file | folder) & 0o077) === 0)
    return ok(
      'permissions',
      mended.length === 0 ? about : `${about} (mended just now: ${mended.join('; ')})`,
    );
  const next = `chmod 600 ${path}; chmod 700 ${directory}`;
  return warning('permissions', `${about}: other users can look in`, next);
}

const octal = (mode: number) => mode.toString(8).padStart(4, '0');

/** @param config what is known of the profiles on this machine */
export function* project(context: Context, config: StoredConfig | undefined): Generator<Finding> {
  const check = 'project file';
  const remarks: string[] = [];
  try {
    const found = findProject(context.cwd, (text) => remarks.push(text));
    if (!found) return yield ok(check, 'none here or above');
    const { path, profile } = found;
    const faults = [
      ...[...projectFaults(found)].map((error) => problem(check, error)),
      ...missing(check, context, config, profile, path),
      ...(remarks.length > 0 ? [warning(check, remarks.join('; '), `mend ${path}`)] : []),
    ];
    if (faults.length > 0) yield* faults;
    else yield ok(check, path);
  } catch (error) {
    yield problem(check, error);
  }
}

/** A file may name a profile that is not on this machine: with a key of the environment that stops nothing. */
function missing(
  check: string,
  { env }: Context,
  config: StoredConfig | undefined,
  name: string | undefined,
  file: string,
): Finding[] {
  if (!config || name === undefined || name === SANDBOX || own(config.profiles, name)) return [];
  const { why, next } = unknownProfile(config, name, file);
  return [env[KEY_VARIABLE] ? warning(check, why, next) : trouble(check, why, next)];
}
