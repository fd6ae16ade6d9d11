import { afterEach, describe, expect, it } from 'vitest';
import type { ServerLimits } from '../../src/webhooks/server.ts';
import { body, post, rawSocket, startListener, storedIn, TOKEN } from './support.ts';

/** Whatever was done to it, the next honest delivery is taken. */
let after: (() => Promise<void>) | undefined;
afterEach(async () => {
  await after?.();
  after = undefined;
});

async function start(limits: Partial<ServerLimits> = {}) {
  const refused: string[] = [];
  const listener = await startListener({ limits, onRefused: (code) => refused.push(code) });
  after = async () => {
    const before = (await storedIn(listener.record.place)).length;
    expect((await post(listener.url, body())).status).toBe(200);
    expect(await storedIn(listener.record.place)).toHaveLength(before + 1);
  };
  return { ...listener, refused };
}

const head = (port: number, lines: readonly string[] = [], target = `/${TOKEN}`) =>
  [
    `POST ${target} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    ...lines,
    '',
    '',
  ].join('\r\n');

async function answerTo(port: number, text: string): Promise<string> {
  const { heard, closed } = await rawSocket(port, text);
  await closed;
  return heard();
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

describe('hostile HTTP', () => {
  it.each([
    ['a forged Host', ['Host: evil.example'], 403],
    ['a Host that begins as ours', ['Host: 127.0.0.1.evil.example'], 403],
    ['a browser', ['Origin: http://127.0.0.1:4242'], 403],
    ['a sandboxed browser', ['Origin: null'], 403],
  ])('refuses %s', async (_, lines, status) => {
    const { port, record, refused } = await start();
    const text = body();
    const named = lines.some((line) => line.startsWith('Host'))
      ? lines
      : [`Host: 127.0.0.1:${port}`, ...lines];
    const request = [
      `POST /${TOKEN} HTTP/1.1`,
      ...named,
      'Content-Type: application/json',
      `Content-Length: ${text.length}`,
      '',
      text,
    ].join('\r\n');
    expect(statusOf(await answerTo(port, request))).toBe(status);
    expect(await storedIn(record.place)).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  it('refuses two Hosts, and none', async () => {
    const { port } = await start();
    const two = head(port, ['Host: 127.0.0.1', 'Content-Length: 2', 'Connection: close']);
    expect(statusOf(await answerTo(port, `${two}{}`))).toBeGreaterThanOrEqual(400);
    const none = `POST /${TOKEN} HTTP/1.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
    expect(statusOf(await answerTo(port, none))).toBe(400);
  });

  it.each([
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['text/plain'],
    ['application/jsonp'],
    ['application/json; charset=utf-16'],
  ])('refuses a body of type %s', async (type) => {
    const { url } = await start();
    expect((await post(url, body(), { 'content-type': type })).status).toBe(415);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'refuses %s, and leads nowhere',
    async (method) => {
      const { url } = await start();
      const answer = await fetch(url, { method, redirect: 'manual' });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('POST');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it.each(['/', '/wrong', `/${TOKEN}x`, `/${TOKEN.slice(0, -1)}`, '/?token=', '/?token=wrong'])(
    'refuses the token of %s',
    async (target) => {
      const { port, url, record } = await start();
      expect((await post(new URL(target, url).href, body())).status).toBe(401);
      expect(await storedIn(record.place)).toEqual([]);
      const found = await post(`http://127.0.0.1:${port}/?a=b&token=${TOKEN}`, body());
      expect(found.status).toBe(200);
    },
  );

  it.each([`/a/${TOKEN}`, `/${TOKEN}/`, `//${TOKEN}`, 'http://evil.example/'])(
    'knows no %s',
    async (target) => {
      const { port } = await start();
      const answer = await answerTo(port, head(port, ['Content-Length: 0', 'Connection: close'], target));
      expect(statusOf(answer)).toBe(404);
    },
  );

  it('refuses 3 MB, announced or not, and lets the sender see why', async () => {
    const { url, refused, record } = await start();
    const big = JSON.stringify({ event: 'x', data: { text: 'a'.repeat(3_000_000) } });
    expect((await post(url, big)).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(big));
        controller.close();
      },
    });
    const answer = await fetch(url, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    } as RequestInit);
    expect(answer.status).toBe(413);
    expect(refused).toEqual(['too_large', 'too_large']);
    expect(await storedIn(record.place)).toEqual([]);
  });

  it('takes 256 KiB to the byte', async () => {
    const { url } = await start();
    const frame = '{"event":"x","data":{"text":""}}';
    const fits = frame.replace('""}', `"${'a'.repeat(256 * 1024 - frame.length)}"}`);
    expect(fits.length).toBe(256 * 1024);
    expect((await post(url, fits)).status).toBe(200);
    expect((await post(url, `${fits} `)).status).toBe(413);
  });

  it('refuses before the body is sent, where the sender asks first', async () => {
    const { port } = await start();
    const asked = head(port, ['Expect: 100-continue', 'Content-Length: 9000000']);
    const { heard, socket, closed } = await rawSocket(port, asked);
    while (!heard().includes('\r\n\r\n')) await new Promise((resolve) => socket.once('data', resolve));
    expect(statusOf(heard())).toBe(413);
    socket.destroy();
    await closed;

    const text = body();
    const fine = await rawSocket(
      port,
      head(port, ['Expect: 100-continue', `Content-Length: ${text.length}`]),
    );
    while (!fine.heard().includes('100 Continue'))
      await new Promise((resolve) => fine.socket.once('data', resolve));
    fine.socket.write(text);
    while (!fine.heard().includes('200 OK'))
      await new Promise((resolve) => fine.socket.once('data', resolve));
  });

  it('refuses an encoded body: what is recorded is what was said', async () => {
    const { url } = await start();
    expect((await post(url, body(), { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('lets nobody take his time over a head', async () => {
    const { port } = await start({ headersTimeout: 100, requestTimeout: 200 });
    const slow = await Promise.all(
      Array.from({ length: 20 }, () => rawSocket(port, 'POST / HTTP/1.1\r\nHost: x\r\n')),
    );
    const drip = setInterval(() => {
      for (const { socket } of slow) if (socket.writable) socket.write('X-A: b\r\n');
    }, 20);
    await Promise.all(slow.map(({ closed }) => closed));
    clearInterval(drip);
  });

  it('lets nobody take his time over a body', async () => {
    const { port, record } = await start({ headersTimeout: 100, requestTimeout: 200 });
    const slow = await rawSocket(port, `${head(port, ['Content-Length: 100'])}{"event":`);
    const drip = setInterval(() => slow.socket.writable && slow.socket.write(' '), 20);
    await slow.closed;
    clearInterval(drip);
    expect(await storedIn(record.place)).toEqual([]);
  });

  it('serves on while as many silent connections as it allows hold the door', async () => {
    const { port, url } = await start({ maxConnections: 10 });
    await Promise.all(Array.from({ length: 10 }, () => rawSocket(port, 'POST /')));
    const deadline = performance.now() + 5000;
    let status = 0;
    while (status !== 200 && performance.now() < deadline) {
      status = await post(url, body()).then(
        (answer) => answer.status,
        () => 0,
      );
    }
    expect(status).toBe(200);
  });

  it('lets a sender finish whom a flood of silent connections came between', async () => {
    const { port } = await start({ maxConnections: 10 });
    const text = body();
    const whole = `${head(port, ['Connection: close', `Content-Length: ${text.length}`])}${text}`;
    const sender = await rawSocket(port, whole.slice(0, 20));
    for (let wave = 0; wave < 10; wave++)
      await Promise.all(Array.from({ length: 10 }, () => rawSocket(port)));
    sender.socket.write(whole.slice(20));
    await sender.closed;
    expect(statusOf(sender.heard())).toBe(200);
  });

  it('keeps no more connections than it allows', async () => {
    const { port } = await start({ maxConnections: 5 });
    const sockets = await Promise.all(Array.from({ length: 40 }, () => rawSocket(port)));
    const open = new Set(sockets);
    for (const one of sockets) void one.closed.then(() => open.delete(one));
    while (open.size > 5) await new Promise((resolve) => setImmediate(resolve));
    for (const { socket } of sockets) socket.destroy();
    await Promise.all(sockets.map(({ closed }) => closed));
  });

  it('tells senders to come again when there is too much at once', async () => {
    const { url } = await start({ maxPending: 1 });
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(url, body())));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 503]);
  });

  it('survives what is no HTTP, heads without end, and connections that break off anywhere', async () => {
    const { port } = await start();
    const whole = `${head(port, ['Content-Length: 15'])}{"event":"cut"}`;
    const texts = [
      'GET\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001',
      `${head(port).slice(0, -2)}X-Long: ${'a'.repeat(100_000)}\r\n\r\n`,
      head(port, ['Transfer-Encoding: chunked', 'Content-Length: 5']),
      `${head(port, ['Transfer-Encoding: chunked'])}zz\r\n`,
      ...Array.from({ length: 20 }, (_, cut) => whole.slice(0, Math.floor((whole.length * cut) / 20))),
    ];
    for (const text of texts) {
      const { socket, closed } = await rawSocket(port, text);
      socket.end();
      await closed;
      const broken = await rawSocket(port, text);
      broken.socket.resetAndDestroy();
    }
  });

  it('acknowledges nothing to a sender that closed its half of the connection', async () => {
    const { port } = await start();
    const text = body();
    const { socket, heard, closed } = await rawSocket(
      port,
      head(port, [`Content-Length: ${text.length}`]) + text,
    );
    socket.end();
    await closed;
    expect(heard()).not.toContain('200 OK');
  });

  it('answers a flood of requests on one connection, in order', async () => {
    const { port, record } = await start();
    const requests = Array.from({ length: 200 }, () => {
      const text = body();
      return head(port, [`Content-Length: ${text.length}`]) + text;
    });
    const { heard, socket } = await rawSocket(port, requests.join(''));
    const count = () => heard().split('HTTP/1.1 200 OK').length - 1;
    while (count() < 200) await new Promise((resolve) => socket.once('data', resolve));
    expect(await storedIn(record.place)).toHaveLength(200);
  });
});
