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
    const date = `2024-12-${String(day).padStart(2, '0')}`;
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

  it('without an offset are wall-clock times of the organization', async () => {
    world.write('punches.csv', 'employee,type,time\nemp_123456,in,2024-12-02 09:00\n');
    const plan = await world.run('attendance import punches.csv --dry-run --json --timezone Europe/Berlin');
    expect(JSON.parse(plan.stdout)).toMatchObject([
      { key: 'emp_123456 clock_in 2024-12-02T08:00:00Z', to: { timestamp: '2024-12-02T08:00:00Z' } },
    ]);
  });

  it('typed one at a time are journaled: the same one again after a lost answer is found, not doubled', async () => {
    let posts = 0;
    world.server.fate = (method) => {
      if (method === 'POST') posts += 1;
      // The answer is lost, and so is every reading back.
      return posts === 1 ? (method === 'POST' ? 'drop' : 'reset') : 'answer';
    };
    const line = 'attendance clock in emp_123456 --at 2024-12-02T09:00:00Z';
    const first = await world.run(line);
    expect(first.code).toBe(8);
    world.server.fate = () => 'answer';
    const second = await world.run(line);
    expect(second.code).toBe(0);
    expect(second.stderr).toContain('an earlier try of this had gone through');
    expect(clocked()).toHaveLength(1);
  });
});
