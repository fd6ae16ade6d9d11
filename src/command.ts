/**
 * A command as data. `cli/` turns it into a parser, help and completions; its `run` yields data and never prints;
 * `views/` turns what it yields into bytes.
 */

import type { Kind, Noun } from './api/types.ts';
import type { Format } from './config/settings.ts';
import type { UsageError } from './errors.ts';
import type { Session } from './session.ts';

/** How a word of the command line is checked and turned into a value. */
export type ValueKind =
  | 'string'
  | 'integer'
  | 'number'
  /** Not negative, at most two decimals: a number. */
  | 'money'
  /** A duration (`500ms`, `30s`, `5m`, `2h`, `1d`) as ms. */
  | 'duration'
  /** A date or a word for one (`today`, `-7d`, `2024-11`): a YYYY-MM-DD string; a whole month or week gives its first or last day by `edge`. */
  | 'date'
  /** A time (RFC 3339, `09:00`, `now`, `-15m`) as an RFC 3339 string in UTC. */
  | 'time'
  /** `2024-11`: a month, that a command turns into two dates. */
  | 'month'
  /** One of `values`. */
  | 'choice'
  /** An ID or alias: checked, never empty, no `/`, no control character; an alias of its `noun` becomes its ID. */
  | 'id'
  | 'email'
  /** A path of a file, or `-`. */
  | 'file'
  /** A number of bytes (`64MiB`, `1000000`). */
  | 'bytes'
  | 'url';

interface Value {
  readonly kind: ValueKind;
  readonly description: string;
  /** In usage lines, such as `DATE`. */
  readonly placeholder?: string;
  readonly values?: readonly string[];
  readonly noun?: Noun;
  readonly min?: number;
  readonly max?: number;
  readonly edge?: 'start' | 'end';
  /** Of a time: a day alone is none. */
  readonly moment?: boolean;
  /** What Tab offers besides `values` and the noun's cache. */
  readonly complete?: /** Employees who are not known to be inactive; those who are, or of whom it is not known. */
    | 'active-employee'
    | 'inactive-employee'
    | 'profile'
    | 'file'
    | 'event'
    | 'command'
    | 'run'
    /** A run that can be undone. */
    | 'undoable'
    /** A run that has something left to do. */
    | 'resumable'
    /** The name of a tail that `--resume` remembers. */
    | 'resume'
    /** A time zone. */
    | 'zone'
    /** A key of `config`. */
    | 'setting'
    /** A key of `config` and its value. */
    | 'assignment'
    /** A path of the API. */
    | 'path';
}

/** A positional argument. */
export interface Argument extends Value {
  readonly name: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
  /** What it is where it is left out: where there are too few words, and the first is none of its values. */
  readonly default?: string;
}

/** A flag. Without `kind` it is a switch. */
export type Option = (Omit<Value, 'kind'> & { readonly kind?: ValueKind }) & {
  /** Without its dashes, in kebab-case. `no-x` is a switch that sets `x` to false. */
  readonly name: string;
  readonly short?: string;
  readonly repeat?: boolean;
  /** The value may be left out: then it is `true`. */
  readonly optionalValue?: boolean;
  /** What the command is given where the flag is left out. */
  readonly default?: string | number;
  readonly required?: boolean;
  /** The heading under which help lists it. */
  readonly group?: string;
  readonly hidden?: boolean;
};

/** A column of an output: where its value is, what it means, when it may be dropped. */
export interface Column {
  /** Dotted path into the row. */
  readonly path: string;
  readonly kind: Kind;
  readonly header?: string;
  readonly priority?: number;
  readonly total?: boolean;
  /** Of a text: how many cells of it are enough before another column goes. Default 18. */
  readonly comfort?: number;
  /** In a `whole` table on a terminal: no column, but a line of its own under each row that has something to say. */
  readonly below?: boolean;
  /** In a `brief` record: belongs to the field at this path, and is shown with it alone. */
  readonly of?: string;
}

/** An answer that the API did not take. */
export interface RefusedAnswer<I = Input> {
  /** As the API calls it. */
  readonly field: string;
  /** Everything that was answered so far. */
  readonly answers: Partial<I>;
  /** Says why it was refused: called before the question. */
  readonly say: () => void;
}

/** What a command yields, said beforehand. */
export interface OutputSpec {
  /**
   * `rows`: a list of records. `record`: one object, shown as pairs. `report`: an object with rows in it.
   * `text`: ready text (scripts, help), formats do not apply. `raw`: the API's envelope as it came.
   */
  readonly kind: 'rows' | 'record' | 'report' | 'text' | 'raw';
  /** What the rows are, in the plural, for files (`employees.xlsx`), notes and empty results. */
  readonly name: string;
  /** What notes call the rows where it is not their name: `attendance records`. */
  readonly plural?: string;
  /** Known columns in their order. Unknown fields follow where the API sends them. */
  readonly columns?: readonly Column[];
  /** What `--quiet` prints. Default `id`. */
  readonly idField?: string;
  /** For a report: where the known answer has its rows. */
  readonly rowsAt?: string;
  /** The format when none is asked for, where it is not `table` (a listener's lines are). */
  readonly live?: boolean;
  /** On a terminal long texts go on in the next line, where other tables cut them: few rows, each of them to be read. */
  readonly whole?: boolean;
  /** At a terminal, what says nothing is not shown: null and 0, as a fact of a record or all down a column of rows. `always`: in a pipe too. */
  readonly brief?: boolean | 'always';
  /** Where all there is is one row, people see it as a record: whole, in pairs. */
  readonly pairsForOne?: boolean;
  /** What `--chart` can draw of it. */
  readonly charts?: readonly Chart[];
}

/** A picture of rows: one bar for each bucket of `by`. Drawn of every set of rows that has the fields it names. */
export interface Chart {
  /** What `--chart NAME` calls it. */
  readonly name: string;
  readonly title: string;
  /** Path of the value that picks the bar. */
  readonly by: string;
  /** Path of what tells two bars of one name apart: an ID. */
  readonly id?: string;
  /** `value`: a bar for each value; `weekday`, `hour`: of a date or time in the output's zone. Default `value`. */
  readonly bucket?: 'value' | 'weekday' | 'hour';
  /** Path of the number that is summed; without one, rows are counted. */
  readonly value?: string;
  /** What the numbers are: `hours`, `minutes`, `opens`. */
  readonly unit: string;
}

/** What a command yields. */
export type Chunk =
  /**
   * A page of rows, as the API gave them. `total` where the answer had it. `texts`: each row as the JSON line that came,
   * where a program that reads it must get its very digits.
   */
  | {
      readonly type: 'rows';
      readonly rows: readonly unknown[];
      readonly total?: number;
      readonly texts?: readonly string[];
    }
  /** The data of one answer: a record or a report. `about`: facts for a workbook's Summary that the answer lacks. */
  | { readonly type: 'data'; readonly data: unknown; readonly about?: Readonly<Record<string, unknown>> }
  /** A word to the reader, said once everything is printed; a `warning` also where notes are not wanted. */
  | { readonly type: 'remark'; readonly text: string; readonly warning?: boolean }
  /** Further rows beside a report: a sheet of its own in a workbook, rows for `--chart`; other formats leave them out. */
  | {
      readonly type: 'sheet';
      readonly name: string;
      readonly rows: readonly unknown[];
      readonly columns?: readonly Column[];
    }
  /** Ready text for stdout. */
  | { readonly type: 'text'; readonly text: string }
  /** Bytes to be saved as they are, under `name` unless `-o` says where. */
  /** `asItCame`: whatever they are, and to standard output where that is no terminal. */
  | {
      readonly type: 'bytes';
      readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
      readonly name: string;
      readonly asItCame?: boolean;
    }
  /** A file that the command saved itself: its path is printed. */
  | { readonly type: 'file'; readonly path: string }
  /** Work that is partly done: thrown once all that was yielded is rendered and saved. */
  | { readonly type: 'failure'; readonly error: unknown };

/** The values of a command line: by argument name and by option name in camelCase. */
export type Input = Readonly<Record<string, unknown>>;

export interface Example {
  /** Without the leading `worktime`. */
  readonly command: string;
  readonly description: string;
  /** Not run by the test of examples, with the reason. */
  readonly untested?: string;
}

export interface Command<I = Input> {
  /** `['employees', 'list']`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  readonly examples?: readonly Example[];
  /** The endpoint that it is the command of, where there is one. */
  readonly endpoint?: string;
  /** `local`: no key and no API are needed. `write`: gets `--dry-run`. `delete`: gets `--yes` as well. */
  readonly effect: 'read' | 'write' | 'delete' | 'local';
  readonly output: OutputSpec;
  /** The output for these values, where it is another one: a tail has a column more and never ends. */
  readonly outputFor?: (input: I) => OutputSpec;
  /** What `--dry-run` yields instead; default: each request with method, URL and body. */
  readonly dryRunOutput?: OutputSpec;
  /** Whether the command itself writes what `-o` names (a tail that appends), so that the view must not. */
  readonly ownsOutputFile?: (input: I) => boolean;
  /** An argument that stands for `-o`; its ending gives the format where no flag does. */
  readonly outputFile?: (input: I) => string | undefined;
  /** The file that it brings ready-made, whatever formats are asked for: its format, and the flag that asks for it. */
  readonly brings?: (input: I) => { readonly flag: string; readonly format: Format } | undefined;
  /** The format where no flag, file or setting gives one; default: a table. */
  readonly format?: Format;
  /**
   * Asks a person for what is missing. Called only where somebody can answer, before required values are checked;
   * gives back what it learned, and that alone. With `refused` it asks for that field alone, and for none that it has
   * not asked for before.
   */
  readonly ask?: (session: Session, input: Partial<I>, refused?: RefusedAnswer<I>) => Promise<Partial<I>>;
  /** What is said of more words than it has arguments; default: how many it takes. */
  readonly tooMany?: (words: readonly string[]) => UsageError;
  /** Checks that need more than one value; throws UsageError. Runs before anything is sent. */
  readonly check?: (input: I) => void;
  readonly run: (session: Session, input: I) => AsyncIterable<Chunk>;
}

// biome-ignore lint/suspicious/noExplicitAny: a tree holds commands of every input
export type AnyCommand = Command<any>;

export function command<I>(spec: Command<I>): Command<I> {
  return spec;
}
