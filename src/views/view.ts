/** What a view is: a writer that takes pages of rows or whole answers and turns them into bytes. */

import type { Column, OutputSpec } from '../command.ts';
import type { Context } from '../context.ts';
import type { Reporter } from '../session.ts';
import type { OutputOptions } from './options.ts';
import type { Sink } from './sink.ts';

/** Everything a view may use. */
export interface Stage {
  readonly spec: OutputSpec;
  readonly options: OutputOptions;
  readonly context: Context;
  readonly report: Reporter;
  readonly sink: Sink;
}

/** A page of rows. */
export interface Page {
  readonly rows: readonly unknown[];
  /** How many there are at the API, where it says. */
  readonly total?: number | undefined;
  /** Each row as the JSON line that came. */
  readonly texts?: readonly string[] | undefined;
  /** The rows are made by `--query`: their own keys decide which columns there are, in their order. */
  readonly projected?: boolean;
}

/** A whole answer. */
export interface Answer {
  readonly data: unknown;
  readonly about?: Readonly<Record<string, unknown>> | undefined;
  readonly projected?: boolean;
}

/** Further rows beside an answer. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly unknown[];
  readonly columns?: readonly Column[] | undefined;
}

/** Takes what comes, in order, and ends once. Each call resolves when its bytes are taken. */
export interface Writer {
  rows(page: Page): Promise<void>;
  data(answer: Answer): Promise<void>;
  sheet?(sheet: Sheet): Promise<void>;
  end(): Promise<void>;
}

export type OpenView = (stage: Stage) => Writer | Promise<Writer>;
