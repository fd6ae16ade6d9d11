import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/bulk/journal.ts';
import { outcomeOf, standing } from '../../src/bulk/outcome.ts';
import { intent } from '../../src/bulk/show.ts';
import type { Action, RowState } from '../../src/bulk/types.ts';
import { AuthError, InterruptedError, type WorkTimeError } from '../../src/errors.ts';
import { transport } from '../../src/host/undici.ts';
import { main } from '../../src/main.ts';
import { testContext } from '../support/context.ts';
import { words } from '../support/run.ts';
import { environmentFor } from './server.ts';
import { peopleFile, testWorld } from './world.ts';

/** A run whose rows stand so: `done*3 refused`. */
function stateOf(text: string): RunState {
  const states = text.split(' ').flatMap((part) => {
    const [state = '', times = '1'] = part.split('*');
    return Array<RowState>(Number(times)).fill(state as RowState);
  });
  const head = { id: 'RUN', kind: 'employees.import', total: states.length, skipped: 0 };
  return { head, actions: states.map(() => ({})), states, results: new Map() } as unknown as RunState;
}

const said = (text: string, stopped?: unknown, unit = 'employees') => {
  const error = outcomeOf(stopped, stateOf(text), unit, 'p.refused.csv') as WorkTimeError | undefined;
  return error && `${error.exit} ${error.message}`;
};

describe('how a run ended', () => {
  it.each([
    ['done*3', undefined],
    ['refused', '6 the only employee was refused; nothing was changed'],
    ['refused*5', '6 all 5 employees were refused; nothing was changed'],
    ['refused done', '3 1 of 2 employees was refused; the other one is done'],
    ['refused done*3', '3 1 of 4 employees was refused; the other 3 are done'],
    ['refused*2 done', '3 2 of 3 employees were refused; the other one is done'],
    ['unknown', '8 nobody can say whether the write took effect'],
    ['unknown*2 refused done', '8 nobody can say whether 2 of 4 writes took effect'],
  ])('%s', (text, wanted) => {
    expect(said(text)).toBe(wanted);
  });

  it('is one code for nothing done, whether the API refused it or it was left because it was changed since', () => {
    const state = stateOf('refused');
    state.results.set(0, {
      reason: { code: 'changed_meanwhile', message: 'changed since: salary', field: 'salary' },
    });
    expect(outcomeOf(undefined, state, 'employees', undefined)).toMatchObject({
      exit: 6,
      message: 'the only employee was refused; nothing was changed',
      lines: [expect.stringMatching(/: changed since: salary$/)],
    });
  });

  it('says of the first few why, by the row of the file, else by whom it was about', () => {
    const state = stateOf('refused*2 done refused*3');
    const of = (row: number) => ({ row, key: 'jane@example.com' });
    const rows = [2, 3, 4, 0, 6, 7].map(of);
    for (const i of [0, 1, 3, 4, 5]) {
      state.results.set(i, { reason: { code: 'x', message: 'It is taken', field: 'email', status: 400 } });
    }
    const run = { ...state, actions: rows } as unknown as RunState;
    expect(outcomeOf(undefined, run, 'employees', undefined)).toMatchObject({
      lines: [
        'row 2: It is taken (email, 400)',
        'row 3: It is taken (email, 400)',
        'jane@example.com: It is taken (email, 400)',
        'and 2 more',
      ],
    });
  });

  it('of punches and of the rows of an undo it is said in their words', () => {
    expect(said('refused', undefined, 'punches')).toContain('the only punch was refused');
    expect(said('refused*2 done*2', undefined, 'rows')).toContain(
      '2 of 4 rows were refused; the other 2 are done',
    );
  });

  it('an interruption is no part of it: who leaves, leaves with 130, unless something is unknown', () => {
    const left = new InterruptedError('SIGINT');
    expect(outcomeOf(left, stateOf('done refused pending'), 'rows', undefined)).toBe(left);
    expect(said('unknown pending', left)).toMatch(/^8 /);
    expect(said('refused pending', new AuthError('no'))).toMatch(/^4 /);
  });

  it('says what to do with what was refused: a file to be mended, and the command that takes it', () => {
    const next = (file: string | undefined) =>
      (outcomeOf(undefined, stateOf('refused done'), 'rows', file) as WorkTimeError).next;
    expect(next('p.refused.csv')).toBe('mend p.refused.csv, then `worktime employees import p.refused.csv`');
    expect(next('my people.refused.csv')).toContain('employees import "my people.refused.csv"`');
    expect(next(undefined)).toBe('see `worktime runs show RUN`');
  });
});

describe('what is asked before a run', () => {
  it('says what becomes of how many', () => {
    const intended = (...ops: string[]) => intent(ops.map((op) => ({ op })) as unknown as Action[]);
    expect(intended('create', 'update', 'create')).toBe('Create 2 employees, update 1 employee');
    expect(intended('delete')).toBe('Delete 1 employee');
    const punches = (...times: string[]) =>
      intent(times.map((timestamp) => ({ op: 'clock', body: { timestamp } })) as unknown as Action[]);
    expect(punches('2024-11-18T09:00:00Z')).toBe('Record 1 punch of 2024-11-18');
    expect(punches('2024-11-18T09:00:00Z', '1999-11-27T09:00:00Z', '2024-11-19T09:00:00Z')).toBe(
      'Record 3 punches of 1999-11-27 to 2024-11-19',
    );
    expect(intended(...Array(1200).fill('create'))).toBe('Create 1,200 employees');
  });
});

describe('where a run stands that was stopped', () => {
  it.each([
    ['pending', 'stopped: nothing is done'],
    ['pending*40', 'stopped: none of 40 employees is done'],
    ['done*8 sent*2 pending*30', 'stopped: of 40 employees 8 are done, 2 are unclear, 30 are left'],
    ['done pending', 'stopped: of 2 employees 1 is done, 1 is left'],
    ['refused done pending', 'stopped: of 3 employees 1 was refused, 1 is done, 1 is left'],
    ['refused*2 pending*2', 'stopped: of 4 employees 2 were refused, none is done, 2 are left'],
    ['sent pending', 'stopped: of 2 employees none is done, 1 is unclear, 1 is left'],
    [
      'sent*3 unknown pending',
      'stopped: of 5 employees none is done, 3 are unclear, 1 is unknown, 1 is left',
    ],
  ])('%s', (text, wanted) => {
    expect(standing(stateOf(text), 'employees')).toBe(wanted);
  });
});

describe('a single write of which nobody can say whether it took effect', () => {
  const world = testWorld();

  it.each([
    [
      'employees create --name Ann --email Ann.B@example.com',
      `\`worktime employees list --all --query "[?contains(lower(email), 'ann.b@example.com')]"\``,
    ],
    ['employees update emp_123456 --salary 1', '`worktime employees get emp_123456`'],
    ['employees delete emp_123456 --yes', '`worktime employees get emp_123456`'],
    ['attendance clock in emp_123456', '`worktime attendance list --employee emp_123456`'],
  ])('%s: names the command that looks', async (line, look) => {
    let sent = false;
    world.server.fate = (method) => {
      sent ||= method !== 'GET';
      return sent ? 'reset' : 'answer';
    };
    const { code, stderr } = await world.run(line);
    expect(code).toBe(8);
    expect(stderr).toContain(`Next: look the record up before you send it again: ${look}\n`);
  });
});

describe('an import', () => {
  const world = testWorld();

  it('of which every row was refused does not say that others are done', async () => {
    world.write('people.csv', peopleFile(2).replaceAll('dept_eng', 'dept_x'));
    const { code, stderr } = await world.run('employees import people.csv --yes');
    expect(code).toBe(6);
    expect(stderr).toContain('worktime: all 2 employees were refused; nothing was changed\n');
    expect(stderr).toContain(
      'Next: mend people.refused.csv, then `worktime employees import people.refused.csv`\n',
    );
    expect(stderr).not.toContain('take it back');
    const again = await world.run('employees import people.csv --yes');
    expect(again.stderr).toContain('worktime: all 2 employees were refused\n');
    expect(again.code).toBe(6);
  });

  it('says how to take it back, and where it was cut off how to go on', async () => {
    world.write('people.csv', peopleFile(30).replace('dept_eng,Engineer,50001', 'dept_x,Engineer,50001'));
    const argv = words('employees import people.csv --yes --concurrency 1');
    const env = environmentFor(world.server);
    const context = testContext({ argv, home: world.home, env, transport });
    let posts = 0;
    world.server.fate = (method) => {
      if (method === 'POST' && ++posts === 9) context.interrupt(new InterruptedError('SIGINT'));
      return 'answer';
    };
    expect(await main(context)).toBe(130);
    const stderr = context.stderr.text();
    expect(stderr).toMatch(
      /stopped: of 30 employees 1 was refused, \d are done,.* \d+ are left; to go on: the same/,
    );
    expect(stderr).not.toContain('others are done');

    world.server.fate = () => 'answer';
    const shown = await world.run('runs show last');
    expect(shown.stderr).toMatch(
      /worktime runs resume \S+ .*sends what is left, sends again what was refused, as it is\n/,
    );
    const resumed = await world.run('runs resume last');
    expect(resumed.code).toBe(3);
    expect(resumed.stderr).toContain('1 of 30 employees was refused; the other 29 are done');
    expect(resumed.stderr).toMatch(/to take it back: `worktime runs undo \S+`\n/);
    // The file comes once, when there is no more to come, and not a second time where it says the same.
    expect(resumed.stderr).toContain('Next: mend people.refused.csv, then');
    const before = world.read('people.refused.csv');
    expect((await world.run('runs resume last')).stderr).toContain('Next: mend people.refused.csv, then');
    world.write('people.refused.csv', `${before}\n`);
    expect((await world.run('runs resume last')).stderr).toContain('Next: mend people.refused-2.csv, then');
    expect(world.read('people.refused-2.csv')).toBe(before);
  });

  it('that stops counts what is unclear by itself, alike in its note, its table, its JSON and the list', async () => {
    const terminal = { stdout: { columns: 80 }, stderr: { columns: 80 } };
    world.write('quite a long name of a file.csv', peopleFile(40));
    const argv = ['employees', 'import', 'quite a long name of a file.csv', '--yes', '--concurrency', '4'];
    const env = environmentFor(world.server);
    const context = testContext({ ...terminal, argv, home: world.home, env, transport });
    let posts = 0;
    world.server.fate = (method) => {
      if (method === 'POST' && ++posts === 9) context.interrupt(new InterruptedError('SIGINT'));
      return 'answer';
    };
    expect(await main(context)).toBe(130);
    const stdout = context.stdout.text();
    const [, done, unclear, left] = (
      /of 40 employees (\d+) are done, (\d+) (?:is|are) unclear, (\d+) are left/.exec(
        context.stderr.text(),
      ) ?? []
    ).map(Number);
    expect(stdout).toMatch(new RegExp(`^Unclear +${unclear}$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^Pending +${left}$`, 'm'));
    const counts = { total: 40, done, unclear, unknown: 0, pending: left, status: 'stopped' };
    expect(JSON.parse((await world.run('runs show last --json')).stdout)).toMatchObject(counts);
    expect(JSON.parse((await world.run('runs list --json')).stdout)).toMatchObject([counts]);
    const list = await world.run('runs list', terminal);
    expect(list.stdout).toMatch(/^ID +Kind +Status +File +.*Unclear/);
    for (const line of list.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const open = (await world.run('runs show last --json')).stdout;
    expect(JSON.parse(open).rows).toContainEqual(
      expect.objectContaining({ state: 'sent', reason: 'unclear: no answer came' }),
    );
  });

  it('that is left before the first write says that nothing was changed', async () => {
    for (const [name, file] of [
      ['good.csv', peopleFile(2)],
      ['bad.csv', 'name,email\nAnn,nowhere\n'],
    ]) {
      world.write(`${name}`, `${file}`);
      const argv = words(`employees import ${name} --yes`);
      const context = testContext({ argv, home: world.home, env: environmentFor(world.server), transport });
      world.server.fate = (_, path) => {
        if (path === '/employees') context.interrupt(new InterruptedError('SIGINT'));
        return 'answer';
      };
      expect(await main(context)).toBe(130);
      expect(context.stderr.text()).toContain('worktime: interrupted; nothing was changed');
    }
    expect(world.server.ledger).toEqual([]);
  });

  it('of standard input leaves its refused rows under a name of their own, when it is resumed too', async () => {
    const stdin = peopleFile(1).replace('dept_eng', 'dept_x');
    await world.run('employees import - --yes', { stdin });
    const { stdout } = await world.run('runs resume last --json');
    expect(JSON.parse(stdout).refused_file).toBe(join(world.home, 'stdin.refused.csv'));
  });
});
