import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { breakConfig } from './doctor-world.ts';
import { KEY, machine } from './setup-world.ts';

interface Row {
  readonly check: string;
  readonly status: string;
  readonly detail: string;
  readonly next: string | null;
}

const all = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as Row[];
const troubles = (result: { readonly stdout: string }) =>
  all(result).filter(({ status }) => status === 'problem' || status === 'warning');

const A = `"profile":"a","profiles":{"a":{"key":"${KEY}"`;

test.each([
  ['defaults.timezone', '{"defaults":{"timezone":"Mars/X"}}', 'Europe/Berlin'],
  ['defaults.max-wait', '{"defaults":{"max-wait":"bogus"}}', '500ms'],
  ['profiles.a.defaults.max-wait', `{${A},"defaults":{"max-wait":"bogus"}}}}`, '500ms'],
  ['profiles.a.base_url', `{${A},"base_url":"http://elsewhere/v1"}}}`, 'https://'],
  ['profiles.a.organization.timezone', `{${A},"organization":{"timezone":"Mars/X"}}}}`, 'Europe/Berlin'],
  ['defaults.format', '{"defaults":{"format":"xml"}}', 'mend defaults.format'],
])(
  'a bad %s of the configuration is told once, in its row, and ends with 9',
  async (entry, content, next) => {
    const { home, run } = machine();
    breakConfig(home, content);
    const result = await run('doctor --json');
    expect(result.code).toBe(9);
    expect(troubles(result)).toEqual([
      {
        check: 'config',
        status: 'problem',
        detail: expect.stringContaining(`${join(home, 'config', 'config.json')}: ${entry}`),
        next: expect.stringContaining(next),
      },
    ]);
    expect(all(result).filter(({ check }) => check === 'config')).toHaveLength(1);
    expect(all(result).find(({ check }) => check === 'key')?.status).toBe('skipped');
    expect(JSON.parse(result.stderr).error.message).toBe('doctor found 1 problem, at "config"');
    // What is told is what stops a command.
    const stopped = await run('attendance list --from today --json');
    expect([stopped.code, JSON.parse(stopped.stderr).error.message]).toEqual([
      9,
      troubles(result)[0]?.detail,
    ]);
  },
);

test.each([
  ['format', '{"format":"xml"}', 'choose table'],
  ['max-wait', '{"max_wait":"soon"}', '500ms'],
  ['timezone', '{"defaults":{"timezone":"Mars/X"}}', 'Europe/Berlin'],
])('a bad %s of a project file is told once, in its row, and ends with 9', async (entry, content, next) => {
  const { home, run } = machine();
  breakConfig(home, `{${A}}}}`);
  writeFileSync(join(home, '.worktime.json'), content);
  const result = await run('doctor --json');
  expect(result.code).toBe(9);
  expect(troubles(result)).toEqual([
    {
      check: 'project file',
      status: 'problem',
      detail: expect.stringContaining(`${join(home, '.worktime.json')}: ${entry}: `),
      next: expect.stringContaining(next),
    },
  ]);
  // What is told is what stops a command.
  expect((await run('employees list')).stderr).toContain(troubles(result)[0]?.detail);
});

test('a profile that is not there is told at the file that names it, once', async () => {
  for (const place of ['config', 'project file']) {
    const { home, run } = machine();
    const inUse = place === 'config' ? 'nope' : 'a';
    breakConfig(home, `{"profile":"${inUse}","profiles":{"a":{"key":"${KEY}"}}}`);
    if (place !== 'config') writeFileSync(join(home, '.worktime.json'), '{"profile":"nope"}');
    const result = await run('doctor --json');
    expect(result.code).toBe(9);
    const [only, ...more] = troubles(result);
    expect(only).toMatchObject({
      check: place,
      status: 'problem',
      detail: expect.stringContaining('there is no profile "nope"'),
      next: 'choose one of a, sandbox, or make it: worktime login --profile nope',
    });
    expect(more).toEqual([]);
    // A key of the environment needs no profile.
    const keyed = await run('doctor --json', { env: { WORKTIME_API_KEY: KEY } });
    expect(keyed.code).toBe(0);
    expect(troubles(keyed)).toMatchObject([{ check: place, status: 'warning' }]);
  }
});

test('several faults of both files are all told, and the end names each row once', async () => {
  const { home, run } = machine();
  breakConfig(home, '{"defaults":{"timezone":"Mars/X","max-wait":"bogus"}}');
  writeFileSync(join(home, '.worktime.json'), '{"format":"xml","color":"x"}');
  const result = await run('doctor');
  expect(result.code).toBe(9);
  expect(result.stderr).toContain('worktime: doctor found 3 problems, at "config", "project file"\n');
});
