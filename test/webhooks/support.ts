/** Listeners on real sockets and real time: what they promise is about those. */

import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Context } from '../../src/context.ts';
import { systemClock } from '../../src/host/clock.ts';
import { transport } from '../../src/host/undici.ts';
import type { Reporter } from '../../src/session.ts';
import { type Entry, hashOf } from '../../src/webhooks/entry.ts';
import { type Listener, type ListenerOptions, listen } from '../../src/webhooks/listener.ts';
import { directoryPlace, type Place, readEntries, type Stored } from '../../src/webhooks/place.ts';
import { DurableRecord, type RecordOptions } from '../../src/webhooks/record.ts';
import { type TestContextOptions, temporaryFolder, testContext } from '../support/context.ts';

/** A context whose time is the machine's and whose network is real. */
export function realContext(options: TestContextOptions = {}): ReturnType<typeof testContext> {
  return { ...testContext({ transport, ...options }), ...systemClock };
}

export interface Said extends Reporter {
  readonly lines: string[];
}

export function listeningReporter(): Said {
  const lines: string[] = [];
  const nothing = () => undefined;
  return {
    lines,
    note: (text) => lines.push(text),
    ready: (text) => lines.push(text),
    warn: (text) => lines.push(`warning: ${text}`),
    debug: nothing,
    waiting: nothing,
    status: nothing,
    progress: nothing,
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const storedIn = (place: Place): Promise<Stored[]> => collect(readEntries(place));

export function freshPlace(): Place {
  return directoryPlace(join(temporaryFolder(), 'webhooks'));
}

export async function openRecord(
  place: Place = freshPlace(),
  options?: RecordOptions,
): Promise<DurableRecord> {
  const record = await DurableRecord.open(place, options);
  onTestFinished(() => record.close());
  return record;
}

export const TOKEN = 'wt_test_token';

/** A listener on a free port, and the record behind it. */
export async function startListener(
  options: Partial<ListenerOptions> = {},
  record?: DurableRecord,
  context: Pick<Context, 'now' | 'monotonic' | 'sleep'> = systemClock,
): Promise<Listener & { record: DurableRecord }> {
  const behind = record ?? (await openRecord());
  const listener = await listen(
    behind,
    { host: '127.0.0.1', port: 0, path: '/', token: TOKEN, publicUrls: [], ...options },
    context,
  );
  onTestFinished(() => listener.close());
  return { ...listener, record: behind };
}

let made = 0;
/** The body of an event that no other is equal to. */
export function body(data: Record<string, unknown> = {}, event = 'attendance.clock_in'): string {
  made += 1;
  const timestamp = '2024-11-18T09:00:00Z';
  return JSON.stringify({ event, timestamp, data: { employee_id: 'emp_1', timestamp, made, ...data } });
}

export async function post(url: string, content: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    body: content as NonNullable<RequestInit['body']>,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, headers: response.headers, json: (await response.json()) as unknown };
}

/** A socket that says exactly what it is told, and gathers what it hears. */
export interface RawSocket {
  readonly socket: Socket;
  readonly heard: () => string;
  /** Resolves when the other side closed. */
  readonly closed: Promise<void>;
}

export async function rawSocket(port: number, text = ''): Promise<RawSocket> {
  const socket = connect({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(text);
  return { socket, heard: () => heard, closed };
}

export function entry(text: string, more: Partial<Entry> = {}): Entry {
  const bytes = Buffer.from(text);
  return {
    receivedAt: Date.parse('2024-11-18T09:00:01Z'),
    headers: { 'content-type': 'application/json' },
    body: text,
    hash: hashOf(bytes),
    duplicate: false,
    event: JSON.parse(text),
    ...more,
  };
}
