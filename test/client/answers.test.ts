import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkTimeError } from '../../src/errors.ts';
import { clientFor, envelope, failure, httpServer, JOHN, json, KEY, rawServer } from './support.ts';

async function answering(status: number, body: string | Buffer, headers: Record<string, string> = {}) {
  const server = await httpServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  return { server, ...clientFor(server.origin) };
}

describe('an answer that is not the contract is refused, and says what it is', () => {
  const invalid: [string, string | Buffer, string][] = [
    ['a web page', '<!doctype html><html></html>', 'the answer is a web page, not JSON'],
    ['an empty body', '', 'the answer is empty'],
    ['half a document', '{"success":true,', 'the answer is not JSON'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'the answer is not UTF-8'],
    ['a bare array', '[]', 'the answer is no WorkTime One envelope'],
    ['null', 'null', 'the answer is no WorkTime One envelope'],
    ['a number', '17', 'the answer is no WorkTime One envelope'],
    ['an envelope without success', '{"data":{}}', 'the answer is no WorkTime One envelope'],
    ['success of another type', '{"success":"true","data":{}}', 'the answer is no WorkTime One envelope'],
    ['no data', '{"success":true}', 'the answer has no record in it'],
    ['null data', '{"success":true,"data":null}', 'the answer has no record in it'],
    ['a list for a record', '{"success":true,"data":[]}', 'the answer has no record in it'],
    ['nested without end', '['.repeat(50_000) + ']'.repeat(50_000), 'the answer is nested too deeply'],
    [
      'a record nested without end',
      `{"success":true,"data":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
      'the answer is nested too deeply',
    ],
  ];
  it.each(invalid)('%s', async (_, body, message) => {
    const { client, server } = await answering(200, body);
    await expect(client.organization.get()).rejects.toMatchObject({
      name: 'InvalidAnswerError',
      message,
      exit: 6,
      status: 200,
      method: 'GET',
      path: '/organization',
      next: expect.stringContaining('base URL'),
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['null rows', [JOHN, null], 'the answer has a row that is no record'],
    ['rows of another type', ['emp_1'], 'the answer has a row that is no record'],
    ['a record for a list', { id: 'emp_1' }, 'the answer has no list in it'],
    ['a string for a list', 'emp_1', 'the answer has no list in it'],
  ])('%s', async (_, data, message) => {
    const { client } = await answering(200, JSON.stringify(envelope(data)));
    await expect(client.employees.list()).rejects.toMatchObject({ name: 'InvalidAnswerError', message });
  });

  it.each([
    { page: 1, limit: 0, total: 4 },
    { page: '1', limit: 10, total: 4 },
    { page: 1, limit: 10 },
    { page: 1, limit: 10, total: -1 },
    { page: 1, limit: 10, total: 1e300 },
    'all',
  ])('a pagination that makes no sense (%j) never ends a list early', async (pagination) => {
    const { client } = await answering(200, JSON.stringify(envelope([JOHN], pagination)));
    await expect(client.employees.list()).rejects.toMatchObject({ code: 'invalid_answer' });
  });

  it.each([
    ['60 MB of nesting', '['.repeat(60_000_000)],
    ['millions of empty lists', `[${'[],'.repeat(20_000_000)}0]`],
  ])('%s costs a look at its bytes, not gigabytes', async (_, body) => {
    const { client } = await answering(200, body);
    const before = process.resourceUsage().maxRSS;
    await expect(client.organization.get()).rejects.toMatchObject({
      message: 'the answer is nested too deeply, or in too many pieces',
      exit: 6,
    });
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(1_000_000);
  });

  it.each([500, 1_000_000])('strings that look like brackets are no nesting, %i times', async (times) => {
    const note = '[[{{"\\\\'.repeat(times);
    const { client } = await answering(200, JSON.stringify(envelope({ ...JOHN, note })));
    expect(await client.employees.get('emp_123456')).toMatchObject({ note });
  });

  it('rows inside the one array of an object are found', async () => {
    const { client } = await answering(
      200,
      JSON.stringify(envelope({ locks: [{ id: 'lock_1' }], count: 1 })),
    );
    expect((await client.locks.list()).data).toEqual([{ id: 'lock_1' }]);
  });

  it('a byte-order mark does no harm', async () => {
    const { client } = await answering(200, `\ufeff${JSON.stringify(envelope(JOHN))}`);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it('__proto__ in an answer is data like any other', async () => {
    const { client } = await answering(200, '{"success":true,"data":{"id":"x","__proto__":{"evil":1}}}');
    const record = await client.employees.get('x');
    expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
    expect(Object.keys(record)).toEqual(['id', '__proto__']);
  });

  it('whatever bytes come, the error is one of the table', async () => {
    let body = Buffer.alloc(0);
    let status = 200;
    const server = await httpServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    const { client } = clientFor(server.origin);
    const anything = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      fc.jsonValue().map((data) => Buffer.from(JSON.stringify({ success: true, data, pagination: data }))),
      fc.jsonValue().map((error) => Buffer.from(JSON.stringify({ success: false, error }))),
    );
    await fc.assert(
      fc.asyncProperty(
        anything,
        fc.constantFrom(200, 201, 400, 401, 403, 404, 409, 418, 500),
        async (bytes, code) => {
          body = bytes;
          status = code;
          const outcome = await client.employees.list().then(
            () => undefined,
            (error: unknown) => error,
          );
          expect(outcome === undefined || outcome instanceof WorkTimeError).toBe(true);
          if (outcome instanceof WorkTimeError) expect([4, 5, 6]).toContain(outcome.exit);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a status becomes an error with the next step', () => {
  it.each([
    [400, 'RefusedError', 6],
    [404, 'RefusedError', 6],
    [409, 'RefusedError', 6],
    [401, 'AuthError', 4],
    [403, 'AuthError', 4],
  ])('%i is a %s, exit %i', async (status, name, exit) => {
    const body = { success: false, error: { code: 'some_code', message: 'Some message' } };
    const { client } = await answering(status, JSON.stringify(body));
    await expect(client.organization.get()).rejects.toMatchObject({
      name,
      exit,
      status,
      code: 'some_code',
      detail: 'Some message',
      next: expect.any(String),
    });
  });

  it.each([
    ['Read Only', (c: ReturnType<typeof clientFor>['client']) => c.organization.get()],
    ['Read/Write', (c: ReturnType<typeof clientFor>['client']) => c.employees.update('emp_1', { salary: 1 })],
    ['Full Access', (c: ReturnType<typeof clientFor>['client']) => c.employees.delete('emp_1')],
  ])('403 names the scope that is needed: %s', async (scope, call) => {
    const { client } = await answering(403, '{"success":false,"error":{"code":"forbidden","message":"no"}}');
    expect((await failure(call(client))) as Error).toMatchObject({ message: expect.stringContaining(scope) });
  });

  it('401 in HTML from a proxy is still a rejected key', async () => {
    const { client } = await answering(401, '<html>no</html>', { 'content-type': 'text/html' });
    await expect(client.organization.get()).rejects.toMatchObject({ name: 'AuthError', exit: 4 });
  });

  it('404 is of what was asked for: of an ID, of the field that the API names, of a path, or of the address', async () => {
    const missing = (field?: string) =>
      answering(
        404,
        JSON.stringify({ success: false, error: { code: 'not_found', message: 'none', field } }),
      );
    const { client } = await missing();
    const next = (text: string) => ({ name: 'RefusedError', next: expect.stringContaining(text) });
    await expect(client.employees.get('emp_1')).rejects.toMatchObject(next('check the ID,'));
    await expect(client.organization.get()).rejects.toMatchObject(next('check the base URL'));
    await expect(client.request({ method: 'GET', path: '/x' })).rejects.toMatchObject(next('check the path'));
    const named = await missing('lock_id');
    await expect(named.client.attendance.list()).rejects.toMatchObject(next('check lock_id,'));
  });

  it('404 in HTML is not the API', async () => {
    const { client } = await answering(404, '<html>no</html>', { 'content-type': 'text/html' });
    await expect(client.organization.get()).rejects.toMatchObject({ name: 'InvalidAnswerError', exit: 6 });
  });

  it('success: false under status 200 is a refusal all the same', async () => {
    const { client } = await answering(200, '{"success":false,"error":{"code":"x","message":"y"}}');
    await expect(client.organization.get()).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'x',
      detail: 'y',
    });
  });

  it('a delete may be answered with nothing at all', async () => {
    const { client } = await answering(204, '');
    expect(await client.employees.delete('emp_1')).toEqual({});
  });
});

describe('redirects are never followed and the key never leaves its origin', () => {
  const writes = ['GET', 'POST', 'PUT', 'DELETE'] as const;
  it.each([301, 302, 303, 307, 308])('%i to four kinds of other origin', async (status) => {
    const elsewhere = await httpServer((_, response) => json(response, 200, envelope({ id: 'org_evil' })));
    const port = new URL(elsewhere.origin).port;
    for (const target of [
      `${elsewhere.origin}/v1/organization`,
      `http://localhost:${port}/v1/organization`,
      `//127.0.0.1:${port}/`,
      `https://127.0.0.1:${port}/`,
    ]) {
      for (const method of writes) {
        const server = await httpServer((_, response) => {
          response.writeHead(status, { location: target }).end();
        });
        const { client } = clientFor(server.origin);
        const error = await failure(client.request({ method, path: '/organization' }));
        expect(error).toMatchObject({
          name: 'InvalidAnswerError',
          code: 'cross_origin_redirect',
          exit: 6,
          status,
        });
        expect((error as Error).message).toContain('another origin');
        expect(JSON.stringify(error)).not.toContain(KEY);
        expect(server.requests).toHaveLength(1);
      }
    }
    expect(elsewhere.requests).toEqual([]);
  });

  it('and leave neither a timer nor a connection behind, though their body never comes', async () => {
    let closed: Promise<unknown> | undefined;
    const server = await rawServer((socket) => {
      closed = new Promise((resolve) => socket.on('close', resolve));
      socket.write(
        'HTTP/1.1 302 Found\r\nlocation: https://login.example/\r\ncontent-length: 500\r\n\r\n<html>',
      );
    });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await expect(clientFor(server.origin).client.organization.get()).rejects.toMatchObject({
      code: 'cross_origin_redirect',
    });
    expect(timers()).toBeLessThanOrEqual(before);
    await closed;
  });

  it('nor within their own origin', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(302, { location: '/v1/elsewhere' }).end('moved');
    });
    const { client } = clientFor(server.origin);
    await expect(client.organization.get()).rejects.toMatchObject({ code: 'redirect', exit: 6 });
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/organization']);
  });
});
