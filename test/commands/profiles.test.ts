import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { temporaryFolder } from '../support/context.ts';
import { breakConfig, rows } from './doctor-world.ts';
import { KEY, machine, terminal } from './setup-world.ts';

async function withTwo() {
  const world = machine();
  await world.run('login --key-stdin --profile one', { stdin: KEY });
  await world.run('login --key-stdin --profile two', { stdin: KEY });
  const names = async () => {
    const { stdout } = await world.run('profiles list --json');
    return (JSON.parse(stdout) as { name: string; in_use: boolean }[]).map(({ name, in_use }) =>
      in_use ? `*${name}` : name,
    );
  };
  return { ...world, names };
}

test('list shows every profile, the one in use and the built-in one, keys masked', async () => {
  const { run, names } = await withTwo();
  expect(await names()).toEqual(['*one', 'two', 'sandbox']);
  const forced = await run('profiles list --json', { env: { WORKTIME_PROFILE: 'two' } });
  const inForce = (JSON.parse(forced.stdout) as { name: string; in_use: boolean }[]).filter(
    ({ in_use }) => in_use,
  );
  expect(inForce.map(({ name }) => name)).toEqual(['two']);
  // Where another setting is at fault, the list is what helps.
  expect((await run('profiles list', { env: { WORKTIME_PROFILE: '../x' } })).code).toBe(0);
  const { stdout } = await run('profiles list');
  expect(stdout).toContain('wt_…6789');
  expect(stdout).not.toContain(KEY);
});

test('list has room at 80 columns for what tells profiles apart, and breaks no host', async () => {
  const { home, run } = machine();
  const organization = { id: 'org_123', name: 'A company of some length' };
  const profiles = {
    production: { key: KEY, organization },
    here: { key: KEY, base_url: 'http://127.0.0.1:5210/v1', organization },
  };
  breakConfig(home, JSON.stringify({ profile: 'production', profiles }));
  const { stdout } = await run('profiles list', { stdout: { columns: 80 } });
  expect(stdout).toMatch(/^Profile +In use +Organization +Base URL +Key$/m);
  for (const whole of ['https://api.worktime.one/v1 ', 'http://127.0.0.1:5210/v1 ', 'wt_…6789'])
    expect(stdout).toContain(whole);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('use chooses a profile, also the sandbox, and refuses one that is not there', async () => {
  const { run, names } = await withTwo();
  await run('profiles use two');
  expect(await names()).toEqual(['one', '*two', 'sandbox']);
  await run('profiles use sandbox');
  expect(await names()).toEqual(['one', 'two', '*sandbox']);
  expect((await run('employees list --limit 1 --json')).code).toBe(0);
  const { code, stderr } = await run('profiles use nope');
  expect(code).toBe(2);
  expect(stderr).toContain('one, two, sandbox');
});

test.each([
  ['WORKTIME_PROFILE', (_: string) => ({ env: { WORKTIME_PROFILE: 'two' } }), 'unset it'],
  [
    '.worktime.json',
    (cwd: string) => {
      writeFileSync(join(cwd, '.worktime.json'), '{"profile":"two"}');
      return { cwd };
    },
    'change it there',
  ],
])('where %s names another, none but that is said to be in use', async (source, where, next) => {
  const { run } = await withTwo();
  const there = where(temporaryFolder());
  const inUse = async (line: string) => {
    const { stdout, stderr } = await run(`${line} --json`, { ...there, stdin: KEY });
    return [JSON.parse(stdout).in_use as boolean, stderr] as const;
  };
  const [chosen, said] = await inUse('profiles use one');
  expect(chosen).toBe(false);
  expect(said).toContain('Profile one is chosen.\n');
  expect(said).toMatch(new RegExp(`${source} names profile two, and comes first; ${next}\n`));
  const [loggedIn, stays] = await inUse('login --key-stdin --profile one');
  expect(loggedIn).toBe(false);
  expect(stays).toMatch(
    new RegExp(`Profile two stays in use; to change that: .*${source} names it, and comes first; ${next}\n`),
  );
  expect(await inUse('profiles use two')).toEqual([true, 'Profile two is in use.\n']);
  const [renamed, still] = await inUse('profiles rename two three');
  expect(renamed).toBe(false);
  expect(still).toMatch(new RegExp(`${source} names two still; change it to three\n`));
  await run('profiles rename three two');
  const other = await run('logout --profile one', there);
  expect(other.stderr).toBe('The key of profile one is forgotten.\n');
  const loggedOut = await run('logout', there);
  expect(loggedOut.stderr).toContain('The key of profile two is forgotten.\n');
  expect(loggedOut.stderr).toMatch(
    new RegExp(`profile two is in use and has no key now; .*${source} names it; ${next}\n`),
  );
  const { stderr } = await run('profiles remove two --yes', there);
  expect(stderr).toMatch(new RegExp(`${source} names two still; ${next}\n`));
});

test('a rename follows the profile in use, and never overwrites', async () => {
  const { run, names } = await withTwo();
  expect((await run('profiles rename one two')).code).toBe(2);
  expect((await run('profiles rename one sandbox')).code).toBe(2);
  expect((await run('profiles rename one "a b"')).code).toBe(2);
  expect((await run('profiles rename nope x')).code).toBe(2);
  expect((await run('profiles rename one first')).code).toBe(0);
  expect((await names()).sort()).toEqual(['*first', 'sandbox', 'two']);
});

test('remove takes the profile and its key, and asks first at a terminal', async () => {
  const { run, names } = await withTwo();
  const kept = await run('profiles remove one', { ...terminal, prompts: { confirm: async () => false } });
  expect(kept.stderr).toBe('worktime: cancelled; nothing was removed\n');
  const leave = () => Promise.reject(new InterruptedError('SIGINT'));
  const left = await run('profiles remove one', { ...terminal, prompts: { confirm: leave } });
  expect([left.code, left.stderr]).toEqual([130, 'worktime: interrupted; nothing was removed\n']);
  expect(kept.code).toBe(2);
  expect(await names()).toContain('*one');
  expect((await run('profiles remove one --yes', terminal)).code).toBe(0);
  expect((await run('profiles remove two --yes')).code).toBe(0);
  expect(await names()).toEqual(['sandbox']);
  expect((await run('profiles remove sandbox')).code).toBe(2);
  expect((await run('employees list')).code).toBe(4);
});

test('of a profile whose key is forgotten, remove says nothing of a key', async () => {
  const { run } = await withTwo();
  await run('logout --profile one');
  const asked: string[] = [];
  const confirm = async ({ message }: { message: string }) => {
    asked.push(message);
    return true;
  };
  const { stderr } = await run('profiles remove one', { ...terminal, prompts: { confirm } });
  expect(asked).toEqual([expect.stringMatching(/^Remove profile one of /)]);
  expect(stderr).toContain('Profile one is removed.\n');
});

test('where nobody can be asked, remove needs --yes, and changes nothing without it', async () => {
  const { run, names } = await withTwo();
  for (const [line, options] of [
    ['profiles remove one', {}],
    ['profiles remove one --no-input', terminal],
    ['profiles remove one', { ...terminal, env: { CI: '1' } }],
  ] as const) {
    const { code, stdout, stderr } = await run(line, options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'worktime: this needs a confirmation, and nobody can be asked here\nNext: add --yes\n',
    );
  }
  expect(await names()).toEqual(['*one', 'two', 'sandbox']);
});

test('the question names the profile and whose key it has', async () => {
  const { run } = await withTwo();
  const asked: string[] = [];
  const confirm = async ({ message }: { message: string }) => {
    asked.push(message);
    return true;
  };
  expect((await run('profiles remove one', { ...terminal, prompts: { confirm } })).code).toBe(0);
  expect(asked).toEqual(['Remove profile one and its key of Nine Ltd?']);
});

test('whoever removes the profile in use, or its key, is told that the next command has none, and how to choose', async () => {
  const { run } = await withTwo();
  expect((await run('profiles remove two --yes')).stderr).not.toContain('in use');
  await run('login --key-stdin --profile two', { stdin: KEY });
  expect((await run('logout')).stderr).toContain(
    'warning: profile one is in use and has no key now; choose another with `worktime profiles use two`\n',
  );
  expect((await run('profiles remove one --yes')).stderr).toContain(
    'warning: no profile is in use now; choose another with `worktime profiles use two`\n',
  );
  await run('profiles use two');
  expect((await run('profiles remove two --yes --quiet')).stderr).toContain(
    'warning: no profile is in use now; log in with `worktime login`\n',
  );
});

test('what cannot be done to the built-in profile is told with what fits', async () => {
  const { run } = await withTwo();
  for (const line of ['profiles rename sandbox x', 'profiles remove sandbox --yes', 'logout --sandbox']) {
    const { code, stderr } = await run(line);
    expect(code).toBe(2);
    expect(stderr).toContain('Next: name a profile of your own; `worktime profiles list` shows them\n');
  }
  expect((await run('profiles rename one sandbox')).stderr).toBe(
    'worktime: no profile of yours can be called "sandbox": that name belongs to the built-in sandbox\n' +
      'Next: choose another name; the sandbox needs no profile: worktime --sandbox employees list\n',
  );
});

test('a profile that was called as the built-in one by hand is listed by nobody, and doctor says so', async () => {
  const { home, run } = machine();
  breakConfig(home, `{"profile":"sandbox","profiles":{"sandbox":{"key":"${KEY}"},"one":{"key":"${KEY}"}}}`);
  const listed = JSON.parse((await run('profiles list --json')).stdout) as { name: string }[];
  expect(listed.map(({ name }) => name)).toEqual(['one', 'sandbox']);
  expect(listed.at(-1)).toMatchObject({ in_use: true, scope: 'Full Access' });
  const result = await run('doctor --json');
  expect(result.code).toBe(0);
  expect(rows(result)['config']).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining('profiles.sandbox is never used'),
  });
});

test('show gives one profile, by default the one in force', async () => {
  const { run } = await withTwo();
  expect(JSON.parse((await run('profiles show --json')).stdout)).toMatchObject({
    name: 'one',
    organization: 'Nine Ltd',
  });
  expect(JSON.parse((await run('profiles show sandbox --json')).stdout)).toMatchObject({
    name: 'sandbox',
    aliases: { department: { eng: 'dept_eng' } },
  });
  expect((await run('profiles show nope')).code).toBe(2);
});

test('a variable that nearly names the profile or the address is told, by every command that asks the API', async () => {
  const { run } = await withTwo();
  for (const name of ['WORKTIME_PROFIL', 'WORKTIME_BASEURL']) {
    const { stderr } = await run('organization show', { env: { [name]: 'sandbox' } });
    expect(stderr).toMatch(
      new RegExp(`^warning: ${name} means nothing here; did you mean WORKTIME_(PROFILE|BASE_URL)\\?$`, 'm'),
    );
  }
  const other = await run('organization show', { env: { WORKTIME_REGION: 'eu', WORKTIME_PROFIL: '' } });
  expect(other.stderr).toBe('');
});
