import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBaseUrl } from '../../src/client/url.ts';
import type { WorkTimeError } from '../../src/errors.ts';
import { clientFor, envelope, failure, httpServer, JOHN, json } from './support.ts';

const server = () => httpServer((_, response) => json(response, 200, envelope(JOHN)));

describe('an ID cannot reach another path', () => {
  it.each([
    '../admin/keys?x=',
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '',
    ' ',
    'a/b',
    'a\\b',
    'a\nb',
    'a\u0000',
    '\u009f',
    '\ud800',
  ])('%j is refused and nothing is sent', async (id) => {
    const { origin, requests } = await server();
    const { client } = clientFor(origin);
    for (const call of [
      () => client.employees.get(id),
      () => client.employees.delete(id),
      () => client.employees.update(id, { salary: 1 }),
      () => client.locks.history(id),
    ]) {
      expect(await failure(call())).toMatchObject({
        name: 'UsageError',
        exit: 2,
        field: 'id',
      });
    }
    expect(requests).toEqual([]);
  });

  it.each([
    ['a?b', 'a%3Fb'],
    ['a#b', 'a%23b'],
    ['a b', 'a%20b'],
    ['%2f', '%252f'],
    ['Ж', '%D0%96'],
    ['$&', '%24%26'],
  ])('%j is encoded', async (id, encoded) => {
    const { origin, requests } = await server();
    await clientFor(origin).client.employees.get(id);
    expect(requests.map(({ path }) => path)).toEqual([`/v1/employees/${encoded}`]);
  });

  it('whatever the ID, the path has three segments or nothing is sent', async () => {
    const { origin, requests } = await server();
    const { client } = clientFor(origin);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (id) => {
        const before = requests.length;
        const error = await client.employees.get(id).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error === undefined) {
          const path = requests[before]?.path ?? '';
          expect(path.split('/')).toHaveLength(4);
          expect(decodeURIComponent(path.slice('/v1/employees/'.length))).toBe(id);
        } else {
          expect(error).toMatchObject({ name: 'UsageError' });
          expect(requests).toHaveLength(before);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a raw path stays below the base URL', () => {
  it.each([
    'https://evil.example/x',
    '//evil.example/x',
    '/../x',
    '/a/%2e%2e/%2e%2e/x',
    '/a/..',
    '/a\\..\\b',
    '/a b',
    '/a\r\nx: y',
    'javascript:alert(1)',
    '/employees/emp_1#draft',
  ])('%j is refused', async (path) => {
    const { origin, requests } = await server();
    await expect(clientFor(origin).client.request({ method: 'GET', path })).rejects.toMatchObject({
      name: 'UsageError',
      code: 'invalid_path',
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ['/employees?limit=1&x=a%20b', { limit: '1', x: 'a b', more: '2' }],
    ['employees', { more: '2' }],
    ['/employees?', { more: '2' }],
  ])('%j is sent with its query', async (path, query) => {
    const { origin, requests } = await server();
    await clientFor(origin).client.request({ method: 'GET', path, query: { more: 2, none: undefined } });
    expect(requests.map((request) => [request.path, request.query])).toEqual([['/v1/employees', query]]);
  });

  it.each([{ authorization: 'Bearer x' }, { Host: 'evil' }, { 'x-a': 'b\r\nc: d' }, { 'x y': 'z' }])(
    'the header %j is refused',
    async (headers) => {
      const { origin, requests } = await server();
      await expect(
        clientFor(origin).client.request({ method: 'GET', path: '/x', headers }),
      ).rejects.toMatchObject({ name: 'UsageError', code: 'invalid_header' });
      expect(requests).toEqual([]);
    },
  );

  it('gives the envelope as it came, and bytes that are no JSON', async () => {
    const { origin } = await httpServer((request, response) =>
      request.path === '/v1/text'
        ? response.end('hello')
        : json(response, 200, { success: true, data: 1, x: 2 }),
    );
    const { client } = clientFor(origin);
    expect((await client.request({ method: 'GET', path: '/x' })).envelope).toEqual({
      success: true,
      data: 1,
      x: 2,
    });
    const text = await client.request({ method: 'GET', path: '/text' });
    expect([text.envelope, Buffer.from(text.bytes).toString()]).toEqual([undefined, 'hello']);
  });
});

describe('the base URL', () => {
  it.each([
    'http://api.worktime.one/v1',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://10.0.0.1/v1',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'https://user:secret@api.worktime.one',
    'https://api.worktime.one/v1?x=1',
    'https://api.worktime.one/#x',
    'api.worktime.one',
    '',
  ])('%j is refused', (url) => {
    expect(() => checkBaseUrl(url)).toThrow(
      expect.objectContaining({ name: 'UsageError', code: 'invalid_base_url' }),
    );
  });

  it.each([
    ['https://api.worktime.one/v1/', 'https://api.worktime.one/v1'],
    ['http://127.0.0.1:4010/v1', 'http://127.0.0.1:4010/v1'],
    ['http://localhost:4010', 'http://localhost:4010'],
    ['http://[::1]:4010/v1//', 'http://[::1]:4010/v1'],
    ['http://127.9.9.9/v1', 'http://127.9.9.9/v1'],
  ])('%j is taken', (url, checked) => {
    expect(checkBaseUrl(url)).toBe(checked);
  });

  it('never shows a password that it refuses', () => {
    expect(() => checkBaseUrl('https://user:secret@x.example')).toThrow(/^(?!.*secret)/);
  });
});

describe('the key', () => {
  it.each(['', ' ', 'a b', 'a\nb', 'abc\n', 'a\u2013b', 'ключ', 'a\u0000b', 'a\u007fb'])(
    'of the shape %j is refused, never echoed, and nothing is sent',
    async (apiKey) => {
      const { origin, requests } = await server();
      const error = (await failure(clientFor(origin, { apiKey }).client.organization.get())) as WorkTimeError;
      expect(error).toMatchObject({ name: 'AuthError', exit: 4 });
      if (apiKey.trim().length > 1) {
        expect(`${error.message} ${error.next} ${JSON.stringify(error)}`).not.toContain(apiKey.trim());
      }
      expect(requests).toEqual([]);
    },
  );

  it('is asked for once, and only when a request needs it', async () => {
    let asked = 0;
    const { origin } = await server();
    const apiKey = async () => {
      asked++;
      return 'wt_key';
    };
    const { client } = clientFor(origin, { apiKey });
    expect(asked).toBe(0);
    await Promise.all([client.employees.get('a'), client.employees.get('b')]);
    expect(asked).toBe(1);
  });

  it('is in no event and in no request that is prepared', async () => {
    const seen: unknown[] = [];
    const { origin } = await server();
    const apiKey = 'wt_canary_secret';
    const { client } = clientFor(origin, {
      apiKey,
      events: { request: (event) => seen.push(event), response: (event) => seen.push(event) },
    });
    await client.employees.get('emp_1');
    expect(seen).toHaveLength(2);
    expect(JSON.stringify(seen)).not.toContain(apiKey);
    expect(JSON.stringify(seen)).toContain('Bearer ***');
    expect(JSON.stringify(client)).not.toContain(apiKey);
  });
});
