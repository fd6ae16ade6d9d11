import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TransportError } from '../../src/client/transport.ts';
import { InterruptedError } from '../../src/errors.ts';
import { api, KEY, machine, terminal } from './setup-world.ts';

const configOf = (home: string) => JSON.parse(readFileSync(join(home, 'config', 'config.json'), 'utf8'));

test('a wrong key is told at a terminal and asked for again, three times at most', async () => {
  const { home, requests, run } = machine();
  const keys = ['wt_live_wrong_0123456789', 'wt_live_worse_0123456789', KEY];
  const asking = (most: number) => {
    const left = keys.slice(-most);
    return {
      ...terminal,
      prompts: {
        password: async () => left.shift() ?? KEY,
        input: async ({ default: preset }: { default?: string }) => preset ?? '',
      },
    };
  };
  const { code, stderr } = await run('login', asking(3));
  expect(code).toBe(0);
  expect(stderr.match(/the API rejected the key: Invalid API key/g)).toHaveLength(2);
  expect(stderr).not.toContain('wt_live');
  expect(requests).toHaveLength(3);
  expect(configOf(home).profiles.default.key).toBe(KEY);

  keys.unshift('wt_live_worst_0123456789');
  const other = machine();
  const given = await other.run('login', asking(4));
  expect(given.code).toBe(4);
  expect(other.requests).toHaveLength(3);
  expect(existsSync(join(other.home, 'config', 'config.json'))).toBe(false);
});

test('Ctrl-C after a wrong key ends with 130 and leaves nothing', async () => {
  const { home, run } = machine();
  let asked = 0;
  const { code, stderr } = await run('login', {
    ...terminal,
    prompts: {
      password: async () => {
        asked += 1;
        if (asked === 2) throw new InterruptedError('SIGINT');
        return 'wt_live_wrong_0123456789';
      },
      input: async ({ default: preset }) => preset ?? '',
    },
  });
  expect([code, asked]).toEqual([130, 2]);
  expect(stderr).toContain(
    'Try again (2 left), or leave with Ctrl-C.\nworktime: interrupted; nothing was saved\n',
  );
  expect(existsSync(join(home, 'config', 'config.json'))).toBe(false);
});

test.each([
  ['asking for a name', { input: [undefined, new InterruptedError('SIGINT')] }, 130, 'interrupted'],
  ['asking for a name', { input: [undefined, new InterruptedError('SIGTERM')] }, 143, 'terminated'],
  ['asking the API', { transport: new InterruptedError('SIGINT') }, 130, 'interrupted'],
] as const)('who leaves while it is %s is told that nothing was saved', async (_, left, exit, word) => {
  const { home, run } = machine();
  const { transport } = api();
  const answers = 'input' in left ? [...left.input] : [];
  const { code, stderr } = await run('login', {
    ...terminal,
    transport: async (request) => {
      if ('transport' in left) throw left.transport;
      return transport(request);
    },
    prompts: {
      password: async () => KEY,
      input: async ({ default: preset }) => {
        const answer = answers.shift();
        if (answer) throw answer;
        return preset ?? '';
      },
    },
  });
  expect([code, stderr]).toEqual([exit, `worktime: ${word}; nothing was saved\n`]);
  expect(existsSync(join(home, 'config', 'config.json'))).toBe(false);
});

test('an address where nothing answers is said with what to do, once', async () => {
  const { run } = machine();
  const { transport } = api();
  const { code, stderr } = await run('login', {
    ...terminal,
    transport: async (request) => {
      if (request.url.includes('wrong'))
        throw new TransportError('connection refused', 'unsent', { code: 'ECONNREFUSED' });
      return transport(request);
    },
    prompts: {
      password: async () => KEY,
      input: async ({ message, default: preset = '' }) => {
        if (message !== 'Base URL') return preset;
        return preset.includes('wrong') ? 'https://right.example/v1' : 'https://wrong.example/v1';
      },
    },
  });
  expect(code).toBe(0);
  expect(stderr).toContain(
    '\nCheck the network and the base URL. Try again (2 left), or leave with Ctrl-C.\n',
  );
});

test('an address where no API answers is asked for again, and the key is not', async () => {
  const { run } = machine();
  const { transport } = api();
  const asked: string[] = [];
  const { code, stderr } = await run('login', {
    ...terminal,
    transport: async (request) => {
      if (!request.url.includes('wrong')) return transport(request);
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: (async function* () {
          yield Buffer.from('<html>');
        })(),
      };
    },
    prompts: {
      password: async ({ message }) => {
        asked.push(message);
        return KEY;
      },
      input: async ({ message, default: preset = '' }) => {
        asked.push(`${message} [${preset}]`);
        if (message !== 'Base URL') return preset;
        return preset.includes('wrong') ? 'https://right.example/v1' : 'https://wrong.example/v1';
      },
    },
  });
  expect(stderr).toContain('warning:');
  expect(code).toBe(0);
  expect(asked).toEqual([
    'Base URL [https://api.worktime.one/v1]',
    'API key for wrong.example',
    'Base URL [https://wrong.example/v1]',
    'Profile name [default]',
  ]);
});

test('an address without its end is told, with what it may be', async () => {
  const { run } = machine();
  const { transport } = api();
  const missing: typeof transport = async (request) => ({
    ...(await transport(request)),
    status: request.url.includes('/v1/') ? 200 : 404,
  });
  const line = 'login --key-stdin --base-url https://eu.worktime.example --json';
  const { code, stderr } = await run(line, { stdin: KEY, transport: missing });
  expect(code).toBe(6);
  expect(JSON.parse(stderr).error).toMatchObject({
    message: 'there is no WorkTime API at https://eu.worktime.example',
    next: 'give the address of the API, such as https://eu.worktime.example/v1',
  });
});
