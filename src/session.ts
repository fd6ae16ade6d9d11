/** What a command is given: the resolved settings, the client and a way to speak to the person. Never a stream. */

import type { Organization } from './api/organization.ts';
import type { Client } from './client/index.ts';
import type { RateLimit } from './client/options.ts';
import type { Settings } from './config/settings.ts';
import type { Context } from './context.ts';

/** Speaks on stderr: sanitized, coloured only on a terminal, silent where it should be. */
export interface Reporter {
  /** A line for a person, such as what was left out. */
  note(text: string): void;
  /** A line that somebody waits for: said with `--quiet` too, and always as one line. */
  ready(text: string): void;
  /** A line that starts with `warning:`. */
  warn(text: string): void;
  /** A line for `--debug` alone. */
  debug(text: string): void;
  /** A transient status on a terminal (a countdown, a live state); `undefined` clears it. Nothing elsewhere. */
  status(text: string | undefined): void;
  /** A progress bar with rate and ETA on a terminal; nothing elsewhere. `undefined` clears it. */
  progress(state: Progress | undefined): void;
  /** Counts a wait for a rate limit down, beside the progress where there is any; `until` in ms. */
  waiting(until: number): void;
}

/** How far long work has come. */
export interface Progress {
  readonly done: number;
  readonly total?: number | undefined;
  /** In the plural: `pages`, `employees`. */
  readonly unit: string;
  /** While the work waits for a rate limit: its reset, in ms. */
  readonly waitUntil?: number | undefined;
  /** What the rate limit leaves, and how many calls the rest of the work takes: the ETA allows for it. */
  readonly rate?:
    | { readonly limit: number; readonly remaining: number; readonly resetAt: number; readonly calls: number }
    | undefined;
}

export interface Session {
  readonly context: Context;
  readonly settings: Settings;
  readonly report: Reporter;
  /** The client for the profile in force. Throws AuthError when there is no key. Made once. */
  client(): Promise<Client>;
  /**
   * The organization's time zone: `--timezone`, the defaults, the profile, else asked of the API once and
   * remembered for a day; `UTC` where it names none. `ask: false` never sends anything.
   */
  timeZone(options?: { ask?: boolean }): Promise<string>;
  /** The rate limit as any process with this key saw it last. */
  lastRate(): Promise<RateLimit | undefined>;
  /** An alias's ID (`alias.employee.john`), or the value as it is. */
  resolveAlias(noun: 'employee' | 'department' | 'lock', value: string): string;
  /** The organization, asked of the API once: its zone and its name are known from then on. */
  organization(): Promise<Organization>;
  /** The organization's name for confirmations: from the profile, else from the API. */
  organizationName(): Promise<string>;
  /** The flag under which a command reaches that organization: `--profile acme`; undefined where no profile does. */
  flagFor(baseUrl: string, organization?: string): Promise<string | undefined>;
  /** Of the embedded sandbox: what changes when it is made anew, and what was done to it is gone. Undefined elsewhere. */
  generation(): Promise<string | undefined>;
  /** Whether a person may be asked: a terminal on both ends, and no `--no-input`. */
  readonly interactive: boolean;
}
