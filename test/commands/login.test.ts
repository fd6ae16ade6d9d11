import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TransportError } from '../../src/client/transport.ts';
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

test('a rejected key leaves an older profile as it was', async () => {
  const { home, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  const before = configOf(home);
  expect((await run('login --key-stdin', { stdin: 'wt_live_wrong_0123456789' })).code).toBe(4);
  expect(configOf(home)).toEqual(before);
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

test('another key is replaced at a terminal only by who says so; else another name is asked for', async () => {
  const { home, run } = machine();
  const OLD = 'wt_live_former_9876543210';
  await run('login --key-stdin', { stdin: KEY });
  const file = join(home, 'config', 'config.json');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(KEY, OLD), { mode: 0o600 });
  const asked: string[] = [];
  const answering = (replace: boolean, ...names: string[]) => ({
    ...terminal,
    prompts: {
      password: async () => KEY,
      input: async ({ message, default: preset }: { message: string; default?: string }) => {
        if (message === 'Base URL') return preset ?? '';
        asked.push(`${message} [${preset ?? ''}]`);
        return names.shift() ?? preset ?? '';
      },
      confirm: async ({ message, default: preset }: { message: string; default?: boolean }) => {
        asked.push(`${message} [${preset}]`);
        return replace;
      },
    },
  });
  const question = 'Profile default has a key of Nine Ltd (wt_…3210): replace it? [false]';
  expect((await run('login', answering(false, 'default', 'second'))).code).toBe(0);
  expect(asked.splice(0)).toEqual(['Profile name [default]', question, 'Another profile name []']);
  expect(configOf(home).profiles).toMatchObject({ default: { key: OLD }, second: { key: KEY } });
  // Named beforehand it is the same.
  expect((await run('login --profile default', answering(true))).code).toBe(0);
  expect(asked.splice(0)).toEqual([question]);
  expect(configOf(home).profiles.default.key).toBe(KEY);
  // The same key again replaces nothing.
  expect((await run('login --profile default', answering(false))).code).toBe(0);
  expect(asked).toEqual([]);
});

test('without a terminal a key that is replaced is said', async () => {
  const { home, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  expect((await run('login --key-stdin', { stdin: KEY })).stderr).not.toContain('replaced');
  const file = join(home, 'config', 'config.json');
  const former = 'wt_live_former_9876543210';
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(KEY, former), { mode: 0o600 });
  const { code, stderr } = await run('login --key-stdin --quiet', { stdin: KEY });
  expect(code).toBe(0);
  expect(stderr).toBe('warning: the key that profile default had (wt_…3210) is replaced\n');
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

test('a second login is saved but not put into use, and says how', async () => {
  const { home, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  const { stderr } = await run('login --key-stdin --profile other', { stdin: KEY });
  expect(stderr).toContain('worktime profiles use other');
  expect(configOf(home).profile).toBe('default');
});

test('another organization under the same name is said, and what else the profile had is kept', async () => {
  const { home, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  await run('config set --profile default alias.lock.front=lock_1');
  const { transport } = api({ id: 'org_10', name: 'Ten Ltd', timezone: 'Europe/Berlin' });
  const { stderr } = await run('login --key-stdin', { stdin: KEY, transport });
  expect(stderr).toContain('was for Nine Ltd until now');
  const { organization, aliases } = configOf(home).profiles.default;
  expect(organization).toEqual({ id: 'org_10', name: 'Ten Ltd', timezone: 'Europe/Berlin' });
  expect(aliases).toEqual({ lock: { front: 'lock_1' } });
});

test('a time zone that nobody knows is not remembered', async () => {
  const { home, run } = machine();
  const { transport } = api({ timezone: 'Mars/Base', name: 7 });
  expect((await run('login --key-stdin', { stdin: KEY, transport })).code).toBe(0);
  expect(configOf(home).profiles.default.organization).toEqual({ id: 'org_9' });
});

test('the sandbox needs no login, and its name cannot be taken', async () => {
  const { run } = machine();
  for (const line of ['login --sandbox --key-stdin', 'login --profile sandbox --key-stdin']) {
    const { code, stderr } = await run(line, { stdin: KEY });
    expect(code).toBe(2);
    expect(stderr).toContain('built in');
  }
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

test('both ways of giving a key at once are refused', async () => {
  const { run } = machine();
  expect((await run(['login', '--key-stdin', '--key-command', 'pass x'], { stdin: KEY })).code).toBe(2);
});

test('logout forgets the key and keeps the rest; a second one changes nothing', async () => {
  const { home, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  const { code, stdout } = await run('logout --json');
  expect([code, JSON.parse(stdout)]).toEqual([0, { profile: 'default', forgotten: true }]);
  expect(configOf(home).profiles.default).toEqual({
    base_url: 'https://api.worktime.one/v1',
    organization: { id: 'org_9', name: 'Nine Ltd' },
  });
  expect(JSON.parse((await run('logout --json')).stdout)).toEqual({ profile: 'default', forgotten: false });
  const after = await run('employees list');
  expect(after.code).toBe(4);
  expect(after.stderr).toContain('worktime login --profile default');
});

test('logout without a profile, or of one that is not there, is a usage error', async () => {
  const { run } = machine();
  expect((await run('logout')).code).toBe(2);
  expect((await run('logout --profile nope')).code).toBe(2);
  expect((await run('logout --sandbox')).code).toBe(2);
});

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
