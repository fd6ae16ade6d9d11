/** What else stands on a line at Tab: redirections, quotes, flags that are given, and how worktime itself is called. */

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { BINARY } from '../support/binary.ts';
import {
  becomesInZsh,
  completedInBash,
  home,
  offeredByFish,
  prepare,
  TAB,
  typeInBash,
  where,
} from './completion-world.ts';

prepare();

const JOHN = ['emp_123456\tJohn Doe'];
const AS_TYPED = ['~/bin/worktime', '"$HOME/my bin/worktime"', '~/my\\ bin/worktime', '$HOME/bin/worktime'];

beforeAll(() => symlinkSync(join(home, 'bin'), join(home, 'my bin')));

describe('Tab in bash', () => {
  where('bash', 'knows IDs where worktime is run by a path that bash has to read', async () => {
    for (const path of [...AS_TYPED, `'${join(home, 'my bin/worktime')}'`, `${home}/"my bin"/worktime`])
      expect(await completedInBash(`${path} emp${TAB}get joh${TAB}`), path).toEqual([
        '<employees><get><emp_123456>',
      ]);
  });
  where('bash', 'runs nothing that a path would run', async () => {
    const all = await typeInBash(
      `$(touch '${home}/ran')/worktime employees get joh${TAB}\u0015`,
      `ls '${home}'`,
    );
    expect(all).not.toMatch(/^ran\r?$/m);
  });
  where('bash', 'completes within a quote that is open after =', async () => {
    for (const quote of ["'", '"'])
      expect(await completedInBash(`worktime employees list --format=${quote}js${TAB}`)).toEqual([
        '<employees><list><--format=json>',
      ]);
    expect(await completedInBash(`worktime attendance list --employee="John D${TAB}`)).toEqual([
      '<attendance><list><--employee=emp_123456>',
    ]);
    expect(await completedInBash(`worktime --profile "sandbox" employees get joh${TAB}`)).toEqual([
      '<--profile><sandbox><employees><get><emp_123456>',
    ]);
  });
  where('bash', 'completes whatever else parts words', async () => {
    const breaks = 'COMP_WORDBREAKS=$COMP_WORDBREAKS,.-/';
    for (const [typed, run] of [
      [`employees get joh${TAB}`, '<employees><get><emp_123456>'],
      [`employees list --st${TAB}in${TAB}`, '<employees><list><--status><inactive>'],
      [`employees list --fields=name,sal${TAB}`, '<employees><list><--fields=name,salary>'],
      [`employees list --timezone Europe/Berl${TAB}`, '<employees><list><--timezone><Europe/Berlin>'],
      [`config set alias.dep${TAB}eng2=dept_e${TAB}`, '<config><set><alias.department.eng2=dept_eng>'],
      [`webhooks listen --events employee.cre${TAB}`, '<webhooks><listen><--events><employee.created>'],
      [`employees get 2>/dev/null joh${TAB}`, '<employees><get><emp_123456>'],
    ] as const) {
      for (const path of ['worktime', '~/bin/worktime'])
        expect(await typeInBash(breaks, `${path} ${typed}`), typed).toContain(run);
    }
  });
});

describe('Tab in zsh', () => {
  where('zsh', 'knows IDs where worktime is run by a path that zsh has to read', async () => {
    for (const path of AS_TYPED)
      await becomesInZsh(`${path} employees get joh${TAB}`, '<employees><get><emp_123456>');
  });
});

describe('Tab in fish', () => {
  where('fish', 'leaves the files of redirections out of the arguments', async () => {
    for (const given of ['>out', '> out', '2>&1', '2> "a b"', '&>>out', '<in 2>out', '(echo a > b) >out']) {
      const verb = given.startsWith('(') ? 'delete' : 'get';
      expect(await offeredByFish(`worktime employees ${verb} ${given} joh`), given).toEqual(JOHN);
    }
    expect(await offeredByFish('worktime employees >out get joh')).toEqual(JOHN);
    expect(await offeredByFish('worktime employees get "a > b" joh')).toEqual([]);
  });
  where('fish', 'knows IDs where worktime is run by a path that fish has to read', async () => {
    for (const path of AS_TYPED) expect(await offeredByFish(`${path} employees get joh`), path).toEqual(JOHN);
  });
  where('fish', 'finds by a name after = as well, and keeps the flag', async () => {
    for (const name of ['joh', '"John D', 'John\\ D'])
      expect(await offeredByFish(`worktime attendance list --employee=${name}`), name).toEqual([
        '--employee=emp_123456\tJohn Doe',
      ]);
  });
  where('fish', 'offers no flag twice, but those that may be repeated', async () => {
    const names = async (line: string) => (await offeredByFish(line)).map((each) => each.split('\t')[0]);
    for (const given of ['--status active', '--status=active', '--json', '-o out', '--output=out']) {
      const flag = given.startsWith('-o') ? '--output' : (given.split(/[ =]/)[0] ?? '');
      expect(await names(`worktime employees list ${flag}`), flag).toContain(flag);
      expect(await names(`worktime employees list ${given} ${flag}`), given).not.toContain(flag);
    }
    expect(await names('worktime employees import a.csv --map a=b --map')).toContain('--map');
    expect(await names('worktime employees list --status ')).toEqual(['active', 'inactive']);
  });
  where('fish', 'describes no value as its flag', async () => {
    for (const line of ['--status ', '--fields id,', '--sort ', '--sort salary:', '--timezone Europe/B'])
      for (const offer of await offeredByFish(`worktime employees list ${line}`))
        expect(offer, line).not.toContain('\t');
  });
});

describe('Tab where an employee is restored', () => {
  where('bash', 'offers in bash those who left, and to clock in those who did not', async () => {
    expect(await completedInBash(`worktime employees restore laura${TAB}`)).toEqual([
      '<employees><restore><emp_123474>',
    ]);
    expect(await completedInBash(`worktime employees restore joh${TAB}`)).toEqual([
      '<employees><restore><joh>',
    ]);
    expect(await completedInBash(`worktime attendance clock in laura${TAB}`)).toEqual([
      '<attendance><clock><in><laura>',
    ]);
  });
  where('zsh', 'offers them in zsh', async () => {
    await becomesInZsh(`worktime employees restore laura${TAB}`, '<employees><restore><emp_123474>');
    await becomesInZsh(`worktime attendance clock in joh${TAB}`, '<clock><in><emp_123456>');
  });
  where('fish', 'offers them in fish', async () => {
    const restorable = await offeredByFish('worktime employees restore ');
    expect(restorable.length).toBeLessThan(10);
    expect(restorable).toContain('emp_123474\tLaura Reed');
    const others = await offeredByFish('worktime employees delete ');
    expect(others).toHaveLength(42 - restorable.length);
  });
});

describe('Tab after runs undo', () => {
  const real = `'${process.execPath}' '${BINARY}'`;
  beforeAll(async () => {
    await typeInBash(
      `${real} employees create --name Bob --email bob@example.com`,
      `${real} attendance clock in emp_123456`,
    );
  });
  where('bash', 'offers the run that can be undone alone, in bash', async () => {
    const undone = await completedInBash(`worktime runs undo 2${TAB}`);
    expect(undone).toEqual([expect.stringMatching(/^<runs><undo><\d{8}-\d{9}-[0-9a-f]{8}>$/)]);
    // The newest is a punch.
    expect(await completedInBash(`worktime runs undo la${TAB}`)).toEqual(['<runs><undo><la>']);
    expect(await completedInBash(`worktime runs show la${TAB}`)).toEqual(['<runs><show><last>']);
  });
  where('fish', 'offers it in fish, on a line of 80 columns', async () => {
    const offered = await offeredByFish('worktime runs undo ');
    expect(offered).toEqual([expect.stringMatching(/\temployees create of bob@example.com, done$/)]);
    expect(offered[0]?.length).toBeLessThan(76);
  });
});
