import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { type Asking, tell } from './world.ts';

let home: string;
beforeEach(() => {
  home = temporaryFolder();
});

const ask = (kind: string, asking?: Asking) => tell(home, kind, asking);

describe('settings', () => {
  const names = (lines: readonly string[]) => lines.map((line) => line.split('\t')[0]);
  const setting = (...words: readonly string[]) => ({ words: ['config', 'set', ...words] });

  it('are offered by their keys, those that are set with what they are', async () => {
    expect(ask('setting')).toEqual(['format\tnot set', 'timezone\tnot set', 'max-wait\tnot set']);
    await run('config set format=json alias.department.eng=dept_eng', { home });
    expect(ask('setting')).toEqual([
      'format\tjson',
      'timezone\tnot set',
      'max-wait\tnot set',
      'alias.department.eng\tdept_eng',
    ]);
    expect(ask('setting', { current: 'ti' })).toEqual(['timezone\tnot set']);
  });

  it('are set by a key, then a value that fits it', async () => {
    await run('employees list', { home });
    const begun = ['alias.employee.', 'alias.department.', 'alias.lock.'];
    expect(names(ask('assignment', setting()))).toEqual(['format', 'timezone', 'max-wait', ...begun]);
    expect(ask('assignment', setting('format'))).toEqual(['table', 'json', 'ndjson', 'csv', 'excel']);
    expect(ask('assignment', setting('max-wait'))).toContain('5m');
    expect(ask('assignment', { ...setting('timezone'), current: 'Europe/Berl' })).toEqual(['Europe/Berlin']);
    expect(names(ask('assignment', setting('alias.department.eng')))).toContain('dept_eng');
    expect(ask('assignment', setting('format', 'json'))).toEqual([]);
    expect(names(ask('assignment', setting('--profile', 'nine')))).toContain('format');
  });

  it('are aliases as well: how their keys begin where one is set, and those there are where one is unset', async () => {
    const keys = (kind: string, current: string) => names(ask(kind, { ...setting(), current }));
    expect(keys('assignment', 'al')).toEqual(['alias.employee.', 'alias.department.', 'alias.lock.']);
    expect(keys('assignment', 'alias.dep')).toEqual(['alias.department.']);
    expect(keys('assignment', 'alias.department.')).toEqual([]);
    expect(keys('setting', 'alias.')).toEqual([]);
    await run('config set alias.department.eng=dept_eng alias.lock.front=lock_789', { home });
    expect(keys('setting', 'alias.')).toEqual(['alias.department.eng', 'alias.lock.front']);
    expect(keys('assignment', 'alias.d')).toEqual(['alias.department.eng', 'alias.department.']);
    expect(keys('assignment', 'alias.department.')).toEqual(['alias.department.eng']);
    const second = { ...setting('format=json'), current: 'alias.l' };
    expect(names(ask('assignment', second))).toEqual(['alias.lock.front', 'alias.lock.']);
  });

  it('are set as KEY=VALUE as well', () => {
    expect(ask('assignment', { ...setting(), current: 'format=nd' })).toEqual(['format=ndjson']);
    expect(names(ask('assignment', setting('format=json')))).toContain('timezone');
  });

  it('are safe to insert, whatever a file says', () => {
    mkdirSync(join(home, 'config'), { mode: 0o700 });
    const aliases = { department: { '$(reboot)': 'dept_1', 'a;b': 'dept_2', fine: '\u001b[2Jdept' } };
    writeFileSync(join(home, 'config', 'config.json'), JSON.stringify({ aliases }), { mode: 0o600 });
    const offered = ask('setting').join('\n');
    expect(offered).not.toMatch(/\$|;|\u001b/);
    expect(offered).toContain('alias.department.fine');
  });
});

it('every time zone is offered, and the names that --resume remembers', () => {
  expect(ask('zone', { current: 'Asia/Tb' })).toEqual(['Asia/Tbilisi']);
  expect(ask('zone', { current: 'UT' })).toEqual(['UTC']);
  expect(ask('resume')).toEqual([]);
  mkdirSync(join(home, 'state', 'follow', 'named', 'front-door'), { recursive: true });
  expect(ask('resume')).toEqual(['front-door']);
});
