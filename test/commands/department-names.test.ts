import { describe, expect, it } from 'vitest';
import { transport } from '../../src/host/undici.ts';
import { environmentFor } from '../bulk/server.ts';
import { testWorld } from '../bulk/world.ts';
import { run } from '../support/run.ts';

const world = testWorld({ employees: 30 });

/** The command's outcome, and the requests that it made. */
async function asked(line: string | readonly string[]) {
  const before = world.server.requests.length;
  const result = await world.run(line);
  return { ...result, requests: world.server.requests.slice(before) };
}

/** The API as documented: records name a department, and tell no ID of it. `found` is who has the text as their department's ID. */
function asDocumented(found: readonly object[]) {
  const one = {
    id: 'emp_1',
    name: 'Ann',
    email: 'ann@example.com',
    department: 'Marketing',
    status: 'active',
  };
  let lists = 0;
  world.server.intercept = (method, path) => {
    if (method !== 'GET' || path !== '/employees') return undefined;
    lists += 1;
    return { status: 200, body: { success: true, data: lists % 2 === 1 ? [one] : found } };
  };
}

const NEW = 'employees create --name Jane --email jane@example.com --department';

describe('a department by its name', () => {
  it.each(['Marketing', 'marketing', ' Marketing '])(
    '%j filters as its ID does, and that is said',
    async (name) => {
      const byId = await asked('employees list --department dept_mkt --json');
      const byName = await asked(['employees', 'list', '--department', name, '--json']);
      expect(byName).toMatchObject({ code: 0, stdout: byId.stdout });
      expect(JSON.parse(byName.stdout).length).toBeGreaterThan(0);
      expect(byName.stderr).toContain(
        '--department: Marketing is dept_mkt\n'.replace('Marketing', name.trim()),
      );
    },
  );

  it('of two words, for a create, an update and an export alike', async () => {
    const created = await asked([...NEW.split(' '), 'Human Resources', '--json']);
    expect(JSON.parse(created.stdout)).toMatchObject({ department_id: 'dept_hr' });
    await asked('employees update emp_123456 --department Finance');
    expect((await asked('employees get emp_123456 --json')).stdout).toContain('"department_id":"dept_fin"');
    const { stdout } = await asked('employees export --department Finance --no-header');
    expect(stdout).toContain('emp_123456');
    expect(stdout).not.toMatch(/,dept_(?!fin)/);
  });

  it('is its ID in a dry run as well, which only reads', async () => {
    const { stdout, requests } = await asked(`${NEW} Marketing --dry-run --json`);
    expect(JSON.parse(stdout).body).toMatchObject({ department_id: 'dept_mkt' });
    expect(requests).toEqual(['GET /employees']);
  });

  it.each(['dept_mkt', 'eng', 'sales'])('costs %s, an ID or an alias, no request', async (text) => {
    // Of letters alone: an alias tells that it is an ID.
    await world.run('config set alias.department.s=sales');
    await world.run('config set alias.department.eng=dept_eng');
    expect((await asked(`${NEW} ${text} --dry-run`)).requests).toEqual([]);
    const { requests } = await asked(`employees list --department ${text} --quiet`);
    expect(requests).toEqual(['GET /employees']);
  });

  it.each([
    `${NEW} Marketing --salary abc`,
    `${NEW} Marketing --start-date 2024-13-01`,
    'employees list --department Marketing --status retired',
    'employees list --department Marketing --all --page 2',
    'employees list --department Marketing --query [',
    'employees list --department Marketing --sort name:up',
  ])('is looked for once all else is right: bad input sends nothing, in %s', async (line) => {
    const { code, requests } = await asked(line);
    expect([code, requests]).toEqual([2, []]);
  });

  it('is not looked for any further than the first who has that word as an ID', async () => {
    const one = { id: 'emp_1', name: 'Ann', department: 'Sales and more', department_id: 'sales' };
    const pagination = { page: 1, limit: 1, total: 900 };
    world.server.intercept = (_, path) =>
      path === '/employees' ? { status: 200, body: { success: true, data: [one], pagination } } : undefined;
    const { stdout, requests } = await asked(`${NEW} sales --dry-run --json`);
    expect(JSON.parse(stdout).body).toMatchObject({ department_id: 'sales' });
    // A page or two are read ahead.
    expect(requests.length).toBeLessThan(4);
  });

  it.each([
    ['R&D', 'R&D'],
    ['r&d', 'R&D'],
    ['HR/Admin', 'HR/Admin'],
    // As a keyboard of one machine writes it, and a record that another made.
    ['Cafe\u0301', 'Caf\u00e9'],
  ])('%j is one that no ID can be, or is written otherwise', async (text, department) => {
    const one = { id: 'emp_1', name: 'Ann', department, department_id: 'dept_x' };
    world.server.intercept = (_, path) =>
      path === '/employees' ? { status: 200, body: { success: true, data: [one] } } : undefined;
    const { stdout } = await asked([...NEW.split(' '), text, '--dry-run', '--json']);
    expect(JSON.parse(stdout).body).toMatchObject({ department_id: 'dept_x' });
  });

  it.each(['../x', 'a/../b', 'a/', 'a?b', '%2e'])(
    '%j is none, and refused before anything is sent',
    async (text) => {
      const { code, requests } = await asked([...NEW.split(' '), text]);
      expect([code, requests]).toEqual([2, []]);
    },
  );

  it('that nobody has is told before it is sent, with what may be meant', async () => {
    for (const [name, help] of [
      ['Marketin', 'is it Marketing?'],
      ['Legal', 'give the ID in --department, or name it: worktime config set alias.department.legal ID'],
    ]) {
      for (const more of [' --dry-run', '']) {
        const { code, stderr } = await asked(`${NEW} ${name}${more}`);
        expect(code).toBe(more === '' ? 6 : 0);
        expect(stderr).toContain(`warning: there is no department "${name}" that is known here; ${help}\n`);
      }
    }
  });

  it('that nobody has, and no ID can be, is refused with what may be meant: there is nothing left to look for', async () => {
    for (const line of [NEW, 'employees list --department']) {
      const { code, stderr, requests } = await asked([...line.split(' '), 'Human Resurces']);
      expect(code).toBe(2);
      expect(stderr).toBe(
        'worktime: --department: there is no department "Human Resurces" that is known here\nNext: is it Human Resources?\n',
      );
      expect(requests).toEqual(['GET /employees']);
    }
    expect((await asked([...NEW.split(' '), 'R&D'])).stderr).toContain('config set alias.department.r-d ID');
  });

  it('whose ID the API does not tell is refused before anything is sent, with what to give', async () => {
    asDocumented([]);
    for (const line of [
      `${NEW} Marketing`,
      `${NEW} Marketing --dry-run`,
      'employees list --department Marketing',
    ]) {
      const { code, stdout, stderr, requests } = await asked(line);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('--department: the API does not show the ID of "Marketing"\n');
      expect(stderr).toContain(
        'Next: give it in --department, or name it: worktime config set alias.department.marketing ID\n',
      );
      expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
    }
  });

  it('that the API knows as an ID is one', async () => {
    asDocumented([{ id: 'emp_1' }]);
    const { stdout } = await asked(`${NEW} Marketing --dry-run --json`);
    expect(JSON.parse(stdout).body).toMatchObject({ department_id: 'Marketing' });
  });

  it('in a dry run without a key or a network is taken for an ID, and that is said', async () => {
    const none = await run(`${NEW} Marketing --dry-run --json`, { home: world.home, env: {} });
    expect(none.code).toBe(0);
    expect(none.stderr).toContain(
      'warning: --department: "Marketing" is taken for an ID: it was not looked up',
    );
    const env = { ...environmentFor(world.server), WORKTIME_BASE_URL: 'http://127.0.0.1:9/v1' };
    const far = await run(`${NEW} Marketing --dry-run --json`, { home: world.home, env, transport });
    expect(JSON.parse(far.stdout).body).toMatchObject({ department_id: 'Marketing' });
    expect(far.stderr).toContain('it was not looked up (cannot connect to 127.0.0.1:9');
    expect((await run(`${NEW} Marketing`, { home: world.home, env, transport })).code).toBe(5);
  });
});
