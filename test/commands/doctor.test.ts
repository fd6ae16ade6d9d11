import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Transport, TransportError } from '../../src/client/transport.ts';
import { acquireLock } from '../../src/files/lock.ts';
import { testContext } from '../support/context.ts';
import type { Result } from '../support/run.ts';
import { KEY, machine } from './setup-world.ts';

/** `check status` of every row. */
const rows = ({ stdout }: Result) => {
  const found = JSON.parse(stdout) as {
    check: string;
    status: string;
    detail: string;
    next: string | null;
  }[];
  return Object.fromEntries(found.map((row) => [row.check, row]));
};

function breakConfig(home: string, content = `{"profiles":{"a":{"key":"${KEY}"`): void {
  mkdirSync(join(home, 'config'), { mode: 0o700 });
  writeFileSync(join(home, 'config', 'config.json'), content, { mode: 0o600 });
}

test('a fresh machine has no problems, only no key yet', async () => {
  const { run, requests } = machine();
  const result = await run('doctor --json');
  expect(result.code).toBe(0);
  const found = rows(result);
  expect(found['key']).toMatchObject({ status: 'warning', next: expect.stringContaining('worktime login') });
  expect(Object.values(found).filter(({ status }) => status === 'problem')).toEqual([]);
  expect(found['network']?.status).toBe('skipped');
  expect(requests).toEqual([]);
});

test('after a login everything is looked at, and the key is masked', async () => {
  const { run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  const result = await run('doctor --network --json');
  expect(result.code).toBe(0);
  const found = rows(result);
  for (const check of [
    'worktime',
    'node',
    'config',
    'permissions',
    'config directory',
    'state directory',
    'file locks',
    'key',
    'connection',
    'key accepted',
    'clock',
    'rate limit',
  ]) {
    expect(found[check], check).toMatchObject({ status: 'ok' });
  }
  expect(found['key accepted']?.detail).toContain('Nine Ltd');
  expect(found['rate limit']?.detail).toContain('995 of 1000');
  expect(`${result.stdout}${result.stderr}`).not.toContain(KEY);
});

test('a broken configuration is what it is for: it names the place, goes on, and ends with 9', async () => {
  const { home, run } = machine();
  breakConfig(home);
  const result = await run('doctor --network --json');
  expect(result.code).toBe(9);
  const found = rows(result);
  expect(found['config']).toMatchObject({
    status: 'problem',
    detail: expect.stringContaining('line 1, column'),
  });
  expect(found['connection']?.status).toBe('ok');
  expect(`${result.stdout}${result.stderr}`).not.toContain(KEY);
});

test('a project file with a key in it is a problem that is named', async () => {
  const { home, run } = machine();
  writeFileSync(join(home, '.worktime.json'), '{"key":"wt_canary"}');
  const result = await run('doctor --json');
  expect(result.code).toBe(9);
  expect(rows(result)['project file']).toMatchObject({
    status: 'problem',
    detail: expect.stringContaining('"key"'),
  });
});

test('file locks are shown: held, and left behind by the dead', async () => {
  const { home, run } = machine();
  const context = testContext({ home });
  const lock = await acquireLock(join(home, 'state', 'runs', 'r1'), {
    context,
    purpose: 'importing employees',
  });
  const dead = join(home, 'state', 'follow.lock');
  mkdirSync(dead);
  const owner = { pid: 2 ** 22 + 5, host: hostname(), boot: 'x', purpose: 'following', since: 0, token: 't' };
  writeFileSync(join(dead, '1'), `H${JSON.stringify(owner)}\n`);
  const found = (
    JSON.parse((await run('doctor --json')).stdout) as { check: string; status: string; detail: string }[]
  )
    .filter(({ check }) => check === 'file lock')
    .map(({ status, detail }) => `${status}: ${detail}`);
  expect(found).toEqual([
    expect.stringMatching(/^warning: .*follow\.lock was left behind by process \d+ .*following/),
    expect.stringMatching(/^ok: .*r1\.lock is held by process \d+ .*importing employees/),
  ]);
  await lock.release();
});

test('a key that is none is a problem, and ends with 4', async () => {
  const { run } = machine();
  const result = await run('doctor --json', { env: { WORKTIME_API_KEY: 'wt_canary with spaces' } });
  expect(result.code).toBe(4);
  expect(rows(result)['key']?.status).toBe('problem');
  expect(`${result.stdout}${result.stderr}`).not.toContain('wt_canary');
});

test('a key under a mistyped name is not shown', async () => {
  const { run } = machine();
  const { stdout } = await run('doctor --json', { env: { WORKTIME_APIKEY: 'wt_canary_0123456789' } });
  expect(stdout).toContain('WORKTIME_APIKEY (not shown)');
  expect(stdout).not.toContain('canary');
});

test('each variable that cannot be has a row of its own, even where a flag beats it', async () => {
  const { run } = machine();
  const env = {
    WORKTIME_FORMAT: 'bogus',
    WORKTIME_MAX_WAIT: 'abc',
    WORKTIME_BASE_URL: 'ftp://x',
    WORKTIME_PROFILE: '../up',
  };
  const result = await run('doctor --json', { env });
  expect(result.code).toBe(2);
  const found = rows(result);
  for (const name of Object.keys(env))
    expect(found[name], name).toMatchObject({ status: 'problem', next: expect.any(String) });
  // It is not the key that is at fault.
  expect(found['key']?.status).toBe('skipped');
  expect(result.stderr).toContain('doctor found 4 problems');
});

test('an address that cannot be leaves the rest of the report', async () => {
  const { run, requests } = machine();
  for (const env of [
    { WORKTIME_BASE_URL: 'ftp://x' },
    { WORKTIME_BASE_URL: 'ftp://x', WORKTIME_API_KEY: KEY },
  ]) {
    const result = await run('doctor --network --json', { env });
    expect(result.code).toBe(2);
    expect(rows(result)).toMatchObject({
      worktime: { status: 'ok' },
      WORKTIME_BASE_URL: { status: 'problem' },
      connection: { status: 'skipped' },
    });
  }
  expect(requests).toEqual([]);
});

test('a variable that means nothing is a warning, with the one that was meant', async () => {
  const { run } = machine();
  const env = { WORKTIME_APIKEY: KEY, WORKTIME_COLOUR: 'x' };
  const result = await run('doctor --json', { env });
  expect(result.code).toBe(0);
  expect(rows(result)).toMatchObject({
    WORKTIME_APIKEY: { status: 'warning', next: 'did you mean WORKTIME_API_KEY?' },
    WORKTIME_COLOUR: { status: 'warning', next: expect.stringContaining('worktime help environment') },
  });
});

test.each([
  ['a web page', 200, 'text/html', '<html><title>Welcome</title></html>', 6],
  ['an envelope of something else', 200, 'application/json', '{"success":true,"data":{"status":"up"}}', 6],
  ['a redirect', 302, 'text/html', '', 6],
  ['a server that fails', 500, 'text/html', 'oops', 5],
])('%s is no good API', async (_, status, type, body, code) => {
  const { run } = machine();
  const transport: Transport = async () => ({
    status,
    headers: { 'content-type': type, location: 'https://elsewhere.example/' },
    body: (async function* () {
      yield Buffer.from(body);
    })(),
  });
  const result = await run('doctor --network --json', { env: { WORKTIME_API_KEY: KEY }, transport });
  expect(result.code).toBe(code);
  const told = (JSON.parse(result.stdout) as { check: string; status: string }[]).filter(({ check }) =>
    ['connection', 'key accepted'].includes(check),
  );
  expect(told).toMatchObject([
    { check: 'connection', status: 'problem' },
    { check: 'key accepted', status: 'skipped' },
  ]);
});

test('a key that cannot be had, and a rate limit, are no fault of the connection', async () => {
  const { home, run } = machine();
  breakConfig(home, '{"profile":"a","profiles":{"a":{"key_command":["false"]}}}');
  const keyless = await run('doctor --network --json');
  expect(keyless.code).toBe(4);
  expect(rows(keyless)).toMatchObject({
    connection: { status: 'skipped' },
    'key accepted': { status: 'problem' },
  });
  const transport: Transport = async () => ({
    status: 429,
    headers: { 'retry-after': '3600' },
    body: (async function* () {})(),
  });
  const limited = await run('doctor --network --json', { env: { WORKTIME_API_KEY: KEY }, transport });
  expect(limited.code).toBe(7);
  expect(rows(limited)).toMatchObject({ connection: { status: 'ok' }, 'rate limit': { status: 'problem' } });
});

test('without a key, whoever does not ask for one may be another', async () => {
  const { run } = machine();
  const transport: Transport = async () => ({ status: 200, headers: {}, body: (async function* () {})() });
  const { code, stdout } = await run('doctor --network --json', { transport });
  expect(code).toBe(0);
  expect(rows({ stdout } as Result)['connection']).toMatchObject({
    status: 'warning',
    next: expect.stringContaining('check the base URL'),
  });
});

test('a key that the API rejects ends with 4, and the connection counts as good', async () => {
  const { run } = machine();
  const result = await run('doctor --network --json', {
    env: { WORKTIME_API_KEY: 'wt_live_bad_0123456789' },
  });
  expect(result.code).toBe(4);
  expect(rows(result)).toMatchObject({ connection: { status: 'ok' }, 'key accepted': { status: 'problem' } });
});

test('a fault is told once, in its row: the end names the check that found it', async () => {
  const { run } = machine();
  const env = { WORKTIME_API_KEY: 'wt_live_bad_0123456789' };
  const { code, stdout, stderr } = await run('doctor --network', { env });
  expect(code).toBe(4);
  expect(stdout).toContain('the API rejected the key in WORKTIME_API_KEY: Invalid API key');
  expect(stdout).toContain('put a valid key into WORKTIME_API_KEY');
  expect(stderr).toBe('worktime: doctor found 1 problem, at "key accepted"\n');
  const asJson = await run('doctor --network --json', { env });
  expect(JSON.parse(asJson.stderr).error).toMatchObject({ code: 'unauthorized', exit: 4 });
});

test('an API that cannot be reached ends with 5, with or without a key', async () => {
  const { run } = machine();
  const transport = async (): Promise<never> => {
    throw new TransportError('getaddrinfo ENOTFOUND', 'dns', { code: 'ENOTFOUND' });
  };
  for (const env of [{}, { WORKTIME_API_KEY: KEY }]) {
    const result = await run('doctor --network --json', { env, transport });
    expect(result.code).toBe(5);
    expect(rows(result)['connection']?.status).toBe('problem');
  }
});

test('a clock that is off is said, by how much and which way', async () => {
  const { run } = machine();
  const now = Date.parse('2024-11-18T14:00:00Z');
  const result = await run('doctor --network --json', { env: { WORKTIME_API_KEY: KEY }, now });
  expect(rows(result)['clock']).toMatchObject({
    status: 'warning',
    detail: expect.stringMatching(/2 h ahead/),
  });
});

test('in the sandbox it stays in process', async () => {
  const { run, requests } = machine();
  const result = await run('--sandbox doctor --network --json');
  expect(result.code).toBe(0);
  expect(rows(result)['connection']?.detail).toContain('embedded sandbox');
  expect(requests).toEqual([]);
});

test('at 80 columns nothing is cut, and what is to be done stands under the check that it belongs to', async () => {
  const { home, run } = machine();
  breakConfig(home, '{}');
  chmodSync(join(home, 'config'), 0o755);
  writeFileSync(join(home, '.worktime.json'), '{"key":"wt_canary"}');
  const env = { WORKTIME_APIKEY: KEY };
  const { stdout } = await run('doctor', { env, stdout: { columns: 80 } });
  const found = rows(await run('doctor --json', { env }));
  const lines = stdout.split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain('…');
  expect(lines[0]).toMatch(/^Check +Status +Detail$/);
  const text = stdout.replace(/\s+/g, ' ');
  const said = Object.values(found).filter(({ next }) => next !== null);
  expect(said.map(({ check }) => check)).toEqual(['project file', 'WORKTIME_APIKEY']);
  for (const { check, next } of said) {
    const at = lines.findIndex((line) => line.startsWith(`${check} `));
    const under = lines.slice(at + 1).find((line) => !line.startsWith('   '));
    expect(under).toMatch(/^ {2}Next: /);
    expect(text).toContain(`Next: ${next?.replace(/\s+/g, ' ')}`);
  }
  expect(stdout.match(/Next: /g)).toHaveLength(said.length);
});

test('in a pipe it is a table with a column for what is to be done', async () => {
  const { run } = machine();
  const { stdout } = await run('doctor');
  expect(stdout.split('\n')[0]).toMatch(/^Check +Status +Detail +Next$/);
});
