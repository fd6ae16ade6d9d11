import { describe, expect, it, onTestFinished } from 'vitest';
import {
  AuthError,
  TemporaryError,
  type Transport,
  UnknownOutcomeError,
  UsageError,
  WorkTime,
  type WorkTimeOptions,
} from '../../src/sdk.ts';
import { envelope, failure, httpServer, JOHN, json } from './support.ts';

/** As a program without types calls it. */
const Untyped = WorkTime as unknown as new (...given: unknown[]) => WorkTime;

const made = (...given: unknown[]): Error => {
  try {
    new Untyped(...given);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was made');
};

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

describe('a client is refused at once', () => {
  it.each([
    ['nothing', []],
    ['undefined, as of an unset variable', [undefined]],
    ['null', [null]],
    ['an empty key', ['']],
    ['options without a key', [{ baseUrl: 'http://127.0.0.1:4010/v1' }]],
    ['a key that is undefined', [{ apiKey: undefined }]],
    ['a key that is empty', [{ apiKey: '' }]],
  ])('with no key: %s', (_, given) => {
    expect(made(...given)).toMatchObject({
      name: 'AuthError',
      code: 'missing_key',
      next: expect.stringContaining("new WorkTime('KEY')"),
    });
  });

  it.each([['a b'], ['key\n'], ['kéy'], ['\u200bkey']])(
    'with a key that cannot be one, unshown: %j',
    (key) => {
      for (const error of [made(key), made({ apiKey: key })]) {
        expect(error).toBeInstanceOf(AuthError);
        expect(error).toMatchObject({ code: 'invalid_key' });
        expect(JSON.stringify(error) + error.message).not.toContain(key);
      }
    },
  );

  it.each([
    ['a key and options', ['k', { baseUrl: 'http://127.0.0.1:4010/v1' }], 'a key or options, not both'],
    ['a number', [42], 'a key, or an object of options'],
    ['a list', [['k']], 'a key, or an object of options'],
  ])('for its form: %s', (_, given, message) => {
    const error = made(...given);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(message);
  });

  it.each([
    [{ baseURL: 'http://127.0.0.1:4010/v1' }, 'baseURL', 'write baseUrl'],
    [{ timeOut: 1 }, 'timeOut', 'write timeout'],
    [{ apikey: 'k', apiKey: undefined }, 'apikey', 'write apiKey'],
    [{ budget: {} }, 'budget', 'there are apiKey, baseUrl,'],
    [{ events: { onRequest() {} } }, 'events.onRequest', 'write events.request'],
    [{ events: { log() {} } }, 'events.log', 'there are request, response,'],
  ])('for an option that there is not: %o', (more, field, next) => {
    expect(made({ apiKey: 'k', ...more })).toMatchObject({
      name: 'UsageError',
      code: 'unknown_option',
      field,
      next: expect.stringContaining(next),
    });
  });

  it.each([
    ['timeout', '5s'],
    ['timeout', Number.NaN],
    ['timeout', -1],
    ['timeout', null],
    ['maxWait', '60'],
    ['maxBody', -5],
    ['maxBody', 10n],
    ['transport', {}],
    ['transport', 'undici'],
    ['clock', { now: () => 0 }],
    ['clock', () => 0],
    ['userAgent', 'a\r\nx: y'],
    ['userAgent', ''],
    ['userAgent', 7],
    ['baseUrl', new URL('http://127.0.0.1:4010/v1')],
    ['events', () => {}],
    ['events', { request: 'log' }],
    ['apiKey', 42],
  ])('for an option that cannot be: %s', (field, value) => {
    const error = made({ apiKey: 'k', [field]: value });
    expect(error).toMatchObject({ name: 'UsageError', code: 'invalid_option', field });
    expect(error.message).toMatch(`${field} must be `);
  });

  it('not for options that are undefined, nor for no bound at all', () => {
    const bounds = { timeout: Number.POSITIVE_INFINITY, maxWait: Number.POSITIVE_INFINITY, maxBody: 0 };
    const none = { baseUrl: undefined, transport: undefined, clock: undefined, userAgent: undefined };
    expect(new WorkTime({ apiKey: 'k', ...bounds, ...none, events: undefined })).toBeInstanceOf(WorkTime);
  });
});

describe('a transport of one\u2019s own', () => {
  const client = (transport: unknown, more: Partial<WorkTimeOptions> = {}) =>
    new WorkTime({ apiKey: 'k', clock, transport: transport as Transport, ...more });

  it.each([
    ['throws something of its own', () => Promise.reject(new TypeError('fetch failed'))],
    ['throws at once', () => JSON.parse('{')],
    ['gives nothing', async () => undefined],
    ['gives no status', async () => ({ ...answer({}), status: '200' })],
    ['gives the Headers of fetch', async () => ({ ...answer({}), headers: new Headers() })],
    ['gives a body that cannot be iterated', async () => ({ ...answer({}), body: null })],
  ])('that %s is a connection that broke', async (_, transport) => {
    const error = await failure(client(transport).organization.get());
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error).toMatchObject({ code: 'connection_broken', cause: { name: 'TransportError' } });
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
});

describe('a key that a function gives', () => {
  const transport: Transport = async () => answer(envelope({ id: 'org_1' }));

  it('is asked for once it is needed, and then kept', async () => {
    let asked = 0;
    const apiKey = async () => `k${++asked}`;
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
    expect(warnings).toEqual(['listener at once', 'listener later']);
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

describe('what helps is said in the words of a program', () => {
  it.each([
    [404, { baseUrl: '/v1' }, /^check the base URL: it is http:/],
    [404, { baseUrl: '' }, /^check the base URL: those of the API end in \/v1/],
    [429, { maxWait: 0 }, /allow a longer wait than 0 s with maxWait$/],
    [200, { maxBody: 5 }, /raise maxBody$/],
  ])('status %i', async (status, options, next) => {
    const server = await httpServer((_, response) => {
      response.setHeader('retry-after', '5');
      json(response, status, envelope([JOHN]));
    });
    const baseUrl = `${server.origin}${'baseUrl' in options ? options.baseUrl : '/v1'}`;
    const client = new WorkTime({ apiKey: 'k', clock, ...options, baseUrl });
    expect(((await failure(client.employees.list())) as { next?: string }).next).toMatch(next);
  });

  it('at a deadline', async () => {
    const transport: Transport = () => new Promise(() => {});
    const client = new WorkTime({ apiKey: 'k', clock, transport, timeout: 1 });
    const error = await failure(client.organization.get());
    expect(error).toMatchObject({ code: 'timeout', next: 'run it again, or give it longer with timeout' });
  });
});
