import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Transport, TransportError } from '../../src/client/transport.ts';
import type { Prompts } from '../../src/context.ts';
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

/** At a terminal: types the addresses in turn and one key, and notes each question. */
function typing(...addresses: readonly string[]) {
  const asked: string[] = [];
  const left = [...addresses];
  return {
    asked,
    prompts: {
      password: async ({ message }: { message: string }) => {
        asked.push(message);
        return KEY;
      },
      input: async ({ message, default: preset = '' }: { message: string; default?: string }) => {
        asked.push(`${message} [${preset}]`);
        return message === 'Base URL' ? (left.shift() ?? preset) : preset;
      },
    },
  };
}

/** Knows the key below /v1 alone, and answers anything else as it is told to. */
function versioned(status: number, body: string): { readonly transport: Transport; readonly sent: string[] } {
  const { transport } = api();
  const sent: string[] = [];
  return {
    sent,
    transport: async (request) => {
      sent.push(request.url);
      if (/^https:\/\/right[^/]*\/v1\//.test(request.url)) return transport(request);
      return {
        status,
        headers: { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' },
        body: (async function* () {
          yield Buffer.from(body);
        })(),
      };
    },
  };
}

const UNAUTHORIZED = '{"success":false,"error":{"code":"unauthorized","message":"Invalid API key"}}';

test('an address where no API answers is asked for again, and the key for another origin too', async () => {
  const { run } = machine();
  const { asked, prompts } = typing('https://wrong.example/v1', 'https://right.example/v1');
  const { transport } = versioned(200, '<html>');
  const { code, stderr } = await run('login', { ...terminal, transport, prompts });
  expect(stderr).toContain('warning:');
  expect(code).toBe(0);
  expect(asked).toEqual([
    'Base URL [https://api.worktime.one/v1]',
    'API key for wrong.example',
    'Base URL [https://wrong.example/v1]',
    'API key for right.example',
    'Profile name [default]',
  ]);
});

test.each([
  ['that is not found', 404, '{"success":false,"error":{"code":"not_found","message":"Nothing here"}}'],
  ['that takes no such key', 401, UNAUTHORIZED],
  ['that is a web page', 200, '<html>'],
])(
  'an address %s and does not end as the API is asked for again, and no key for the same origin',
  async (_, status, body) => {
    const { home, run } = machine();
    const { asked, prompts } = typing('https://right.example/v2', 'https://right.example/v1');
    const { transport, sent } = versioned(status, body);
    const { code, stderr } = await run('login', { ...terminal, transport, prompts });
    expect(code).toBe(0);
    expect(stderr.replace(/\s+/g, ' ')).toContain('such as https://right.example/v1. Try again (2 left)');
    expect(stderr).toContain('https://right.example/v2');
    expect(asked).toEqual([
      'Base URL [https://api.worktime.one/v1]',
      'API key for right.example',
      // As it may be meant: Enter takes it.
      'Base URL [https://right.example/v1]',
      'Profile name [default]',
    ]);
    expect(sent).toEqual(['https://right.example/v2/organization', 'https://right.example/v1/organization']);
    expect(configOf(home).profiles.default.base_url).toBe('https://right.example/v1');
  },
);

test('where the address stays as it is, a rejected key is asked for again', async () => {
  const { run } = machine();
  const { asked, prompts } = typing(
    'https://right.example',
    'https://right.example',
    'https://right.example/v1',
  );
  const { transport } = versioned(401, UNAUTHORIZED);
  expect((await run('login', { ...terminal, transport, prompts })).code).toBe(0);
  expect(asked.filter((question) => question.startsWith('API key'))).toHaveLength(2);
});

test('what a key command prints goes to another origin only when that is said', async () => {
  const { run } = machine();
  const { asked, prompts } = typing('https://wrong.example/v1', 'https://right.example/v1');
  const { transport } = versioned(404, '{}');
  const line = ['login', '--key-command', `echo ${KEY}`];
  const { code, stderr } = await run(line, { ...terminal, transport, prompts });
  expect(code).toBe(0);
  expect(stderr).toContain('The same key goes to right.example now.\n');
  expect(asked.filter((question) => question.startsWith('API key'))).toEqual([]);
});

test("the client's own tries are not told between the questions", async () => {
  const { run } = machine();
  const { prompts } = typing('https://wrong.example/v1', 'https://right.example/v1');
  const { transport } = versioned(500, '{}');
  const { code, stderr } = await run('login', { ...terminal, transport, prompts });
  expect(code).toBe(0);
  expect(stderr).toContain('\r\u001b[Kstatus 500 (GET /v1/organization); trying again in');
  const standing = stderr.replace(/[^\n]*\r\u001b\[K/g, '');
  expect(standing).toMatch(
    /^warning: the API failed\nTry again \(2 left\), or leave with Ctrl-C\.\nLogged in/,
  );
});

test.each([
  ['https://eu.worktime.example', 'https://eu.worktime.example/v1'],
  ['https://eu.worktime.example/v2', 'https://eu.worktime.example/v1'],
  ['https://eu.worktime.example/api/v1/organization', 'https://eu.worktime.example/api/v1'],
])('an address without its end is told with what it may be: %s', async (given, meant) => {
  const { run } = machine();
  const failing = async (status: number, body: string) => {
    const { transport, sent } = versioned(status, body);
    const { code, stderr } = await run(`login --key-stdin --base-url ${given} --json`, {
      stdin: KEY,
      transport,
    });
    expect(sent).toEqual([`${given}/organization`]);
    return { code, ...JSON.parse(stderr).error };
  };
  expect(await failing(404, '{}')).toMatchObject({
    code: 'not_found',
    exit: 6,
    message: `there is no WorkTime API at ${given}`,
    next: `give the address of the API, such as ${meant}`,
  });
  const asked = `check the address: ${given} was asked, and those of the API end in /v1, such as ${meant}`;
  expect(await failing(401, UNAUTHORIZED)).toMatchObject({
    exit: 4,
    next: `${asked}; or copy the key anew from Settings → API Keys in the web account, and log in again`,
  });
  expect(await failing(200, '<html>')).toMatchObject({ exit: 6, next: asked });
});

/** What is said of an address as it is typed. */
async function toldOf(typed: string): Promise<readonly unknown[]> {
  const { run } = machine();
  const told: unknown[] = [];
  const input: Prompts['input'] = async ({ message, default: preset = '', validate }) => {
    if (message === 'Base URL') told.push(validate?.(typed));
    return preset;
  };
  await run('login', { ...terminal, prompts: { password: async () => KEY, input } });
  return told;
}

test.each([
  ['127.0.0.1:5410', 'http://127.0.0.1:5410/v1'],
  ['localhost:5410/v1', 'http://localhost:5410/v1'],
  ['worktime.example/v1', 'https://worktime.example/v1'],
  ['worktime.example/', 'https://worktime.example/v1'],
])('the address %s is told as it is written whole', async (typed, whole) => {
  expect(await toldOf(typed)).toEqual([`that is no HTTP address: write it whole, such as ${whole}`]);
});

test.each(['http://127.0.0.1:4999/v1http://127.0.0.1:4010/v1', 'https://api.worktime.one/v1; clear'])(
  'what was typed behind another address is no address: %s',
  async (typed) => {
    expect(await toldOf(typed)).toEqual(['that is no one address: write that of the API alone']);
  },
);

test('a key that another address rejected is tried at the right one, and three keys after that', async () => {
  const { run } = machine();
  const { asked, prompts } = typing('https://right.example', 'https://right.example/v1');
  const { transport, sent } = versioned(401, UNAUTHORIZED);
  const keys = ['wt_live_wrong_0123456789', 'wt_live_worse_0123456789', KEY];
  const password = async () => keys.shift() ?? '';
  const { code } = await run('login', { ...terminal, transport, prompts: { ...prompts, password } });
  expect(code).toBe(0);
  expect(keys).toEqual([]);
  expect(sent).toHaveLength(4);
  expect(asked.filter((question) => question.startsWith('Base URL'))).toHaveLength(2);
});
