import { describe, expect, it } from 'vitest';
import { testWorld } from './world.ts';

const world = testWorld({ employees: 60 });
const writes = () => world.server.ledger.filter(({ method }) => method !== 'GET');

describe('export and sync are each other’s mirror', () => {
  it.each(['csv', 'xlsx', 'json', 'ndjson'])('an export as %s, synced, changes nothing', async (ending) => {
    expect((await world.run(`employees export people.${ending}`)).code).toBe(0);
    const { code, stdout } = await world.run(`employees sync people.${ending} --prune --yes --json`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ total: 0, skipped: 60 });
    expect(writes()).toEqual([]);
  });

  it('a value that the API has, and would not be sent, is no fault where the file has it as well', async () => {
    const [one, other] = [...(await world.employees()).values()].map(({ id }) => String(id));
    const odd = { name: 'Bell\u0007 Ringer', position: 'First\nSecond' };
    await world.run([
      'api',
      'PUT',
      `/employees/${one}`,
      '-f',
      `name=${odd.name}`,
      '-f',
      `position=${odd.position}`,
    ]);
    const before = writes().length;
    expect((await world.employees()).values().next().value).toMatchObject(odd);
    for (const ending of ['csv', 'ndjson']) {
      await world.run(`employees export people.${ending}`);
      for (const command of ['sync', 'import --on-conflict update', 'import --on-conflict skip']) {
        const { code, stdout } = await world.run(`employees ${command} people.${ending} --yes --json`);
        expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ total: 0, skipped: 60 })]);
      }
    }
    expect(writes()).toHaveLength(before);
    // Another value beside it is sent; the same text of somebody else is a fault.
    world.write('few.csv', `id,name,salary\n${one},"${odd.name}",77\n`);
    await world.run('employees sync few.csv --yes');
    expect(writes().at(-1)).toMatchObject({ path: `/employees/${one}`, body: { salary: 77 } });
    world.write('few.csv', `id,name,salary\n${one},"${odd.name}",78\n${other},"${odd.name}",78\n`);
    const { code, stderr } = await world.run('employees sync few.csv --yes --json');
    expect(code).toBe(2);
    expect(JSON.parse(stderr).error.details).toEqual([
      `row 3, name: "${odd.name}" contains a control character`,
    ]);
  });

  /** Everybody as another API has them: `odd` are the fields of the first of them, and of the next. */
  async function recordedAs(...odd: readonly Record<string, unknown>[]) {
    const rows = [...(await world.employees()).values()].map((one, at) => ({ ...one, ...odd[at] }));
    const pagination = { page: 1, limit: 100, total: rows.length };
    world.server.intercept = (method, path) =>
      method === 'GET' && path === '/employees'
        ? { status: 200, body: { success: true, data: rows, pagination } }
        : undefined;
    return rows;
  }

  it.each(['csv', 'xlsx', 'json', 'ndjson'])(
    'what the API writes in another way than the file changes nobody: %s',
    async (ending) => {
      await recordedAs(
        { salary: '65000.00', start_date: '2024-02-01T00:00:00Z' },
        { salary: '65000' },
        { salary: 1.005, position: 'two\r\nlines' },
        { salary: 0.1 + 0.2, start_date: '01/02/2024' },
        { salary: -5, end_date: '2024-02-01T00:00:00.000Z', status: 'inactive' },
        // From the right to the left, with a hidden break, and as Excel writes a CR.
        { name: '\u200fדנה', position: 'super\u00advisor', email: 'two@example.com' },
        { name: '_x000D_', position: 'bell\u0007', email: 'two@example.com' },
        { email: null },
      );
      await world.run(`employees export people.${ending}`);
      const { code, stdout, stderr } = await world.run(`employees sync people.${ending} --yes --json`);
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('warning')]);
      expect(JSON.parse(stdout)).toMatchObject({ total: 0, skipped: 60 });
    },
  );

  it('a row that names nobody is a fault, also where the API has somebody without an address', async () => {
    await recordedAs({ email: undefined });
    world.write('people.json', '[{"name":"Intruder","salary":1}]');
    for (const command of ['sync', 'import --on-conflict update']) {
      const { code, stderr } = await world.run(`employees ${command} people.json --yes`);
      expect([code, stderr]).toEqual([2, expect.stringContaining('email: it is required')]);
    }
  });

  it('a text that may be another amount is none of the record', async () => {
    const [one] = await recordedAs({ salary: 65 });
    world.write('people.csv', `id,salary\n${one?.['id']},65.000\n`);
    const { code, stderr } = await world.run('employees sync people.csv --yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('add --decimal comma')]);
  });

  it('an address that two have stays theirs, and is given to nobody else', async () => {
    const email = 'two@example.com';
    const [other, one, third] = await recordedAs({ email }, { email });
    world.write(
      'people.csv',
      `id,email,salary\n${other?.['id']},${email},1\n${one?.['id']},${email},2\n${third?.['id']},${email},3\n`,
    );
    const { code, stderr } = await world.run('employees sync people.csv --yes --json');
    expect(code).toBe(2);
    expect(JSON.parse(stderr).error.details).toEqual([`row 4, email: "${email}" is in row 2 already`]);
  });

  it('five edited cells are five PUTs with only the changed fields', async () => {
    await world.run('employees export people.ndjson');
    const rows = world
      .read('people.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    rows[3].salary = 12_345;
    rows[7].position = 'Head of Everything';
    rows[11].name = 'Zoë Новак 李';
    rows[19].department = rows[19].department === 'Finance' ? 'Operations' : 'Finance';
    rows[23].email = 'moved@example.com';
    world.write('people.ndjson', rows.map((row) => JSON.stringify(row)).join('\n'));

    const plan = await world.run('employees sync people.ndjson --dry-run --json');
    expect(JSON.parse(plan.stdout)).toHaveLength(5);
    expect(writes()).toEqual([]);
    const { code } = await world.run('employees sync people.ndjson --yes');
    expect(code).toBe(0);
    const sent = writes().map(({ method, path, body }) => [method, path, body]);
    expect(sent).toHaveLength(5);
    expect(sent).toContainEqual(['PUT', `/employees/${rows[3].id}`, { salary: 12_345 }]);
    expect(sent).toContainEqual(['PUT', `/employees/${rows[7].id}`, { position: 'Head of Everything' }]);
    expect(sent).toContainEqual(['PUT', `/employees/${rows[11].id}`, { name: 'Zoë Новак 李' }]);
    expect(sent).toContainEqual([
      'PUT',
      `/employees/${rows[19].id}`,
      { department_id: rows[19].department === 'Finance' ? 'dept_fin' : 'dept_ops' },
    ]);
    expect(sent).toContainEqual(['PUT', `/employees/${rows[23].id}`, { email: 'moved@example.com' }]);
  });

  it('sends no last day, and says of which rows it is another', async () => {
    await world.run('employees export people.ndjson');
    const lines = world.read('people.ndjson').trimEnd().split('\n');
    const [first = ''] = lines;
    world.write(
      'people.ndjson',
      [JSON.stringify({ ...JSON.parse(first), end_date: '2024-10-01' }), ...lines.slice(1)].join('\n'),
    );
    const { code, stderr } = await world.run('employees sync people.ndjson --dry-run');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'warning: end_date cannot be set over the API, and is left as it is: row 1; who leaves is deleted, or gets the status inactive\n',
    );
    expect(writes()).toEqual([]);
  });

  it('deletes nobody without --prune, and with it only who the file does not name', async () => {
    world.write('few.csv', `email\n${[...(await world.employees()).keys()].slice(0, 58).join('\n')}\n`);
    const kept = await world.run('employees sync few.csv --yes --json');
    expect(JSON.parse(kept.stdout)).toMatchObject({ total: 0 });
    const plan = await world.run('employees sync few.csv --prune --dry-run --json');
    const deletes = JSON.parse(plan.stdout);
    expect(deletes.every(({ action }: { action: string }) => action === 'delete')).toBe(true);
    await world.run('employees sync few.csv --prune --yes');
    expect(writes().map(({ method }) => method)).toEqual(deletes.map(() => 'DELETE'));
  });

  it.each([80, 100, 200])(
    'a dry run shows old beside new in %d columns, and no e-mail in pieces',
    async (columns) => {
      const people = [...(await world.employees()).values()].filter(({ status }) => status === 'active');
      const [ann, ben, cleo] = people.map(({ email }) => String(email));
      const file = `email,salary,position,department\n${ann},99,,\n${ben},,Head of Something Quite Long,\n${cleo},,,Finance\n`;
      world.write('raise.csv', file);
      const terminal = { stdout: { columns }, stderr: { columns } };
      const { code, stdout, stderr } = await world.run('employees sync raise.csv --dry-run', terminal);
      expect(code).toBe(0);
      const [heading = '', , ...lines] = stdout.trimEnd().split('\n');
      expect(heading).toMatch(/Action +Key .*Field +From +To$/);
      expect(stderr).not.toMatch(/not shown here: .*from/);
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
      const row = lines.find((line) => line.includes('salary')) ?? '';
      expect(row).toMatch(new RegExp(`update +${ann} .*salary +${people[0]?.['salary']} +99$`));
      expect(lines.filter((line) => line.includes(`${cleo} `))).not.toEqual([]);
      if (columns > 80) expect(heading).toMatch(/^Row +Action +Key +ID /);
    },
  );

  it('a record that somebody changed between plan and write is left alone', async () => {
    const people = [...(await world.employees()).values()].filter(({ status }) => status === 'active');
    const [one] = people;
    world.write('raise.csv', `id,salary\n${one?.['id']},99\n`);
    let reads = 0;
    world.server.intercept = (method, path) => {
      if (method !== 'GET' || path !== `/employees/${one?.['id']}` || reads++ > 0) return undefined;
      return { status: 200, body: { success: true, data: { ...one, salary: 7 } } };
    };
    const { code, stderr } = await world.run('employees sync raise.csv --yes');
    expect(code).toBe(6);
    expect(writes()).toEqual([]);
    expect(stderr).toContain('the only employee was refused; nothing was changed');
  });

  it('an unknown department is a fault before anything is sent', async () => {
    const [email] = (await world.employees()).keys();
    world.write('bad.csv', `email,department\n${email},Enginering\n`);
    const { code, stderr } = await world.run('employees sync bad.csv --yes');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'row 2, department: there is no department "Enginering" that is known here; is it Engineering?',
    );
  });
});
