import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import {
  becomesInZsh,
  completedInBash,
  home,
  KILL_LINE,
  offeredByFish,
  prepare,
  TAB,
  typeInBash,
  where,
} from './completion-world.ts';

prepare();

const byPath = join(home, 'bin', 'worktime');
const GIVEN = /emp_123457 +\(Emma O'Brien\) +emp_123458/;

describe('Tab in bash', () => {
  where('bash', 'takes a word that bash parts at : = and @ for the one that it is', async () => {
    expect(await completedInBash(`worktime --base-url http://127.0.0.1:4010/v1 emp${TAB}li${TAB}`)).toEqual([
      '<--base-url><http://127.0.0.1:4010/v1><employees><list>',
    ]);
    const email = 'worktime employees create --email a@example.com --dep';
    expect(await completedInBash(`${email}${TAB}en${TAB}`)).toEqual([
      '<employees><create><--email><a@example.com><--department><eng>',
    ]);
    expect(await completedInBash(`worktime attendance list --employee=doe${TAB}`)).toEqual([
      '<attendance><list><--employee=emp_123456>',
    ]);
    expect(await typeInBash(`worktime config set format=${TAB}${TAB}${KILL_LINE}`)).toMatch(
      /table +json +ndjson/,
    );
    expect(await completedInBash(`worktime config set alias.lock.back=lock_790${TAB}`)).toEqual([
      '<config><set><alias.lock.back=lock_790>',
    ]);
  });
  where(
    'bash',
    'gives readline what it is to put behind the last word break, whatever parts words',
    async () => {
      // bash 3.2 parts words as the shell does; others may part them elsewhere.
      const whole = 'COMP_WORDS=(worktime employees list --status=in)';
      const parted = 'COMP_WORDS=(worktime employees list --status = in)';
      for (const [words, breaks, expected] of [
        [whole, ' =:', 'inactive'],
        [whole, ' ', '--status=inactive'],
        [parted, ' =:', 'inactive'],
      ] as const) {
        const line = `COMP_LINE='worktime employees list --status=in' COMP_POINT=35 COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))`;
        const script = `${words}; ${line}; COMP_WORDBREAKS='${breaks}' COMP_TYPE=9; _worktime; echo "<$COMPREPLY>"`;
        expect((await typeInBash(script)).split('\n'), script).toContain(`<${expected}>`);
      }
    },
  );
  where('bash', 'offers the direction after the column of --sort', async () => {
    expect(await completedInBash(`worktime employees list --sort sal${TAB}--st${TAB}`)).toEqual([
      '<employees><list><--sort><salary><--status>',
    ]);
    for (const sort of ['--sort salary:d', '--sort=salary:d']) {
      const [line] = await completedInBash(`worktime employees list ${sort}${TAB}--st${TAB}`);
      expect(line).toMatch(/salary:desc><--status>$/);
    }
  });
  where('bash', 'leaves redirections to the shell, and their files out of the arguments', async () => {
    writeFileSync(join(home, 'out.txt'), '');
    for (const redirection of ['>', '> ', '>> ', '2>', '2> ']) {
      const line = `worktime employees get ${redirection}${home}/out${TAB}em${TAB}`;
      expect(await typeInBash(`${line}${KILL_LINE}`), redirection).toContain(
        `${redirection}${home}/out.txt emp_`,
      );
    }
  });
  where('bash', 'reads a variable of the line as the shell will, whatever it is called', async () => {
    const names =
      'rest quote sign name text kept line piece last i n words cur head path flag found word count';
    for (const name of names.split(' ')) {
      const line = `worktime --profile $${name} employees get emp_12345${TAB}${TAB}${KILL_LINE}`;
      expect(await typeInBash(`${name}=sandbox`, line), name).toMatch(/emp_123456 +\(John Doe\)/);
    }
  });
  where('bash', 'finds by a name that is quoted', async () => {
    for (const name of ['"John D', "'John D", 'John\\ D']) {
      expect(await completedInBash(`worktime employees get ${name}${TAB}`)).toEqual([
        '<employees><get><emp_123456>',
      ]);
    }
  });
  where('bash', 'offers nothing twice, neither flags nor IDs', async () => {
    const line = `worktime employees delete emp_123456 emp_12345${TAB}${TAB}${KILL_LINE}`;
    const shown = await typeInBash(line);
    expect(shown).toMatch(GIVEN);
    expect(shown).not.toContain('John Doe');
  });
  where('bash', 'knows IDs where worktime is run by its path, and its version', async () => {
    expect(await completedInBash(`${byPath} employees get doe${TAB}`)).toEqual([
      '<employees><get><emp_123456>',
    ]);
    expect(await completedInBash(`worktime --ver${TAB}`)).toEqual(['<--version>']);
    expect(await completedInBash(`worktime employees list --ver${TAB}`)).toEqual([
      '<employees><list><--ver>',
    ]);
  });
  where('bash', 'does no harm to a shell that is strict or has an IFS of its own', async () => {
    const line = [
      `worktime employees get zzz${TAB}`,
      `worktime zzz${TAB}`,
      `worktime employees list --fields name,zzz${TAB}`,
      `worktime employees list --zzz${TAB}`,
      `worktime employees list --sort a:b:${TAB}`,
      `worktime emp${TAB}li${TAB}`,
    ];
    for (const setting of ['set -eu', 'bind "TAB:menu-complete"; set -eu', 'IFS=em']) {
      const all = await typeInBash(setting, ...line);
      expect(all, setting).not.toContain('unbound');
      // It lives to the last line.
      expect(all, setting).toMatch(/<employees><list>$/m);
    }
  });
});

describe('Tab in zsh', () => {
  where('zsh', 'offers the direction after the column of --sort', async () => {
    await becomesInZsh(`worktime employees list --sort salary:d${TAB}`, '<--sort><salary:desc>');
    await becomesInZsh(`worktime employees list --sort=salary:d${TAB}`, '<--sort=salary:desc>');
  });
  where('zsh', 'finds by a name that is quoted', async () => {
    for (const name of ['"John D', "'John D", 'John\\ D'])
      await becomesInZsh(`worktime employees get ${name}${TAB}`, '<employees><get><emp_123456>');
  });
  where('zsh', 'offers no ID twice', async () => {
    await becomesInZsh(
      `worktime employees delete emp_123456 emp_12345${TAB}7${TAB}`,
      '<delete><emp_123456><emp_123457>',
    );
    await becomesInZsh(`worktime employees delete emp_123456 emp_123456${TAB}x`, '<emp_123456><emp_123456x>');
  });
  where('zsh', 'knows IDs where worktime is run by its path, and its version', async () => {
    await becomesInZsh(`${byPath} employees get doe${TAB}`, '<employees><get><emp_123456>');
    await becomesInZsh(`worktime --ver${TAB}`, '<--version>');
    await becomesInZsh(`worktime employees list --ver${TAB}x`, '<list><--verx>');
  });
  where('zsh', 'takes the word after --fields for its value', async () => {
    await becomesInZsh(`worktime employees get --fields name doe${TAB}`, '<--fields><name><emp_123456>');
  });
});

describe('Tab in fish', () => {
  const JOHN = ['emp_123456\tJohn Doe'];
  where('fish', 'finds by a name, quoted or not', async () => {
    for (const name of ['doe', '"John D', "'John D", 'John\\ D'])
      expect(await offeredByFish(`worktime employees get ${name}`), name).toEqual(JOHN);
  });
  where('fish', 'keeps the flag where its value follows in the same word', async () => {
    expect(await offeredByFish('worktime attendance list --employee=emp_123456')).toEqual([
      '--employee=emp_123456\tJohn Doe',
    ]);
    for (const name of ['John', 'EMP_'])
      for (const line of await offeredByFish(`worktime attendance list --employee=${name}`))
        expect(line).toMatch(/^--employee=/);
  });
  where('fish', 'offers the direction after the column of --sort', async () => {
    const offered = await offeredByFish('worktime employees list --sort salary:');
    expect(offered.map((line) => line.split('\t')[0])).toEqual(['salary:asc', 'salary:desc']);
  });
  where('fish', 'takes the word after --fields for its value, unless it is a flag', async () => {
    expect(await offeredByFish('worktime employees get --fields name doe')).toEqual(JOHN);
    expect(await offeredByFish('worktime employees get --fields --quiet doe')).toEqual(JOHN);
  });
  where('fish', 'offers no ID twice', async () => {
    const offered = await offeredByFish('worktime employees delete emp_123456 emp_12345');
    expect(offered.map((line) => line.split('\t')[0])).toEqual(['emp_123457', 'emp_123458', 'emp_123459']);
  });
  where('fish', 'knows IDs where worktime is run by its path, and its version', async () => {
    expect(await offeredByFish(`${byPath} employees get doe`)).toEqual(JOHN);
    expect(await offeredByFish('worktime --ver')).toEqual([expect.stringMatching(/^--version\t/)]);
    expect(await offeredByFish('worktime employees list --ver')).toEqual([]);
  });
  where('fish', 'is silent where there is no worktime', async () => {
    expect(await offeredByFish('worktime employees get doe', { PATH: '/usr/bin:/bin' })).toEqual([]);
  });
});
