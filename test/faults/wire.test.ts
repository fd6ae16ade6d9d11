/** The network and the other end of it, at their worst. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { bytes, envelope, failure, it, JOHN, json, LONG, reset, type Seen, some, VERBS } from './world.ts';

const SHOW = ['organization', 'show'];
const verbs = Object.entries(VERBS);
const QUICK = ['--timeout', '1s'];

/** The rows of a list as the API pages them. */
function page(rows: readonly unknown[], { query }: Seen) {
  const [number, limit] = [Number(query['page'] ?? 1), Number(query['limit'] ?? 20)];
  const shown = rows.slice((number - 1) * limit, number * limit);
  return envelope(shown, { page: number, limit, total: rows.length });
}

const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ ...JOHN, id: `emp_${100_000 + at}` }));

describe.concurrent('A network that fails ends with 5, and nothing was changed', () => {
  it.for(some(verbs, 2))('refused: %s', async ([, args], { world }) => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const env = { WORKTIME_BASE_URL: `http://127.0.0.1:${port}/v1`, WORKTIME_API_KEY: 'wt_key' };
    const { code, stdout, stderr } = await world.run(args, { env });
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toMatch(/^Next: /m);
    expect(stderr).not.toMatch(/Applied: unknown/);
  });

  it('no such host', async ({ world }) => {
    const env = { WORKTIME_BASE_URL: 'https://worktime.invalid/v1', WORKTIME_API_KEY: 'wt_key' };
    expect(await world.run(SHOW, { env })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('worktime.invalid'),
    });
  });

  it.for([{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }])('a bad certificate, %j', async (extra, { world }) => {
    const [key, cert] = [join(world.home, 'key.pem'), join(world.home, 'cert.pem')];
    const options = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=127.0.0.1', '-days', '2'];
    execFileSync('openssl', [...options, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    let requests = 0;
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
      requests += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    world.onClose(() => void server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const { code, stderr } = await world.run(SHOW, {
      env: { WORKTIME_BASE_URL: url, WORKTIME_API_KEY: 'wt_key', ...extra },
    });
    expect({ code, requests }).toEqual({ code: 5, requests: 0 });
    expect(stderr).toMatch(/certificate/i);
  });

  const silences: [string, (seen: Seen) => void][] = [
    ['reset', ({ socket }) => reset(socket)],
    ['closed without a byte', ({ socket }) => void socket.end()],
    ['never answered', () => {}],
    ['no headers', ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\n')],
    ['headers without end', ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\nx-a: b\r\n')],
    [
      'a byte every 200 ms',
      ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\ncontent-type: application/json\r\n\r\n');
        const drip = setInterval(() => socket.write(' '), 200);
        socket.on('close', () => clearInterval(drip));
      },
    ],
  ];
  it.for(silences)('%s', async ([, handler], { world }) => {
    const server = await world.serve(handler);
    const { code, stdout } = await world.run([...SHOW, ...QUICK], { server });
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(server.requests.length).toBe(3);
  });

  it.for(some([502, 500, 503, 504], 4))('%i for ever: three attempts, then 5', async (status, { world }) => {
    const server = await world.serve((_, response) => json(response, status, failure('oops', 'try later')));
    expect((await world.run(SHOW, { server })).code).toBe(5);
    expect(server.requests).toHaveLength(3);
  });

  it.for(some([503, 500], 2))('%i once: done', async (status, { world }) => {
    const server = await world.serve((_, response, index) =>
      index === 0
        ? json(response, status, failure('oops', 'x'))
        : json(response, 200, envelope({ name: 'Acme' })),
    );
    const { code, stdout } = await world.run([...SHOW, '--json'], { server });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"name":"Acme"}\n' });
  });
});

describe.concurrent('A write whose outcome nobody can know ends with 8 and says so', () => {
  const writes = verbs.filter(([verb]) => verb !== 'GET');
  const losses: [string, (seen: Seen) => void][] = [
    ['reset', ({ socket }) => reset(socket)],
    ['closed', ({ socket }) => void socket.end()],
    ['cut', ({ socket }) => bytes(socket, 'HTTP/1.1 201 Created\r\ncontent-length: 900\r\n\r\n{"succ')],
    ['never answered', () => {}],
    ['500', ({ socket }) => bytes(socket, 'HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n')],
  ];
  const cases = writes.flatMap(([verb, args]) => losses.map(([how, lose]) => ({ verb, args, how, lose })));
  it.for(LONG ? cases : cases.filter((_, at) => at % 6 === 0))(
    '$verb, $how, and reading back fails too',
    async ({ verb, args, lose }, { world }) => {
      const server = await world.serve(lose);
      const { code, stdout, stderr } = await world.run([...args, ...QUICK], { server });
      expect({ code, stdout }).toEqual({ code: 8, stdout: '' });
      expect(stderr).toMatch(/^Applied: unknown$/m);
      const method = verb === 'clock' ? 'POST' : verb;
      expect(server.requests.filter((request) => request.method === method)).toHaveLength(1);
    },
  );
});

describe.concurrent('An answer that is not the contract is refused with 6, and nothing of it is shown as data', () => {
  const page200 = (body: string | Uint8Array, type = 'application/json', extra = '') =>
    [
      `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n${extra}content-length: ${Buffer.byteLength(body)}\r\n\r\n`,
      body,
    ] as const;
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, 0x20));
  const half = '{"success":true,"data":{"name":"Ac';
  const whole = JSON.stringify(envelope([JOHN]));
  const answers: [string, readonly (string | Uint8Array)[]][] = [
    ['a web page', page200('<!doctype html><title>Sign in</title>', 'text/html')],
    ['a web page called JSON', page200('<html>')],
    ['an empty body', page200('')],
    ['cut with a Content-Length', [`HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n${half}`]],
    ['cut without a Content-Length', [`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${half}`]],
    ['cut in a chunk', [`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n${half}`]],
    ['a gzip bomb', page200(bomb, 'application/json', 'content-encoding: gzip\r\n')],
    ['gzip that is none', page200('nope', 'application/json', 'content-encoding: gzip\r\n')],
    ['not UTF-8', page200(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))],
    ['no envelope', page200('{"name":"Acme"}')],
    ['an array', page200('[]')],
    ['null', page200('null')],
    ['no data', page200('{"success":true}')],
    ['null data', page200('{"success":true,"data":null}')],
    ['data of the wrong type', page200('{"success":true,"data":7}')],
    ['null rows', page200('{"success":true,"data":[null]}')],
    ['rows that are numbers', page200('{"success":true,"data":[1,2]}')],
    ['a wrong pagination', page200('{"success":true,"data":[],"pagination":{"page":"x"}}')],
    ['deep nesting', page200(`{"success":true,"data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)],
    ['60 MB of nesting', page200('['.repeat(60_000_000))],
    ['over the cap', page200(`${whole.slice(0, -1)}${' '.repeat(65 * 1024 * 1024)}}`)],
  ];
  it.for(some(answers, 2))('%s', { timeout: 60_000 }, async ([, parts], { world }) => {
    const server = await world.serve(({ socket }) => bytes(socket, ...parts));
    const { code, stdout, stderr } = await world.run(['employees', 'list', '--json'], { server });
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
      error: { exit: 6, method: 'GET', path: '/employees', next: expect.any(String) },
    });
  });
});

describe.concurrent('A 429 is waited for within --max-wait, else it ends with 7 and the time to come back', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const HEADERS: [string, () => Record<string, string>][] = [
    ['absent', () => ({})],
    ['a word', () => ({ 'x-ratelimit-reset': 'soon' })],
    ['empty', () => ({ 'x-ratelimit-reset': '' })],
    ['negative', () => ({ 'x-ratelimit-reset': '-1700000000' })],
    ['in ms', () => ({ 'x-ratelimit-reset': String((now() + 3600) * 1000) })],
    ['in a hundred years', () => ({ 'x-ratelimit-reset': String(now() + 3_155_760_000) })],
    ['beyond all numbers', () => ({ 'x-ratelimit-reset': '1e999' })],
    ['in an hour', () => ({ 'x-ratelimit-reset': String(now() + 3600) })],
    ['Retry-After of an hour', () => ({ 'retry-after': '3600' })],
  ];
  it.for(some(HEADERS, 2))('no wait is allowed, the reset is %s', async ([, headers], { world }) => {
    const server = await world.serve((_, response) => {
      json(response, 429, failure('rate_limited', 'Too many requests'), headers());
    });
    const { code, stderr } = await world.run([...SHOW, '--max-wait', '0'], { server });
    expect(code, stderr).toBe(7);
    expect(server.requests).toHaveLength(1);
    expect(stderr).toMatch(/^Next: /m);
  });

  it.for([0, 86_400, -86_400])(
    'the clocks are %i s apart, and the wait is right',
    async (skew, { world }) => {
      const server = await world.serve((_, response, index) => {
        const date = now() + skew;
        const headers = {
          date: new Date(date * 1000).toUTCString(),
          'x-ratelimit-limit': '1000',
          'x-ratelimit-remaining': index === 0 ? '0' : '999',
          'x-ratelimit-reset': String(date + 2),
        };
        if (index === 0) json(response, 429, failure('rate_limited', 'Too many requests'), headers);
        else json(response, 200, envelope({ name: 'Acme' }), headers);
      });
      const { code, stderr } = await world.run([...SHOW, '--json', '--max-wait', '30s'], { server });
      expect(code, stderr).toBe(0);
      expect(server.requests).toHaveLength(2);
    },
  );
});

describe.concurrent('A redirect is never followed, and the key never reaches another origin', () => {
  const statuses = [301, 302, 303, 307, 308];
  const places = ['another port', 'another name', 'https', 'no scheme'] as const;
  const cases = statuses.flatMap((status, row) =>
    places
      .filter((_, at) => LONG || at === row % places.length)
      .flatMap((place) =>
        verbs
          .filter(([verb]) => LONG || verb === 'GET')
          .map(([verb, args]) => ({ status, place, verb, args })),
      ),
  );
  it.for(cases)('$status to $place: $verb', async ({ status, place, args }, { world }) => {
    const evil = await world.serve((_, response) => json(response, 200, envelope(JOHN)));
    const { port } = new URL(evil.origin);
    const location = {
      'another port': `${evil.url}/employees`,
      'another name': `http://localhost:${port}/v1/employees`,
      https: `https://127.0.0.1:${port}/v1/employees`,
      'no scheme': `//127.0.0.1:${port}/v1/employees`,
    }[place];
    const server = await world.serve((_, response) => response.writeHead(status, { location }).end());
    const { code, stdout } = await world.run(args, { server });
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(evil.connections()).toBe(0);
    expect(server.requests).toHaveLength(1);
  });
});

describe.concurrent('A list is read to its end, once, whatever the server does meanwhile', () => {
  const ALL = ['employees', 'list', '--all', '--quiet'];

  it.for([
    ['page 1 for ever', () => page(people(500), { query: {} } as Seen)],
    [
      'page 1 for ever, called otherwise',
      (seen: Seen) => ({
        ...page(people(500), { query: {} } as Seen),
        pagination: { page: Number(seen.query['page'] ?? 1), limit: 20, total: 500 },
      }),
    ],
    [
      'a total that grows for ever',
      (seen: Seen) => {
        const number = Number(seen.query['page'] ?? 1);
        const rows = [{ ...JOHN, id: `emp_${number}` }];
        return envelope(rows, { page: number, limit: 1, total: number + 100 });
      },
    ],
  ] as [string, (seen: Seen) => unknown][])('%s ends with 6', async ([, answer], { world }) => {
    const server = await world.serve((seen, response) => json(response, 200, answer(seen)));
    const { code } = await world.run(ALL, { server });
    expect(code).toBe(6);
    expect(server.requests.length).toBeLessThan(500);
  });

  const changes: [string, (rows: { id: string }[]) => void][] = [
    ['one is removed before it', (rows) => void rows.splice(3, 1)],
    ['one is added before it', (rows) => void rows.splice(0, 0, { ...JOHN, id: 'emp_new' })],
    ['one is removed behind it', (rows) => void rows.splice(-3, 1)],
    [
      'a page is added before it',
      (rows) => void rows.splice(0, 0, ...people(100).map((one) => ({ ...one, id: `n${one.id}` }))),
    ],
  ];
  const moments = LONG ? [1, 2, 3, 4, 5, 6] : [2];
  it.for(changes.flatMap(([what, change]) => moments.map((moment) => ({ what, change, moment }))))(
    '$what at request $moment: nobody who stayed is lost or doubled',
    async ({ change, moment }, { world }) => {
      const rows: { id: string }[] = people(450);
      const before = rows.map(({ id }) => id);
      const server = await world.serve((seen, response, index) => {
        if (index === moment) change(rows);
        json(response, 200, page(rows, seen));
      });
      const { code, stdout } = await world.run(ALL, { server });
      expect(code).toBe(0);
      const shown = stdout.trimEnd().split('\n');
      expect(new Set(shown).size).toBe(shown.length);
      const left = new Set(rows.map(({ id }) => id));
      for (const id of before) if (left.has(id)) expect(shown).toContain(id);
    },
  );
});
