/** The settings in force for one run, each with the place it came from. */

import type { Noun } from '../api/types.ts';

export type Format = 'table' | 'json' | 'ndjson' | 'csv' | 'excel';
export const FORMATS: readonly Format[] = ['table', 'json', 'ndjson', 'csv', 'excel'];

/** A value and where it came from, in words: `--profile`, `WORKTIME_PROFILE`, a path, `profile acme`, `default`. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

/** How to come by the key; the key itself is fetched only when a request needs it. */
export type KeySource =
  | { readonly type: 'literal'; readonly key: string }
  /** An argument vector, run without a shell; its first line of output is the key. */
  | { readonly type: 'command'; readonly command: readonly string[] }
  /** There is one, or should be, and it must not be used: why, and what to do. An error once a request needs it. */
  | {
      readonly type: 'withheld';
      readonly fault: 'usage' | 'auth';
      readonly code: string;
      readonly why: string;
      readonly next: string;
    };

export interface Settings {
  /** The profile's name; undefined when none exists and none was named. */
  readonly profile: Sourced<string | undefined>;
  readonly baseUrl: Sourced<string>;
  /** undefined when there is none: an AuthError once a request needs it. */
  readonly key: Sourced<KeySource> | undefined;
  /** Whether requests go to the embedded sandbox, in process. */
  readonly sandbox: boolean;
  readonly format: Sourced<Format | undefined>;
  /** IANA name; undefined: the organization's. */
  readonly timezone: Sourced<string | undefined>;
  /** ms */
  readonly maxWait: Sourced<number>;
  /** ms, for a whole attempt */
  readonly timeout: number;
  /** bytes, as decoded */
  readonly maxBody: number;
  readonly noInput: boolean;
  readonly debug: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly aliases: Readonly<Record<Noun, Readonly<Record<string, string>>>>;
  /** What the profile remembers of its organization. */
  readonly organization:
    | { readonly id?: string; readonly name?: string; readonly timezone?: string }
    | undefined;
  /** The `.worktime.json` that was found. */
  readonly projectFile: string | undefined;
}
