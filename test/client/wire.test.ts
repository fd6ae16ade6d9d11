import { createServer } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { RefusedError } from '../../src/errors.ts';
import {
  clientFor,
  envelope,
  failure,
  httpServer,
  JOHN,
  json,
  rawServer,
  reset,
  virtualClock,
  wire,
} from './support.ts';

const OK = JSON.stringify(envelope(JOHN));

/** A port on this machine where nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('a read is tried three times', () => {
  it('when the connection is refused', async () => {
    const { client, clock } = clientFor(await closedPort());
    await expect(client.employees.get('emp_1')).rejects.toMatchObject({
      name: 'TemporaryError',
      code: 'unreachable',
      exit: 5,
    });
    expect(clock.sleeps).toEqual([250, 500]);
  });

  it('when the connection is reset, then answers', async () => {
    const server = await rawServer((socket, _, index) =>
      index < 2 ? reset(socket) : socket.write(wire('200 OK', OK)),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(3);
  });

  it('when the connection is reset for ever, and no more', async () => {
    const server = await rawServer((socket) => reset(socket));
    const { client } = clientFor(server.origin);
    await expect(client.employees.get('emp_1')).rejects.toMatchObject({
      code: 'connection_broken',
      exit: 5,
      method: 'GET',
      path: '/employees/emp_1',
    });
    expect(server.requests).toHaveLength(3);
  });

  it('when the connection closes without a byte', async () => {
    const server = await rawServer((socket, _, index) =>
      index === 0 ? socket.end() : socket.write(wire('200 OK', OK)),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it.each([500, 502, 503, 504, 408])('when the status is %i once', async (status) => {
    const server = await httpServer((_, response, index) =>
      index === 0 ? json(response, status, { success: false }) : json(response, 200, envelope(JOHN)),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(2);
  });

  it('when the status is 500 for ever, and then says so', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>');
    });
    const { client } = clientFor(server.origin);
    await expect(client.organization.get()).rejects.toMatchObject({
      name: 'TemporaryError',
      status: 502,
      exit: 5,
    });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    [0, [0, 0]],
    [0.999999, [500, 1000]],
  ])('with full jitter: from nothing to a bound that doubles (%d)', async (chance, sleeps) => {
    const clock = virtualClock(() => chance);
    const { client } = clientFor(await closedPort(), { clock });
    await expect(client.organization.get()).rejects.toMatchObject({ exit: 5 });
    expect(clock.sleeps).toEqual(sleeps);
  });

  it('but never when it was refused for good', async () => {
    const server = await httpServer((_, response) =>
      json(response, 404, { success: false, error: { code: 'not_found', message: 'No such employee' } }),
    );
    const { client, clock } = clientFor(server.origin);
    expect(await failure(client.employees.get('emp_0'))).toBeInstanceOf(RefusedError);
    expect(server.requests).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });
});

describe('a body that is cut short is never taken for a whole one', () => {
  const cases: [string, string][] = [
    ['of its Content-Length', `HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n${OK}`],
    [
      'of its last chunk',
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n${OK.slice(0, 16)}\r\n`,
    ],
    ['and has neither', `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${OK.slice(0, -3)}`],
  ];
  it.each(cases)('%s', async (_, bytes) => {
    const server = await rawServer((socket) => socket.end(bytes));
    const { client } = clientFor(server.origin);
    await expect(client.employees.get('emp_123456')).rejects.toMatchObject({
      name: 'CutError',
      code: 'cut_answer',
      exit: 6,
    });
    expect(server.requests).toHaveLength(3);
  });

  it.each(cases)('%s: the next attempt counts', async (_, bytes) => {
    const server = await rawServer((socket, __, index) =>
      socket.end(index === 0 ? bytes : wire('200 OK', OK)),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it('while a whole one that ends with the connection is taken', async () => {
    const server = await rawServer((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${OK}`));
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(1);
  });

  it('nor a workbook without its end', async () => {
    const server = await rawServer((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\n\r\nPK\u0003\u0004${'x'.repeat(500)}`),
    );
    const { client } = clientFor(server.origin);
    const period = { start_date: '2024-11-01', end_date: '2024-11-30' };
    await expect(client.reports.payroll({ ...period, format: 'excel' })).rejects.toMatchObject({
      code: 'cut_answer',
    });
  });
});

describe('what is not HTTP is no answer', () => {
  it.each([
    ['another protocol', '220 smtp.example ESMTP\r\n'],
    ['a header without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}`],
    ['a chunk of no size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!'],
  ])('%s', async (_, bytes) => {
    const server = await rawServer((socket) => socket.write(bytes));
    const { client } = clientFor(server.origin);
    await expect(client.organization.get()).rejects.toMatchObject({
      name: expect.stringMatching(/InvalidAnswerError|CutError/),
      exit: 6,
    });
  });

  it('an interim answer before the real one is passed over', async () => {
    const server = await rawServer((socket) =>
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${wire('200 OK', OK)}`),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });
});

describe('the deadline', () => {
  const timers = { toFake: ['setTimeout', 'clearTimeout'] as ('setTimeout' | 'clearTimeout')[] };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /** Advances the timers 200 ms at a time until the promise is settled, letting the sockets work in between. */
  async function drip(promise: Promise<unknown>, each: () => void): Promise<number> {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    let ms = 0;
    while (!settled && ms < 600_000) {
      await vi.advanceTimersByTimeAsync(200);
      ms += 200;
      each();
      await turn();
      await turn();
    }
    return ms;
  }

  it('is for the whole attempt: a byte every 200 ms does not move it', async () => {
    let write = () => {};
    let reached = () => {};
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      write = () => void socket.write(' ');
      reached();
    });
    const { client } = clientFor(server.origin, { timeout: 30_000 });
    vi.useFakeTimers(timers);
    try {
      const outcome = failure(client.organization.get());
      await asked;
      const first = server.requests.length;
      const ms = await drip(outcome, () => write());
      expect(first).toBe(1);
      expect(await outcome).toMatchObject({ name: 'TemporaryError', code: 'timeout', exit: 5 });
      // Three attempts of thirty seconds each, not one that lasts as long as bytes drip.
      expect(ms).toBeGreaterThanOrEqual(90_000);
      expect(ms).toBeLessThan(95_000);
      expect(server.requests).toHaveLength(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends a server that never answers, and one that sends no headers', async () => {
    const server = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\nx-slow: '));
    const { client } = clientFor(server.origin, { timeout: 20 });
    await expect(client.organization.get()).rejects.toMatchObject({ code: 'timeout', exit: 5 });
    expect(server.requests).toHaveLength(3);
  });

  it('leaves no timer behind', async () => {
    const server = await httpServer((_, response) => json(response, 200, envelope(JOHN)));
    const { client } = clientFor(server.origin, { timeout: 3_600_000 });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await client.employees.get('emp_123456');
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('may be absurdly long without firing at once', async () => {
    const server = await httpServer((_, response) => json(response, 200, envelope(JOHN)));
    const { client } = clientFor(server.origin, { timeout: 9_999_999_000 });
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it("gives way to the caller's signal, whose reason is thrown", async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const server = await rawServer(() => controller.abort(reason));
    const { client } = clientFor(server.origin);
    expect(await failure(client.employees.get('emp_1', { signal: controller.signal }))).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});

describe('the size of an answer is capped as decoded', () => {
  const bomb = () => gzipSync(Buffer.alloc(20_000_000, 0x20));

  it.each([
    ['gzip', bomb()],
    ['br', brotliCompressSync(Buffer.alloc(20_000_000, 0x20))],
    ['deflate', deflateSync(Buffer.alloc(20_000_000, 0x20))],
    ['gzip, gzip', gzipSync(bomb())],
  ])('a %s bomb is refused', async (encoding, body) => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.length }).end(body);
    });
    const { client } = clientFor(server.origin, { maxBody: 1_048_576 });
    await expect(client.organization.get()).rejects.toMatchObject({
      name: 'InvalidAnswerError',
      code: 'answer_too_large',
      message: 'the answer is larger than 1 MiB',
      exit: 6,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('a body that never ends is refused at the cap', async () => {
    const server = await httpServer((_, response) => {
      const chunk = Buffer.alloc(65_536, 0x20);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    const { client } = clientFor(server.origin, { maxBody: 3_000_000 });
    await expect(client.organization.get()).rejects.toMatchObject({ code: 'answer_too_large' });
  });

  it.each([
    ['gzip', gzipSync(OK)],
    ['br', brotliCompressSync(OK)],
    ['deflate', deflateSync(OK)],
    ['deflate', deflateRawSync(OK)],
  ])('%s is decoded', async (encoding, body) => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body);
    });
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it('a compressed body that ends early is cut, and tried again', async () => {
    const server = await httpServer((_, response, index) => {
      const body = gzipSync(OK);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(index === 0 ? body.subarray(0, -12) : body);
    });
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(2);
  });

  it.each(['zstd', 'gzip, gzip, gzip', 'x'])(
    'an encoding that nobody asked for (%s) is refused',
    async (encoding) => {
      const server = await httpServer((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end(OK);
      });
      const { client } = clientFor(server.origin);
      await expect(client.organization.get()).rejects.toMatchObject({ code: 'bad_encoding', exit: 6 });
    },
  );
});

describe('connections', () => {
  it('are reused for reads', async () => {
    const server = await httpServer((_, response) => json(response, 200, envelope(JOHN)));
    const { client } = clientFor(server.origin);
    for (let i = 0; i < 3; i++) await client.employees.get('emp_123456');
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 1]);
  });

  it('are new for a POST, so that a refusal proves that nothing was sent', async () => {
    const server = await httpServer((_, response) => json(response, 201, envelope(JOHN)));
    const { client } = clientFor(server.origin);
    await client.employees.list().catch(() => {});
    await client.employees.create({ name: 'Jane', email: 'jane@example.com' });
    await client.employees.create({ name: 'Joan', email: 'joan@example.com' });
    const posts = server.requests.filter(({ method }) => method === 'POST');
    expect(new Set(posts.map(({ connection }) => connection)).size).toBe(2);
    expect(posts[0]?.connection).not.toBe(server.requests[0]?.connection);
  });

  it('a resting one that the server has closed costs no attempt of the caller', async () => {
    const server = await rawServer((socket, _, index) => {
      socket.write(wire('200 OK', OK));
      if (index === 0) socket.end();
    });
    const { client } = clientFor(server.origin);
    await client.employees.get('emp_123456');
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });
});
