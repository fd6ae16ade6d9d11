import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from '../../src/cli/asking.ts';
import { defaultsOf } from '../../src/cli/input.ts';
import { parseValue } from '../../src/cli/values.ts';
import { type Transport, TransportError } from '../../src/client/transport.ts';
import { create } from '../../src/commands/employees/create.ts';
import { nouns } from '../../src/commands/index.ts';
import type { Prompts } from '../../src/context.ts';
import { InterruptedError } from '../../src/errors.ts';
import { allCommands } from '../../src/reference/tree.ts';
import { START, type TestContextOptions, temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

const TERMINAL: TestContextOptions = {
  stdinIsTTY: true,
  stdout: { columns: 80 },
  stderr: { columns: 80 },
};

/** Somebody who gives these answers in turn. What a question offered is noted beside it. */
function person(...answers: readonly unknown[]) {
  const asked: string[] = [];
  const left = [...answers];
  const answer = async (message: string): Promise<never> => {
    asked.push(message);
    if (left.length === 0) throw new Error(`nobody expected to be asked: ${message}`);
    const next = left.shift();
    if (next instanceof Error) throw next;
    return next as never;
  };
  const prompts: Partial<Prompts> = {
    input: async ({ message, default: preset, validate }) => {
      const text = String(await answer(preset === undefined ? message : `${message} [${preset}]`)).trim();
      const fault = await validate?.(text);
      if (typeof fault === 'string') throw new Error(fault);
      return text;
    },
    confirm: ({ message }) => answer(message),
    select: ({ message, choices }) => answer(`${message}: ${choices.map(({ name }) => name).join(' | ')}`),
    search: async ({ message, source }) => {
      const offered = await source('doe', new AbortController().signal);
      return answer(`${message}: ${offered.map(({ name }) => name).join(' | ')}`);
    },
  };
  return { asked, options: { ...TERMINAL, prompts } };
}

const DEPARTMENTS =
  'Department: none | Engineering (dept_eng, eng) | Finance (dept_fin, fin) | Human Resources (dept_hr, hr) | Marketing (dept_mkt, mkt) | Operations (dept_ops, ops) | another ID …';
const WHEN = 'When (such as 09:00, -15m) [now]';
const LOCKS =
  'Lock: no lock | Back Door (lock_790) | Front Door (lock_789) | Garage (lock_793) | Warehouse (lock_791) | Workshop (lock_792) | another ID …';

test('employees create asks for what is missing, and offers the departments that employees have', async () => {
  const { asked, options } = person(
    'Jane Smith',
    'jane@example.com',
    'dept_mkt',
    '',
    '65000.5',
    '2024-02-01',
  );
  const { code, stdout } = await run('employees create --json', options);
  expect(asked).toEqual([
    'Full name',
    'E-mail',
    DEPARTMENTS,
    'Position (empty: none)',
    "A year's salary (empty: none)",
    'First working day (such as 2024-02-01, today; empty: none)',
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    name: 'Jane Smith',
    department_id: 'dept_mkt',
    salary: 65000.5,
    start_date: '2024-02-01',
  });
});

test('a first working day may be a word, as --start-date takes it, and is a day of the organization', async () => {
  const day = async (answer: string) => {
    const { options } = person('Jane', 'jane@example.com', 'dept_mkt', '', '', answer);
    const { stdout, stderr } = await run('employees create --dry-run --json', options);
    return stderr.includes('calendar') ? 'none' : JSON.parse(stdout).body.start_date;
  };
  expect(await day('today')).toBe('2024-11-18');
  expect(await day('2024-12')).toBe('2024-12-01');
  expect(await day('')).toBeUndefined();
  expect(await day('2024-02-30')).toBe('none');
});

/** The sandbox's answers, but for those that `change` makes. */
function changed(change: (path: string) => object | Error | undefined): TestContextOptions {
  const transport: Transport = async ({ url }) => {
    const { pathname, search } = new URL(url);
    const data = change(`${pathname.replace('/v1', '')}${search}`) ?? {
      id: 'org_1',
      name: 'One',
      timezone: 'UTC',
    };
    if (data instanceof Error) throw data;
    return {
      status: 200,
      headers: { 'content-type': 'application/json', date: new Date(START).toUTCString() },
      body: (async function* () {
        yield Buffer.from(JSON.stringify({ success: true, data, ...('pagination' in data ? data : {}) }));
      })(),
    };
  };
  return { transport, env: { WORKTIME_API_KEY: 'wt_live_canary_0123456789' } };
}

test('where there is nothing to choose from, an ID is asked for at once', async () => {
  const empty = changed((path) => (path.startsWith('/organization') ? undefined : []));
  const one = person('Jane', 'jane@example.com', 'dept_new', '', '', '');
  const created = await run('employees create --dry-run --json', { ...one.options, ...empty });
  expect(one.asked[2]).toBe('Department: ID or alias (empty: none)');
  expect(JSON.parse(created.stdout).body).toMatchObject({ department_id: 'dept_new' });
  const two = person('emp_1', 'now', '');
  const clocked = await run('attendance clock in --dry-run --json', { ...two.options, ...empty });
  expect(two.asked.at(-1)).toBe('Lock: ID or alias (empty: no lock)');
  expect(clocked.code).toBe(0);
  expect(JSON.parse(clocked.stdout).body).not.toHaveProperty('lock_id');
});

test('what cannot be listed is said, and an ID takes its place', async () => {
  const gone = new TransportError('connection refused', 'unsent', { code: 'ECONNREFUSED' });
  const down = changed((path) => (path.startsWith('/organization') ? undefined : gone));
  const one = person('Jane', 'jane@example.com', 'dept_new', '', '', '');
  const { code, stderr } = await run('employees create --dry-run', { ...one.options, ...down });
  expect(stderr).toMatch(/warning: departments cannot be listed \([^)]*connection refused\): type an ID\n/);
  expect(code).toBe(0);
});

test('beside a name and an e-mail only the department is asked for, and nothing where that is given', async () => {
  const line = [
    'employees',
    'create',
    '--name',
    'Jane',
    '--email',
    'jane@example.com',
    '--json',
    '--dry-run',
  ];
  const one = person('dept_eng');
  expect(JSON.parse((await run(line, one.options)).stdout).body).toMatchObject({ department_id: 'dept_eng' });
  expect(one.asked).toEqual([DEPARTMENTS]);
  const none = person();
  expect((await run([...line, '--department', 'eng'], none.options)).code).toBe(0);
});

test('an answer that the API refuses is asked for again, with the others kept; nothing is written twice', async () => {
  const home = temporaryFolder();
  const { asked, options } = person(
    'Jane',
    'john@example.com',
    'dept_mkt',
    'Boss',
    '',
    '',
    'jane@example.com',
  );
  const { code, stdout, stderr } = await run('employees create --json', { ...options, home });
  expect(stderr).toContain('warning: The e-mail address is already used');
  expect(asked.at(-1)).toBe('E-mail [john@example.com]');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ email: 'jane@example.com', position: 'Boss' });
  const { stdout: all } = await run('employees list --all --json', { home });
  expect(JSON.parse(all).filter(({ name }: { name: string }) => name === 'Jane')).toHaveLength(1);
});

test('what was typed is said back as a command line when it ends otherwise', async () => {
  const leave = new InterruptedError('SIGINT');
  const one = person("Zoë O'Neil", 'john@example.com', 'dept_mkt', '', '', '', leave);
  const refused = await run('employees create --sandbox', one.options);
  expect(refused.code).toBe(130);
  expect(refused.stderr).toContain('worktime: interrupted; nothing was changed\n');
  expect(refused.stderr).toContain(
    `  worktime employees create --sandbox --name "Zoë O'Neil" --email john@example.com --department dept_mkt\n`,
  );
  const two = person('dept_mkt');
  const given = await run('employees create --name Jane --email john@example.com', two.options);
  expect(given.code).toBe(6);
  expect(given.stderr).toContain(
    '  worktime employees create --name Jane --email john@example.com --department dept_mkt\n',
  );
});

test('a salary that is too long is told the limit, another that is none how to write it', async () => {
  const said = async (salary: string) => {
    const { options } = person('Jane', 'jane@example.com', 'dept_mkt', '', salary);
    return (await run('employees create --dry-run', options)).stderr;
  };
  expect(await said('9999999999999')).toContain('at most 999999999999.99');
  expect(await said('65k')).toContain('plain digits, such as 65000');
  const flag = await run('employees create --name A --email a@example.com --salary 9999999999999 --dry-run');
  expect(flag.code).toBe(2);
  expect(flag.stderr).toContain(
    '--salary: 9999999999999 is out of range\nNext: give an amount of at most 999999999999.99\n',
  );
});

test('attendance clock that nobody can be asked about says in plain words what to add', async () => {
  const missing = await run('attendance clock --no-input');
  expect(missing.stderr).toContain(
    'Next: add in or out, and EMPLOYEE; see `worktime attendance clock --help`\n',
  );
  expect((await run('completion')).stderr).toContain('(bash, zsh, fish or powershell); see');
  const slip = await run('attendance clock inn emp_123456');
  expect([slip.code, slip.stderr]).toEqual([
    2,
    'worktime: "inn" is not one of in, out\nNext: did you mean in? Choose one of in, out\n',
  ]);
});

test('attendance clock asks in or out, who, when and where; now is the time of the answer', async () => {
  const { asked, options } = person('in', 'emp_123456', 'now', 'lock_789');
  const { code, stdout } = await run('attendance clock --dry-run --json', options);
  expect(code).toBe(0);
  expect(asked).toEqual([
    'Clock: in | out',
    'Employee (name or ID): John Doe (emp_123456) | doe, as an ID or alias',
    WHEN,
    LOCKS,
  ]);
  expect(JSON.parse(stdout).body).toEqual({
    employee_id: 'emp_123456',
    type: 'clock_in',
    timestamp: '2024-11-18T12:00:00Z',
    lock_id: 'lock_789',
  });
});

test('a forgotten badge is written at the time that was answered, as --at takes it', async () => {
  for (const [answer, timestamp] of [
    ['09:00', '2024-11-18T09:00:00Z'],
    [' -15m ', '2024-11-18T11:45:00Z'],
    ['2024-11-17T22:00:00+02:00', '2024-11-17T20:00:00Z'],
  ]) {
    const { options } = person('emp_123456', answer, ' none');
    const { stdout } = await run('attendance clock in --dry-run --json', options);
    expect(JSON.parse(stdout).body.timestamp).toBe(timestamp);
  }
  const { stderr } = await run('attendance clock in --dry-run', person('emp_123456', '25:00').options);
  expect(stderr).toContain('When: "25:00" is not a time of day');
});

test('a time is asked for only beside something else, and never where --at gives it', async () => {
  expect((await run('attendance clock in emp_123456 --dry-run', person().options)).code).toBe(0);
  const { asked, options } = person('emp_123456', ' none');
  expect((await run('attendance clock in --at 09:00 --dry-run', options)).code).toBe(0);
  expect(asked).toHaveLength(2);
});

test('a time of the future is taken with a warning, unless it is within what clocks differ by', async () => {
  const at = (time: string) => run(`attendance clock in emp_123456 --at ${time} --dry-run`);
  expect(await at('2024-11-18T12:06:00Z')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('warning: 2024-11-18T12:06:00Z lies 6 min ahead of now'),
  });
  for (const time of ['+5m', 'now', '-1h']) expect((await at(time)).stderr).not.toContain('ahead');
});

test('a refused clock tells the other way, and calls the answers what they are', async () => {
  const home = temporaryFolder();
  const one = person('emp_123456', 'now', ' none');
  expect((await run('attendance clock in', { ...one.options, home })).code).toBe(0);
  const two = person('emp_123456', 'now', ' none');
  const { code, stderr } = await run('attendance clock in --notes "at the gate"', {
    ...two.options,
    home,
    now: Date.parse('2024-11-18T12:05:00Z'),
  });
  expect(code).toBe(6);
  expect(stderr.match(/already clocked in/g)).toHaveLength(1);
  expect(stderr).toContain(
    "Your answers as a command:\n  worktime attendance clock in --notes 'at the gate' --at 2024-11-18T12:05:00Z emp_123456\n",
  );
  expect(stderr).not.toContain('The same without questions');
  expect(stderr).toContain('Next: clock the other way: `worktime attendance clock out emp_123456`, or');
});

test('what is refused is called as the person gave it: by its flag, or as its file has it', async () => {
  const home = temporaryFolder();
  const line = 'employees create --name Jane --email jane@example.com --department nodep';
  expect((await run(line, { home })).stderr).toContain('Next: correct --department and run it again');
  await run('employees delete emp_123456 --yes', { home });
  const clock = await run('attendance clock in emp_123456', { home });
  expect(clock.stderr).toContain('Next: correct EMPLOYEE and run it again');
  const data = JSON.stringify({ name: 'Jane', email: 'jane@example.com', department_id: 'nodep' });
  const piped = await run('employees create --data -', { home, stdin: data });
  expect(piped.stderr).toContain('Next: correct department_id and run it again');
});

test('a lock is shown with its alias, and one that the list lacks can be typed', async () => {
  const home = temporaryFolder();
  await run('config set alias.lock.front lock_789', { home });
  const { asked, options } = person('emp_123456', 'now', ' other', 'front');
  const { stdout } = await run('attendance clock out --dry-run --json', { ...options, home });
  expect(asked[2]).toContain('Front Door (lock_789, front)');
  expect(asked[3]).toBe('Lock: ID or alias (empty: no lock)');
  expect(JSON.parse(stdout).body.lock_id).toBe('lock_789');
});

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
