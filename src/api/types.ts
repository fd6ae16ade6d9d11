/** The vocabulary in which the API is declared as data. No values that cost anything at start-up. */

/** What a value means, which decides how it is parsed, shown, totalled and put into a cell. */
export type Kind =
  | 'id'
  | 'text'
  | 'email'
  | 'money'
  | 'hours'
  | 'minutes'
  | 'seconds'
  | 'integer'
  | 'number'
  | 'date'
  | 'time'
  | 'status'
  | 'boolean'
  | 'percent'
  | 'list'
  | 'object';

/** One field of a record: a column of a table, a property of a schema. */
export interface Field {
  readonly kind: Kind;
  readonly description: string;
  /** May be absent from an answer. */
  readonly optional?: boolean;
  /** May be null in an answer. */
  readonly nullable?: boolean;
  readonly values?: readonly string[];
  /** 1 is always shown; a narrow terminal drops the highest number first. Default 2. 0: not a table column at all unless asked for. */
  readonly priority?: 0 | 1 | 2 | 3 | 4;
  /** The table's heading where it is not the name in words. */
  readonly header?: string;
  /** Summed in footers and workbooks. */
  readonly total?: boolean;
  readonly example?: unknown;
  /** Of an object, as far as they are known. */
  readonly fields?: Readonly<Record<string, Field>>;
}

/** A record of the API: its fields in the order in which they are shown. */
export interface RecordSpec<T = unknown> {
  readonly name: string;
  readonly description: string;
  readonly fields: { readonly [K in keyof Required<T>]: Field };
}

/** Which alias table (`alias.department.eng`) and completion cache a value belongs to. */
export type Noun = 'employee' | 'department' | 'lock';

/** One parameter of an endpoint: in its path, its query or its body. */
export interface Param {
  readonly in: 'path' | 'query' | 'body';
  readonly kind: Kind;
  readonly description: string;
  readonly required?: boolean;
  /** The command line's flag; default: the name with dashes. `null`: no flag, the command sets it itself. */
  readonly flag?: string | null;
  readonly placeholder?: string;
  /** What the command line also takes, and the API does not. */
  readonly shorthand?: string;
  readonly values?: readonly string[];
  readonly noun?: Noun;
  readonly min?: number;
  readonly max?: number;
  readonly default?: number | string;
  readonly example?: unknown;
}

export type Scope = 'read' | 'write' | 'full';

/** What an endpoint answers under `data`. */
export interface Answer<O = unknown> {
  /** `record`: one object; `list`: an array of them; `report`: an object with its rows under `rows`. */
  readonly shape: 'record' | 'list' | 'report';
  readonly record: RecordSpec<O>;
  /** For a report: where the sandbox's answer has its rows. A report of another shape is rendered all the same. */
  readonly rows?: string;
  /** For a report: what stands beside its period, its rows and their totals. */
  readonly about?: Readonly<Record<string, Field>>;
}

/** An endpoint. `I` is what a caller gives, `O` one record of the answer. */
export interface Endpoint<I = unknown, O = unknown> {
  /** `resource.verb`: the command's path and the SDK's method. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL, parameters as `:id`. */
  readonly path: string;
  readonly scope: Scope;
  readonly summary: string;
  readonly description?: string;
  readonly params: { readonly [K in keyof Required<I>]: Param };
  /** `documented`: the reference says that it pages. `if-answered`: followed only where the answer has `pagination`. */
  readonly paging?: 'documented' | 'if-answered';
  readonly status: 200 | 201;
  readonly answer: Answer<O>;
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds endpoints of every input and output
export type AnyEndpoint = Endpoint<any, any>;

/** Declares a record: every key of T must have its field. */
export function record<T>(spec: RecordSpec<T>): RecordSpec<T> {
  return spec;
}

/** Declares an endpoint: every key of I must have its parameter. */
export function endpoint<I, O>(spec: Endpoint<I, O>): Endpoint<I, O> {
  return spec;
}

/** `pagination` of a paged answer. */
export interface Pagination {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
}
