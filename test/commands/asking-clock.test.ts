import { expect, test } from 'vitest';
import type { Prompts } from '../../src/context.ts';
import { InterruptedError, RefusedError } from '../../src/errors.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { changed, LOCKS, LOOK_OVER, person, TERMINAL, WHEN } from './asking-world.ts';

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
  expect((await at('"tomorrow 08:00"')).stderr).toContain(
    'warning: 2024-11-19T08:00:00Z lies 20 h ahead of now\n',
  );
  expect(await at('"tomorrow 17:30"')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('29 h 30 min ahead'),
  });
  expect((await at('"yesterday 17:30"')).stdout).toContain('2024-11-17T17:30:00Z');
});

test('a time that cannot be meant is not sent, for nobody can take a punch back; one that may be a slip is asked about', async () => {
  const far = await run('attendance clock in emp_123456 --at 2036-01-05T09:00:00Z');
  expect([far.code, far.stdout]).toEqual([2, '']);
  expect(far.stderr).toMatch(
    /--at: 2036-01-05T09:00:00Z lies \d+ d .*ahead of now\nNext: give a time of today/,
  );
  const line = 'attendance clock in emp_123456 --at 2016-01-05T09:00:00Z --dry-run';
  expect((await run(line)).stderr).toContain('warning: 2016-01-05T09:00:00Z lies more than a year back\n');
  const asked: string[] = [];
  const { options } = person();
  const confirm = async ({ message }: { message: string }) => {
    asked.push(message);
    return false;
  };
  for (const at of ['2016-01-05T09:00:00Z', 'tomorrow 00:00']) {
    const typed = `attendance clock in emp_123456 --at "${at}"`;
    const { code, stderr } = await run(typed, { ...options, prompts: { ...options.prompts, confirm } });
    expect([code, stderr]).toEqual([2, 'worktime: cancelled; nothing was sent\n']);
  }
  expect(asked).toEqual([
    '2016-01-05T09:00:00Z lies more than a year back: record it?',
    '2024-11-19T00:00:00Z lies 12 h ahead of now: record it?',
  ]);
});

test('a refused clock tells the other way, and calls the answers what they are', async () => {
  const home = temporaryFolder();
  const one = person('emp_123456', 'now', ' none', 'yes');
  expect((await run('attendance clock in', { ...one.options, home })).code).toBe(0);
  const two = person('emp_123456', 'now', ' none', 'yes');
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
  expect((await run(line, { home })).stderr).toContain(
    'Next: correct --department: find the ID with `worktime',
  );
  const id = await run(line.replace('nodep', 'dept_9'), { home });
  expect(id.stderr).toContain('Next: correct --department and run it again');
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
  expect(asked[3]).toBe('Lock: ID, alias or name (empty: no lock)');
  expect(JSON.parse(stdout).body.lock_id).toBe('lock_789');
});

test('people of one name are told apart by their departments', async () => {
  const offered: string[] = [];
  const search = async ({ source }: Parameters<Prompts['search']>[0]): Promise<never> => {
    for (const term of ['james walker', 'doe']) {
      offered.push(...(await source(term, new AbortController().signal)).map(({ name }) => name));
    }
    throw new InterruptedError('SIGINT');
  };
  await run('attendance clock in', { ...TERMINAL, prompts: { search } });
  expect(offered).toEqual([
    expect.stringMatching(/^James Walker \(emp_123470\), \p{L}+/u),
    expect.stringMatching(/^James Walker \(emp_123486\), \p{L}+/u),
    'John Doe (emp_123456)',
    'doe, as an ID or alias',
  ]);
});

test('a day alone is no time of a punch, and a word for none is told how a time is written', async () => {
  const said = async (time: string) => {
    const { code, stderr } = await run(`attendance clock in emp_123456 --at ${time} --dry-run`);
    expect(code).toBe(2);
    return stderr;
  };
  const next = 'Next: write a time as 2024-11-18T09:00:00Z, 09:00, "yesterday 17:30", now or -15m\n';
  for (const day of ['today', 'yesterday', '2024-11-18', '2024-11', 'last-week']) {
    expect(await said(day)).toBe(`worktime: --at: "${day}" is not a time of day\n${next}`);
  }
  expect(await said('noon')).toBe(`worktime: --at: "noon" is not a time\n${next}`);
  // Where a time begins something, a day begins it too.
  const since = 'attendance list --follow --since yesterday --until now --poll 1s --json';
  expect((await run(since)).stderr).not.toContain('not a time');
});

test('a punch that was asked for is looked over in the zone of the organization, for none can be taken back', async () => {
  const home = temporaryFolder();
  await run('sandbox reset --timezone Europe/Berlin', { home });
  const { asked, options } = person(
    ...['in', 'emp_123456', '09:00', ' none', 'change'],
    ...['in', 'emp_123457', 'yesterday 17:30', 'lock_789', 'yes'],
  );
  const { code, stdout } = await run('attendance clock --json', { ...options, home });
  expect(asked[4]).toBe(`Clock in John Doe (emp_123456) at 2024-11-18 09:00, Europe/Berlin?: ${LOOK_OVER}`);
  expect(asked[7]).toBe('When (such as 09:00, -15m) [2024-11-18T08:00:00Z]');
  expect(asked[9]).toBe(
    `Clock in Emma O'Brien (emp_123457) at 2024-11-17 17:30, Europe/Berlin?: ${LOOK_OVER}`,
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ clock_in: '2024-11-17T16:30:00Z', lock_id: 'lock_789' });
});

test('a punch at a time that was given is looked over in UTC where the zone cannot be had, and can be sent', async () => {
  const john = { id: 'emp_1', name: 'John Doe', status: 'active' };
  const world = changed((path) => {
    if (path === '/organization') return new RefusedError('it has none', { status: 404 });
    return path.startsWith('/employees') ? [john] : path === '/locks' ? [] : undefined;
  });
  const { asked, options } = person('emp_1', '', 'leave');
  const { code, stderr } = await run('attendance clock in --at 2024-11-18T09:00:00Z', {
    ...options,
    ...world,
  });
  expect(asked.at(-1)).toBe(`Clock in John Doe (emp_1) at 2024-11-18 09:00, UTC?: ${LOOK_OVER}`);
  expect([code, stderr]).toEqual([2, expect.stringContaining('cancelled; nothing was sent')]);
});

test('whoever leaves at the last question has sent no punch', async () => {
  const home = temporaryFolder();
  const { options } = person('emp_123456', 'now', ' none', 'leave');
  const { code, stderr } = await run('attendance clock in', { ...options, home });
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^Your answers as a command:\n {2}worktime attendance clock in --at \S+ emp_123456\n/,
  );
  expect(stderr).toContain('\nworktime: cancelled; nothing was sent\n');
  const day = 'attendance list --employee emp_123456 --from today --to today --json';
  expect((await run(day, { home })).stdout).toBe('[]\n');
});

test('an ID that is nobody is told at once, and who it is is asked for again', async () => {
  const { asked, options } = person('dvor', 'emp_123456', 'now', ' none');
  const { code, stderr } = await run('attendance clock in --dry-run', options);
  expect(code).toBe(0);
  expect(stderr).toContain('warning: There is no employee "dvor"');
  expect(asked.filter((question) => question.startsWith('Employee'))).toHaveLength(2);
});

test('a name is found by who types it without its accents', async () => {
  const offers: string[] = [];
  const { options } = person('now', ' none');
  const search: Prompts['search'] = async ({ source }) => {
    const found = await source('dvorak', new AbortController().signal);
    offers.push(...found.map(({ name }) => name));
    return found[0]?.value as never;
  };
  await run('attendance clock in --dry-run', { ...options, prompts: { ...options.prompts, search } });
  expect(offers[0]).toMatch(/ Dvořák \(emp_/);
});

test('a day with both punches is not sent round in a circle', async () => {
  const home = temporaryFolder();
  const clock = (line: string) => run(`attendance clock ${line}`, { home });
  await clock('in emp_123456 --at 09:00');
  const again = await clock('in emp_123456 --at 10:00');
  expect(again.stderr).toContain('Next: clock the other way: `worktime attendance clock out emp_123456`');
  await clock('out emp_123456 --at 11:00');
  for (const line of ['in emp_123456 --at 11:30', 'out emp_123456 --at 11:45']) {
    const { code, stderr } = await clock(line);
    expect(code).toBe(6);
    expect(stderr).toContain('that day has a clock-in and a clock-out: correct them in the web account');
    expect(stderr).not.toContain('the other way');
  }
});
