/** One line of the record: a delivery as it came, whole. */

import { isUtf8 } from 'node:buffer';
import { hash as digest } from 'node:crypto';
import type { WebhookEvent } from '../api/webhooks.ts';
import { asEvent, isObject, parseEvent } from './event.ts';

/** A delivery that was acknowledged. */
export interface Entry {
  /** When it arrived, ms since the epoch. Undefined for an event that never came through the listener. */
  readonly receivedAt: number | undefined;
  /** The headers of note, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** What came, exactly: its text where the bytes are UTF-8, which is lighter to hold, else the bytes. */
  readonly body: string | Uint8Array;
  /** SHA-256 of the body, in hex. */
  readonly hash: string;
  /** The same bytes came within the ten minutes before: kept, and not acted on. */
  readonly duplicate: boolean;
  readonly event: WebhookEvent;
}

/** The body's SHA-256 in hex: its name, since the vendor gives events no ID. */
export const hashOf = (body: string | Uint8Array) => digest('sha256', body, 'hex');

/** The bytes as text where that says exactly the same. */
export const exactly = (body: Buffer): string | Buffer => (isUtf8(body) ? body.toString() : body);

/** Behind it stands the event, byte for byte, up to the line's last brace. No string before it can contain it unescaped. */
const EVENT = ',"event":';

/**
 * An entry as a line without its line feed. The event stands in it as it came where it fits into a line, for `jq .event`
 * to find; else as a string, else as base64.
 */
export function encodeEntry(entry: Omit<Entry, 'event'>): string {
  // Put together by hand: this is on the way of every delivery.
  const { receivedAt, hash, duplicate, headers } = entry;
  const time = receivedAt === undefined ? '' : `"received_at":"${new Date(receivedAt).toISOString()}",`;
  const mark = duplicate ? '"duplicate":true,' : '';
  return `{${time}"sha256":"${hash}",${mark}"headers":${JSON.stringify(headers)}${contentOf(entry.body)}}`;
}

function contentOf(body: string | Uint8Array): string {
  if (typeof body !== 'string') return `,"body_base64":"${Buffer.from(body).toString('base64')}"`;
  const fits = !body.includes('\n') && !body.startsWith('\uFEFF');
  return fits ? EVENT + body : `,"body":${JSON.stringify(body)}`;
}

/** What came as one line of JSON. Line ends in JSON stand between values alone, for within a text they are escaped. */
export function lineOfBody(body: string | Uint8Array): string {
  const text = (typeof body === 'string' ? body : Buffer.from(body).toString()).trim();
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return /[\r\n]/.test(bare) ? bare.replace(/[ \t]*[\r\n][ \t\r\n]*/g, ' ') : bare;
}

const NEVER_KEPT = /^x-(forwarded|real|api-key|auth|csrf)/;
const CUSTOM = /^x-[!#$%&'*+.^`|~\w-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What a handler may want to see again: the type, the sender and the vendor's own headers; no cookie, no credential. */
export function isOfNote(name: string): boolean {
  return name === 'content-type' || name === 'user-agent' || (CUSTOM.test(name) && !NEVER_KEPT.test(name));
}

function headersOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  const pairs = Object.entries(value).filter(
    (pair): pair is [string, string] =>
      isOfNote(pair[0]) && typeof pair[1] === 'string' && HEADER_VALUE.test(pair[1]),
  );
  return Object.fromEntries(pairs);
}

function bodyOf(value: Record<string, unknown>, line: string): Buffer | undefined {
  if (isObject(value['event']))
    return Buffer.from(line.slice(line.indexOf(EVENT) + EVENT.length, line.lastIndexOf('}')));
  if (typeof value['body'] === 'string') return Buffer.from(value['body']);
  if (typeof value['body_base64'] === 'string') return Buffer.from(value['body_base64'], 'base64');
  return undefined;
}

/**
 * Reads a line of a record, or of any NDJSON of events such as `listen --format ndjson` prints. Undefined where the
 * line is neither, or where its body is not the one that was hashed.
 */
export function decodeEntry(line: string): Entry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  if (typeof value['sha256'] !== 'string') return plainEntry(value, line);
  const body = bodyOf(value, line);
  const hash = body && hashOf(body);
  if (!body || hash !== value['sha256']) return undefined;
  const event = asEvent(value['event']) ?? parseEvent(body.toString());
  if (typeof event === 'string') return undefined;
  const receivedAt = Date.parse(String(value['received_at']));
  return {
    receivedAt: Number.isNaN(receivedAt) ? undefined : receivedAt,
    headers: headersOf(value['headers']),
    body: exactly(body),
    hash,
    duplicate: value['duplicate'] === true,
    event,
  };
}

function plainEntry(value: Record<string, unknown>, line: string): Entry | undefined {
  const event = asEvent(value);
  if (!event) return undefined;
  return made(line.trim(), event);
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/** An event made here, such as by `trigger`, as an entry. */
export const entryOf = (event: WebhookEvent): Entry => made(JSON.stringify(event), event);

function made(text: string, event: WebhookEvent): Entry {
  return {
    receivedAt: undefined,
    headers: JSON_HEADERS,
    body: text,
    hash: hashOf(text),
    duplicate: false,
    event,
  };
}
