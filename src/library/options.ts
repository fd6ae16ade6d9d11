/** What a program gives the client, checked at once: without types nobody else would say what is wrong with it. */

import { checkKey } from '../client/auth.ts';
import type { Clock } from '../client/clock.ts';
import type { ClientOptions } from '../client/options.ts';
import type { HttpResponse, HttpRequest as WireRequest } from '../client/transport.ts';
import { AuthError, UsageError } from '../errors.ts';
import { closest } from '../nearest.ts';
import { EVENTS } from './contain.ts';

/** A request as a transport gets it: its body is JSON. `fetch(request.url, request)` takes it as it is. */
export type HttpRequest = Omit<WireRequest<string>, 'freshConnection' | 'onSend' | 'priority'>;
/** A body may be null, as that of `fetch` is where there is none. */
export type Transport = (
  request: HttpRequest,
) => Promise<Omit<HttpResponse, 'body'> & { readonly body: HttpResponse['body'] | null }>;

/** What a client is made from; only the key is needed. Times in ms, sizes in bytes. */
export interface WorkTimeOptions
  extends Omit<
    ClientOptions,
    'baseUrl' | 'transport' | 'clock' | 'budget' | 'keyOrigin' | 'keyTimeout' | 'wording'
  > {
  /** HTTPS, or HTTP to this machine. */
  readonly baseUrl?: string | URL | undefined;
  /** Another way to send HTTP, such as one that goes through a proxy or answers from memory. */
  readonly transport?: Transport | undefined;
  /** Another clock, for tests. */
  readonly clock?: Clock | undefined;
}

/** The same, with the base URL as text. */
export type CheckedOptions = Omit<WorkTimeOptions, 'baseUrl'> & Pick<ClientOptions, 'baseUrl'>;

const NEXT = "write new WorkTime('KEY'), or new WorkTime({ apiKey, baseUrl })";

const ADAPTER =
  'write async (request) => { const { status, headers, body } = await fetch(request.url, ' +
  "{ ...request, redirect: 'manual' }); " +
  'return { status, headers: Object.fromEntries(headers), body }; }';

type Check = (value: unknown) => boolean;

const isFunction: Check = (value) => typeof value === 'function';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
/** Infinity is one: no deadline, no cap, a wait as long as it takes. */
const isAmount: Check = (value) => typeof value === 'number' && value >= 0;

const CLOCK = ['now', 'monotonic', 'random', 'sleep'] as const satisfies readonly (keyof Clock)[];

/** For each option what it must be, in a test and in words. */
const OPTIONS: Readonly<Record<keyof WorkTimeOptions, readonly [Check, string]>> = {
  apiKey: [(value) => typeof value === 'string' || isFunction(value), 'text, or a function that gives it'],
  baseUrl: [(value) => typeof value === 'string' || value instanceof URL, 'text or a URL'],
  transport: [isFunction, 'a function'],
  clock: [
    (value) => isObject(value) && CLOCK.every((name) => isFunction(value[name])),
    `an object with the functions ${CLOCK.join(', ')}`,
  ],
  timeout: [isAmount, 'milliseconds, from 0'],
  maxBody: [isAmount, 'bytes, from 0'],
  maxWait: [isAmount, 'milliseconds, from 0'],
  userAgent: [
    (value) => typeof value === 'string' && /^[\x20-\x7e]+$/.test(value),
    'text in ASCII, in one line',
  ],
  events: [
    (value) =>
      isObject(value) && EVENTS.every((name) => value[name] === undefined || isFunction(value[name])),
    `an object with functions among ${EVENTS.join(', ')}`,
  ],
};

/**
 * The options that a client was made with: a key, or an object. What it does not know is refused, for a `baseURL` that
 * is passed over sends what was meant for a sandbox to the real API.
 * @throws UsageError that names the option; AuthError for a key that is missing or cannot be one
 */
export function checkOptions(given: unknown, more: number): CheckedOptions {
  if (more > 0) throw new UsageError('WorkTime takes a key or options, not both', { next: NEXT });
  if (given === undefined || given === null) throw missing();
  if (typeof given === 'string') return { apiKey: key(given) };
  if (!isObject(given) || Array.isArray(given)) {
    throw new UsageError('WorkTime takes a key, or an object of options', { next: NEXT });
  }
  refuseUnknown(Object.keys(given), Object.keys(OPTIONS), '');
  const options = given as Readonly<Partial<Record<keyof WorkTimeOptions, unknown>>>;
  const { apiKey, events } = options;
  if (apiKey === undefined || apiKey === null) throw missing();
  for (const [name, [holds, words]] of Object.entries(OPTIONS)) {
    const value = options[name as keyof WorkTimeOptions];
    if (value !== undefined && !holds(value)) {
      const next = words.startsWith('milliseconds') ? 'give a number: 60_000 is a minute' : undefined;
      throw new UsageError(`${name} must be ${words}`, { code: 'invalid_option', field: name, next });
    }
  }
  if (options.transport === globalThis.fetch) {
    throw new UsageError('fetch is no transport: it gives a Response', {
      code: 'invalid_option',
      field: 'transport',
      next: ADAPTER,
    });
  }
  if (isObject(events)) {
    // An observer may keep what it likes; a listener of an unknown name would never hear anything.
    const listeners = Object.keys(events).filter((name) => isFunction(events[name]));
    refuseUnknown(listeners, EVENTS, 'events.');
  }
  // By name: a spread would lose what is inherited or a getter, and with it where requests go.
  const named = Object.keys(OPTIONS).map((name) => [name, options[name as keyof WorkTimeOptions]]);
  const { baseUrl } = options;
  return {
    ...Object.fromEntries(named),
    apiKey: typeof apiKey === 'string' ? key(apiKey) : apiKey,
    ...(baseUrl === undefined ? {} : { baseUrl: String(baseUrl) }),
  };
}

const missing = () => new AuthError('WorkTime was given no API key', { code: 'missing_key', next: NEXT });

/** A key as a file or a secret of CI has it may end with a line. */
function key(text: string): string {
  const line = text.replace(/\r?\n$/, '');
  if (line === '') throw missing();
  return checkKey(line);
}

function refuseUnknown(given: readonly string[], known: readonly string[], where: string): void {
  const stranger = given.find((name) => !known.includes(name));
  if (stranger === undefined) return;
  const lower = known.map((name) => name.toLowerCase());
  const [meant] = closest(stranger, lower);
  const name = meant === undefined ? undefined : known[lower.indexOf(meant)];
  throw new UsageError(`WorkTime has no option ${where}${stranger}`, {
    code: 'unknown_option',
    field: `${where}${stranger}`,
    next: name === undefined ? `leave it out; there are ${known.join(', ')}` : `write ${where}${name}`,
  });
}
