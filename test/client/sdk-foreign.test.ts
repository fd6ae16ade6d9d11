import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  AuthError,
  TemporaryError,
  type Transport,
  TransportError,
  UnknownOutcomeError,
  WorkTime,
  type WorkTimeOptions,
} from '../../src/sdk.ts';
import { envelope, failure, httpServer, JOHN, KEY } from './support.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** An answer as a transport gives it, in one piece. */
const answer = (value: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: (async function* () {
    yield bytesOf(value);
  })(),
});

const clock = { now: () => 0, monotonic: () => 0, random: () => 0, sleep: async () => {} };

describe('a transport of one\u2019s own', () => {
  const client = (transport: unknown, more: Partial<WorkTimeOptions> = {}) =>
    new WorkTime({ apiKey: 'k', clock, transport: transport as Transport, ...more });

  it.each([
    ['throws something of its own', () => Promise.reject(new TypeError('fetch failed'))],
    ['throws at once', () => JSON.parse('{')],
    ['gives nothing', async () => undefined],
    ['gives no status', async () => ({ ...answer({}), status: '200' })],
    ['gives the Headers of fetch', async () => ({ ...answer({}), headers: new Headers() })],
    ['throws what is no error', () => Promise.reject(Object.create(null))],
    ['misspells what broke', () => Promise.reject(new TransportError('x', 'nonsense' as 'broken'))],
    [
      'gives a header that is no text',
      async () => ({ ...answer({}), headers: { 'x-ratelimit-limit': 100 } }),
    ],
    ['gives headers to iterate', async () => ({ ...answer({}), headers: new Map() })],
    ['gives a body that cannot be iterated', async () => ({ ...answer({}), body: null })],
  ])('that %s is a connection that broke', async (_, transport) => {
    const error = await failure(client(transport).organization.get());
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error).toMatchObject({
      code: 'transport_failed',
      message: expect.stringMatching(/^the transport failed: /),
      cause: { name: 'TransportError' },
    });
  });

  it("says what lies behind fetch's own words", async () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:1');
    const fetching = () => Promise.reject(new TypeError('fetch failed', { cause }));
    expect(await failure(client(fetching).organization.get())).toMatchObject({
      message: 'the transport failed: fetch failed (connect ECONNREFUSED 127.0.0.1:1)',
    });
  });

  it('whose body fails, or brings text, has cut the answer short', async () => {
    const failing = async function* () {
      yield bytesOf({ success: true }).subarray(0, 4);
      throw new TypeError('terminated');
    };
    const text = async function* () {
      yield '{"success":true,"data":{}}';
    };
    for (const body of [failing, text]) {
      const error = await failure(client(async () => ({ ...answer({}), body: body() })).organization.get());
      expect(error).toMatchObject({ name: 'InvalidAnswerError', code: 'cut_answer' });
    }
  });

  it('that loses the answer to a write has the write looked for, not thrown out', async () => {
    let posts = 0;
    const applied = { ...JOHN, name: 'Jane', email: 'jane@example.com' };
    const transport = async ({ method }: { method: string }) => {
      if (method === 'POST') {
        posts += 1;
        throw new TypeError('socket hang up');
      }
      return answer(envelope([applied], { page: 1, limit: 100, total: 1 }));
    };
    const input = { name: 'Jane', email: 'jane@example.com' };
    expect(await client(transport).employees.create(input)).toMatchObject({ id: JOHN.id });
    expect(posts).toBe(1);
    const lost = async () => {
      throw new TypeError('socket hang up');
    };
    expect(await failure(client(lost).employees.create(input))).toBeInstanceOf(UnknownOutcomeError);
  });

  it("that heeds its signal with an error of its own leaves the signal's reason", async () => {
    const controller = new AbortController();
    const transport = ({ signal }: { signal?: AbortSignal }) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('own words'))));
    const call = client(transport).organization.get({ signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(call).rejects.toThrow('enough');
  });

  it('is closed when its answer is refused unread', async () => {
    let closed = 0;
    const body = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: true, value: undefined }),
        return: async () => {
          closed += 1;
          return { done: true, value: undefined };
        },
      }),
    };
    const redirect = async () => ({ status: 302, headers: { location: 'https://elsewhere.example' }, body });
    expect(await failure(client(redirect).organization.get())).toMatchObject({
      code: 'cross_origin_redirect',
    });
    expect(closed).toBe(1);
  });

  it('is closed when its answer comes after the deadline', async () => {
    const closed = new Promise<void>((resolve) => {
      const body = {
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<never>(() => {}),
          return: async () => {
            resolve();
            return { done: true as const, value: undefined };
          },
        }),
      };
      const late = () =>
        new Promise((answered) => setTimeout(() => answered({ status: 200, headers: {}, body }), 40));
      const request = { method: 'POST', path: '/x', body: {} } as const;
      client(late, { timeout: 5 })
        .request(request)
        .catch(() => undefined);
    });
    await closed;
  });

  it('may be fetch, as its types are and as it undoes an encoding', async () => {
    const { origin } = await httpServer((request, response) => {
      const zipped = request.headers['accept-encoding']?.includes('gzip');
      const body = Buffer.from(JSON.stringify(envelope({ id: 'org_1' })));
      response.setHeader('content-type', 'application/json');
      if (zipped) response.setHeader('content-encoding', 'gzip');
      response.end(zipped ? gzipSync(body) : body);
    });
    const fetching: Transport = async (request) => {
      const response = await fetch(request.url, request);
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: response.body ?? (async function* () {})(),
      };
    };
    const { organization } = client(fetching, { baseUrl: `${origin}/v1` });
    expect(await organization.get()).toEqual({ id: 'org_1' });
  });

  it('may give what is still encoded, in whatever pieces', async () => {
    const zipped = gzipSync(bytesOf(envelope({ id: 'org_1' })));
    const pieces = [new Uint8Array(), zipped.subarray(0, 1), zipped.subarray(1)];
    const encoded = async () => ({
      status: 200,
      headers: { 'content-encoding': 'gzip' },
      body: Readable.from(pieces),
    });
    expect(await client(encoded).organization.get()).toEqual({ id: 'org_1' });
  });

  it.each([
    ['an error', (key: string) => new Error(`bad header: ${key}`)],
    ['a TransportError', (key: string) => new TransportError(`bad header: ${key}`, 'unsent')],
  ])('shows no key in %s of its own', async (_, failing) => {
    const telling = ({ headers }: { headers: Record<string, string> }) =>
      Promise.reject(failing(String(headers['authorization'])));
    const error = await failure(
      new WorkTime({ apiKey: KEY, clock, transport: telling as Transport }).organization.get(),
    );
    expect(error).toMatchObject({ message: 'the transport failed: bad header: Bearer ***' });
    expect(inspect(error, { depth: 9 })).not.toContain(KEY);
  });
});

describe('a key that a function gives', () => {
  const transport: Transport = async () => answer(envelope({ id: 'org_1' }));

  it('is asked for once it is needed, and then kept', async () => {
    let asked = 0;
    const apiKey = () => `k${++asked}`;
    const client = new WorkTime({ apiKey, transport });
    expect(asked).toBe(0);
    await Promise.all([client.organization.get(), client.organization.get()]);
    expect(asked).toBe(1);
  });

  it('is asked for again after it could not be had', async () => {
    let asked = 0;
    const apiKey = async () => {
      asked += 1;
      if (asked === 1) throw new Error('the vault is sealed');
      return 'k';
    };
    const client = new WorkTime({ apiKey, transport });
    const error = await failure(client.organization.get());
    expect(error).toMatchObject({
      name: 'AuthError',
      code: 'key_unavailable',
      cause: { message: 'the vault is sealed' },
    });
    expect(await client.organization.get()).toEqual({ id: 'org_1' });
  });

  it('that cannot be one is refused before anything is sent', async () => {
    let sent = 0;
    const client = new WorkTime({
      apiKey: async () => undefined as unknown as string,
      transport: async () => {
        sent += 1;
        return answer({});
      },
    });
    expect(await failure(client.organization.get())).toBeInstanceOf(AuthError);
    expect(sent).toBe(0);
  });

  it('and never comes does not outlast the signal', async () => {
    const client = new WorkTime({ apiKey: () => new Promise(() => {}), transport });
    const controller = new AbortController();
    const call = client.organization.get({ signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(call).rejects.toThrow('enough');
    await expect(client.organization.get({ signal: controller.signal })).rejects.toThrow('enough');
  });
});

describe('a key that is long in coming', () => {
  it('is given up after the time of an attempt, and asked for anew by the next call', async () => {
    let asked = 0;
    const apiKey = () => (asked++ === 0 ? new Promise<string>(() => {}) : 'k');
    const transport: Transport = async () => answer(envelope({ id: 'org_1' }));
    const client = new WorkTime({ apiKey, transport, timeout: 20 });
    expect(await failure(client.organization.get())).toMatchObject({
      name: 'AuthError',
      code: 'key_unavailable',
      message: 'the function given as apiKey gave no key within 0.02 s',
    });
    expect(await client.organization.get()).toEqual({ id: 'org_1' });
  });
});

describe('a listener that fails', () => {
  it('fails no call, and is told of', async () => {
    const warnings: string[] = [];
    const onWarning = ({ message }: Error) => warnings.push(message);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const client = new WorkTime({
      apiKey: 'k',
      transport: async () => answer(envelope(JOHN), 201),
      events: {
        request() {
          throw new Error('listener at once');
        },
        response: async () => {
          throw new Error('listener later');
        },
      },
    });
    expect(await client.employees.create({ name: 'John Doe', email: 'john@example.com' })).toEqual(JOHN);
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual(['a listener failed: listener at once', 'a listener failed: listener later']);
  });

  it('may be a method, with its object', async () => {
    class Counter {
      requests = 0;
      request() {
        this.requests += 1;
      }
    }
    const events = new Counter();
    const client = new WorkTime({ apiKey: 'k', events, transport: async () => answer(envelope(JOHN)) });
    await client.employees.get('emp_123456');
    expect(events.requests).toBe(1);
  });
});
