import { expect, test } from 'vitest';
import { TransportError } from '../../src/client/transport.ts';
import { InterruptedError } from '../../src/errors.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { changed, DEPARTMENTS, LOOK_OVER, person } from './asking-world.ts';

test('employees create asks for what is missing, and offers the departments that employees have', async () => {
  const { asked, options } = person(
    'Jane Smith',
    'jane@example.com',
    'dept_mkt',
    '',
    '65000.5',
    '2024-02-01',
    'yes',
  );
  const { code, stdout } = await run('employees create --json', options);
  expect(asked).toEqual([
    'Full name',
    'E-mail',
    DEPARTMENTS,
    'Position (empty: none)',
    "A year's salary (empty: not given)",
    'First working day (such as 2024-02-01, today; empty: not given)',
    `Create Jane Smith (jane@example.com; Marketing, 65,000.50 a year, from 2024-02-01) in Acme Corporation?: ${LOOK_OVER}`,
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

test('where there is nothing to choose from, an ID is asked for at once', async () => {
  const empty = changed((path) => (path.startsWith('/organization') ? undefined : []));
  const one = person('Jane', 'jane@example.com', 'dept_new', '', '', '');
  const created = await run('employees create --dry-run --json', { ...one.options, ...empty });
  expect(one.asked[2]).toBe('Department: ID, alias or name (empty: none)');
  expect(JSON.parse(created.stdout).body).toMatchObject({ department_id: 'dept_new' });
  const two = person('emp_1', 'now', '');
  const clocked = await run('attendance clock in --dry-run --json', { ...two.options, ...empty });
  expect(two.asked.at(-1)).toBe('Lock: ID, alias or name (empty: no lock)');
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

test('after a no each answer is there to be mended, and one that is emptied is not given', async () => {
  const { asked, options } = person(
    ...['Jane', 'jane@example.com', 'dept_mkt', 'Boss', '56000', '', 'change'],
    ...['Jane Smith', 'jane@example.com', 'dept_eng', '', '65000', '', 'yes'],
  );
  const { code, stdout } = await run('employees create --json', options);
  expect(asked[7]).toBe('Full name [Jane]');
  expect(asked[11]).toBe("A year's salary (empty: not given) [56000]");
  expect(asked.at(-1)).toBe(
    `Create Jane Smith (jane@example.com; Engineering, 65,000 a year) in Acme Corporation?: ${LOOK_OVER}`,
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ department_id: 'dept_eng', salary: 65000, position: '' });
});

test('nothing is sent when it is left at the last question, and none is asked of a dry run', async () => {
  const home = temporaryFolder();
  const leave = new InterruptedError('SIGINT');
  const { options } = person('Jane', 'jane@example.com', 'dept_mkt', '', '', '', leave);
  const left = await run('employees create', { ...options, home });
  expect(left.code).toBe(130);
  expect(left.stderr).toBe('worktime: interrupted; nothing was sent\n');
  expect(JSON.parse((await run('employees list --all --json', { home })).stdout)).toHaveLength(42);
});

test('whoever leaves at the last question sends nothing, and ends as after any no', async () => {
  const home = temporaryFolder();
  const { options } = person('Jane', 'jane@example.com', 'dept_mkt', '', '', '', 'leave');
  const { code, stderr } = await run('employees create', { ...options, home });
  expect(code).toBe(2);
  // What was answered is not lost.
  expect(stderr).toBe(
    'Your answers as a command:\n' +
      '  worktime employees create --name Jane --email jane@example.com --department dept_mkt\n' +
      'worktime: cancelled; nothing was sent\n',
  );
  expect(JSON.parse((await run('employees list --all --json', { home })).stdout)).toHaveLength(42);
});

test('a key that may not ask for its organization is told the host', async () => {
  const { asked, options } = person('Jane', 'jane@example.com', '', '', '', '', 'yes');
  const denied = changed((path) => {
    if (path === '/organization') return new TransportError('reset', 'unsent', { code: 'ECONNRESET' });
    return path === '/employees' ? { id: 'emp_1', name: 'Jane' } : [];
  });
  expect((await run('employees create', { ...options, ...denied })).code).toBe(0);
  expect(asked.at(-1)).toBe(
    `Create Jane (jane@example.com; no department, no salary) in api.worktime.one?: ${LOOK_OVER}`,
  );
});

test('beside a name and an e-mail the rest is asked for, and nothing where the department is given', async () => {
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
  const one = person('dept_eng', '', '70000', '');
  expect(JSON.parse((await run(line, one.options)).stdout).body).toMatchObject({
    department_id: 'dept_eng',
    salary: 70000,
  });
  expect(one.asked[0]).toBe(DEPARTMENTS);
  expect(one.asked).toHaveLength(4);
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
    'yes',
    'jane@example.com',
    'yes',
  );
  const { code, stdout, stderr } = await run('employees create --json', { ...options, home });
  expect(stderr).toContain('warning: The e-mail address is already used');
  expect(asked.at(-2)).toBe('E-mail [john@example.com]');
  expect(asked.at(-1)).toMatch(/^Create Jane \(jane@example.com; dept_mkt, Boss, no salary\) in Acme/);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ email: 'jane@example.com', position: 'Boss' });
  const { stdout: all } = await run('employees list --all --json', { home });
  expect(JSON.parse(all).filter(({ name }: { name: string }) => name === 'Jane')).toHaveLength(1);
});

test('what was typed is said back as a command line when it ends otherwise', async () => {
  const leave = new InterruptedError('SIGINT');
  const one = person("Zoë O'Neil", 'john@example.com', 'dept_mkt', '', '', '', 'yes', leave);
  const refused = await run('employees create --sandbox', one.options);
  expect(refused.code).toBe(130);
  expect(refused.stderr).toContain('worktime: interrupted; nothing was changed\n');
  expect(refused.stderr).toContain(
    `  worktime employees create --sandbox --name "Zoë O'Neil" --email john@example.com --department dept_mkt\n`,
  );
  const two = person('dept_mkt', '', '', '', 'yes');
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

test('a department of the usual sandbox is not offered where a fixture has nobody in it', async () => {
  const home = temporaryFolder();
  await run('sandbox reset --fixture january-2024', { home });
  const { asked, options } = person('Jane', 'jane@example.com', 'dept_eng', '', '', '');
  expect((await run('employees create --dry-run', { ...options, home })).code).toBe(0);
  expect(asked[2]).toMatch(/^Department: none \| Engineering \(dept_eng, eng\)/);
  expect(asked[2]).not.toContain('dept_fin');
});

test('a department that is typed may be a name, is kept for the next time, and is mended where it is refused', async () => {
  const home = temporaryFolder();
  const OTHER = ' other';
  const named = person('Jane', 'jane@example.com', OTHER, 'human resources', '', '', '');
  const { stdout } = await run('employees create --dry-run --json', { ...named.options, home });
  expect(JSON.parse(stdout).body).toMatchObject({ department_id: 'dept_hr' });

  const typed = person(
    ...['Jane', 'jane@example.com', OTHER, 'legal', '', '', '', 'change'],
    ...['Jane', 'jane@example.com', OTHER, 'legal', '', '', '', 'yes'],
    // Refused: nobody is in a department of that name.
    ...[OTHER, 'dept_fin', 'yes'],
  );
  const created = await run('employees create --json', { ...typed.options, home });
  expect(typed.asked[11]).toBe('Department: ID, alias or name (empty: none) [legal]');
  expect(created.stderr).toContain('There is no department "legal"');
  expect(typed.asked.at(-2)).toBe('Department: ID, alias or name (empty: none) [legal]');
  expect(typed.asked.at(-1)).toMatch(/^Create Jane \(jane@example.com; Finance, no salary\)/);
  expect(JSON.parse(created.stdout)).toMatchObject({ department_id: 'dept_fin' });
});
