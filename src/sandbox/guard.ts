/** Who may speak to the sandbox: whoever calls it by a name of its own, and no page of another site. */

import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { ApiError } from './http.ts';

export function isLoopback(address: string | undefined): boolean {
  const plain = address?.replace(/^::ffff:/, '') ?? '';
  return plain === '::1' || plain.startsWith('127.');
}

/** The host of a Host header, without its port and brackets. */
const nameOf = (header: string) =>
  header
    .replace(/:\d*$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();

const AGAIN = 16;

/** Remembers the last Host headers that were good: a client sends the same one every time. */
export type Known = Set<string>;

/**
 * A foreign Host is how a page of another site reaches a server on this machine (DNS rebinding), a foreign Origin how
 * it says so. Throws ApiError.
 */
export function checkCaller(
  incoming: IncomingMessage,
  host: string,
  allowed: readonly string[],
  known: Known,
): void {
  const { host: header = '', origin } = incoming.headers;
  if (origin === undefined && known.has(header)) return;
  const name = nameOf(header);
  const loopback = name === 'localhost' || (isIP(name) !== 0 && isLoopback(name));
  // Told to listen elsewhere, it is called by that machine's name or address.
  const elsewhere =
    !isLoopback(host) && host !== 'localhost' && (isIP(name) !== 0 || name === hostname().toLowerCase());
  if (!loopback && !elsewhere && name !== host.toLowerCase() && !allowed.includes(name)) {
    throw new ApiError(403, 'forbidden', 'The Host header does not name this sandbox');
  }
  if (origin !== undefined && origin !== `http://${header}`) {
    throw new ApiError(403, 'forbidden', 'A page of another origin may not use this sandbox');
  }
  if (known.size < AGAIN) known.add(header);
}

/**
 * The target of a request line in its usual form, a path. One that is a whole URL, as for a proxy, has its authority in
 * place of the Host header (RFC 9112, 3.2.2).
 */
export function toOriginForm(incoming: IncomingMessage): void {
  const [, authority, rest] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)(.*)$/is.exec(incoming.url ?? '') ?? [];
  if (authority === undefined || rest === undefined) return;
  incoming.headers.host = authority.slice(authority.lastIndexOf('@') + 1);
  incoming.url = rest.startsWith('/') ? rest : `/${rest}`;
}
