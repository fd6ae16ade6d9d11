import { describe, expect, it } from 'vitest';
import { peopleFile, testWorld } from './world.ts';

const world = testWorld({ employees: 12 });

/** What Excel saves in much of Europe: semicolons, CRLF, commas for cents, days first, empty rows at the end. */
const EXCEL = [
  'Full Name;E-Mail;Department;Position;Salary;Start Date',
  'Zoë Müller;zoe@example.com;Engineering;"Leiterin ""Vertrieb""";65.000,50;01.02.2024',
  'Jörg Weiß;joerg@example.com;Marketing;Koch;72000;15.03.2024',
  ';;;;;',
  ';;;;;',
  '',
].join('\r\n');

describe('a CSV as Excel writes it', () => {
  it('is read with the flags that the faults name', async () => {
    world.write('people.csv', Buffer.from(EXCEL, 'latin1'));
    const encoded = await world.run('employees import people.csv --dry-run');
    expect([encoded.code, encoded.stderr]).toEqual([2, expect.stringContaining('--encoding windows-1252')]);

    const flags = '--encoding windows-1252';
    const written = await world.run(`employees import people.csv --dry-run ${flags}`);
    expect(written.code).toBe(2);
    expect(written.stderr).toContain('Next: add --decimal comma, --dates dmy and run it again\n');

    const line = `employees import people.csv ${flags} --decimal comma --dates dmy`;
    const plan = await world.run(`${line} --dry-run --json`);
    expect(JSON.parse(plan.stdout).map(({ to }: { to: unknown }) => to)).toEqual([
      {
        name: 'Zoë Müller',
        email: 'zoe@example.com',
        department_id: 'dept_eng',
        position: 'Leiterin "Vertrieb"',
        salary: 65_000.5,
        start_date: '2024-02-01',
      },
      expect.objectContaining({ salary: 72_000, start_date: '2024-03-15' }),
    ]);
    expect((await world.run(`${line} --yes`)).code).toBe(0);
    expect((await world.employees()).get('zoe@example.com')).toMatchObject({
      name: 'Zoë Müller',
      salary: 65_000.5,
    });
  });

  it('has its faults of form and of content told in one go, in the order of the rows', async () => {
    world.write(
      'people.csv',
      [
        'name;email;department;salary;shoe',
        'John;john@example.com;Enginering;lots;44',
        'Ann;not-an-address;Marketing;1;',
        'Bob;bob@example.com;Legal;65,5;',
      ].join('\n'),
    );
    const { code, stderr } = await world.run('employees import people.csv --yes');
    expect(code).toBe(2);
    expect(stderr.split('\n').slice(1, 8)).toEqual([
      expect.stringContaining('row 1, shoe: unknown column; the fields are'),
      '  row 2, salary: "lots" is not a number',
      expect.stringContaining('  row 2, email: "john@example.com" exists already (emp_123456)'),
      expect.stringContaining('  row 2, department: there is no department "Enginering"'),
      '  row 3, email: "not-an-address" is not an e-mail address',
      expect.stringContaining('  row 4, salary: "65,5" is not a number in plain digits'),
      expect.stringContaining('  row 4, department: there is no department "Legal"'),
    ]);
    expect(stderr).toContain(
      'Next: add --ignore-unknown or --map "shoe=FIELD", --decimal comma, --on-conflict skip or update, mend the other rows, and run it again\n',
    );
    expect(world.server.ledger).toEqual([]);
  });

  it('whose look at the organization fails midway still has its own faults told', async () => {
    world.server.intercept = (_, path) =>
      path === '/employees' ? { status: 401, body: { success: false, error: { message: 'no' } } } : undefined;
    world.write('people.csv', 'name,email\nAnn,nowhere\n');
    const { code, stderr } = await world.run('employees import people.csv --yes');
    expect(code).toBe(2);
    expect(stderr).toContain('warning: not checked: which departments there are');
    expect(stderr).toContain('row 2, email: "nowhere" is not an e-mail address');
  });
});

describe('punches with faults', () => {
  it('are looked up as far as they are whole', async () => {
    world.write('punches.csv', 'employee,type,time\nemp_123456,in,2023-12-02T09:00:00Z\n');
    await world.run('attendance import punches.csv --yes');
    world.write(
      'punches.csv',
      'employee,type,time\nemp_123456,in,2023-12-02T09:00:00Z\nemp_123457,in,soon\n,out,31.12.2023 17:00\n',
    );
    const { code, stderr } = await world.run('attendance import punches.csv --yes --timezone UTC');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'row 2, timestamp: clock_in of emp_123456 at 2023-12-02T09:00:00Z is recorded already',
    );
    expect(stderr).toContain('row 3, timestamp: "soon" is not a time');
    expect(stderr).toContain('row 4, employee_id: it is required and empty');
    expect(stderr).toContain(
      'Next: add --dates dmy, --on-conflict skip, mend the other rows, and run it again',
    );
  });
});

describe('runs, as a person meets them', () => {
  const terminal = { stdout: { columns: 80 }, stderr: { columns: 80 } };

  it('the list names the file of each in 80 columns', async () => {
    world.write('a file with quite a long name.csv', peopleFile(1));
    await world.run(['employees', 'import', 'a file with quite a long name.csv', '--yes']);
    world.write('people.csv', peopleFile(2, 10));
    await world.run('employees import people.csv --yes');
    const { stdout } = await world.run('runs list', terminal);
    expect(stdout).toContain('people.csv');
    expect(stdout).toContain('a file with quite');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('and what was refused, but no column that says nothing', async () => {
    world.write('a file with quite a long name.csv', peopleFile(2).replace('dept_eng', 'dept_x'));
    await world.run(['employees', 'import', 'a file with quite a long name.csv', '--yes']);
    const { stdout } = await world.run('runs list', terminal);
    expect(stdout).toMatch(/^ID +Kind +Status +File +Refused\n/);
    const wide = await world.run('runs list', { ...terminal, stdout: { columns: 160 } });
    expect(wide.stdout).toMatch(/^ID +Kind +Started +Status +File +Total +Done +Refused +Organization\n/);
  });

  it('the same file in a dry run has nothing left to do', async () => {
    world.write('people.csv', peopleFile(1));
    await world.run('employees import people.csv --yes');
    const again = await world.run('employees import people.csv --dry-run --json');
    expect([again.code, JSON.parse(again.stdout)]).toEqual([0, []]);
    expect(again.stderr).toContain('did this already');
  });

  it('an undo names the rows as the file has them', async () => {
    world.write('people.csv', peopleFile(3));
    await world.run('employees import people.csv --yes');
    const plan = await world.run('runs undo last --dry-run --json');
    expect(JSON.parse(plan.stdout).map(({ row, key }: Record<string, unknown>) => [row, key])).toEqual([
      [4, 'person3@example.com'],
      [3, 'person2@example.com'],
      [2, 'person1@example.com'],
    ]);
  });

  it('after an undo the same file is told that update brings the deleted back', async () => {
    world.write('people.csv', peopleFile(1));
    await world.run('employees import people.csv --yes');
    await world.run('runs undo last --yes');
    const { stderr } = await world.run('employees import people.csv --yes');
    expect(stderr).toMatch(
      /row 2, email: "person1@example.com" belongs to emp_\d+, who was deleted \(update brings/,
    );
    expect(stderr).toContain('Next: add --on-conflict skip or update and run it again\n');
  });

  it('the last is the newest of all: to go on with an older one, it is named', async () => {
    world.write('people.csv', peopleFile(2).replace('dept_eng', 'dept_x'));
    await world.run('employees import people.csv --yes');
    await world.run('employees create --name Solo --email solo@example.com');
    const [solo, imported] = JSON.parse((await world.run('runs list --json')).stdout);
    expect(JSON.parse((await world.run('runs show last --json')).stdout).id).toBe(solo.id);
    const last = await world.run('runs resume last');
    expect(last.code).toBe(2);
    expect(last.stderr).toContain(
      `run ${solo.id} (employees create of solo@example.com) is done: there is nothing left`,
    );
    expect(last.stderr).toContain('Next: name a run: `worktime runs list` shows them');
    const { code, stderr } = await world.run(`runs resume ${imported.id}`);
    expect([code, stderr]).toEqual([3, expect.stringContaining('1 of 2 employees was refused')]);
  });

  it('and where nothing is left, it is said of which run', async () => {
    world.write('people.csv', peopleFile(1));
    await world.run('employees import people.csv --yes');
    const { code, stderr } = await world.run('runs resume last');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/run \S+ \(employees import of people\.csv\) is done: there is nothing left/),
    ]);
  });

  it('of another organization of the same name are told apart by address, with the flag that leads there', async () => {
    const sandbox = { env: { WORKTIME_PROFILE: 'sandbox' } };
    await world.run('employees create --name Ann --email ann@example.com', sandbox);
    world.write('people.csv', peopleFile(1));
    await world.run('employees import people.csv --yes');
    const listed = await world.run('runs list --json');
    const [here, there] = JSON.parse(listed.stdout);
    expect([here, there]).toMatchObject([
      { organization: 'Acme Corporation', base_url: world.server.url },
      { organization: 'Acme Corporation', base_url: 'https://sandbox.worktime.invalid/v1' },
    ]);
    expect(listed.stderr).toContain(
      'runs of several organizations: --fields id,kind,status,organization,base_url',
    );
    const other = await world.run(`runs undo ${here.id} --yes`, sandbox);
    expect(other.code).toBe(9);
    expect(other.stderr).toContain(`the run: Acme Corporation at ${world.server.url}\n`);
    expect(other.stderr).toContain(
      'this key: Acme Corporation at https://sandbox.worktime.invalid/v1, profile sandbox\n',
    );
    // A single write, too.
    const undo = await world.run(`runs undo ${there.id} --yes`);
    expect([undo.code, undo.stderr]).toEqual([9, expect.stringContaining('Next: add --sandbox\n')]);
  });

  it('where there is no run yet, that is said', async () => {
    const { code, stderr } = await world.run('runs undo last --yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no run yet')]);
  });
});
