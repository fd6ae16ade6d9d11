import { describe, expect, it } from 'vitest';
import { seededRandom } from '../support/context.ts';
import { tallyOf, testWorld } from './world.ts';

const world = testWorld({ employees: 40 });

const clocked = () =>
  world.server.ledger
    .filter(({ path }) => path === '/attendance/clock')
    .map(({ body }) => `${body['employee_id']} ${body['type']} ${body['timestamp']}`);

/** Days after the seeded history, so that nothing is there before. */
async function punches(people: number, days: number): Promise<string> {
  const active = [...(await world.employees()).values()]
    .filter(({ status }) => status === 'active')
    .slice(0, people);
  const rows: string[] = [];
  for (let day = 2; day < 2 + days; day += 1) {
    const date = `2023-12-${String(day).padStart(2, '0')}`;
    for (const { id } of active) rows.push(`${id},in,${date}T09:00:00Z`, `${id},out,${date}T17:30:00Z`);
  }
  return `employee,type,time\n${rows.join('\n')}\n`;
}

describe('punches', () => {
  it('are recorded once each, clock-in before clock-out, whatever answers are lost', async () => {
    world.write('punches.csv', await punches(20, 4));
    const random = seededRandom(3);
    world.server.fate = (method) => {
      if (method !== 'POST') return 'answer';
      const dice = random();
      return dice < 0.3 ? 'drop' : dice < 0.4 ? 'reset' : 'answer';
    };
    const { code, stdout } = await world.run('attendance import punches.csv --yes --json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ done: 160, refused: 0, unknown: 0 });
    const counts = tallyOf(clocked());
    expect(counts.size).toBe(160);
    expect(new Set(counts.values())).toEqual(new Set([1]));
  });

  it('that are recorded already are conflicts: a fault, or skipped', async () => {
    world.write('punches.csv', await punches(2, 1));
    expect((await world.run('attendance import punches.csv --yes')).code).toBe(0);
    const more = await punches(3, 1);
    world.write('more.csv', more);
    const failed = await world.run('attendance import more.csv --yes');
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain('is recorded already');
    const skipped = await world.run('attendance import more.csv --on-conflict skip --yes --json');
    expect(JSON.parse(skipped.stdout)).toMatchObject({ done: 2, skipped: 4 });
    expect(new Set(tallyOf(clocked()).values())).toEqual(new Set([1]));
  });

  it('with a fraction of a second, which the API drops, are known again', async () => {
    const file = (...times: string[]) =>
      world.write('punches.csv', `employee,type,time\n${times.map((at) => `emp_123456,${at}`).join('\n')}\n`);
    const one = ['in,2023-12-02T09:00:00.500Z', 'out,2023-12-02T17:30:00.999Z'];
    file(...one);
    await world.run('attendance import punches.csv --yes');
    file(...one, 'in,2023-12-03T09:00:00Z');
    const { stdout } = await world.run('attendance import punches.csv --on-conflict skip --yes --json');
    expect(JSON.parse(stdout)).toMatchObject({ done: 1, skipped: 2 });
    expect(clocked()).toHaveLength(3);
    // A second later is another.
    file('out,2023-12-02T17:30:01Z');
    const later = await world.run('attendance import punches.csv --on-conflict skip --dry-run');
    expect(later.stderr).toContain('1 punch; nothing was changed');
  });

  it('of somebody or at a lock that is not there are faults before the first is sent, in a dry run too', async () => {
    world.write(
      'punches.csv',
      [
        'employee_id,type,timestamp,lock_id',
        'emp_123456,in,2023-12-02T09:00:00Z,lock_789',
        'emp_123456,out,2023-12-02T17:00:00Z,lock_nowhere',
        'emp_999999,in,2023-12-02T09:00:00Z,',
        'emp_123456x,inn,2023-12-02T09:00:00Z,',
      ].join('\n'),
    );
    for (const how of ['--dry-run', '--yes']) {
      const { code, stdout, stderr } = await world.run(`attendance import punches.csv ${how}`);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('punches.csv has 4 faults; nothing was changed\n');
      expect(stderr).toContain('row 3, lock_id: there is no lock "lock_nowhere"\n');
      expect(stderr).toContain('row 4, employee_id: there is no employee "emp_999999"\n');
      expect(stderr).toContain(
        'row 5, type: "inn" is not one of in, out, clock_in, clock_out, attendance.clock_in, attendance.clock_out\n',
      );
      expect(stderr).toContain(
        'row 5, employee_id: there is no employee "emp_123456x"; is it emp_123456 (John Doe)?\n',
      );
    }
    expect(clocked()).toEqual([]);
  });

  it('of who has left since they were recorded are nothing to be warned of', async () => {
    world.write('punches.csv', 'employee,type,time\nemp_123456,in,2023-12-02T09:00:00Z\n');
    await world.run('attendance import punches.csv --yes');
    await world.run('employees delete emp_123456 --yes');
    const again = await world.run('attendance import punches.csv --again --on-conflict skip --dry-run');
    expect(again.stderr).toBe('No changes found\n1 need nothing; nothing was changed\n');
  });

  it('of who was deleted or is inactive are warned of before the first is sent, in a dry run too', async () => {
    const ids = [...(await world.employees()).values()]
      .filter(({ status }) => status === 'active')
      .map(({ id }) => String(id));
    await world.run(`employees delete ${ids[1]} --yes`);
    await world.run(`employees update ${ids[2]} --status inactive`);
    const rows = [0, 1, 2, 1].map((at, i) => `${ids[at]},in,2023-12-0${i + 2}T09:00:00Z`);
    // Few are asked for one by one, many are read as a list.
    for (const more of [0, 12]) {
      const others = ids.slice(3, 3 + more).map((id) => `${id},in,2023-12-02T09:00:00Z`);
      world.write('punches.csv', ['employee,type,time', ...rows, ...others].join('\n'));
      const { code, stderr } = await world.run('attendance import punches.csv --dry-run');
      expect(code).toBe(0);
      expect(stderr).toContain('warning: of an employee who is deleted: rows 3, 5\n');
      expect(stderr).toContain('warning: of an employee who is inactive: row 4\n');
    }
    expect(clocked()).toEqual([]);
  });

  it('of 200,000 who are not there are as many faults, each told', async () => {
    const rows = Array.from({ length: 200_000 }, (_, at) => `emp_x${at},in,2023-12-02T09:00:00Z`);
    world.write('punches.csv', `employee,type,time\n${rows.join('\n')}\n`);
    const { code, stderr } = await world.run('attendance import punches.csv --yes');
    expect(code).toBe(2);
    expect(stderr).toContain('row 200001, employee_id: there is no employee "emp_x199999"\n');
  });

  it('that cannot follow each other are warned of, by their times and by what is recorded', async () => {
    const file = (...rows: string[]) =>
      world.write('punches.csv', `employee,type,time\n${rows.join('\n')}\n`);
    const at = (type: string, time: string) => `emp_123456,${type},2023-12-${time}:00Z`;
    const plan = async () => (await world.run('attendance import punches.csv --dry-run')).stderr;
    // In the order of their times, whatever that of the rows.
    file(at('out', '04T17:00'), at('in', '04T09:00'), at('in', '05T09:00'), at('out', '05T17:00'));
    expect(await plan()).not.toContain('warning');
    // Of a day on which the clock-out was forgotten the next is none the wiser.
    for (const next of ['09:01', '08:59', '06:00']) {
      file(at('in', '04T09:00'), at('in', `05T${next}`), at('out', '05T17:00'));
      expect(await plan()).not.toContain('warning');
    }
    file(at('in', '04T09:00'), at('in', '04T17:00'), at('out', '04T18:00'), at('out', '04T19:00'));
    expect(await plan()).toContain('warning: in after in, or out after out: rows 3, 5\n');
    file(at('out', '04T09:00'), at('in', '04T17:00'));
    expect(await plan()).toContain('warning: out with no in within the day before: row 2\n');
    file(at('in', '04T09:00'));
    await world.run('attendance import punches.csv --yes');
    file(at('out', '04T17:00'));
    expect(await plan()).not.toContain('warning');
    file(at('in', '04T10:00'));
    expect(await plan()).toContain('warning: in after in, or out after out: row 2\n');
    // Who leaves one place for another in the same minute.
    file(at('out', '04T17:00'));
    await world.run('attendance import punches.csv --yes');
    file(at('in', '04T17:00'), at('out', '04T20:00'));
    expect(await plan()).not.toContain('warning');
  });

  it('of few employees are looked up by their IDs, of many by pages, as far as it takes', async () => {
    const looks = () => world.server.requests.filter((request) => /^GET \/employees/.test(request));
    const count = async (file: string) => {
      world.write('punches.csv', file);
      const before = looks().length;
      expect((await world.run('attendance import punches.csv --dry-run')).code).toBe(0);
      return looks().slice(before);
    };
    const [few, many] = [await punches(2, 3), await punches(30, 1)];
    expect((await count(few)).every((request) => /^GET \/employees\/emp_/.test(request))).toBe(true);
    expect(await count(many)).toEqual(['GET /employees']);
  });

  it('go on where the key may not see the locks, with a word about it', async () => {
    world.write('punches.csv', 'employee,type,time,lock\nemp_123456,in,2023-12-02T09:00:00Z,lock_789\n');
    world.server.intercept = (_, path) =>
      path === '/locks'
        ? { status: 403, body: { success: false, error: { code: 'forbidden', message: 'No scope' } } }
        : undefined;
    const { code, stderr } = await world.run('attendance import punches.csv --yes');
    expect(stderr).toContain('locks that could not be checked: lock_789\n');
    expect(code).toBe(0);
  });

  it('without an offset are wall-clock times of the organization', async () => {
    world.write('punches.csv', 'employee,type,time\nemp_123456,in,2023-12-02 09:00\n');
    const plan = await world.run('attendance import punches.csv --dry-run --json --timezone Europe/Berlin');
    expect(JSON.parse(plan.stdout)).toMatchObject([
      { key: 'emp_123456 clock_in 2023-12-02T08:00:00Z', to: { timestamp: '2023-12-02T08:00:00Z' } },
    ]);
  });

  it('typed one at a time are journaled: the same one again after a lost answer is found, not doubled', async () => {
    let posts = 0;
    world.server.fate = (method) => {
      if (method === 'POST') posts += 1;
      // The answer is lost, and so is every reading back.
      return posts === 1 ? (method === 'POST' ? 'drop' : 'reset') : 'answer';
    };
    const line = 'attendance clock in emp_123456 --at 2023-12-02T09:00:00Z';
    const first = await world.run(line);
    expect(first.code).toBe(8);
    expect(first.stderr).toContain(
      'Next: look the record up before you send it again: `worktime attendance list --employee emp_123456`\n',
    );
    world.server.fate = () => 'answer';
    const second = await world.run(line);
    expect(second.code).toBe(0);
    expect(second.stderr).toContain('an earlier try of this had gone through');
    expect(clocked()).toHaveLength(1);
  });
});

describe('a punch that cannot be meant', () => {
  it('lies more than a day ahead: a fault of its row; more than a year back: a warning', async () => {
    world.write(
      'punches.csv',
      'employee,type,time\nemp_123456,in,2030-11-27T09:00:00Z\nemp_123456,in,1999-11-27T09:00:00Z\n',
    );
    const { code, stderr } = await world.run('attendance import punches.csv --yes');
    expect(code).toBe(2);
    expect(stderr).toMatch(/row 2, timestamp: 2030-11-27T09:00:00Z lies \d+ d .*ahead of now\n/);
    world.write('punches.csv', 'employee,type,time\nemp_123456,in,1999-11-27T09:00:00Z\n');
    const old = await world.run('attendance import punches.csv --dry-run');
    expect([old.code, old.stderr]).toEqual([
      0,
      expect.stringContaining('warning: more than a year back: row 2\n'),
    ]);
    world.write('people.csv', 'name,email,start_date\nAda,ada@example.com,3024-01-01\n');
    const late = await world.run('employees import people.csv --dry-run');
    expect(late.stderr).toContain(
      'row 2, start_date: the year of 3024-01-01 is out of range; give a year from 1970 to 2100\n',
    );
  });
});

it('a punch that lies ahead by less than a day is warned of', async () => {
  world.write('punches.csv', 'employee,type,time\nemp_123456,in,2024-11-19T09:00:00Z\n');
  const { code, stderr } = await world.run('attendance import punches.csv --dry-run');
  expect([code, stderr]).toEqual([0, expect.stringContaining('warning: ahead of now: row 2\n')]);
});

describe('a punch at a time of the wall clock', () => {
  const line = 'attendance import punches.csv --dry-run --json --timezone Europe/Berlin';
  const clockIn = 'attendance clock in emp_123456 --dry-run --json --timezone Europe/Berlin --at';

  it('that the clocks go forward over is a fault of its row, with the way to write it', async () => {
    world.write('punches.csv', 'employee,type,time\nemp_123456,in,2024-03-31 02:30\n');
    const { code, stderr } = await world.run(line);
    expect(code).toBe(2);
    const what = 'there is no 02:30:00 on 2024-03-31 in Europe/Berlin: the clocks go forward over it';
    const how = 'write it with its offset: 2024-03-31T02:30:00+01:00 or 2024-03-31T02:30:00+02:00';
    expect(JSON.parse(stderr).error.details).toEqual([`row 2, timestamp: ${what}; ${how}`]);
    const typed = await world.run([...clockIn.split(' '), '2024-03-31 02:30']);
    expect(typed.code).toBe(2);
    expect(JSON.parse(typed.stderr).error).toMatchObject({ message: `--at: ${what}`, next: how });
  });

  it('that comes twice is taken as its first pass, and said to be, with the way to write the second', async () => {
    const rows = ['2024-10-27 02:30', '2024-10-27T02:45:00+01:00', '2024-10-27 02:50', '2024-10-28 02:30'];
    world.write('punches.csv', `employee,type,time\n${rows.map((at) => `emp_123456,in,${at}`).join('\n')}\n`);
    const { code, stdout, stderr } = await world.run(line);
    expect(code).toBe(0);
    const twice =
      '02:30:00 comes twice on 2024-10-27 in Europe/Berlin, and is taken as 2024-10-27T02:30:00+02:00; ' +
      'write 2024-10-27T02:30:00+01:00 for the second\n';
    expect(stderr).toContain(`warning: rows 2, 4, timestamp, as in row 2: ${twice}`);
    expect(JSON.parse(stdout).map(({ to }: { to: { timestamp: string } }) => to.timestamp)).toEqual([
      '2024-10-27T00:30:00Z',
      '2024-10-27T01:45:00Z',
      '2024-10-27T00:50:00Z',
      '2024-10-28T01:30:00Z',
    ]);
    const typed = await world.run([...clockIn.split(' '), '2024-10-27 02:30']);
    expect(typed.stderr).toContain(`warning: --at: ${twice}`);
    expect(JSON.parse(typed.stdout).body).toMatchObject({ timestamp: '2024-10-27T00:30:00Z' });
  });
});
