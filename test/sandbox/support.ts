/** A sandbox to ask, without a port. */

import type { Shape } from '../../src/sandbox/config.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { type TestContext, testContext } from '../support/context.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** The parsed envelope. */
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly body: any;
  readonly bytes: Buffer;
}

export type Ask = (method: string, path: string, body?: unknown, key?: string) => Promise<Reply>;

export interface Asked {
  readonly ask: Ask;
  readonly get: (path: string) => Promise<Reply['body']>;
  readonly sandbox: Sandbox;
  readonly context: TestContext;
}

export async function collect(body: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const isJson = (headers: Record<string, string>) =>
  headers['content-type']?.startsWith('application/json') === true;

export function askOf(handle: Sandbox['handle']): Ask {
  return async (method, path, body, key = 'wt_sandbox_full') => {
    const answer = await handle({
      method,
      url: `https://sandbox.worktime.invalid/v1${path}`,
      headers: key === '' ? {} : { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const bytes = await collect(answer.body);
    return {
      status: answer.status,
      headers: answer.headers,
      bytes,
      body: isJson(answer.headers) ? JSON.parse(bytes.toString('utf8')) : undefined,
    };
  };
}

export interface Setting {
  /** ISO; default Monday 2024-11-18 at noon. */
  readonly now?: string;
  /** On disk there; default in memory. */
  readonly directory?: string;
}

export async function sandboxOf(shape: Shape = {}, setting: Setting = {}): Promise<Asked> {
  const context = testContext(setting.now === undefined ? {} : { now: Date.parse(setting.now) });
  const directory = setting.directory ?? null;
  const sandbox = await createSandbox({ context, directory, shape: { plan: 'enterprise', ...shape } });
  const ask = askOf(sandbox.handle);
  const get = async (path: string) => {
    const { status, body } = await ask('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  return { ask, get, sandbox, context };
}

/** Every row of a list, page by page. */
export async function everyRow(get: Asked['get'], path: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (let page = 1; ; page += 1) {
    const body = await get(`${path}${path.includes('?') ? '&' : '?'}page=${page}&limit=100`);
    rows.push(...body.data);
    if (rows.length >= body.pagination.total) return rows;
  }
}
