import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { harmless, isInsertable, LIFETIME, MOST, readNames, saveNames } from '../../src/completion/names.ts';
import { START, temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { type Asking, tell } from './world.ts';

let home: string;
beforeEach(() => {
  home = temporaryFolder();
});

const ask = (kind: string, asking?: Asking) => tell(home, kind, asking);

const cacheFiles = () => readdirSync(join(home, 'state', 'completion'));

describe('what a command shows, Tab offers', () => {
  it('employees with their names, and the departments that they are in', async () => {
    await run('employees list --json', { home });
    expect(ask('employee', { current: 'emp_123456' })).toEqual(['emp_123456\tJohn Doe']);
    expect(ask('employee')).toHaveLength(42);
    expect(ask('department')).toContain('dept_eng\tEngineering');
  });

  it('by a name as well, where no ID starts so', async () => {
    await run('employees get emp_123456', { home });
    expect(ask('employee', { current: 'doe' })).toEqual(['emp_123456\tJohn Doe']);
    expect(ask('employee', { current: 'oe' })).toEqual([]);
    // And by who leaves its accents out.
    await run('employees get emp_123459', { home });
    for (const current of ['dvorak', 'lukasz', 'Łuk', 'DVOŘ']) {
      expect(ask('employee', { current })).toContain('emp_123459\tŁukasz Dvořák');
    }
    await run('employees get emp_123488', { home });
    expect(ask('employee', { current: 'yilmaz' })).toEqual(['emp_123488\tJürgen Yılmaz']);
  });

  it('locks, and whom attendance and reports name', async () => {
    await run('locks list', { home });
    expect(ask('lock', { current: 'lock_789' })).toEqual(['lock_789\tFront Door']);
    await run('reports attendance --month 2024-11', { home });
    expect(ask('employee', { current: 'emp_123456' })).toEqual(['emp_123456\tJohn Doe']);
  });

  it('the same whatever else is done with the output', async () => {
    await run('employees list --query length(@)', { home });
    expect(ask('employee')).toHaveLength(42);
  });

  it('aliases, with what they stand for', async () => {
    await run('config set alias.employee.john=emp_123456', { home });
    await run('employees get john', { home });
    expect(ask('employee', { current: 'jo' })).toEqual(['john\temp_123456, John Doe']);
    expect(ask('department', { current: 'eng' })).toEqual(['eng\tdept_eng, Engineering']);
  });

  it('who left where somebody is restored, and all others where one is deleted or clocks in', async () => {
    const has = (kind: string) => ask(kind).some((line) => line.startsWith('emp_123456\t'));
    await run('config set alias.employee.john=emp_123456', { home });
    await run('employees list', { home });
    const inactive = ask('inactive-employee');
    expect(inactive.length).toBeGreaterThan(0);
    expect(ask('active-employee')).toHaveLength(43 - inactive.length);
    expect(has('inactive-employee')).toBe(false);
    await run('employees delete emp_123456 --yes', { home });
    // What names somebody alone tells nothing of the status.
    await run('attendance list --employee emp_123456', { home });
    expect(ask('inactive-employee')).toHaveLength(inactive.length + 2);
    expect(ask('inactive-employee')).toContain('john\temp_123456, John Doe');
    expect(has('active-employee')).toBe(false);
    expect(has('employee')).toBe(true);
    await run('employees restore emp_123456', { home });
    expect(ask('inactive-employee')).toEqual(inactive);
    expect(has('active-employee')).toBe(true);
  });

  it('everybody whose status is not known, where nobody is known to have left', async () => {
    await run('attendance list --month 2024-11', { home });
    expect(ask('employee').length).toBeGreaterThan(5);
    expect(ask('inactive-employee')).toEqual(ask('employee'));
    expect(ask('active-employee')).toEqual(ask('employee'));
  });

  it('nothing in a CI, where nobody presses Tab', async () => {
    await run('employees list', { home, env: { WORKTIME_PROFILE: 'sandbox', CI: 'true' } });
    expect(ask('employee')).toEqual([]);
  });

  it('nothing of a dry run', async () => {
    await run('employees update emp_123456 --position Lead --dry-run', { home });
    expect(ask('employee')).toEqual([]);
  });
});

describe('the cache', () => {
  it('is private, one file, and not written again for what it knows', async () => {
    await run('employees list', { home });
    const [file = ''] = cacheFiles();
    const path = join(home, 'state', 'completion', file);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'state', 'completion')).mode & 0o777).toBe(0o700);
    expect(readFileSync(path, 'utf8')).not.toContain('wt_sandbox');
    const names = readNames(path, START).map(({ noun, id, name }) => ({ noun, id, name }));
    expect(saveNames(path, names, START + 60_000)).toBe(false);
    expect(saveNames(path, [{ noun: 'employee', id: 'emp_123456', name: 'John R. Doe' }], START)).toBe(true);
    expect(cacheFiles()).toEqual([file]);
  });

  it('is short-lived', async () => {
    await run('employees list', { home });
    expect(ask('employee', { now: START + LIFETIME - 120_000 })).toHaveLength(42);
    expect(ask('employee', { now: START + LIFETIME + 60_000 })).toEqual([]);
    const [old = ''] = cacheFiles();
    const folder = join(home, 'state', 'completion');
    utimesSync(join(folder, old), 0, 0);
    saveNames(join(folder, 'other.tsv'), [{ noun: 'lock', id: 'lock_1', name: 'Gate' }], START);
    expect(cacheFiles()).toEqual(['other.tsv']);
  });

  it('forgets those of the embedded sandbox when that is made anew, and no others', async () => {
    await run('employees list', { home });
    const folder = join(home, 'state', 'completion');
    const others = ['acme-1a2b3c.tsv', 'sandbox-two-1a2b3c.tsv'];
    for (const other of others)
      saveNames(join(folder, other), [{ noun: 'lock', id: 'lock_1', name: 'Gate' }], START);
    await run('sandbox reset --seed 7', { home });
    expect(ask('employee')).toEqual([]);
    expect(cacheFiles().sort()).toEqual(others);
  });

  it('holds no more names than are read in a moment, the newest of them', () => {
    const path = join(home, 'state', 'completion', 'x.tsv');
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => ({
        noun: 'employee' as const,
        id: `emp_${from + at}`,
        name: 'N',
      }));
    saveNames(path, some(0, MOST), START);
    saveNames(path, some(5000, 10), START);
    const ids = readNames(path, START).map(({ id }) => id);
    expect(ids).toHaveLength(MOST);
    expect(ids).toContain('emp_5009');
    expect(ids).not.toContain('emp_0');
  });

  it('of the sandbox, of a profile and of another key never mix', async () => {
    await run('employees list', { home });
    await run('profiles list', { home });
    mkdirSync(join(home, 'config'), { recursive: true, mode: 0o700 });
    const profile = { base_url: 'https://one.example/v1', key: 'wt_key_0123456789' };
    writeFileSync(join(home, 'config', 'config.json'), JSON.stringify({ profiles: { acme: profile } }), {
      mode: 0o600,
    });
    expect(ask('employee')).toHaveLength(42);
    expect(ask('employee', { words: ['employees', '--profile', 'acme', 'get'] })).toEqual([]);
    expect(ask('employee', { env: { WORKTIME_PROFILE: 'acme' } })).toEqual([]);
    expect(ask('employee', { env: { WORKTIME_PROFILE: 'acme' }, words: ['--sandbox'] })).toHaveLength(42);
    expect(ask('employee', { env: { WORKTIME_PROFILE: 'acme' }, words: ['--profile=sandbox'] })).toHaveLength(
      42,
    );
    expect(ask('employee', { env: { WORKTIME_PROFILE: 'acme' }, words: ['--profile=sandbox'] })).toHaveLength(
      42,
    );
    expect(ask('profile')).toEqual(['acme\t', 'sandbox\tthe embedded sandbox']);
  });

  it('that is damaged offers what can be read of it, and nothing worse', async () => {
    await run('employees list', { home });
    const [file = ''] = cacheFiles();
    const path = join(home, 'state', 'completion', file);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        writeFileSync(path, bytes);
        for (const line of ask('employee')) expect(isInsertable(line.split('\t')[0] ?? '')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('that cannot be written is no reason to fail', async () => {
    mkdirSync(join(home, 'state'), { recursive: true });
    writeFileSync(join(home, 'state', 'completion'), 'in the way');
    const { code, stderr } = await run('locks list', { home });
    expect(code).toBe(0);
    expect(stderr).not.toContain('completion');
  });
});

describe('what reaches the shell', () => {
  it('is never anything that a shell would run: an ID or alias of other signs is not offered', () => {
    for (const word of [
      '$(reboot)',
      '`x`',
      'a;b',
      'a b',
      "a'b",
      'a|b',
      '-rf',
      'a\nb',
      '~x',
      '*',
      'a&b',
      '!1',
      '',
    ]) {
      expect(isInsertable(word), word).toBe(false);
    }
    for (const word of ['emp_123456', 'john', 'jörg', 'a.b-c', 'x@y'])
      expect(isInsertable(word), word).toBe(true);
  });

  it('is one line a name, without a control character, however hostile the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(harmless(name)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(Array.from(harmless(name)).length).toBeLessThanOrEqual(60);
      }),
    );
  });

  it('is nothing at all where the configuration is broken, the question unknown or the folder closed', () => {
    mkdirSync(join(home, 'config'), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, 'config', 'config.json'), '{', { mode: 0o600 });
    expect(ask('employee')).toEqual([]);
    expect(ask('profile')).toEqual([]);
    expect(ask('secret')).toEqual([]);
    expect(ask('run')).toEqual([]);
    chmodSync(join(home, 'config'), 0o700);
  });
});
