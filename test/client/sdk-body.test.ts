import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Transport, UnknownOutcomeError, WorkTime, type WorkTimeOptions } from '../../src/sdk.ts';
import { clock } from './foreign.ts';
import { failure } from './support.ts';

describe('the body of a transport\u2019s answer', () => {
  const client = (transport: unknown, more: Partial<WorkTimeOptions> = {}) =>
    new WorkTime({ apiKey: 'k', clock, transport: transport as Transport, ...more });

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

  it('is closed when it is a stream of Node that nobody has begun to read', async () => {
    const body = new Readable({ read() {} });
    const redirect = async () => ({ status: 302, headers: { location: '/elsewhere' }, body });
    expect(await failure(client(redirect).organization.get())).toMatchObject({ code: 'redirect' });
    expect(body.destroyed).toBe(true);
  });

  it('is closed when it is a stream of the web that nobody has begun to read', async () => {
    let reason: unknown = 'open';
    const body = new ReadableStream<Uint8Array>({
      cancel: () => {
        reason = 'cancelled';
      },
    });
    const redirect = async () => ({ status: 302, headers: { location: '/elsewhere' }, body });
    expect(await failure(client(redirect).organization.get())).toMatchObject({ code: 'redirect' });
    expect(reason).toBe('cancelled');
  });

  it('is closed when it is a stream that takes that for an error, which ends nothing else', async () => {
    const body = new Readable({ read() {}, destroy: (_, done) => done(new Error('aborted')) });
    const redirect = async () => ({ status: 302, headers: { location: '/elsewhere' }, body });
    expect(await failure(client(redirect).organization.get())).toMatchObject({ code: 'redirect' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(body.destroyed).toBe(true);
  });

  it.each([{}, { 'content-encoding': 'gzip' }])(
    'is closed at the deadline when it is a stream of the web that is waited for: %j',
    async (headers) => {
      let closed = 0;
      const body = new ReadableStream<Uint8Array>({
        cancel: () => {
          closed += 1;
        },
      });
      const hanging = async () => ({ status: 200, headers, body });
      const request = { method: 'POST', path: '/x', body: {} } as const;
      await failure(client(hanging, { timeout: 5 }).request(request));
      expect(closed).toBe(1);
    },
  );

  it('is closed at the deadline while the first bytes of what is compressed are waited for', async () => {
    const body = new Readable({ read() {} });
    const hanging = async () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body });
    const request = { method: 'POST', path: '/x', body: {} } as const;
    expect(await failure(client(hanging, { timeout: 5 }).request(request))).toBeInstanceOf(
      UnknownOutcomeError,
    );
    expect(body.destroyed).toBe(true);
  });

  it('is closed when its answer comes after the deadline', async () => {
    const closed = new Promise<void>((resolve) => {
      const body = {
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<never>(() => {}),
          return: async () => {
            resolve();
            return { done: true as const, value: undefined };
          },
        }),
      };
      const late = () =>
        new Promise((answered) => setTimeout(() => answered({ status: 200, headers: {}, body }), 40));
      const request = { method: 'POST', path: '/x', body: {} } as const;
      client(late, { timeout: 5 })
        .request(request)
        .catch(() => undefined);
    });
    await closed;
  });
});
