import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEY, machine } from './setup-world.ts';

test('it shows profile, organization, address and masked key, each with its source, and sends nothing', async () => {
  const { home, requests, run } = machine();
  await run('login --key-stdin --profile nine', { stdin: KEY });
  const sent = requests.length;
  const { code, stdout, stderr } = await run('whoami --json');
  const file = join(home, 'config', 'config.json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    profile: 'nine',
    profile_source: file,
    organization: 'Nine Ltd',
    organization_id: 'org_9',
    organization_source: 'profile nine',
    base_url: 'https://api.worktime.one/v1',
    base_url_source: 'profile nine',
    key: 'wt_…6789',
    key_source: 'profile nine',
    project_file: null,
    config_file: file,
  });
  expect(requests).toHaveLength(sent);
  expect(`${stdout}${stderr}`).not.toContain(KEY);
});

test('a key of the environment that shadows a profile is said, and its own organization is asked for', async () => {
  const { requests, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  const { stdout, stderr } = await run('whoami --json', { env: { WORKTIME_API_KEY: KEY } });
  expect(JSON.parse(stdout)).toMatchObject({
    key_source: 'WORKTIME_API_KEY',
    organization_source: 'the API, just now',
    shadowed_key: expect.stringContaining('profile default'),
  });
  expect(stderr).toContain('WORKTIME_API_KEY shadows the key of profile default');
  expect(requests).toHaveLength(2);
});

test('a bad key of the environment ends with 4, shows what is known, and the good one of the profile stays unused', async () => {
  const { requests, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  for (const line of ['whoami --json', 'employees list']) {
    const { code } = await run(line, { env: { WORKTIME_API_KEY: 'wt_live_bad_0123456789' } });
    expect(code).toBe(4);
  }
  const later = requests.slice(1).map(({ headers }) => headers['authorization']);
  expect(new Set(later)).toEqual(new Set(['Bearer wt_live_bad_0123456789']));
});

test('a rejected key is told with where it came from, and with what helps there', async () => {
  const { home, run } = machine();
  const bad = 'wt_live_bad_0123456789';
  const said = (line: string, more = {}) =>
    run(line, more).then(({ code, stderr }) => [code, ...stderr.trimEnd().split('\n')]);
  for (const line of ['whoami', 'employees list', 'api /organization', 'employees delete emp_1 --yes']) {
    expect(await said(line, { env: { WORKTIME_API_KEY: bad } })).toEqual([
      4,
      expect.stringMatching(/^worktime: the API rejected the key in WORKTIME_API_KEY \(.*, 401\)$/),
      '  unauthorized: Invalid API key',
      'Next: put a valid key into WORKTIME_API_KEY, or unset it: it comes before the key of any profile',
    ]);
  }
  const print = (key: string) => writeFileSync(join(home, 'print.mjs'), `console.log('${key}')`);
  print(KEY);
  const command = `${process.execPath} ${join(home, 'print.mjs')}`;
  await run(['login', '--profile', 'vault', '--key-command', command]);
  await run('login --key-stdin --profile nine', { stdin: KEY });
  print(bad);
  const [, headline, , next] = await said('locks list --profile vault');
  expect(headline).toContain(`rejected the key that ${process.execPath} prints for profile vault`);
  expect(next).toContain('prints a key that is listed under Settings → API Keys');
  const file = join(home, 'config', 'config.json');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(KEY, bad), { mode: 0o600 });
  const [, ofProfile, , again] = await said('locks list --profile nine');
  expect(ofProfile).toContain('rejected the key of profile nine');
  expect(again).toBe('Next: log in with another key: worktime login --profile nine');
});

test('a project file is named, with what it decides', async () => {
  const { home, run } = machine();
  await run('login --key-stdin --profile nine', { stdin: KEY });
  await run('login --key-stdin --profile ten', { stdin: KEY });
  writeFileSync(join(home, '.worktime.json'), '{"profile":"ten","max-wait":"5m"}');
  const { stdout } = await run('whoami --json');
  const path = join(home, '.worktime.json');
  expect(JSON.parse(stdout)).toMatchObject({
    profile: 'ten',
    profile_source: path,
    project_file: path,
    max_wait: '5 min',
    max_wait_source: path,
  });
});

test('a project file with a key stops every command with 9, names itself, and sends nothing', async () => {
  const { home, requests, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  writeFileSync(join(home, '.worktime.json'), '{"base_url":"https://evil.example/v1"}');
  const { code, stderr } = await run('employees list');
  expect(code).toBe(9);
  expect(stderr).toContain(join(home, '.worktime.json'));
  expect(stderr).toContain('base_url');
  expect(requests).toHaveLength(1);
});

test('with nothing set up it says so in three lines and ends with 4', async () => {
  const { run } = machine();
  for (const line of ['whoami', 'employees list', 'organization show']) {
    const { code, stderr } = await run(line);
    expect(code).toBe(4);
    const [what, ...how] = stderr.trimEnd().split('\n').slice(-4);
    expect(what).toContain('there is no API key yet');
    expect(how).toEqual([
      '  Try it first:     worktime --sandbox employees list  (no account, no network)',
      '  In CI or scripts: set WORKTIME_API_KEY',
      'Next: log in with `worktime login`',
    ]);
  }
});

test("a profile's key is not sent to another address: exit 2, nothing sent", async () => {
  const { requests, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  for (const [line, env] of [
    ['employees list --base-url https://evil.example/v1', {}],
    ['employees list', { WORKTIME_BASE_URL: 'https://evil.example/v1' }],
  ] as const) {
    const { code, stderr } = await run(line, { env });
    expect(code).toBe(2);
    expect(stderr).toContain('https://evil.example');
    expect(stderr).not.toContain(KEY);
  }
  expect(requests).toHaveLength(1);
});

test('the sandbox is shown as what it is', async () => {
  const { run } = machine();
  expect(JSON.parse((await run('--sandbox whoami --json')).stdout)).toMatchObject({
    profile: 'sandbox',
    organization: 'Acme Corporation',
    base_url_source: 'profile sandbox (in process)',
  });
});

test('the scope of a key is shown where it is known without asking, and else why it is not', async () => {
  const { home, run } = machine();
  await run('login --key-stdin --profile nine', { stdin: KEY });
  const env = { WORKTIME_API_KEY: 'wt_sandbox_read' };
  expect((await run('whoami --sandbox', { env })).stdout).toMatch(/^Scope +Read Only$/m);
  expect(JSON.parse((await run('whoami --sandbox --json')).stdout).scope).toBe('Full Access');
  expect((await run('whoami')).stdout).toMatch(/^Scope +unknown \(only a write would tell\)$/m);
  const file = join(home, 'config', 'config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  config.profiles.printed = { key_command: ['pass', 'show'], organization: { id: 'org_8', name: 'Eight' } };
  config.profiles.keyless = {};
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  const scopes = JSON.parse((await run('profiles list --json')).stdout) as { scope: string | null }[];
  const printed = 'unknown (pass is run for requests alone)';
  expect(scopes.map(({ scope }) => scope)).toEqual([
    'unknown (only a write would tell)',
    printed,
    null,
    'Full Access',
  ]);
  expect(JSON.parse((await run('whoami --profile printed --json')).stdout).scope).toBe(printed);
  expect((await run('profiles show sandbox')).stdout).toMatch(/^Scope +Full Access$/m);
});

test("the time zone is the organization's, the sandbox's too, and UTC where it names none", async () => {
  const { run } = machine();
  const sandbox = await run('whoami --sandbox --json');
  expect(JSON.parse(sandbox.stdout)).toMatchObject({
    timezone: 'UTC',
    timezone_source: 'organization',
    organization_source: 'the embedded sandbox',
  });
  await run('sandbox reset --timezone Asia/Tbilisi');
  const moved = await run('whoami --sandbox --json');
  expect(JSON.parse(moved.stdout)).toMatchObject({
    timezone: 'Asia/Tbilisi',
    timezone_source: 'organization',
  });
  const named = await run('whoami --json', { env: { WORKTIME_API_KEY: KEY } });
  expect(JSON.parse(named.stdout)).toMatchObject({ timezone: 'UTC', timezone_source: 'default' });
  const chosen = await run('whoami --sandbox --json --timezone Europe/Berlin');
  expect(JSON.parse(chosen.stdout)).toMatchObject({
    timezone: 'Europe/Berlin',
    timezone_source: '--timezone',
  });
});

test('a profile that is not there is said first and alone, with those that are', async () => {
  const { requests, run } = machine();
  for (const [line, env] of [
    ['whoami --profile nix', {}],
    ['whoami', { WORKTIME_PROFILE: 'nix' }],
    ['whoami --profile nix', { WORKTIME_API_KEY: KEY }],
  ] as const) {
    const { code, stdout, stderr } = await run(line, { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^worktime: there is no profile "nix" \(.*\)\nNext: choose one of sandbox, .*\n$/);
  }
  const { stdout, stderr } = await run('whoami --profile nix --json');
  expect([stdout, JSON.parse(stderr).error.code]).toEqual(['', 'unknown_profile']);
  expect(requests).toEqual([]);
});

test('a person is shown what is there: no source of what is not, and no line of dashes', async () => {
  const { home, run } = machine();
  const { stdout } = await run('whoami', { stdout: { columns: 80 } });
  expect(stdout).toBe(
    `Base URL       https://api.worktime.one/v1
  from         default
Format         table
  from         default
Longest wait   60 s
  from         default
Configuration  ${join(home, 'config', 'config.json')}
`,
  );
  const { stdout: whole } = await run('whoami --json');
  expect(JSON.parse(whole)).toMatchObject({ profile: null, profile_source: 'default', key: null });
});
