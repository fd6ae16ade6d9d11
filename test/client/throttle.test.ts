import { describe, expect, it } from 'vitest';
import type { RateLimitError } from '../../src/errors.ts';
import { clientFor, envelope, failure, httpServer, JOHN, json, NOW } from './support.ts';

const seconds = (ms: number) => String(Math.round(ms / 1000));
const LIMITED = { success: false, error: { code: 'rate_limited', message: 'Slow down' } };

/** Answers `times` requests with 429 and these headers, then well. */
const limiting = (headers: Record<string, string>, times = Number.POSITIVE_INFINITY) =>
  httpServer((_, response, index) =>
    index < times ? json(response, 429, LIMITED, headers) : json(response, 200, envelope(JOHN)),
  );

const date = (ms: number) => new Date(ms).toUTCString();

describe('a 429 is waited for', () => {
  it("until the reset, by the server's clock", async () => {
    // The server's clock is a day ahead of this one.
    const there = NOW + 86_400_000;
    const server = await limiting({ date: date(there), 'x-ratelimit-reset': seconds(there + 20_000) }, 1);
    const waits: unknown[] = [];
    const { client, clock } = clientFor(server.origin, { events: { wait: (event) => waits.push(event) } });
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(clock.sleeps).toEqual([20_000]);
    expect(waits).toEqual([{ until: NOW + 20_000, ms: 20_000, reason: 'rate limited' }]);
  });

  it('and a write is sent again, for a 429 is decided before it takes effect', async () => {
    const server = await limiting({ date: date(NOW), 'x-ratelimit-reset': seconds(NOW + 5_000) }, 1);
    const { client } = clientFor(server.origin);
    await client.employees.create({ name: 'Jane', email: 'jane@example.com' });
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  it('but never longer than allowed: then it says until when', async () => {
    const server = await limiting({ date: date(NOW), 'x-ratelimit-reset': seconds(NOW + 61_000) });
    const { client, clock } = clientFor(server.origin);
    const error = (await failure(client.organization.get())) as RateLimitError;
    expect(error).toMatchObject({
      name: 'RateLimitError',
      exit: 7,
      status: 429,
      resetAt: NOW + 61_000,
      code: 'rate_limited',
      detail: 'Slow down',
      method: 'GET',
      path: '/organization',
    });
    expect(error.message).toMatch(
      /^rate limited until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d: Slow down$/,
    );
    expect(clock.sleeps).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('never at all with a longest wait of 0', async () => {
    const server = await limiting({ date: date(NOW), 'x-ratelimit-reset': seconds(NOW + 1_000) });
    const { client, clock } = clientFor(server.origin, { maxWait: 0 });
    await expect(client.organization.get()).rejects.toMatchObject({ exit: 7, resetAt: NOW + 1_000 });
    expect(clock.sleeps).toEqual([]);
  });

  it('all waits of one call together stay within the wait allowed', async () => {
    let now = NOW;
    const server = await httpServer((_, response) => {
      json(response, 429, LIMITED, { date: date(now), 'x-ratelimit-reset': seconds(now + 25_000) });
      now += 25_000;
    });
    const { client, clock } = clientFor(server.origin);
    await expect(client.organization.get()).rejects.toMatchObject({ exit: 7 });
    expect(clock.sleeps).toEqual([25_000, 25_000]);
  });

  it.each([
    ['absent', undefined],
    ['a word', 'soon'],
    ['negative', '-1700308800'],
    ['zero', '0'],
    ['past', seconds(NOW - 60_000)],
    ['a hundred years away', seconds(NOW + 100 * 365 * 86_400_000)],
    ['far beyond any timer', '9'.repeat(16)],
    ['no number', 'NaN'],
    ['infinite', '1e999'],
  ])('a reset that is %s is waited for in growing steps, within the wait allowed', async (_, reset) => {
    const headers = { date: date(NOW), ...(reset === undefined ? {} : { 'x-ratelimit-reset': reset }) };
    const server = await limiting(headers);
    const { client, clock } = clientFor(server.origin);
    await expect(client.organization.get()).rejects.toMatchObject({ exit: 7, resetAt: undefined });
    expect(clock.sleeps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 29_000]);
    expect(server.requests).toHaveLength(7);
  });

  it('a reset in milliseconds is understood', async () => {
    const server = await limiting({ date: date(NOW), 'x-ratelimit-reset': String(NOW + 7_000) }, 1);
    const { client, clock } = clientFor(server.origin);
    await client.organization.get();
    expect(clock.sleeps).toEqual([7_000]);
  });

  it('a reset nearer than a second is waited for a second', async () => {
    const server = await limiting({ date: date(NOW), 'x-ratelimit-reset': String(NOW + 20) }, 1);
    const { client, clock } = clientFor(server.origin);
    await client.organization.get();
    expect(clock.sleeps).toEqual([1_000]);
  });

  it('Retry-After is heeded where there is no reset', async () => {
    const server = await limiting({ 'retry-after': '12' }, 1);
    const { client, clock } = clientFor(server.origin);
    await client.organization.get();
    expect(clock.sleeps).toEqual([12_000]);
  });

  it('the wait ends with the signal', async () => {
    const controller = new AbortController();
    const server = await limiting({ date: date(NOW), 'x-ratelimit-reset': seconds(NOW + 20_000) });
    const { client } = clientFor(server.origin, {
      events: { wait: () => controller.abort(new Error('stop')) },
    });
    await expect(client.employees.get('emp_1', { signal: controller.signal })).rejects.toThrow('stop');
    expect(server.requests).toHaveLength(1);
  });
});
