import { describe, expect, it } from 'vitest';
import { peopleFile, testWorld } from './world.ts';

const world = testWorld();

describe('an import of those who are there already', () => {
  const file = (salary: number) => `name,email,salary\nJohn Doe,john@example.com,${salary}\n`;
  const update = 'employees import people.csv --on-conflict update --yes --quiet';
  const salary = async () => (await world.employees()).get('john@example.com')?.['salary'];

  it('goes by the organization and not by an earlier run of the same file', async () => {
    for (const amount of [60_000, 61_000, 60_000]) {
      world.write('people.csv', file(amount));
      expect((await world.run(update)).code).toBe(0);
      expect(await salary()).toBe(amount);
    }
  });

  it('says whom it leaves alone, also who was deleted, and that somebody new has no pay', async () => {
    world.write('people.csv', file(60_000));
    await world.run(update);
    world.write('people.csv', `${file(99_000)}Nil,nil@example.com,\nZero,zero@example.com,0\n`);
    const skip = 'employees import people.csv --on-conflict skip --quiet';
    const { stderr } = await world.run(`${skip} --dry-run`);
    expect(stderr).toContain('warning: there already, and left as they are: row 2\n');
    expect(stderr).toContain('warning: a new employee without a salary: rows 3–4\n');
    // Who has one that cannot be read is told that alone.
    world.write('people.csv', 'name,email,salary\nAda,ada@example.com,75 000\n');
    const faulty = await world.run('employees import people.csv --dry-run');
    expect(faulty.stderr).toContain(
      'row 2, salary: "75 000" is not a number in plain digits; write it as 75000\n',
    );
    expect(faulty.stderr).not.toContain('without a salary');
    world.write('people.csv', `${file(99_000)}Nil,nil@example.com,\nZero,zero@example.com,0\n`);
    const { id } = (await world.employees()).get('john@example.com') ?? {};
    await world.run(`employees delete ${id} --yes`);
    expect((await world.run(`${skip} --dry-run`)).stderr).toContain('there already but deleted, and left so');
  });

  it('says that a file was imported already, however few words are wanted', async () => {
    world.write('people.csv', peopleFile(1));
    await world.run('employees import people.csv --yes');
    expect((await world.run('employees import people.csv --yes --quiet')).stderr).toContain(
      'did this already',
    );
  });
});
