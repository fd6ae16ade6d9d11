import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { api, KEY, machine, terminal } from './setup-world.ts';

const configOf = (home: string) => JSON.parse(readFileSync(join(home, 'config', 'config.json'), 'utf8'));

test('a key from standard input is checked, names the organization and becomes the profile in use', async () => {
  const { home, requests, run } = machine();
  const { code, stdout, stderr } = await run('login --key-stdin --json', { stdin: `${KEY}\n` });
  expect(stderr).toContain('Logged in to Nine Ltd as profile default.');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    profile: 'default',
    organization: 'Nine Ltd',
    organization_id: 'org_9',
    base_url: 'https://api.worktime.one/v1',
    key: 'wt_…6789',
    scope: expect.stringContaining('Read Only or more'),
    in_use: true,
  });
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET https://api.worktime.one/v1/organization',
  ]);
  expect(configOf(home)).toEqual({
    profile: 'default',
    profiles: {
      default: {
        base_url: 'https://api.worktime.one/v1',
        key: KEY,
        organization: { id: 'org_9', name: 'Nine Ltd' },
      },
    },
  });
  expect(`${stdout}${stderr}`).not.toContain(KEY);
});

test('a rejected key leaves nothing behind', async () => {
  const { home, run } = machine();
  const { code, stderr } = await run('login --key-stdin', { stdin: 'wt_live_wrong_0123456789' });
  expect(code).toBe(4);
  expect(stderr).not.toContain('wt_live_wrong');
  expect(existsSync(join(home, 'config', 'config.json'))).toBe(false);
});

test('a key that is none is refused before anything is sent, without being shown', async () => {
  const { requests, run } = machine();
  for (const stdin of [
    '',
    '\n',
    'wt_canary with spaces',
    `${KEY}\nwt_canary`,
    'wt_canary\u2013dash',
    'wt_canary\u0000',
  ]) {
    const { code, stdout, stderr } = await run('login --key-stdin', { stdin });
    expect(code, JSON.stringify(stdin)).toBe(4);
    expect(`${stdout}${stderr}`).not.toContain('wt_canary');
  }
  expect(requests).toEqual([]);
});

test('at a terminal it asks for the address, the key for it and a name, and saves at the end', async () => {
  const { home, requests, run } = machine();
  const asked: string[] = [];
  const { code } = await run('login', {
    ...terminal,
    prompts: {
      password: async ({ message, validate }) => {
        asked.push(message);
        expect(validate?.('two words')).not.toBe(true);
        expect(validate?.(' ')).toBe('paste the key, or press Ctrl-C');
        expect(validate?.(KEY)).toBe(true);
        return ` ${KEY} `;
      },
      input: async ({ message, default: preset, validate }) => {
        asked.push(`${message} [${preset}]`);
        expect(existsSync(join(home, 'config', 'config.json'))).toBe(false);
        if (message === 'Base URL') {
          expect(validate?.('http://elsewhere/v1')).not.toBe(true);
          return 'https://eu.worktime.example/v1/';
        }
        expect(validate?.('sandbox')).not.toBe(true);
        expect(validate?.('a b')).not.toBe(true);
        return 'nine';
      },
    },
  });
  expect(code).toBe(0);
  expect(asked).toEqual([
    'Base URL [https://api.worktime.one/v1]',
    'API key for eu.worktime.example',
    'Profile name [default]',
  ]);
  expect(requests.map(({ url }) => url)).toEqual(['https://eu.worktime.example/v1/organization']);
  expect(configOf(home).profiles.nine.base_url).toBe('https://eu.worktime.example/v1');
});

test.each(['password', 'input'] as const)(
  'Ctrl-C at the %s prompt leaves nothing and ends with 130',
  async (prompt) => {
    const { home, run } = machine();
    const leave = async (): Promise<never> => {
      throw new InterruptedError('SIGINT');
    };
    const { code, stderr } = await run('login', {
      ...terminal,
      prompts: {
        password: async () => KEY,
        input: async ({ default: preset }) => preset ?? '',
        [prompt]: leave,
      },
    });
    expect(code).toBe(130);
    expect(stderr).toBe('worktime: interrupted; nothing was saved\n');
    expect(existsSync(join(home, 'config', 'config.json'))).toBe(false);
  },
);

test('without a terminal, or with --no-input, it never asks', async () => {
  const { run } = machine();
  for (const [line, options] of [
    ['login', {}],
    ['login --no-input', terminal],
    ['login', { ...terminal, env: { CI: '1' } }],
  ] as const) {
    const { code, stderr } = await run(line, options);
    expect(code).toBe(2);
    expect(stderr).toContain('--key-stdin');
  }
});

test('the address is known before a key is typed, and no key is asked for where it is left', async () => {
  const { requests, run } = machine();
  await run('login --key-stdin --base-url http://127.0.0.1:4077/v1', { stdin: KEY });
  const asked: string[] = [];
  const { code } = await run('login', {
    ...terminal,
    prompts: {
      input: async ({ message, default: preset }) => {
        asked.push(`${message} [${preset}]`);
        throw new InterruptedError('SIGINT');
      },
      password: async ({ message }) => {
        asked.push(message);
        return KEY;
      },
    },
  });
  expect([code, asked]).toEqual([130, ['Base URL [http://127.0.0.1:4077/v1]']]);
  expect(requests).toHaveLength(1);
});

test("the vendor's own address is not named beside the key, any other is", async () => {
  const { run } = machine();
  for (const [line, message] of [
    ['login', 'API key (Settings → API Keys)'],
    ['login --base-url http://127.0.0.1:4077/v1', 'API key for 127.0.0.1:4077'],
  ] as const) {
    const asked: string[] = [];
    await run(line, {
      ...terminal,
      prompts: {
        input: async ({ default: preset }) => preset ?? '',
        password: async (question) => {
          asked.push(question.message);
          return KEY;
        },
      },
    });
    expect(asked).toEqual([message]);
  }
});

test('standard input without a key in it is told as that', async () => {
  const { run } = machine();
  for (const stdin of ['', '\n']) {
    const { code, stderr } = await run('login --key-stdin', { stdin });
    expect(code).toBe(4);
    expect(stderr).toBe(
      'worktime: standard input was empty: there was no key in it\n' +
        'Next: pipe the key in, such as `worktime login --key-stdin < key.txt`\n',
    );
  }
});

test('a key command is stored as words, and its key is not', async () => {
  const { home, run } = machine();
  const script = join(home, 'print key.mjs');
  writeFileSync(script, `console.log('${KEY}')`);
  const line = ['login', '--key-command', `${process.execPath} '${script}'`, '--profile', 'vault'];
  const { code, stdout, stderr } = await run(line);
  expect(stderr).toContain('as profile vault');
  expect(code).toBe(0);
  expect(stdout).toContain('printed by');
  expect(configOf(home).profiles.vault.key_command).toEqual([process.execPath, script]);
  expect(readFileSync(join(home, 'config', 'config.json'), 'utf8')).not.toContain(KEY);
  const who = await run('doctor --network --json');
  expect(who.code).toBe(0);
});

test('a time zone that nobody knows is not remembered', async () => {
  const { home, run } = machine();
  const { transport } = api({ timezone: 'Mars/Base', name: 7 });
  expect((await run('login --key-stdin', { stdin: KEY, transport })).code).toBe(0);
  expect(configOf(home).profiles.default.organization).toEqual({ id: 'org_9' });
});

test.each([
  ['login --sandbox', {}, 'the sandbox needs no login, and --sandbox asks for it', 'worktime login'],
  [
    'login',
    { WORKTIME_PROFILE: 'sandbox' },
    'and WORKTIME_PROFILE asks for it',
    'worktime login --profile NAME',
  ],
  [
    'login --profile sandbox',
    {},
    'no profile of yours can be called "sandbox": that name belongs to the built-in sandbox',
    'worktime --sandbox employees list',
  ],
])('the sandbox needs no login, and its name cannot be taken: %s, %j', async (line, env, why, next) => {
  const { run, requests } = machine();
  const { code, stderr } = await run(`${line} --key-stdin`, { stdin: KEY, env });
  const [first, second] = stderr.split('\n');
  expect([code, first]).toEqual([2, expect.stringContaining(why)]);
  expect(second?.endsWith(next)).toBe(true);
  expect(requests).toEqual([]);
});

test('a key as an argument is told to be known to others, what else stands there is not; neither is repeated', async () => {
  const { requests, run } = machine();
  const known = await run(`login ${KEY}`, terminal);
  expect([known.code, known.stdout]).toEqual([2, '']);
  expect(known.stderr).not.toContain(KEY);
  expect(known.stderr).toMatch(/^worktime: login takes no argument: a key is never one/);
  expect(known.stderr).toContain('Next: delete that key under Settings → API Keys');
  const { stderr } = await run('login staging', terminal);
  expect(stderr).toContain(
    'Next: run `worktime login`, which asks for the key; a name goes with --profile\n',
  );
  expect(requests).toEqual([]);
});

test.each([KEY, 'sk-0123456789-0123456789'])(
  'a key in the place of a command is told to be one, and not repeated: %s',
  async (key) => {
    const { run, requests } = machine();
    const { code, stdout, stderr } = await run(['login', '--key-command', key]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('the key command looks like a key');
    expect(stderr).not.toContain(key);
    expect((await run(['login', '--key-command', '/no/such/program-of-this-name'])).stderr).toContain(
      'cannot start "/no/such/program-of-this-name"',
    );
    expect(requests).toEqual([]);
  },
);

test('a key in the place of a name is refused, and not repeated', async () => {
  const { home, run } = machine();
  await run('login --key-stdin --profile nine', { stdin: KEY });
  for (const line of [
    `login --key-stdin --profile ${KEY}`,
    `profiles rename nine ${KEY}`,
    `profiles use ${KEY}`,
  ]) {
    const { code, stderr } = await run(line, { stdin: KEY });
    expect([code, stderr]).toEqual([2, expect.stringContaining('that looks like a key')]);
    expect(stderr).not.toContain(KEY);
  }
  const name = vi.fn(async ({ default: suggested = '' }) => suggested);
  await run('login', { ...terminal, prompts: { input: name, password: async () => KEY } });
  const { validate } = Object(name.mock.lastCall?.[0]);
  expect(validate(KEY)).toMatch(/^that looks like a key/);
  expect(Object.keys(configOf(home).profiles)).toEqual(['nine']);
});

test('both ways of giving a key at once are refused', async () => {
  const { run } = machine();
  expect((await run(['login', '--key-stdin', '--key-command', 'pass x'], { stdin: KEY })).code).toBe(2);
});
