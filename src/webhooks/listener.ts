/** The listener: a delivery is acknowledged once it is in the record, and not before. */

import type { Clock } from '../client/clock.ts';
import { describe } from '../errors.ts';
import { DuplicateWindow, type Seen } from './duplicates.ts';
import { type Entry, exactly, hashOf, isOfNote } from './entry.ts';
import { parseEvent } from './event.ts';
import {
  type GuardRules,
  type Head,
  hostsOf,
  isLoopback,
  isWildcard,
  type Refusal,
  refusalOf,
} from './guard.ts';
import { readEntries } from './place.ts';
import type { DurableRecord } from './record.ts';
import { errorBody, LIMITS, type Reply, type ServerLimits, serve } from './server.ts';

export interface ListenerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Begins with a slash. */
  readonly path: string;
  readonly token: string | undefined;
  /** Addresses by which it may be called besides its own, such as a tunnel's. */
  readonly publicUrls: readonly URL[];
  readonly limits?: Partial<ServerLimits>;
  /** Told of what was not accepted, with its code. */
  readonly onRefused?: (code: string, message: string) => void;
  /** Told of a delivery that came again. */
  readonly onDuplicate?: (entry: Entry) => void;
}

export interface Listener {
  readonly port: number;
  /** Where it can be reached from this machine, with the token. */
  readonly url: string;
  /** A public address with path and token: what is pasted into the web account. */
  publicUrl(base: URL): string;
  /** Lets requests that come by way of this address in. */
  allow(base: URL): void;
  /** Takes no more and answers what it has. */
  close(): Promise<void>;
}

const GRACE = 3000;
const WINDOW = 10 * 60_000;
/** Bytes at the end of a file that is not rotated, in which what came in that time is looked for. */
const REMEMBERED = 32 * 1024 * 1024;
const ACCEPTED: Reply = { status: 200, body: '{"success":true}' };
const REPEATED: Reply = { status: 200, body: '{"success":true,"duplicate":true}' };

/** Serves until closed. Resolves once connections are accepted. @throws LocalError when the address cannot be had. */
export async function listen(
  record: DurableRecord,
  options: ListenerOptions,
  clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>,
): Promise<Listener> {
  const limits = { ...LIMITS, ...options.limits };
  const hosts = new Set<string>();
  const allow = (url: URL) => {
    for (const host of hostsOf(url)) hosts.add(host);
  };
  for (const url of options.publicUrls) allow(url);
  const path = options.path.replace(/(?<=.)\/+$/, '');
  const rules: { -readonly [K in keyof GuardRules]: GuardRules[K] } = {
    hosts,
    path,
    token: options.token,
    maxBody: limits.maxBody,
  };
  const store = await Store.open(record, options, clock);
  const refused = ({ code, message }: Refusal) => options.onRefused?.(code, message);
  const server = await serve(
    options,
    limits,
    { refuse: (head) => refusalOf(head, rules), accept: (body, head) => store.accept(body, head), refused },
    clock,
  );
  const { port } = server;
  if (isWildcard(options.host)) rules.anyAddressAtPort = port;
  for (const name of namesOf(options.host)) allow(new URL(`http://${name}:${port}`));
  const place = [path === '/' ? '' : path, options.token].filter((part) => part !== undefined).join('/');
  const at = (origin: string) =>
    `${origin.replace(/\/+$/, '')}${place.startsWith('/') ? place : `/${place}`}`;
  return {
    port,
    url: at(`http://${isWildcard(options.host) ? '127.0.0.1' : bracketed(options.host)}:${port}`),
    publicUrl: (base) => at(base.origin + base.pathname),
    allow,
    close: () => server.close(GRACE),
  };
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);

function namesOf(host: string): string[] {
  const own = isWildcard(host) ? [] : [bracketed(host)];
  return isLoopback(host) || isWildcard(host) ? [...own, 'localhost', '127.0.0.1', '[::1]'] : own;
}

/** Bodies into the record, each once. */
class Store {
  readonly #record: DurableRecord;
  readonly #options: ListenerOptions;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #window = new DuplicateWindow(WINDOW);

  private constructor(record: DurableRecord, options: ListenerOptions, clock: Pick<Clock, 'now'>) {
    this.#record = record;
    this.#options = options;
    this.#clock = clock;
  }

  /** What came in the last ten minutes before a restart is known as well. */
  static async open(
    record: DurableRecord,
    options: ListenerOptions,
    clock: Pick<Clock, 'now'>,
  ): Promise<Store> {
    const store = new Store(record, options, clock);
    const since = clock.now() - WINDOW;
    // Ten minutes cannot fill so much unless they are fuller than any vendor sends. Where it begins within a line, that is
    // passed over.
    const segment = (await record.place.segments()).slice(-2)[0] ?? 0;
    const offset = record.place.rotates ? 0 : Math.max(0, record.end.offset - REMEMBERED);
    for await (const { hash, receivedAt, duplicate } of readEntries(record.place, {
      from: { segment, offset },
    })) {
      if (!duplicate && receivedAt !== undefined && receivedAt > since) {
        store.#window.add(hash, receivedAt, Promise.resolve());
      }
    }
    return store;
  }

  /** Never rejects. On the way of every delivery: each promise more makes them fewer a second. */
  accept(bytes: Buffer, head: Head): Promise<Reply> {
    const body = exactly(bytes);
    const event = parseEvent(typeof body === 'string' ? body : bytes.toString());
    if (typeof event === 'string') {
      const message = event === 'not_json' ? 'the body is not JSON' : 'the body is not an event';
      this.#options.onRefused?.(event, message);
      return Promise.resolve({ status: 400, body: errorBody(event, message) });
    }
    const receivedAt = this.#clock.now();
    const entry: Entry = {
      receivedAt,
      headers: headersOfNote(head),
      body,
      hash: hashOf(bytes),
      duplicate: false,
      event,
    };
    return this.#store(entry).catch((error: unknown) => {
      const { message } = describe(error);
      this.#options.onRefused?.('not_stored', message);
      return { status: 503, body: errorBody('not_stored', 'the event could not be stored; send it again') };
    });
  }

  #store(entry: Entry): Promise<Reply> {
    const now = entry.receivedAt ?? 0;
    const seen = this.#window.find(entry.hash, now);
    if (seen) return this.#repeat(entry, seen);
    const stored = this.#record.append(entry);
    this.#window.add(entry.hash, now, stored);
    return stored.then(accepted);
  }

  async #repeat(entry: Entry, seen: Seen): Promise<Reply> {
    // Acknowledging a repetition of what then fails to be stored would lose it: then this one is the first.
    const stored = await seen.stored.then(
      () => true,
      () => false,
    );
    if (!stored) return this.#store(entry);
    const repeated = { ...entry, duplicate: true };
    await this.#record.append(repeated);
    this.#options.onDuplicate?.(repeated);
    return REPEATED;
  }
}

const accepted = () => ACCEPTED;

const MAX_KEPT = 4096;

function headersOfNote(head: Head): Record<string, string> {
  const kept: Record<string, string> = {};
  let length = 0;
  for (const name in head.headers) {
    const value = head.headers[name];
    if (typeof value !== 'string' || !isOfNote(name)) continue;
    length += name.length + value.length;
    if (length > MAX_KEPT) break;
    kept[name] = value;
  }
  return kept;
}
