import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEY, machine } from './setup-world.ts';

test('what is set is got, listed and unset', async () => {
  const { run } = machine();
  expect((await run('config set format json')).code).toBe(0);
  expect(
    (await run('config set timezone=Europe/Berlin max-wait=5m alias.department.eng=dept_eng')).code,
  ).toBe(0);
  expect((await run('config get format')).stdout).toBe('json\n');
  expect((await run('config get alias.department.eng')).stdout).toBe('dept_eng\n');
  expect((await run('config get timezone --json')).stdout).toBe('"Europe/Berlin"\n');
  expect(JSON.parse((await run('config list')).stdout)).toEqual([
    { key: 'format', value: 'json', profile: null },
    { key: 'timezone', value: 'Europe/Berlin', profile: null },
    { key: 'max-wait', value: '5m', profile: null },
    { key: 'alias.department.eng', value: 'dept_eng', profile: null },
  ]);
  await run('config unset format timezone max-wait');
  const unset = await run('config get format');
  expect([unset.code, unset.stdout, unset.stderr]).toEqual([0, '', 'format is not set.\n']);
});

test('what is said of settings has no column that says nothing, on a terminal or in a pipe', async () => {
  const { run } = machine();
  await run('login --key-stdin --profile nine', { stdin: KEY });
  const heading = async (line: string, more = {}) =>
    (await run(`${line} --format table`, more)).stdout.split('\n')[0]?.trim().split(/ {2,}/);
  for (const more of [{}, { stdout: { columns: 80 } }]) {
    expect(await heading('config set format json', more)).toEqual(['Setting', 'Value']);
    expect(await heading('config list', more)).toEqual(['Setting', 'Value']);
    expect(await heading('config list --fields key,profile', more)).toEqual(['Setting', 'Profile']);
    const { stdout, stderr } = await run('config unset format max-wait --format table', more);
    expect(stdout.replace(/─+\n/, '')).toBe('Setting\nformat\nmax-wait\n');
    expect(stderr).toBe('format is unset.\nmax-wait was not set.\n');
    expect(await heading('config set --profile nine format json', more)).toEqual([
      'Setting',
      'Value',
      'Profile',
    ]);
    expect(await heading('config unset --profile nine format', more)).toEqual(['Setting', 'Profile']);
  }
});

test('a default counts in the next command, and a flag beats it', async () => {
  const { run } = machine();
  await run('config set format csv');
  expect((await run('profiles list')).stdout).toMatch(/^name,/);
  expect((await run('profiles list --json')).stdout).toMatch(/^\[/);
});

test("with --profile it is that profile's alone", async () => {
  const { run } = machine();
  await run('login --key-stdin --profile nine', { stdin: KEY });
  await run('config set --profile nine alias.lock.front=lock_9');
  expect((await run('config get alias.lock.front')).stdout).toBe('');
  expect((await run('config get alias.lock.front --profile nine')).stdout).toBe('lock_9\n');
  expect((await run('config set format csv --profile nope')).code).toBe(2);
  expect((await run('config set format csv --profile sandbox')).code).toBe(2);
});

test('with --profile, list leaves out what other profiles have, and knows which there are', async () => {
  const { run } = machine();
  await run('login --key-stdin --profile nine', { stdin: KEY });
  await run('login --key-stdin --profile ten', { stdin: KEY });
  await run('config set max-wait=5m');
  await run('config set --profile nine alias.lock.front=lock_9');
  await run('config set --profile ten alias.lock.front=lock_10');
  const values = async (line: string) =>
    (JSON.parse((await run(`${line} --json`)).stdout) as { value: string }[]).map(({ value }) => value);
  expect(await values('config list')).toEqual(['5m', 'lock_9', 'lock_10']);
  expect(await values('config list --profile nine')).toEqual(['5m', 'lock_9']);
  const departments = ['dept_eng', 'dept_mkt', 'dept_ops', 'dept_fin', 'dept_hr'];
  expect(await values('config list --profile sandbox')).toEqual(['5m', ...departments]);
  expect((await run('config list --profile nope')).stderr).toContain('there is no profile "nope"');
});

test('what a setting cannot hold is refused, and nothing of the line is stored', async () => {
  const { home, run } = machine();
  for (const line of [
    'config set format=xml',
    'config set timezone=Mars/Base',
    'config set max-wait=soon',
    'config set key=wt_canary',
    'config set base_url=https://evil.example',
    'config set alias.department.eng=../x',
    'config set alias.department.=x',
    'config set alias.employee.__proto__=emp_1',
    'config set alias.planet.mars=x',
    'config set format=json timezone=Mars/Base',
    'config set format',
    'config set',
    'config get nonsense',
    'config unset nonsense',
  ]) {
    expect((await run(line)).code, line).toBe(2);
  }
  expect(existsSync(join(home, 'config', 'config.json'))).toBe(false);
});

test('path works with a broken file, and the others name it with its place', async () => {
  const { home, run } = machine();
  mkdirSync(join(home, 'config'), { mode: 0o700 });
  const file = join(home, 'config', 'config.json');
  writeFileSync(file, '{"profiles": oops}', { mode: 0o600 });
  const path = await run('config path');
  expect([path.code, path.stdout]).toEqual([0, `${file}\n`]);
  for (const line of [
    'config list',
    'config set format json',
    'profiles list',
    'whoami',
    'employees list',
    'login --key-stdin',
  ]) {
    const { code, stderr } = await run(line, { stdin: KEY });
    expect(code, line).toBe(9);
    expect(stderr).toContain(`${file} is not valid JSON at line 1, column 14`);
  }
});

test.each([
  ['that cannot be read', '{"profiles": oops}', 'is not valid JSON at line 1, column 14'],
  ['with a bad default', '{"defaults":{"max-wait":"soon"}}', 'defaults.max-wait: "soon" is not a duration'],
  ['that holds another kind of thing', '{"profiles":[]}', 'profiles must be an object'],
])('a configuration %s is a warning to the sandbox, which needs nothing of it', async (_, content, fault) => {
  const { home, run, requests } = machine();
  mkdirSync(join(home, 'config'), { mode: 0o700 });
  const file = join(home, 'config', 'config.json');
  writeFileSync(file, content, { mode: 0o600 });
  for (const flag of ['--sandbox', '--profile sandbox']) {
    const { code, stdout, stderr } = await run(`${flag} employees list --limit 1 --json`);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, [{ id: 'emp_123456' }]]);
    expect(stderr).toContain(`warning: ${file}`);
    expect(stderr).toContain(`${fault}; the sandbox goes on without it\n`);
  }
  expect((await run('employees list')).code).toBe(9);
  // A key in a project file stops every command.
  writeFileSync(join(home, '.worktime.json'), '{"key":"wt_canary"}');
  expect((await run('--sandbox employees list')).code).toBe(9);
  expect(requests).toEqual([]);
});
