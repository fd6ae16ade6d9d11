import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock } from '../../src/files/lock.ts';
import { testContext } from '../support/context.ts';
import { breakConfig, rows } from './doctor-world.ts';
import { KEY, machine } from './setup-world.ts';

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
  const result = await run('doctor --json', { env: { WORKTIME_APIKEY: 'wt_canary_0123456789' } });
  expect(rows(result)['WORKTIME_APIKEY']?.status).toBe('warning');
  expect(result.stdout).not.toContain('canary');
});

test.each(['WORKTIME_APIKEY', 'WORKTIME_TOKEN', 'WORK_TIME_API_KEY', 'WT_API_KEY', 'worktime_api_key'])(
  'a key under the name %s is a warning with the right one, and no part of what is in order',
  async (name) => {
    const { run } = machine();
    const env = { [name]: 'wt_canary_0123456789', WORKTIME_FORMAT: 'json' };
    const result = await run('doctor --json', { env });
    expect(result.code).toBe(0);
    expect(rows(result)).toMatchObject({
      environment: { status: 'ok', detail: 'WORKTIME_FORMAT=json' },
      [name]: { status: 'warning', next: 'did you mean WORKTIME_API_KEY?' },
      key: { status: 'warning' },
    });
    expect(result.stdout).not.toContain('canary');
  },
);

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

test.each([
  ['WORKTIME_BASE_URL', 'https://canary:canary@api.example/v1'],
  ['WORKTIME_BASE_URL', 'https:canary:canary@api.example'],
  ['WORKTIME_BASE_URL', 'https:/\\canary:can/ary@api.example'],
  ['WORKTIME_BASE_URL', 'canary:canary@api.example'],
  ['WORKTIME_BASE_URL', 'http:wt_canary'],
  ['WORKTIME_BASE_URL', 'https://api.example/v1?api_key=wt_canary'],
  ['WORKTIME_PROFILE', 'wt_live_canary_0123456789'],
  ['WORKTIME_FORMAT', 'wt_canary'],
  ['WORKTIME_MAX_WAIT', 'sk-0123456789-canary'],
])('what %s holds and cannot be is not shown: %s', async (name, value) => {
  const { run } = machine();
  for (const line of ['doctor --network --json', 'employees list', 'whoami', 'profiles list', 'logout']) {
    const result = await run(line, { env: { [name]: value } });
    if (line.startsWith('doctor')) {
      expect(rows(result)).toMatchObject({
        environment: { detail: `${name} (not shown)` },
        [name]: { status: 'problem' },
      });
    }
    expect(`${line}: ${result.stdout}${result.stderr}`).not.toMatch(/canary/);
  }
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
