/** Who may speak to the listener. Pure: a request's head in, a refusal or nothing out. */

import { isIP } from 'node:net';
import { sameSecret } from './token.ts';

export interface GuardRules {
  /** `host` or `host:port` values that the Host header may have, in lower case. */
  readonly hosts: ReadonlySet<string>;
  /** With a wildcard address any IP literal with this port is one of ours; a name could be anybody's. */
  readonly anyAddressAtPort?: number | undefined;
  /** `/` or `/hooks`, without a slash at its end. */
  readonly path: string;
  /** undefined: none is asked for. */
  readonly token: string | undefined;
  /** bytes */
  readonly maxBody: number;
}

/** What the guard needs of a request. Header names in lower case, pairwise in `rawHeaders`. */
export interface Head {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawHeaders: readonly string[];
}

export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 413 | 415 | 503;
  readonly code: string;
  readonly message: string;
}

const refuse = (status: Refusal['status'], code: string, message: string): Refusal => ({
  status,
  code,
  message,
});

/** Why a request is refused; undefined when its body may be read. */
export function refusalOf(head: Head, rules: GuardRules): Refusal | undefined {
  if (head.headers.origin !== undefined) {
    return refuse(403, 'origin_refused', 'requests from a browser are refused');
  }
  if (!hostAllowed(head, rules)) {
    return refuse(403, 'host_refused', 'this host is not served; start the listener with --public-url');
  }
  const place = placeOf(head.url ?? '', rules);
  if (place === 'elsewhere') return refuse(404, 'not_found', 'there is nothing at this path');
  if (place === 'no_token') return refuse(401, 'token_refused', 'the token in the URL is missing or wrong');
  if (head.method !== 'POST') return refuse(405, 'method_refused', 'only POST is served');
  const type = head.headers['content-type'];
  if (typeof type !== 'string' || !isJson(type)) {
    return refuse(415, 'type_refused', 'the Content-Type must be application/json');
  }
  const encoding = head.headers['content-encoding'];
  if (encoding !== undefined && String(encoding).toLowerCase() !== 'identity') {
    return refuse(415, 'encoding_refused', 'an encoded body is not served');
  }
  if (Number(head.headers['content-length'] ?? 0) > rules.maxBody) return tooLarge(rules.maxBody);
  return undefined;
}

export const tooLarge = (maxBody: number) =>
  refuse(413, 'too_large', `the body is larger than ${maxBody} bytes`);

/** UTF-8 is what JSON is; another charset is not. */
function isJson(type: string): boolean {
  if (type === 'application/json') return true;
  const [media = '', ...parameters] = type.toLowerCase().split(';');
  if (media.trim() !== 'application/json') return false;
  const charset = parameters.map((one) => /^\s*charset="?([^"\s]*)"?\s*$/.exec(one)?.[1]).find(Boolean);
  return charset === undefined || charset === 'utf-8' || charset === 'utf8';
}

function hostAllowed(head: Head, rules: GuardRules): boolean {
  let given = 0;
  for (let at = 0; at < head.rawHeaders.length; at += 2) {
    const name = head.rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') given += 1;
  }
  const host = head.headers.host;
  if (given !== 1 || typeof host !== 'string') return false;
  const name = host.toLowerCase();
  if (rules.hosts.has(name)) return true;
  const suffix = `:${rules.anyAddressAtPort}`;
  return (
    rules.anyAddressAtPort !== undefined &&
    name.endsWith(suffix) &&
    isIP(name.slice(0, -suffix.length).replace(/^\[(.*)\]$/, '$1')) !== 0
  );
}

function placeOf(url: string, { path, token }: GuardRules): 'ours' | 'no_token' | 'elsewhere' {
  const [pathname = '', query = ''] = splitOnce(url, '?');
  const base = path === '/' ? '' : path;
  const rest =
    pathname === base ? '' : pathname.startsWith(`${base}/`) ? pathname.slice(base.length + 1) : undefined;
  if (rest === undefined || rest.includes('/')) return 'elsewhere';
  if (token === undefined) return rest === '' ? 'ours' : 'elsewhere';
  const given = rest === '' ? (new URLSearchParams(query).get('token') ?? '') : rest;
  return sameSecret(given, token) ? 'ours' : 'no_token';
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const hasPort = (url: URL) => (url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port);

/** The Host values by which a public address may be called. */
export function hostsOf(url: URL): string[] {
  const name = url.hostname.toLowerCase();
  const port = hasPort(url);
  const plain = port === '443' || port === '80' ? [name] : [];
  return [...plain, `${name}:${port}`];
}

/** Whether an address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Whether an address as a URL has it (`[::1]`) leads to this machine, a wildcard's included. */
export function isThisMachine(hostname: string): boolean {
  const name = hostname.replace(/^\[(.*)\]$/, '$1');
  return isLoopback(name) || isWildcard(name) || /^::ffff:7f[0-9a-f]{2}:/.test(name);
}

export const isWildcard = (host: string) => host === '0.0.0.0' || host === '::' || host === '';
