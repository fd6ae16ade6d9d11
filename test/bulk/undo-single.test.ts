import { describe, expect, it } from 'vitest';
import { peopleFile, testWorld } from './world.ts';

const world = testWorld({ employees: 30 });

describe('an undo of a single write', () => {
  it('of a single delete restores, and of a single update is refused: it never reaches an older run', async () => {
    await world.run('employees create --name Solo --email solo@example.com');
    const { id } = (await world.employees()).get('solo@example.com') ?? {};
    await world.run(`employees delete ${id} --yes`);
    expect((await world.run('runs undo last --yes')).code).toBe(0);
    expect((await world.employees()).get('solo@example.com')).toMatchObject({ status: 'active' });
    for (const line of [`employees update ${id} --salary 7`, `employees restore ${id}`]) {
      expect((await world.run(line)).code).toBe(0);
      const { code, stderr } = await world.run('runs undo last --yes');
      expect(code).toBe(2);
      expect(stderr).toContain(
        `(employees ${line.includes('restore') ? 'restore' : 'update'} of ${id}) cannot be taken back: what ${id} was before was not asked for`,
      );
      expect(stderr).toContain(
        line.includes('restore')
          ? `Next: delete them again: \`worktime employees delete ${id}\``
          : `Next: change it back: \`worktime employees update ${id}\` with what it was`,
      );
    }
    expect((await world.employees()).get('solo@example.com')).toMatchObject({ status: 'active', salary: 7 });
  });

  it('of one of several deletes says of the one before that it stays', async () => {
    world.write('people.csv', peopleFile(2));
    await world.run('employees import people.csv --yes');
    const people = await world.employees();
    const ids = [1, 2].map((n) => people.get(`person${n}@example.com`)?.['id']);
    await world.run(`employees delete ${ids.join(' ')} --yes`);
    const { code, stderr } = await world.run('runs undo last --yes --quiet');
    expect(code).toBe(0);
    expect(stderr).toContain(
      `(employees delete of ${ids[0]}) was made just before, and is not taken back by this\n`,
    );
  });

  it('takes a single create back as well', async () => {
    await world.run('employees create --name Solo --email solo@example.com');
    expect((await world.run('runs undo last --yes')).code).toBe(0);
    expect((await world.employees()).get('solo@example.com')).toMatchObject({ status: 'inactive' });
  });

  it('is told of beside a single create, at a terminal, as the command that does it', async () => {
    const line = 'employees create --name Solo --email solo@example.com';
    const terminal = { stdout: { columns: 80 }, stderr: { columns: 80 } };
    const { stderr } = await world.run(line, terminal);
    const [, command = ''] = /to take it back: `worktime (runs undo \S+)`\n/.exec(stderr) ?? [];
    expect((await world.run(`${command} --yes`)).code).toBe(0);
    const piped = await world.run(`${line.replaceAll(/solo/gi, 'duo')} --department dept_eng --salary 1`);
    expect(piped.stderr).toBe('');
    const sandbox = await world.run(`${line} --sandbox`, { ...terminal, env: {} });
    expect(sandbox.stderr).toMatch(/`worktime runs undo \S+ --sandbox`\n/);
  });

  it('calls a write of which nothing was done refused, not partial', async () => {
    await world.run('employees create --name Solo --email john@example.com');
    await world.run('attendance clock out emp_123456 --at 2024-11-17T03:00:00Z');
    const runs = JSON.parse((await world.run('runs list --json')).stdout);
    expect(runs).toMatchObject([
      { kind: 'attendance.clock', status: 'refused', done: 0 },
      { kind: 'employees.create', status: 'refused', done: 0 },
    ]);
  });

  it('says of punches that the API cannot take them back', async () => {
    await world.run('attendance clock in emp_123456 --at 2024-11-18T09:00:00Z');
    const undo = await world.run('runs undo last --yes');
    expect(undo.code).toBe(2);
    expect(undo.stderr).toContain('no call that removes a punch');
  });

  it('says of a punch that was refused that it changed nothing: nobody is to look for it', async () => {
    await world.run('attendance clock in emp_nobody');
    for (const more of ['--dry-run', '--yes']) {
      const undo = await world.run(`runs undo last ${more}`);
      expect(undo.code).toBe(2);
      expect(undo.stderr).toMatch(/^worktime: run \S+ \(attendance clock.*\) changed nothing\n/);
    }
  });
});
