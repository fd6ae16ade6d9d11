import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { START, temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { type Asking, tell } from './world.ts';

let home: string;
beforeEach(() => {
  home = temporaryFolder();
});

const ask = (kind: string, asking?: Asking) => tell(home, kind, asking);
const worktime = (line: string) => run(line, { home });

describe('Tab where a run is named', () => {
  it('offers the runs of bulk work, the newest first', () => {
    for (const id of ['20241117-090000000-aaaaaaaa', '20241118-090000000-bbbbbbbb', 'other']) {
      mkdirSync(join(home, 'state', 'runs', id), { recursive: true });
    }
    expect(ask('run')).toEqual([
      'last\tnewest: 2024-11-18 09:00:00 UTC',
      '20241118-090000000-bbbbbbbb\t2024-11-18 09:00:00 UTC',
      '20241117-090000000-aaaaaaaa\t2024-11-17 09:00:00 UTC',
    ]);
  });

  it('tells of each run what it was and how it ended, as far as its journal does', async () => {
    writeFileSync(join(home, 'people.csv'), 'name,email\nAnn,ann@example.com\n');
    await run('employees import people.csv --yes', { home });
    await run('runs undo last --yes', { home });
    await run('employees create --name Bob --email bob@example.com', { home });
    await run('attendance clock in emp_nobody', { home });
    const abouts = ask('run').map((offer) => offer.split('\t')[1]);
    expect(abouts).toEqual([
      'newest: attendance clock of emp_nobody, refused',
      'attendance clock of emp_nobody, refused',
      'employees create of bob@example.com, done',
      expect.stringMatching(/^undo of 20241118-120000000-[0-9a-f]{8}, done$/),
      'employees import of people.csv, undone',
    ]);
  });

  it('waits for nobody where a pipe stands in the place of a journal', () => {
    const runs = join(home, 'state', 'runs', '20241118-090000000-bbbbbbbb');
    mkdirSync(runs, { recursive: true });
    execFileSync('mkfifo', [join(runs, 'journal.log')]);
    expect(ask('run').at(-1)).toBe('20241118-090000000-bbbbbbbb\t2024-11-18 09:00:00 UTC');
  });

  it('leaves room for an ID in 80 columns, and says how each ended', async () => {
    const file = `${'a-very-long-name-of-a-file-'.repeat(4)}.csv`;
    writeFileSync(join(home, file), 'name,email\nAnn,ann@example.com\n');
    await worktime(`employees import ${file} --yes`);
    for (const offer of ask('run')) {
      expect(offer.split('\t')[1]?.length).toBeLessThanOrEqual(47);
      expect(offer).toMatch(/…, done$/);
    }
  });
});

describe('Tab where a run is to be undone', () => {
  const ids = () =>
    readdirSync(join(home, 'state', 'runs'))
      .sort()
      .reverse();
  const offered = (asking?: Asking) => ask('undoable', asking).map((offer) => offer.split('\t')[0]);

  it('offers those that the command takes, and no others', async () => {
    writeFileSync(join(home, 'people.csv'), 'name,email\nAnn,ann@example.com\nCem,cem@example.com\n');
    writeFileSync(join(home, 'dora.csv'), 'name,email\nDora,dora@example.com\n');
    writeFileSync(
      join(home, 'punches.csv'),
      'employee,type,timestamp\nemp_123456,clock_in,2024-11-18T08:00:00Z\n',
    );
    await worktime('employees import dora.csv --yes');
    await worktime('runs undo last --yes');
    await worktime('employees import people.csv --yes');
    const [imported] = ids();
    const { stdout } = await worktime(
      'employees list --all --query "[?email==\'ann@example.com\'].id" --json',
    );
    await worktime(`employees update ${JSON.parse(stdout)[0]} --position Lead`);
    // Ann was changed since: this undo is refused in part, and can be tried again.
    await worktime(`runs undo ${imported} --yes`);
    await worktime('attendance import punches.csv --yes');
    await worktime('employees create --name Bob --email bob@example.com');
    await worktime('employees create --name Bob --email bob@example.com');
    await worktime('employees create --name Eve --email eve@example.com');
    // Killed before the answer came.
    const journal = join(home, 'state', 'runs', ids()[0] ?? '', 'journal.log');
    writeFileSync(journal, `${readFileSync(journal, 'utf8').split('\n').slice(0, 4).join('\n')}\n`);
    const taken: string[] = [];
    for (const id of ids()) {
      const { code, stdout: plan } = await worktime(`runs undo ${id} --dry-run --json`);
      if (code === 0 && JSON.parse(plan).length > 0) taken.push(id);
    }
    expect(ids()).toHaveLength(9);
    expect(taken).toHaveLength(4);
    expect(offered()).toEqual(taken);

    const resumed: string[] = [];
    for (const id of ids()) {
      if ((await worktime(`runs resume ${id} --dry-run`)).code === 0) resumed.push(id);
    }
    expect(resumed).toHaveLength(3);
    const resumable = ask('resumable').map((offer) => offer.split('\t')[0]);
    expect(resumable).toEqual(['last', ...resumed]);
  });

  it('offers the newest by its word as well, unless it is an undo', async () => {
    await worktime('employees create --name Bob --email bob@example.com');
    expect(offered()).toEqual(['last', ids()[0]]);
    await worktime('runs undo last --yes');
    expect(offered()).toEqual([ids()[0]]);
    expect((await worktime('runs undo last --dry-run')).code).not.toBe(0);
  });

  it('offers none of another organization', async () => {
    await worktime('employees create --name Bob --email bob@example.com');
    const env = { WORKTIME_BASE_URL: 'https://one.example/v1' };
    expect(offered({ env })).toEqual([]);
    expect(offered({ env, words: ['--profile', 'sandbox'] })).toHaveLength(2);
  });

  it('offers none from before the sandbox was made anew', async () => {
    await worktime('employees create --name Bob --email bob@example.com');
    const later = { home, now: START + 60_000 };
    await run('sandbox reset', later);
    expect(offered()).toEqual([]);
    await run('employees create --name Eve --email eve@example.com', later);
    expect(offered()).toEqual(['last', ids()[0]]);
  });
});
