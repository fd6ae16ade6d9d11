/** What else stands on a line at Tab: redirections, quotes, flags that are given, and how worktime itself is called. */

import { describe, expect } from 'vitest';
import { offeredByFish, prepare, where } from './completion-world.ts';

prepare();

const JOHN = ['emp_123456\tJohn Doe'];

describe('Tab in fish', () => {
  where('fish', 'leaves the files of redirections out of the arguments', async () => {
    for (const given of ['>out', '> out', '2>&1', '2> "a b"', '&>>out', '<in 2>out', '(echo a > b) >out']) {
      const verb = given.startsWith('(') ? 'delete' : 'get';
      expect(await offeredByFish(`worktime employees ${verb} ${given} joh`), given).toEqual(JOHN);
    }
    expect(await offeredByFish('worktime employees >out get joh')).toEqual(JOHN);
    expect(await offeredByFish('worktime employees get "a > b" joh')).toEqual([]);
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
