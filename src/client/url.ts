/** Addresses: the base URL, IDs and paths below it. Everything is refused before anything is sent. */

import { UsageError } from '../errors.ts';
import { DATES, tagOf } from './plain.ts';

/** How addresses of the API end. */
export const VERSION = '/v1';
export const DEFAULT_BASE_URL = `https://api.worktime.one${VERSION}`;

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** Half a character: no URL can hold it. */
const LONE = /[\ud800-\udfff]/u;
const DOTS = /^(?:\.|%2e){1,2}$/i;

/** Whether a host name means this very machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * Checks a base URL and gives it without its trailing slash. Throws UsageError for what is no URL, plain HTTP to
 * another machine, and a URL with a user, a query or a fragment.
 */
export function checkBaseUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError('the base URL is not a URL', {
      code: 'invalid_base_url',
      next: `give one such as ${DEFAULT_BASE_URL}`,
    });
  }
  const refuse = (why: string, next: string) => new UsageError(why, { code: 'invalid_base_url', next });
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw refuse(
      `the base URL must be HTTPS: the key would cross the network in the clear to ${url.host || text}`,
      'use https://, or http:// to this machine alone',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('the base URL must not hold a user or a password', 'leave them out');
  }
  if (url.search !== '' || url.hash !== '') {
    throw refuse('the base URL must not have a query or a fragment', 'leave them out');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** What may be meant by an address that does not end as those of the API do, in place of another version; undefined where it does. */
export function withVersion(baseUrl: string): string | undefined {
  if (baseUrl.endsWith(VERSION)) return undefined;
  return `${baseUrl.replace(/\/v\d+(?:\/.*)?$/i, '')}${VERSION}`;
}

/** Checks an ID wherever it goes. `name` is what the message calls it. Throws UsageError. */
export function checkId(id: unknown, name: string): string {
  const text = typeof id === 'number' ? String(id) : id;
  const refuse = (why: string) =>
    new UsageError(`${name} ${why}`, {
      code: 'invalid_id',
      field: name,
      next: 'give an ID such as emp_123456',
    });
  if (typeof text === 'object' && text !== null) throw refuse('is text of its own, before the fields');
  if (typeof text !== 'string') throw refuse('is missing');
  if (text.trim() === '') throw refuse('is empty');
  if (CONTROL.test(text)) throw refuse('has a control character in it');
  if (LONE.test(text)) throw refuse('is not valid text');
  return text;
}

/** An ID as one segment of a path, percent-encoded. Throws UsageError for what would reach another path. */
export function pathSegment(id: unknown, name: string): string {
  const text = checkId(id, name);
  if (/[/\\]/.test(text) || DOTS.test(text)) {
    throw new UsageError(`${name} is not an ID: it would reach another path`, {
      code: 'invalid_id',
      field: name,
      next: 'give an ID such as emp_123456',
    });
  }
  return encodeURIComponent(text);
}

/** `?a=1&b=2`, or nothing. Values that are undefined or null are left out. */
export function queryString(query: readonly (readonly [string, unknown])[]): string {
  const parts: string[] = [];
  for (const [name, value] of query) {
    if (value === undefined || value === null) continue;
    const plain =
      typeof value === 'number'
        ? Number.isFinite(value)
        : typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint';
    if (!plain) {
      const next = tagOf(value) === 'Date' ? DATES : undefined;
      throw new UsageError(`${name} is neither text nor a number`, {
        code: 'invalid_value',
        field: name,
        next,
      });
    }
    const text = String(value);
    if (LONE.test(text)) {
      throw new UsageError(`${name} is not valid text`, { code: 'invalid_value', field: name });
    }
    parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/**
 * A path that a person typed (`/employees?limit=1`), as path and query below the base URL. Throws UsageError when it
 * is a whole URL, climbs with dots, has a fragment, or has a backslash, a space or a control character.
 */
export function checkRawPath(text: string): { path: string; query: string } {
  const refuse = (why: string) =>
    new UsageError(`the path ${why}`, {
      code: 'invalid_path',
      next: 'give a path such as /employees?limit=1',
    });
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith('//')) throw refuse('must not name a host');
  if (CONTROL.test(text) || /[\s\\]/.test(text) || LONE.test(text)) {
    throw refuse('has a character that does not belong there');
  }
  // What a fragment is dropped from reaches another record: /employees/emp_1#draft is emp_1.
  if (text.includes('#')) throw refuse('must not have a #: write %23');
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  const query = mark < 0 ? '' : text.slice(mark);
  const segments = path.replace(/^\//, '').split('/');
  if (segments.some((segment) => DOTS.test(segment))) throw refuse('climbs out of the API');
  return { path: `/${segments.map(encodeKept).join('/')}`, query: encodeKept(query) };
}

/** Encodes what a URL cannot hold and keeps what is encoded already. */
function encodeKept(text: string): string {
  return encodeURI(text).replace(/%25([0-9a-f]{2})/gi, '%$1');
}
