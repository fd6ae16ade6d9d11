import { expect, test } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
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
  const { stdout } = await run('profiles list');
  expect(stdout).toContain('wt_…6789');
  expect(stdout).not.toContain(KEY);
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
  expect((await run('profiles remove two')).code).toBe(0);
  expect(await names()).toEqual(['sandbox']);
  expect((await run('profiles remove sandbox')).code).toBe(2);
  expect((await run('employees list')).code).toBe(4);
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
