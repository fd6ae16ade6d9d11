import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  TemporaryError,
  type Transport,
  TransportError,
  UnknownOutcomeError,
  WorkTime,
  type WorkTimeOptions,
} from '../../src/sdk.ts';
import { answer, bytesOf, clock } from './foreign.ts';
import { envelope, failure, httpServer, JOHN } from './support.ts';

describe('a transport of one\u2019s own', () => {
  const client = (transport: unknown, more: Partial<WorkTimeOptions> = {}) =>
    new WorkTime({ apiKey: 'k', clock, transport: transport as Transport, ...more });

  it.each([
    ['throws something of its own', () => Promise.reject(new TypeError('fetch failed'))],
    ['throws at once', () => JSON.parse('{')],
    ['throws what is no error', () => Promise.reject(Object.create(null))],
    ['misspells what broke', () => Promise.reject(new TransportError('x', 'nonsense' as 'broken'))],
  ])('that %s is a connection that broke', async (_, transport) => {
    const error = await failure(client(transport).organization.get());
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error).toMatchObject({
      code: 'transport_failed',
      message: expect.stringMatching(/^the transport failed: /),
      cause: { name: 'TransportError' },
    });
  });

  it.each([
    ['nothing', async () => undefined],
    ['a Response of fetch', async () => new Response('{}')],
    ['no status', async () => ({ ...answer({}), status: '200' })],
    ['the Headers of fetch', async () => ({ ...answer({}), headers: new Headers() })],
    ['a header that is no text', async () => ({ ...answer({}), headers: { 'x-ratelimit-limit': 100 } })],
    ['headers to iterate', async () => ({ ...answer({}), headers: new Map() })],
    [
      'what cannot be read',
      async () => ({ ...answer({}), headers: new Proxy({}, { ownKeys: () => JSON.parse('{') }) }),
    ],
    ['a body that cannot be iterated', async () => ({ ...answer({}), body: '{}' })],
  ])('that gives %s is told what to give, and not asked again', async (_, transport) => {
    let asked = 0;
    const counting = () => {
      asked += 1;
      return transport();
    };
    const told = {
      code: 'transport_failed',
      next: expect.stringContaining('{ status, headers: a plain object'),
    };
    expect(await failure(client(counting).organization.get())).toMatchObject({
      name: 'InvalidAnswerError',
      message: expect.stringMatching(/^the transport's answer has (?:no|a header that is no) /),
      ...told,
    });
    expect(asked).toBe(1);
    // What it sent may have taken effect all the same.
    const input = { name: 'Jane', email: 'jane@example.com' };
    expect(await failure(client(counting).employees.create(input))).toBeInstanceOf(UnknownOutcomeError);
  });

  it('that is given no more than HTTP has, and may give no body', async () => {
    const given: string[][] = [];
    const transport: Transport = async (request) => {
      given.push(Object.keys(request).sort());
      return { status: 204, headers: {}, body: null };
    };
    await client(transport).employees.delete('emp_1', { priority: 'tail' } as object);
    await client(transport).request({ method: 'POST', path: '/x', body: {} });
    expect(given).toEqual([
      ['headers', 'method', 'signal', 'url'],
      ['body', 'headers', 'method', 'signal', 'url'],
    ]);
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

  it('has what it was sent looked for, whatever has become of what was given', async () => {
    const input = { name: 'Jane', email: 'jane@example.com' };
    const transport = async ({ method }: { method: string }) => {
      if (method !== 'POST') return answer(envelope([{ ...JOHN, name: 'Jane', email: 'jane@example.com' }]));
      input.email = 'another@example.com';
      throw new TypeError('socket hang up');
    };
    expect(await client(transport).employees.create(input)).toMatchObject({ id: JOHN.id });
  });

  it("that heeds its signal with an error of its own leaves the signal's reason", async () => {
    const controller = new AbortController();
    const transport = ({ signal }: { signal?: AbortSignal }) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('own words'))));
    const call = client(transport).organization.get({ signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(call).rejects.toThrow('enough');
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
        body: response.body,
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
