import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AuthError, type Transport, TransportError, WorkTime } from '../../src/sdk.ts';
import { answer, clock } from './foreign.ts';
import { envelope, failure, KEY } from './support.ts';

describe('the key, which a transport was given to send,', () => {
  const caught = async (failing: (headers: Readonly<Record<string, string>>) => unknown) => {
    const transport: Transport = ({ headers }) => Promise.reject(failing(headers));
    return failure(new WorkTime({ apiKey: KEY, clock, transport }).organization.get());
  };

  it.each([
    ['an error', (text: string) => new Error(`bad header: ${text}`)],
    ['a TransportError', (text: string) => new TransportError(`bad header: ${text}`, 'unsent')],
  ])('is not shown in %s of its own', async (_, failing) => {
    const error = await caught((headers) => failing(String(headers['authorization'])));
    expect(error).toMatchObject({ message: 'the transport failed: bad header: Bearer ***' });
    expect(inspect(error, { depth: 9 })).not.toContain(KEY);
  });

  class Config {
    readonly #headers: object;
    constructor(headers: object) {
      this.#headers = headers;
    }
    [inspect.custom]() {
      return this.#headers;
    }
  }

  it.each<[string, (headers: Readonly<Record<string, string>>) => object]>([
    ['an object', (headers) => ({ config: { headers } })],
    ['a cause of a cause', (headers) => ({ cause: new Error('x', { cause: { headers } }) })],
    ['a Map', (headers) => ({ sent: new Map(Object.entries(headers)) })],
    ['a Set', (headers) => ({ sent: new Set(Object.values(headers)) })],
    ['the Headers of fetch', (headers) => ({ request: new Request('http://here', { headers }) })],
    ['what is private and shown', (headers) => ({ config: new Config(headers) })],
    ['what is not enumerable', (headers) => Object.defineProperty({}, 'sent', { value: { headers } })],
    ['bytes', (headers) => ({ raw: Buffer.from(JSON.stringify(headers)) })],
    ['a name', (headers) => ({ [headers['authorization'] ?? '']: 1 })],
    [
      'what holds itself',
      (headers) => {
        const config: Record<string, unknown> = { headers };
        config['self'] = config;
        return config;
      },
    ],
  ])('is not shown by way of %s that an error has', async (_, holding) => {
    const name = 'AxiosError';
    const error = await caught((headers) =>
      Object.defineProperties(
        Object.assign(new Error('socket hang up'), { name, code: 'ECONNRESET' }),
        Object.getOwnPropertyDescriptors(holding(headers)),
      ),
    );
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(KEY);
    expect(error).toMatchObject({
      message: expect.stringContaining('the transport failed: socket hang up'),
      cause: { cause: { name, message: expect.stringContaining('socket hang up'), code: 'ECONNRESET' } },
    });
  });

  it('is no reason to leave out the cause of an error that does not hold it, and no getter is run for it', async () => {
    let run = 0;
    const thrown = Object.defineProperty(new TypeError('fetch failed'), 'config', {
      enumerable: true,
      get: () => {
        run += 1;
        return 1;
      },
    });
    const error = await caught(() => thrown);
    expect((error as Error & { cause: Error }).cause.cause).toBe(thrown);
    expect(run).toBe(0);
  });

  it('is not looked for in what cannot be looked through', async () => {
    const traps = { ownKeys: () => JSON.parse('{') };
    const error = await caught(() => new Proxy(new Error('trapped'), traps));
    expect(error).toMatchObject({
      message: 'the transport failed: trapped',
      cause: { cause: Error('trapped') },
    });
  });
});

describe('a key that a function gives', () => {
  const transport: Transport = async () => answer(envelope({ id: 'org_1' }));

  it('is asked for once it is needed, and then kept', async () => {
    let asked = 0;
    const apiKey = () => `k${++asked}`;
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
    await expect(client.organization.get({ signal: controller.signal })).rejects.toThrow('enough');
  });
});

describe('a key that is long in coming', () => {
  it('is given up after the time of an attempt, and asked for anew by the next call', async () => {
    let asked = 0;
    const apiKey = () => (asked++ === 0 ? new Promise<string>(() => {}) : 'k');
    const transport: Transport = async () => answer(envelope({ id: 'org_1' }));
    const client = new WorkTime({ apiKey, transport, timeout: 20 });
    expect(await failure(client.organization.get())).toMatchObject({
      name: 'AuthError',
      code: 'key_unavailable',
      message: 'the function given as apiKey gave no key within 0.02 s',
    });
    expect(await client.organization.get()).toEqual({ id: 'org_1' });
  });
});

describe('a function that gives the key', () => {
  it.each(['k\n', 'k\r\n', 'k'])('may end it with a line end: %j', async (given) => {
    let sent: string | undefined;
    const transport: Transport = async ({ headers }) => {
      sent = headers['authorization'];
      return answer(envelope({ id: 'org_1' }));
    };
    await new WorkTime({ apiKey: async () => given, transport }).organization.get();
    expect(sent).toBe('Bearer k');
  });

  it.each(['k\n\n', 'a b'])('may give nothing else that is no key: %j', async (given) => {
    const client = new WorkTime({ apiKey: () => given });
    expect(await failure(client.organization.get())).toMatchObject({ code: 'invalid_key' });
  });

  it('and hangs keeps no timer for a call that was ended, and keeps that of one that waits', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const client = new WorkTime({ apiKey: () => new Promise(() => {}), timeout: 60 });
    const controller = new AbortController();
    const ended = failure(client.organization.get({ signal: controller.signal }));
    const waiting = failure(client.organization.get());
    await new Promise((resolve) => setImmediate(resolve));
    expect(timers()).toBe(before + 2);
    controller.abort(new Error('enough'));
    expect(await ended).toMatchObject({ message: 'enough' });
    expect(timers()).toBe(before + 1);
    expect(await waiting).toMatchObject({ code: 'key_unavailable' });
  });
});

it('one signal may end any number of calls, without a warning', async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error) => warnings.push(name);
  process.on('warning', onWarning);
  const { signal } = new AbortController();
  const client = new WorkTime({ apiKey: 'k', transport: async () => answer(envelope({ id: 'org_1' })) });
  await Promise.all(Array.from({ length: 30 }, () => client.organization.get({ signal })));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});
