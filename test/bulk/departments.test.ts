import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Employee } from '../../src/api/employees.ts';
import { departmentsOf } from '../../src/bulk/departments.ts';
import type { Calls } from '../../src/bulk/existing.ts';
import type { Session } from '../../src/session.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { testWorld } from './world.ts';

const world = testWorld({ employees: 40 });

/** A file of new people, each with a department in the column that is named. */
function newPeople(column: string, ...departments: string[]): string {
  const rows = departments.map((department, i) => `New ${i},new${i}@example.com,1,${department}`);
  return `name,email,salary,${column}\n${rows.join('\n')}\n`;
}

const gets = () => world.server.requests.filter((request) => request.startsWith('GET'));

describe('departments that nobody has', () => {
  it('are named with their rows and what may have been meant, in a dry run, for no request more', async () => {
    world.write('people.csv', newPeople('department_id', 'dept_egn', 'dept_ops', 'dept_egn', 'dept_nowhere'));
    const { code, stdout, stderr } = await world.run('employees import people.csv --dry-run --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(4);
    expect(stderr).toBe(
      [
        'warning: rows 2, 4, department_id: nobody is in "dept_egn" yet; is it dept_eng (Engineering)?',
        'warning: row 5, department_id: nobody is in "dept_nowhere" yet; known are dept_eng (Engineering), dept_fin (Finance), dept_hr (Human Resources), dept_mkt (Marketing), dept_ops (Operations)',
        '4 creates; nothing was changed\n',
      ].join('\n'),
    );
    expect(world.server.requests).toEqual(['GET /organization', 'GET /employees']);
  });

  it('are told before the first write, and before the question', async () => {
    world.write('people.csv', newPeople('department_id', 'dept_egn'));
    const asked: string[] = [];
    const { code, stderr } = await world.run('employees import people.csv', {
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
    expect(asked).toHaveLength(1);
    expect(stderr).toMatch(/nobody is in "dept_egn" yet[\s\S]*cancelled/);
    expect(world.server.ledger).toEqual([]);
  });

  it('may be a name where the ID belongs', async () => {
    world.write('people.csv', newPeople('department_id', 'Enginering', 'engine'));
    const { stderr } = await world.run('employees import people.csv --dry-run');
    expect(stderr).toContain('nobody is in "Enginering" yet; is it dept_eng (Engineering)?');
    expect(stderr).toContain('nobody is in "engine" yet; is it dept_eng (Engineering)?');
  });

  it('are taken as they are where an alias stands for them', async () => {
    await world.run('config set alias.department.legal dept_legal');
    world.write('people.csv', newPeople('department_id', 'legal', 'dept_legal'));
    const { stderr } = await world.run('employees import people.csv --dry-run');
    expect(stderr).toBe('2 creates; nothing was changed\n');
  });

  it('by name are faults, each with the nearest name, or with how to name a new one', async () => {
    world.write('people.csv', newPeople('department', 'Enginering', 'engineering', 'Legal'));
    const { code, stderr } = await world.run('employees import people.csv --dry-run');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'row 2, department: there is no department "Enginering" that is known here; is it Engineering?\n',
    );
    expect(stderr).toContain(
      'row 4, department: there is no department "Legal" that is known here; give the ID',
    );
    expect(stderr).toContain('alias.department.legal ID');
    expect(stderr).not.toContain('row 3');
  });

  it('count by their ID where a new row has a name that is not known yet, and one that is another is a fault', async () => {
    world.write(
      'people.csv',
      'name,email,department,department_id\nA,a@x.com,Legal,dept_legal\nB,b@x.com,Finance,dept_eng\nC,c@x.com,Legal,dept_eng\n',
    );
    const { stderr } = await world.run('employees import people.csv --dry-run');
    expect(stderr).toContain('row 3, department: "Finance" and department_id "dept_eng" are not the same');
    expect(stderr).toContain('row 4, department: there is no department "Legal"');
    expect(stderr).not.toContain('row 2, department:');
  });
});

describe('where records show departments by name alone, as the reference has them', () => {
  const people = [{ id: 'emp_1', email: 'a@x.com', department: 'Engineering' }] as unknown as Employee[];

  /** An API that knows of some IDs whether somebody is there, and refuses others. */
  function api(answers: Record<string, readonly unknown[] | 'refused'>) {
    const asked: string[] = [];
    const call = async (_: unknown, { department }: { department: string }) => {
      asked.push(department);
      const found = answers[department] ?? [];
      if (found === 'refused') {
        const { RefusedError } = await import('../../src/errors.ts');
        throw new RefusedError('no such department', { status: 400 });
      }
      return { data: found };
    };
    const calls = { client: { call }, signal: new AbortController().signal } as unknown as Calls;
    const session = {
      resolveAlias: (_: string, text: string) => text,
      settings: { aliases: { department: {}, employee: {}, lock: {} } },
    } as unknown as Session;
    return { asked, departments: (list = people) => departmentsOf(session, calls, list) };
  }

  it('the API is asked about each ID once', async () => {
    const { asked, departments } = api({ dept_eng: [people[0]], dept_x: 'refused' });
    const known = departments();
    expect(await known.look(['dept_eng', 'dept_new', 'dept_x'])).toEqual({
      empty: ['dept_new'],
      absent: ['dept_x'],
      unasked: [],
    });
    expect(await known.nameOf('dept_eng')).toBe('Engineering');
    expect(asked).toEqual(['dept_eng', 'dept_new', 'dept_x']);
  });

  it('about ten IDs at most; the others are said not to be checked', async () => {
    const { asked, departments } = api({});
    const ids = Array.from({ length: 12 }, (_, i) => `dept_${i}`);
    const { empty, unasked } = await departments().look(ids);
    expect([empty.length, unasked]).toEqual([10, ['dept_10', 'dept_11']]);
    expect(asked).toHaveLength(10);
  });

  it('about none where there is nobody yet', async () => {
    const { asked, departments } = api({});
    expect(await departments([]).look(['dept_eng'])).toEqual({
      empty: [],
      absent: [],
      unasked: ['dept_eng'],
    });
    expect(asked).toEqual([]);
  });

  it('a name has no ID, and that is said', () => {
    const { departments } = api({});
    expect(departments().idOf('Engineering')).toBeUndefined();
    expect(departments().about('engineering')).toMatch(
      /^the API does not show the ID of "engineering"; give it/,
    );
  });
});

describe('without a key or a network', () => {
  const home = temporaryFolder();
  const file = (content: string) => writeFileSync(join(home, 'people.csv'), content);
  const line = 'employees import people.csv --dry-run --json';

  it('a dry run tells what the file itself says, and what could not be checked', async () => {
    file(newPeople('department', 'Enginering'));
    const { code, stdout, stderr } = await run(line, { home, env: {} });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        row: 2,
        action: 'create',
        to: { name: 'New 0', email: 'new0@example.com', department: 'Enginering', salary: 1 },
      }),
    ]);
    expect(stderr).toBe(
      'warning: not checked: which departments there are, and who is there already (there is no API key yet)\n1 create; nothing was changed\n',
    );
  });

  it('the same where nobody answers', async () => {
    file(newPeople('department_id', 'dept_eng'));
    await world.server.close();
    const { code, stdout, stderr } = await world.run(
      `employees import ${join(home, 'people.csv')} --dry-run --json`,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect(stderr).toMatch(/warning: not checked: .*connection refused/);
  });

  it('faults of the file are told all the same', async () => {
    file('name,email,salary\nAnn,ann@example.com,lots\n');
    const { code, stderr } = await run('employees import people.csv --yes', { home, env: {} });
    expect(code).toBe(2);
    expect(stderr).toContain('warning: not checked: which departments there are');
    expect(stderr).toContain('row 2, salary: "lots" is not a number');
  });

  it('what is not a dry run, and a sync, which is a comparison, fail for want of a key', async () => {
    file(newPeople('department_id', 'dept_eng'));
    expect((await run('employees import people.csv --yes', { home, env: {} })).code).toBe(4);
    expect((await run('employees sync people.csv --dry-run', { home, env: {} })).code).toBe(4);
  });

  it('punches are shown as well, times without an offset as UTC', async () => {
    file('employee,type,time\nemp_1,in,2023-12-02 09:00\n');
    const { code, stdout, stderr } = await run('attendance import people.csv --dry-run --json', {
      home,
      env: {},
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ key: 'emp_1 clock_in 2023-12-02T09:00:00Z' }]);
    expect(stderr).toContain('not checked: which punches are recorded already');
    expect(stderr).toContain('times without an offset are taken as UTC');
  });
});

it('asks the API no more for it than the plan does anyway', async () => {
  world.write('people.csv', newPeople('department_id', 'dept_egn', 'dept_eng'));
  await world.run('employees import people.csv --yes');
  expect(gets()).toEqual(['GET /organization', 'GET /employees']);
});
