import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { api, KEY, machine, terminal } from './setup-world.ts';

const configOf = (home: string) => JSON.parse(readFileSync(join(home, 'config', 'config.json'), 'utf8'));

test('a rejected key leaves an older profile as it was', async () => {
  const { home, run } = machine();
  await run('login --key-stdin', { stdin: KEY });
  const before = configOf(home);
  expect((await run('login --key-stdin', { stdin: 'wt_live_wrong_0123456789' })).code).toBe(4);
  expect(configOf(home)).toEqual(before);
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
