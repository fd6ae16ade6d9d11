/** The shapes in which the client is asked and answers. Types alone. */

import type { Pagination } from '../api/types.ts';
import type { KeyOrigin, Wording } from './advice.ts';
import type { Clock } from './clock.ts';
import type { Transport } from './transport.ts';

/** What a client is made from. Times in ms, sizes in bytes. */
export interface ClientOptions {
  /** The API key, or where to get it: asked when the first request needs it, and then kept. */
  readonly apiKey: string | (() => string | Promise<string>);
  /** How long a call waits for a function that gives the key, in ms. Default 0: as long as it takes. */
  readonly keyTimeout?: number | undefined;
  /** Whose key it is, for the error when it is rejected. */
  readonly keyOrigin?: KeyOrigin | undefined;
  /** How errors name these options. Default: by their own names. */
  readonly wording?: Wording | undefined;
  /** Default `https://api.worktime.one/v1`. HTTPS, or HTTP to this machine. */
  readonly baseUrl?: string | undefined;
  /** HTTP as a function. */
  readonly transport: Transport;
  readonly clock: Clock;
  /** For a whole attempt, its body included. Default 30,000; 0: none. */
  readonly timeout?: number | undefined;
  /** Of one answer, as decoded. Default 64 MiB. */
  readonly maxBody?: number | undefined;
  /** The longest wait for a rate limit's reset within one call. Default 60,000; 0: never wait. */
  readonly maxWait?: number | undefined;
  readonly userAgent?: string | undefined;
  readonly events?: ClientEvents | undefined;
  /** Shares the rate limit with other processes of the same key: asked before each attempt, told of each answer. */
  readonly budget?: Budget | undefined;
}

/** Who asks: a person at the keyboard goes before bulk work, that before a tail. */
export type Priority = 'person' | 'import' | 'tail';

/** The requests that are left in this hour, shared by every process with the same key. See budget.ts. */
export interface Budget {
  /**
   * Takes one request. Undefined, at once, in nearly every case: there is room. Otherwise a promise that resolves when there is.
   * @throws (rejects) RateLimitError when that would take longer than the wait allowed, or the signal's reason
   */
  take(priority: Priority, signal?: AbortSignal | undefined): Promise<void> | undefined;
  /** Tells what an answer's headers said. Call it for every answer, before the next `take`. */
  seen(rate: RateLimit): void;
}

export interface CallOptions {
  /** Ends the call, waits included, with the signal's reason. */
  readonly signal?: AbortSignal | null | undefined;
  /**
   * `false`: the caller settles an unclear write itself (bulk work, which keeps a journal). Then such a write is
   * thrown as UnknownOutcomeError at once, without reading back and without repeating it, and it may go over a kept connection.
   */
  readonly settle?: boolean | undefined;
  /** For the shared budget. Default `person`. */
  readonly priority?: Priority | undefined;
}

/** What the client does, as it happens. No event ever holds the key. */
export interface ClientEvents {
  /** An attempt starts. The headers are those sent, with the key masked. */
  request?(event: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
  }): void;
  /** An attempt has answered, whatever its status. `ms`: how long it took, body included. */
  response?(event: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly bytes: number;
    readonly ms: number;
  }): void;
  /** An attempt failed and is repeated after `delay` ms. `attempt` is the one that failed, from 1. */
  retry?(event: {
    readonly method: string;
    readonly path: string;
    readonly attempt: number;
    readonly reason: string;
    readonly delay: number;
  }): void;
  /** A write's answer was lost: the client looks whether it took effect. */
  readBack?(event: { readonly method: string; readonly path: string; readonly reason: string }): void;
  /** The client waits `ms` for a rate limit's reset, until `until` (ms, this machine's clock). */
  wait?(event: { readonly until: number; readonly ms: number; readonly reason: string }): void;
  /** Something the person should know, such as a list that changed while it was read. */
  warn?(event: { readonly message: string }): void;
}

/** The rate limit as an answer told it. */
export interface RateLimit {
  /** Requests an hour. */
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** ms by this machine's clock, the skew to the server's removed; undefined when the header makes no sense. */
  readonly resetAt: number | undefined;
  /** ms, when it was seen. */
  readonly seenAt: number;
}

/** One answer. */
export interface Answered<O> {
  /** A record; for a list the array of them; for a report whatever came. */
  readonly data: O;
  /** Where the answer had it. */
  readonly pagination?: Pagination;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rate?: RateLimit;
  /** The decoded body when it is not JSON: a workbook. Then `data` is undefined. */
  readonly bytes?: Uint8Array;
  /** Set on a write whose answer was lost and that was found applied by reading back. */
  readonly settled?: true;
}

/** One page of a list. */
export interface Page<O> {
  readonly rows: O[];
  readonly pagination?: Pagination;
  /** Which page, from 1. */
  readonly page: number;
}

/** A request that is ready to be sent, without its key. */
export interface PreparedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, with its query. */
  readonly url: string;
  /** Below the base URL, encoded, without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
}

/** What has names and values, as URLSearchParams, Headers and Map have them. */
export interface Entries<V> {
  entries(): Iterable<readonly [string, V]>;
}

/** Any request below the base URL. */
export interface RawRequest {
  readonly method: PreparedRequest['method'];
  /** Below the base URL, such as `/employees?limit=1`. Checked: it cannot leave the base URL. */
  readonly path: string;
  readonly query?:
    | Readonly<Record<string, string | number | boolean | null | undefined>>
    | Entries<string | number | boolean>
    | undefined;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  /** Further headers; `authorization` and `host` are refused. */
  readonly headers?: Readonly<Record<string, string>> | Entries<string> | undefined;
}

/** The answer to a raw request. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, envelope and all; undefined when the answer is not JSON. */
  readonly envelope: unknown;
  /** The decoded body as it came. */
  readonly bytes: Uint8Array;
  readonly rate?: RateLimit;
}
