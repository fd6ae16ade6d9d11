/** The embedded WorkTime One: a test double of the whole API, never a system of record. */

import { join } from 'node:path';
import type { Context } from '../context.ts';
import { createApp } from './app.ts';
import { PLANS, type Shape } from './config.ts';
import type { SandboxRequest, SandboxResponse } from './http.ts';
import { RateLimiter } from './rate.ts';
import { diskStore, memoryStore, type Store } from './store.ts';

export interface SandboxOptions {
  readonly context: Pick<Context, 'pid' | 'now' | 'monotonic' | 'sleep' | 'random' | 'signal'>;
  /** Where changes are kept between runs; `null`: in memory, made from `shape`. */
  readonly directory: string | null;
  readonly shape?: Shape;
}

export interface Sandbox {
  readonly store: Store;
  /** Answers a request as the API would. Throws LocalError alone, for the disk. */
  handle(request: SandboxRequest): Promise<SandboxResponse>;
  /** The same for the web's own types. */
  fetch(request: Request): Promise<Response>;
}

/** Where the sandbox of a user lives. */
export const sandboxDirectory = (context: Pick<Context, 'directories'>): string =>
  join(context.directories.state, 'sandbox');

const HOUR = 3_600_000;

/** A sandbox in this process. On disk it is made at the first request, with the default shape. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { context, directory } = options;
  const now = () => context.now();
  const store =
    directory === null
      ? memoryStore(options.shape ?? {}, { now, pinned: false })
      : diskStore(directory, context, { now, pinned: false });
  const { config } = await store.read();
  const rate = new RateLimiter(PLANS[config.plan], HOUR, () => context.monotonic());
  const handle = createApp({ store, rate, now });
  return { store, handle, fetch: async (request) => await fetchWith(handle, request) };
}

async function fetchWith(handle: Sandbox['handle'], request: Request): Promise<Response> {
  const answer = await handle({
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  });
  const { status, headers, body } = answer;
  if (typeof body === 'string') return new Response(body, { status, headers });
  if (body instanceof Uint8Array) return new Response(new Uint8Array(body), { status, headers });
  return new Response(ReadableStream.from(body) as ReadableStream<Uint8Array>, { status, headers });
}
