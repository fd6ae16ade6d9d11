import { describe, expect, it } from 'vitest';
import { AuthError, type Transport, UsageError, WorkTime } from '../../src/sdk.ts';
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

  it.each([['a b'], ['k\ney'], ['kéy'], ['\u200bkey']])(
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
    ['baseUrl', { href: 'http://127.0.0.1:4010/v1' }],
    ['events', () => {}],
    ['events', { request: 'log' }],
    ['apiKey', 42],
  ])('for an option that cannot be: %s', (field, value) => {
    const error = made({ apiKey: 'k', [field]: value });
    expect(error).toMatchObject({ name: 'UsageError', code: 'invalid_option', field });
    expect(error.message).toMatch(`${field} must be `);
  });

  it('for fetch itself as the transport, which is given its adapter', () => {
    expect(made({ apiKey: 'k', transport: fetch })).toMatchObject({
      code: 'invalid_option',
      field: 'transport',
      next: expect.stringContaining('Object.fromEntries(headers)'),
    });
  });

  it('but what is inherited, a getter or a URL is used as it was checked', () => {
    const inherited = Object.create({ baseUrl: 'http://127.0.0.1:4010/v1' });
    inherited.apiKey = 'k';
    class Options {
      get apiKey() {
        return 'k';
      }
      get baseUrl() {
        return 'http://127.0.0.1:4010/v1';
      }
    }
    const url = { apiKey: 'k', baseUrl: new URL('http://127.0.0.1:4010/v1/') };
    for (const options of [inherited, new Options(), url])
      expect(new Untyped(options).baseUrl).toBe('http://127.0.0.1:4010/v1');
  });

  it('not for options that are undefined, nor for no bound at all', () => {
    const bounds = { timeout: Number.POSITIVE_INFINITY, maxWait: Number.POSITIVE_INFINITY, maxBody: 0 };
    const none = { baseUrl: undefined, transport: undefined, clock: undefined, userAgent: undefined };
    expect(new WorkTime({ apiKey: 'k', ...bounds, ...none, events: undefined })).toBeInstanceOf(WorkTime);
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

it('a key may end with a line, as a file and a secret of CI have it', () => {
  for (const given of ['k\n', { apiKey: 'k\r\n' }]) expect(() => new WorkTime(given)).not.toThrow();
  expect(() => new WorkTime('\n')).toThrow('no API key');
  expect(() => new WorkTime('a\nb')).toThrow('white space');
});
