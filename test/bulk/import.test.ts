import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../support/context.ts';
import { peopleFile, tallyOf, testWorld } from './world.ts';

const world = testWorld();
const posts = () => world.server.ledger.filter(({ method }) => method === 'POST');
const createdEmails = () => tallyOf(posts().map(({ body }) => String(body['email'])));

/** Exactly these people, each once. */
function expectEachOnce(count: number): void {
  const created = createdEmails();
  expect(created.size).toBe(count);
  expect([...created.values()].every((times) => times === 1)).toBe(true);
}

describe('an import sends every row once', () => {
  it('creates what the file says and says so', async () => {
    world.write('people.csv', peopleFile(5));
    const { code, stdout } = await world.run('employees import people.csv --yes --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'employees.import',
      status: 'done',
      total: 5,
      done: 5,
      refused: 0,
      unknown: 0,
      organization: 'Acme Corporation',
    });
    expectEachOnce(5);
    expect((await world.employees()).get('person3@example.com')).toMatchObject({
      name: 'Person 3',
      salary: 50_003,
    });
  });

  it('run again, it sends nothing more', async () => {
    world.write('people.csv', peopleFile(3));
    await world.run('employees import people.csv --yes');
    const { code, stderr } = await world.run('employees import people.csv --yes');
    expect(code).toBe(0);
    expect(stderr).toContain('did this already');
    expectEachOnce(3);
  });

  it('reads standard input', async () => {
    const { code } = await world.run('employees import - --yes', { stdin: peopleFile(2) });
    expect(code).toBe(0);
    expectEachOnce(2);
  });

  it('a dry run shows the plan and sends no write', async () => {
    world.write('people.csv', peopleFile(2));
    const { code, stdout, stderr } = await world.run('employees import people.csv --dry-run --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { row: 2, action: 'create', key: 'person1@example.com' },
      { row: 3 },
    ]);
    expect(stderr).toContain('2 creates');
    expect(posts()).toEqual([]);
  });

  it('off a terminal it needs --yes, and on one it names count and organization', async () => {
    world.write('people.csv', peopleFile(2));
    expect((await world.run('employees import people.csv')).code).toBe(2);
    const asked: string[] = [];
    const { code } = await world.run('employees import people.csv', {
      stdinIsTTY: true,
      stderr: { columns: 80 },
      prompts: {
        confirm: async ({ message }) => {
          asked.push(message);
          return false;
        },
      },
    });
    expect(code).toBe(2);
    expect(asked).toEqual(['Create 2 employees in Acme Corporation?']);
    expect(posts()).toEqual([]);
  });

  it('lists every fault of the file and sends no write', async () => {
    world.write(
      'bad.csv',
      'name,email,salary,shoe\nAnn,ann@example.com,lots,44\n,not-an-address,5,\nBob,ANN@example.com,1,\n',
    );
    const { code, stderr } = await world.run('employees import bad.csv --yes');
    expect(code).toBe(2);
    expect(stderr).toContain('row 2, salary: "lots" is not a number');
    expect(stderr).toContain('row 1, shoe: unknown column');
    expect(stderr).toContain('row 3, name: it is required and empty');
    expect(stderr).toContain('row 3, email: "not-an-address" is not an e-mail address');
    expect(stderr).toContain('row 4, email: "ANN@example.com" is in row 2 already');
    expect(world.server.requests).toEqual(['GET /organization', 'GET /employees']);
  });
});

describe('who is there already', () => {
  it('fails by default, before anything is sent', async () => {
    world.write('one.csv', peopleFile(2));
    await world.run('employees import one.csv --yes');
    world.write('two.csv', peopleFile(3));
    const { code, stderr } = await world.run('employees import two.csv --yes');
    expect(code).toBe(2);
    expect(stderr).toMatch(/row 2, email: "person1@example.com" exists already \(emp_\d+\)/);
    expectEachOnce(2);
  });

  it('is skipped or updated on request, with only the changed fields', async () => {
    world.write('one.csv', peopleFile(2));
    await world.run('employees import one.csv --yes');
    world.write('two.csv', peopleFile(3).replace('50001', '99999'));
    const skipped = await world.run('employees import two.csv --on-conflict skip --yes --json');
    expect(JSON.parse(skipped.stdout)).toMatchObject({ done: 1, skipped: 2 });
    const updated = await world.run('employees import two.csv --on-conflict update --yes --json');
    expect(JSON.parse(updated.stdout)).toMatchObject({ done: 1, skipped: 2 });
    const puts = world.server.ledger.filter(({ method }) => method === 'PUT');
    expect(puts.map(({ body }) => body)).toEqual([{ salary: 99_999 }]);
  });
});

describe('when answers are lost', () => {
  it('rows that were applied are found, rows that were not are sent again', async () => {
    const random = seededRandom(7);
    world.server.fate = (method) => {
      if (method !== 'POST') return 'answer';
      const dice = random();
      return dice < 0.3 ? 'drop' : dice < 0.45 ? 'reset' : 'answer';
    };
    world.write('people.csv', peopleFile(300));
    const { code, stdout } = await world.run('employees import people.csv --yes --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'done', done: 300 });
    expectEachOnce(300);
  });

  it('a network that is down stops it, and the same command goes on', async () => {
    world.write('people.csv', peopleFile(40));
    let sent = 0;
    world.server.fate = (method) => (method === 'POST' && ++sent > 20 ? 'reset' : 'answer');
    const first = await world.run('employees import people.csv --yes --concurrency 4');
    expect(first.code).toBe(5);
    expect(first.stderr).toContain('run the same command again');
    // What was looked up and not found is no longer unclear, and nothing goes on behind the end.
    expect(first.stderr).toContain('stopped: of 40 employees 20 are done, 20 are left;');
    world.server.fate = () => 'answer';
    const second = await world.run('employees import people.csv --yes --json');
    expect(second.code).toBe(0);
    expect(second.stderr).toContain('going on with run');
    expect(JSON.parse(second.stdout)).toMatchObject({ status: 'done', done: 40 });
    expectEachOnce(40);
  });

  it('what nobody can decide is unknown, exit 8, and the run says what to do', async () => {
    world.write('people.csv', peopleFile(3));
    world.server.intercept = (method, path) => {
      // Somebody else's record under the same address.
      if (method !== 'GET' || path !== '/employees' || posts().length === 0) return undefined;
      const data = [{ id: 'emp_9', name: 'Somebody', email: 'person2@example.com', status: 'active' }];
      return { status: 200, body: { success: true, data, pagination: { page: 1, limit: 100, total: 1 } } };
    };
    let resets = 0;
    world.server.fate = (method) => (method === 'POST' && resets++ === 1 ? 'reset' : 'answer');
    const { code, stderr } = await world.run('employees import people.csv --yes --concurrency 1');
    expect(code).toBe(8);
    expect(stderr).toContain('Applied: unknown');
    const shown = await world.run('runs show last --json');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      status: 'unknown',
      rows: [{ key: 'person2@example.com', state: 'unknown', next: expect.stringContaining('look it up') }],
    });
  });
});

describe('when the API refuses', () => {
  it('the file of refused rows has nothing that a spreadsheet would run, and imports what was meant', async () => {
    const line = `"'=HYPERLINK(""http://evil"";""x"")",q@example.com,dept_nowhere,'+Lead,5,2024-02-01\r\n`;
    world.write('people.csv', `name,email,department_id,position,salary,start_date\r\n${line}`);
    expect((await world.run('employees import people.csv --yes')).code).toBe(6);
    const refused = world.read('people.refused.csv');
    expect(refused).toContain(line.trimEnd());
    world.write('people.refused.csv', refused.replace('dept_nowhere', 'dept_ops'));
    expect((await world.run('employees import people.refused.csv --yes')).code).toBe(0);
    expect((await world.employees()).get('q@example.com')).toMatchObject({
      name: '=HYPERLINK("http://evil";"x")',
      position: '+Lead',
    });
  });

  it('the other rows finish, exit 3, and the refused ones are a file to be mended and run', async () => {
    world.write(
      'people.csv',
      peopleFile(4).replace('dept_eng,Engineer,50002', 'dept_nowhere,Engineer,50002'),
    );
    const { code, stdout, stderr } = await world.run('employees import people.csv --yes --json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'partial',
      done: 3,
      refused: 1,
      refused_file: join(world.home, 'people.refused.csv'),
    });
    expect(stderr).toContain('people.refused.csv');
    const refused = world.read('people.refused.csv');
    expect(refused).toMatch(/^name,email,department_id,position,salary,start_date,reason\r\n/);
    expect(refused).toContain('There is no department');
    world.write('people.refused.csv', refused.replace('dept_nowhere', 'dept_ops'));
    expect((await world.run('employees import people.refused.csv --yes')).code).toBe(0);
    expectEachOnce(4);
  });

  it('a rejected key stops it cleanly, and the same command goes on', async () => {
    world.write('people.csv', peopleFile(20));
    world.server.intercept = (method) =>
      method === 'POST' && posts().length >= 8
        ? {
            status: 401,
            body: { success: false, error: { code: 'unauthorized', message: 'Invalid API key' } },
          }
        : undefined;
    const first = await world.run('employees import people.csv --yes --concurrency 2');
    expect(first.code).toBe(4);
    world.server.intercept = undefined;
    const second = await world.run('employees import people.csv --yes --json');
    expect(second.code).toBe(0);
    expectEachOnce(20);
  });

  it('a rate limit beyond --max-wait stops it with the time to come back', async () => {
    world.write('people.csv', peopleFile(10));
    world.server.intercept = (method) =>
      method === 'POST' && posts().length >= 4
        ? {
            status: 429,
            body: { success: false, error: { code: 'rate_limited', message: 'Too many requests' } },
          }
        : undefined;
    const first = await world.run('employees import people.csv --yes --max-wait 0');
    expect(first.code).toBe(7);
    expect(first.stderr).toContain('runs resume');
    world.server.intercept = undefined;
    const second = await world.run('runs resume last --json');
    expect(second.code).toBe(0);
    expectEachOnce(10);
  });
});

describe('one at a time', () => {
  it('a second import of the same organization refuses and names the first', async () => {
    world.write('one.csv', peopleFile(30));
    world.write('two.csv', peopleFile(2, 100));
    let second: Promise<Awaited<ReturnType<typeof world.run>>> | undefined;
    world.server.fate = (method) => {
      if (method === 'POST') second ??= world.run('employees import two.csv --yes');
      return 'answer';
    };
    const first = await world.run('employees import one.csv --yes --concurrency 1');
    const refused = await second;
    expect(first.code).toBe(0);
    expect(refused?.code).toBe(9);
    expect(refused?.stderr).toContain('employees import of one.csv');
    expectEachOnce(30);
  });

  it('leaves journals that nobody else can read', async () => {
    world.write('people.csv', peopleFile(1));
    await world.run('employees import people.csv --yes');
    const { statSync } = await import('node:fs');
    const runs = join(world.home, 'state', 'runs');
    const [id = ''] = readdirSync(runs);
    expect(statSync(join(runs, id)).mode & 0o777).toBe(0o700);
    expect(statSync(join(runs, id, 'journal.log')).mode & 0o777).toBe(0o600);
  });
});
