import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from '../../src/cli/asking.ts';
import { defaultsOf } from '../../src/cli/input.ts';
import { parseValue } from '../../src/cli/values.ts';
import { create } from '../../src/commands/employees/create.ts';
import { nouns } from '../../src/commands/index.ts';
import { InterruptedError } from '../../src/errors.ts';
import { allCommands } from '../../src/reference/tree.ts';
import { type TestContextOptions, temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { person, TERMINAL } from './asking-world.ts';

test('without a key nothing is asked: every answer would be typed in vain', async () => {
  for (const line of ['employees create', 'attendance clock in']) {
    const { code, stderr } = await run(line, { ...person().options, env: {} });
    expect(code).toBe(4);
    expect(stderr).toContain('worktime login');
  }
});

const NOBODY: readonly [string, string, TestContextOptions][] = [
  ['without a terminal', '', { ...TERMINAL, stdinIsTTY: false }],
  ['with --no-input', ' --no-input', TERMINAL],
  ['in a CI', '', { ...TERMINAL, env: { WORKTIME_PROFILE: 'sandbox', CI: 'true' } }],
  ['into a pipe', ' --json', { ...TERMINAL, stdout: {} }],
];
test.each(NOBODY)('%s nobody is asked', async (_, flag, options) => {
  for (const line of ['employees create', 'attendance clock', 'attendance clock in']) {
    const { code, stderr } = await run(`${line}${flag}`, { ...person().options, ...options, prompts: {} });
    expect(code, line).toBe(2);
    expect(stderr).toMatch(/needs/);
  }
});

test('sandbox serve asks for data and port; Ctrl-C at each leaves nothing behind', async () => {
  const leave = new InterruptedError('SIGINT');
  for (const [line, ...answers] of [
    ['sandbox serve', leave],
    ['sandbox serve', 'kept', leave],
    ['sandbox serve', 'new', leave],
    ['sandbox serve', 'new', '10', leave],
    ['sandbox serve --memory', leave],
    ['sandbox serve --port 0', leave],
  ] as const) {
    const home = temporaryFolder();
    const { asked, options } = person(...answers);
    const { code, stderr } = await run(line, { ...options, home, env: {} });
    expect([code, stderr]).toEqual([130, 'worktime: interrupted; nothing was started\n']);
    expect(asked).toHaveLength(answers.length);
    expect(
      asked.some((message) => message.startsWith('Data')),
      line,
    ).toBe(!line.includes('--memory'));
    expect(readdirSync(home)).toEqual([]);
  }
});

test('a line that is said back is taken whole by the shell that it is for', () => {
  const answers = { name: "O'Neil $x", email: 'a@b.co' };
  const on = (platform: string, argv: readonly string[]) =>
    commandLine(create, answers, { argv, runtime: { node: '20', platform } });
  expect(on('linux-x64', ['employees', 'create'])).toBe(
    "worktime employees create --name 'O'\\''Neil $x' --email a@b.co",
  );
  expect(on('win32-x64', ['employees', 'create', '--'])).toBe(
    "worktime employees create --name 'O''Neil $x' --email a@b.co --",
  );
});

test('every default that help shows is a value that its flag takes, and is given to its command', async () => {
  const plain = { now: () => 0, timeZone: async () => 'UTC', resolveAlias: (_: unknown, id: string) => id };
  for (const command of await allCommands(nouns)) {
    for (const option of command.options ?? []) {
      if (option.default === undefined) continue;
      expect(await parseValue(String(option.default), option.name, option, plain)).toEqual(option.default);
      expect(Object.values(defaultsOf(command))).toContain(option.default);
    }
  }
});

test('what waits in the state directory is unharmed by questions that were left', async () => {
  const home = temporaryFolder();
  const { options } = person('Jane', new InterruptedError('SIGINT'));
  expect(await run('employees create', { ...options, home })).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('worktime: interrupted; nothing was sent\n'),
  });
  const sure = person(new InterruptedError('SIGINT'));
  expect((await run('employees delete emp_123456', { ...sure.options, home })).stderr).toBe(
    'worktime: interrupted; nothing was changed\n',
  );
  expect(readdirSync(join(home, 'state')).filter((name) => name === 'runs')).toEqual([]);
});
