import { describe, expect, it, vi } from 'vitest';
import { clientFor, envelope, failure, httpServer, JOHN, json, rawServer } from './support.ts';

describe('the deadline', () => {
  const timers = { toFake: ['setTimeout', 'clearTimeout'] as ('setTimeout' | 'clearTimeout')[] };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /** Advances the timers 200 ms at a time until the promise is settled, letting the sockets work in between; gives the ms. */
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
    for (const start of ['', 'HTTP/1.1 200 OK\r\nx-slow: ']) {
      const server = await rawServer((socket) => void socket.write(start));
      const { client } = clientFor(server.origin, { timeout: 30_000 });
      vi.useFakeTimers(timers);
      try {
        const outcome = failure(client.organization.get());
        const ms = await drip(outcome, () => {});
        expect(await outcome).toMatchObject({ code: 'timeout', exit: 5 });
        expect(ms).toBeGreaterThanOrEqual(90_000);
        expect(ms).toBeLessThan(95_000);
        expect(server.requests).toHaveLength(3);
      } finally {
        vi.useRealTimers();
      }
    }
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
