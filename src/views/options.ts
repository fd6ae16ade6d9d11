/** How an output is wanted: the flags that every command shares. */

import type { Format } from '../config/settings.ts';

export interface OutputOptions {
  readonly format: Format;
  /** `-o`: a path; `-` and undefined: standard output (Excel: a name of its own in the working directory). */
  readonly output?: string | undefined;
  /** An existing file may be replaced. */
  readonly force: boolean;
  /** Dotted paths; `true`: list those there are. */
  readonly fields?: readonly string[] | true | undefined;
  /** JMESPath over the merged result. */
  readonly query?: string | undefined;
  readonly sort?: { readonly path: string; readonly descending: boolean } | undefined;
  readonly header: boolean;
  /** IDs alone. */
  readonly quiet: boolean;
  /** IANA name in which times are shown in tables and workbooks. */
  readonly timeZone: string;
  /** Asks for it where nobody knows it yet: called once data has come that has times to show. */
  readonly learnTimeZone?: (() => Promise<string>) | undefined;
  /** The command only reads: a blank `--fields` may run it to list what the API sends. Else the declared ones are listed. */
  readonly peek?: boolean | undefined;
  /** By the time that there is something to show, it is written. */
  readonly writes?: boolean | undefined;
  /** A chart's name; `true`: every chart that the rows can be drawn as. Format table alone. */
  readonly chart?: string | true | undefined;
  /** For a file name such as `payroll_2024-11-01_2024-11-30.xlsx`: what follows the output's name. */
  readonly suffix?: string | undefined;
}
