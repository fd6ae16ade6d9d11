/** What values are settled from, and in which order. */

import { LocalError, UsageError } from '../errors.ts';
import type { Project } from './project.ts';
import type { Format, Sourced } from './settings.ts';
import { isKeyLike, type StoredConfig } from './stored.ts';

/** The flags that settings depend on, by their camelCase names, already checked and converted. */
export interface SettingsFlags {
  readonly profile?: string | undefined;
  readonly sandbox?: boolean | undefined;
  readonly baseUrl?: string | undefined;
  readonly format?: Format | undefined;
  readonly json?: boolean | undefined;
  readonly timezone?: string | undefined;
  /** ms */
  readonly maxWait?: number | undefined;
  /** ms */
  readonly timeout?: number | undefined;
  /** bytes */
  readonly maxBody?: number | undefined;
  /** false: `--no-input` */
  readonly input?: boolean | undefined;
  readonly debug?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Everything that settings come from. */
export interface Sources {
  readonly flags: SettingsFlags;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly project: Project | undefined;
  readonly config: StoredConfig;
  /** The configuration's path, for words about where a value came from. */
  readonly configFile: string;
}

/** Where a value stands in the order of precedence: the higher wins. */
export const LEVEL = { flag: 4, environment: 3, project: 2, profile: 1, default: 0 } as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

export interface Placed<T> extends Sourced<T> {
  readonly level: Level;
}

/** Says where a bad value came from. */
export function named<T>(source: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${source}: ${error.message}`, { code: error.code, next: error.next });
  }
}

/** Nothing that a variable may hold is longer; a longer text may be a secret that was meant for another. */
const LONGEST = 15;

/** What a variable holds. @throws UsageError that does not quote it where it may be a secret */
export function inVariable<T>(name: string, text: string, parse: (text: string, source: string) => T): T {
  try {
    return parse(text, name);
  } catch (error) {
    if (!(error instanceof UsageError) || (text.length <= LONGEST && !isKeyLike(text))) throw error;
    const message = error.message.replace(/".*"/s, 'that');
    throw new UsageError(message, { code: error.code, next: error.next });
  }
}

/** The same of a value that stands in a file: a fault of the configuration and not of the command line. @throws LocalError */
export function inFile<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new LocalError(error.message, { code: 'invalid_config', next: error.next });
  }
}
