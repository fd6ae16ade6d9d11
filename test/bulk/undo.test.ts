import { describe, expect, it } from 'vitest';
import { peopleFile, testWorld } from './world.ts';

/** The long form makes more than 500 mixed changes. */
const LONG = process.env['WORKTIME_LONG'] === '1';
const world = testWorld({ employees: LONG ? 900 : 30 });

/** What a person can see of everybody, deleted ones as such. */
async function images(): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const [email, one] of await world.employees()) {
    const { id, name, department_id, position, salary, status, start_date, deleted_at } = one;
    found.set(email, {
      id,
      name,
      department_id,
      position,
      salary,
      status,
      start_date,
      deleted: Boolean(deleted_at),
    });
  }
  return found;
}

describe('what an undo gives back', () => {
  it('is exactly what there was, after creates, updates and deletes', { timeout: 120_000 }, async () => {
    await world.run('employees export before.csv');
    const before = await images();
    // Every third row changed, every third dropped (deleted by --prune), ten new ones.
    const [header = '', ...rows] = world.read('before.csv').trimEnd().split(/\r?\n/);
    const columns = header.split(',');
    const salary = columns.indexOf('salary');
    const active = rows.filter((row) => row.includes(',active,'));
    const kept = rows
      .filter((row) => !active.includes(row) || active.indexOf(row) % 3 !== 2)
      .map((row) => {
        if (!active.includes(row) || active.indexOf(row) % 3 !== 0) return row;
        const cells = row.split(',');
        cells[salary] = String(Number(cells[salary]) + 1);
        return cells.join(',');
      });
    const fresh = Array.from({ length: 10 }, (_, i) =>
      columns
        .map(
          (name) =>
            ({ name: `New ${i}`, email: `new${i}@example.com`, department: 'Engineering' })[name] ?? '',
        )
        .join(','),
    );
    world.write('after.csv', `${[header, ...kept, ...fresh].join('\n')}\n`);
    const sync = await world.run('employees sync after.csv --prune --yes --json');
    expect(sync.code).toBe(0);
    const { done } = JSON.parse(sync.stdout);
    expect(done).toBeGreaterThan(LONG ? 500 : 25);
    if (LONG) console.log(`${done} mixed changes to be undone`);
    expect(await images()).not.toEqual(before);

    const undo = await world.run('runs undo last --yes --json');
    expect(undo.code).toBe(0);
    expect(JSON.parse(undo.stdout)).toMatchObject({ kind: 'undo', status: 'done', done });
    const after = await images();
    for (let i = 0; i < 10; i += 1) {
      expect(after.get(`new${i}@example.com`)).toMatchObject({ status: 'inactive', deleted: true });
      after.delete(`new${i}@example.com`);
    }
    expect(after).toEqual(before);
    const again = await world.run('runs undo last --yes');
    expect(again.code).toBe(2);
  });

  it('is of the newest run alone: said again it takes back no older one, and says which run it met', async () => {
    await world.run('employees create --name Ann --email ann@example.com');
    await world.run('employees create --name Ben --email ben@example.com');
    expect((await world.run('runs undo last --yes')).code).toBe(0);
    const [undo, ben, ann] = JSON.parse((await world.run('runs list --json')).stdout);
    for (const more of [' --yes', ' --dry-run']) {
      const again = await world.run(`runs undo last${more}`);
      expect(again).toMatchObject({ code: 2, stdout: '' });
      expect(again.stderr).toContain(
        `worktime: the last run is an undo already: run ${undo.id} (undo of ${ben.id})\n`,
      );
      expect(again.stderr).toContain('Next: name a run: `worktime runs list` shows them\n');
    }
    expect((await world.employees()).get('ann@example.com')).toMatchObject({ status: 'active' });
    // The others mean the same run.
    expect(JSON.parse((await world.run('runs show last --json')).stdout).id).toBe(undo.id);
    const resumed = await world.run('runs resume last --yes');
    expect([resumed.code, resumed.stderr]).toEqual([
      2,
      expect.stringContaining(`run ${undo.id} (undo of ${ben.id}) is done: there is nothing left`),
    ]);
    const named = await world.run(`runs undo ${ben.id} --yes`);
    expect([named.code, named.stderr]).toEqual([
      2,
      expect.stringContaining(
        `(employees create of ben@example.com) was taken back already, by run ${undo.id}`,
      ),
    ]);
    expect((await world.run(`runs undo ${ann.id} --yes`)).code).toBe(0);
  });

  it('never overwrites a row that somebody changed since; it is refused and listed', async () => {
    world.write('people.csv', peopleFile(3));
    await world.run('employees import people.csv --yes');
    const { id } = (await world.employees()).get('person2@example.com') ?? {};
    await world.run(`employees update ${id} --salary 1`);
    const runs = JSON.parse((await world.run('runs list --json')).stdout);
    const imported = runs.find(({ kind }: { kind: string }) => kind === 'employees.import');
    const undo = await world.run(`runs undo ${imported.id} --yes --json`);
    expect(undo.code).toBe(3);
    expect(JSON.parse(undo.stdout)).toMatchObject({ done: 2, refused: 1 });
    expect(undo.stderr).toContain('left as it is: person2@example.com: changed since: salary\n');
    const now = await world.employees();
    expect(now.get('person2@example.com')).toMatchObject({ salary: 1, status: 'active' });
    expect(now.get('person1@example.com')).toMatchObject({ status: 'inactive' });
  });

  it('ends with 6 where every row is left as it is, for whatever reason: nothing was changed', async () => {
    await world.run('employees create --name Ann --email ann@example.com');
    await world.run('employees create --name Ben --email ben@example.com');
    await world.run('employees create --name Cleo --email cleo@example.com');
    const runs: { id: string }[] = JSON.parse((await world.run('runs list --json')).stdout);
    const people = await world.employees();
    const idOf = (name: string) => String(people.get(`${name}@example.com`)?.['id']);
    // Changed since, undone already in another way, and gone.
    await world.run(`employees update ${idOf('ann')} --salary 1`);
    await world.run(`employees delete ${idOf('ben')} --yes`);
    const gone = { success: false, error: { code: 'not_found', message: 'No such employee' } };
    world.server.intercept = (_, path) =>
      path === `/employees/${idOf('cleo')}` ? { status: 404, body: gone } : undefined;
    const why = ['No such employee (404)', 'it was deleted already: status', 'changed since: salary'];
    for (const [i, { id }] of runs.entries()) {
      const { code, stdout, stderr } = await world.run(`runs undo ${id} --yes --json`);
      expect([code, JSON.parse(stdout).status]).toEqual([6, 'refused']);
      expect(JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '').error).toMatchObject({
        exit: 6,
        message: 'the only employee was refused; nothing was changed',
        details: [expect.stringContaining(`: ${why[i]}`)],
      });
    }
  });

  it('takes back what the API answered with little more than an ID, and leaves what was changed since', async () => {
    world.write('people.csv', peopleFile(3));
    world.server.shown = (method, employee) =>
      method === 'GET' ? employee : { id: employee['id'], updated: true };
    await world.run('employees import people.csv --yes');
    const people = await world.employees();
    const idOf = (n: number) => String(people.get(`person${n}@example.com`)?.['id']);
    world.write('sync.csv', `id,salary,department\n${idOf(1)},7,Finance\n${idOf(2)},8,Finance\n`);
    await world.run('employees sync sync.csv --yes');
    await world.run(`employees update ${idOf(2)} --salary 9`);
    const runs = JSON.parse((await world.run('runs list --json')).stdout);
    const undo = async (kind: string) => {
      const { id } = runs.find((one: { kind: string }) => one.kind === kind);
      return JSON.parse((await world.run(`runs undo ${id} --yes --json`)).stdout);
    };
    expect(await undo('employees.sync')).toMatchObject({ done: 1, refused: 1 });
    expect((await world.employees()).get('person1@example.com')).toEqual(people.get('person1@example.com'));
    expect(await undo('employees.import')).toMatchObject({ done: 2, refused: 1 });
  });

  it('tells in a dry run, from reads alone, whom it would leave and why, as the undo itself then does', async () => {
    world.write('people.csv', peopleFile(5));
    await world.run('employees import people.csv --yes');
    const people = await world.employees();
    const idOf = (n: number) => String(people.get(`person${n}@example.com`)?.['id']);
    await world.run(`employees update ${idOf(2)} --salary 1`);
    await world.run(`employees delete ${idOf(3)} --yes`);
    const gone = { success: false, error: { code: 'not_found', message: 'No such employee' } };
    world.server.intercept = (_, path) =>
      path === `/employees/${idOf(4)}` ? { status: 404, body: gone } : undefined;
    const runs = JSON.parse((await world.run('runs list --json')).stdout);
    const { id } = runs.find(({ kind }: { kind: string }) => kind === 'employees.import');
    const { requests } = world.server;
    const before = requests.length;
    const plan = await world.run(`runs undo ${id} --dry-run --json`);
    expect(plan.code).toBe(0);
    expect(plan.stderr).toContain('2 deletes, 3 refusals; nothing was changed\n');
    expect(requests.slice(before).every((request) => request.startsWith('GET '))).toBe(true);
    const reasons = new Map([
      ['person2@example.com', 'changed since: salary'],
      ['person3@example.com', 'it was deleted already: status'],
      ['person4@example.com', 'No such employee (404)'],
    ]);
    const rows: { key: string; action: string; to: string }[] = JSON.parse(plan.stdout);
    for (const { key, action, to } of rows) {
      expect([key, action, to]).toEqual(
        reasons.has(key) ? [key, 'refuse', reasons.get(key)] : [key, 'delete', 'deleted'],
      );
    }
    expect(rows).toHaveLength(5);
    const undo = await world.run(`runs undo ${id} --yes --json`);
    expect(JSON.parse(undo.stdout)).toMatchObject({ done: 2, refused: 3 });
    for (const [key, reason] of reasons) {
      expect(undo.stderr).toContain(`left as it is: ${key}: ${reason.replace(/ \(404\)$/, '')}\n`);
    }
    // And so does the dry run of going on with it.
    const rest = await world.run(`runs resume ${JSON.parse(undo.stdout).id} --dry-run`);
    expect(rest.stderr).toContain('3 refusals; nothing was changed\n');
  });

  it('looks in a dry run through the list of employees where that takes fewer requests', async () => {
    world.write('people.csv', peopleFile(40));
    await world.run('employees import people.csv --yes');
    const { id } = (await world.employees()).get('person7@example.com') ?? {};
    await world.run(`employees update ${id} --salary 1`);
    const { requests } = world.server;
    const before = requests.length;
    const imported = JSON.parse((await world.run('runs list --json')).stdout)[1];
    const { stderr } = await world.run(`runs undo ${imported.id} --dry-run`);
    expect(stderr).toContain('39 deletes, 1 refusal; nothing was changed\n');
    const looks = requests.slice(before).filter((request) => request.startsWith('GET /employees'));
    expect(looks.filter((request) => request !== 'GET /employees')).toEqual([`GET /employees/${id}`]);
  });

  it('survives a network that goes away in the middle', async () => {
    world.write('people.csv', peopleFile(12));
    await world.run('employees import people.csv --yes');
    let deletes = 0;
    world.server.fate = (method) => (method === 'DELETE' && ++deletes > 3 ? 'reset' : 'answer');
    expect((await world.run('runs undo last --yes')).code).not.toBe(0);
    world.server.fate = () => 'answer';
    const [stopped, imported] = JSON.parse((await world.run('runs list --json')).stdout);
    const again = await world.run('runs undo last --yes');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(`Next: go on with it: \`worktime runs resume ${stopped.id}\``);
    const undo = await world.run('runs resume last --json');
    expect(undo.code).toBe(0);
    expect(JSON.parse((await world.run(`runs show ${imported.id} --json`)).stdout).status).toBe('undone');
    const people = [...(await world.employees()).values()].filter(({ email }) =>
      /^person/.test(String(email)),
    );
    expect(people.every(({ status }) => status === 'inactive')).toBe(true);
  });

  it('of an import that brought a deleted employee back deletes them again, and the import brings them back again', async () => {
    world.write('people.csv', peopleFile(1));
    const line = 'employees import people.csv --yes';
    await world.run(line);
    await world.run('runs undo last --yes');
    for (const _ of [1, 2]) {
      const { stderr } = await world.run(`${line} --on-conflict update`);
      expect(stderr).toContain('warning: deleted before, and active again by this: row 2\n');
      expect((await world.employees()).get('person1@example.com')).toMatchObject({ status: 'active' });
      expect((await world.run('runs undo last --yes')).code).toBe(0);
      const gone = (await world.employees()).get('person1@example.com');
      expect(gone).toMatchObject({ status: 'inactive', deleted_at: expect.any(String) });
    }
  });

  it('says before it asks what will happen, each kind of change by itself', async () => {
    const asked: string[] = [];
    const undo = async () => {
      const prompts = {
        confirm: async ({ message }: { message: string }) => {
          asked.push(message);
          return false;
        },
      };
      const terminal = { stdinIsTTY: true, stdout: { columns: 80 }, stderr: { columns: 80 }, prompts };
      const { code, stderr } = await world.run('runs undo last', terminal);
      expect(code).toBe(2);
      expect(stderr).toContain('cancelled; nothing was changed');
    };
    world.write('people.csv', peopleFile(1));
    await world.run('employees import people.csv --yes');
    await undo();
    await world.run('employees export all.csv');
    const [header = '', first = '', second = '', ...rest] = world.read('all.csv').trimEnd().split(/\r?\n/);
    const salary = header.split(',').indexOf('salary');
    const raised = first.split(',').map((cell, at) => (at === salary ? '1' : cell));
    const fresh = peopleFile(2, 2).split('\n').slice(1, 3);
    expect(second).toContain(',active,');
    world.write('all.csv', `${[header, raised.join(','), ...rest].join('\n')}\n`);
    await world.run('employees sync all.csv --prune --yes');
    await undo();
    world.write('new.csv', `${[peopleFile(1).split('\n')[0], ...fresh].join('\n')}\n`);
    await world.run('employees import new.csv --yes');
    await undo();
    expect(asked).toEqual([
      'Undo this import: delete 1 employee that it created in Acme Corporation?',
      'Undo this sync: restore 1 employee that it deleted, restore the former values of 1 employee that it changed in Acme Corporation?',
      'Undo this import: delete 2 employees that it created in Acme Corporation?',
    ]);
  });

  it('imports the same file anew after an undo, and brings the deleted back', async () => {
    world.write('people.csv', peopleFile(2));
    await world.run('employees import people.csv --yes');
    await world.run('runs undo last --yes');
    const { code, stdout } = await world.run('employees import people.csv --on-conflict update --yes --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ done: 2 });
    expect((await world.employees()).get('person1@example.com')).toMatchObject({ status: 'active' });
  });
});
