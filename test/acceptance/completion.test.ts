import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import {
  becomesInZsh,
  completedInBash,
  home,
  KILL_LINE,
  offeredByFish,
  offeredByPowerShell,
  prepare,
  TAB,
  typeInBash,
  typeInZsh,
  where,
} from './completion-world.ts';

prepare();

describe('Tab in bash', () => {
  where('bash', 'completes a command from its first letters', async () => {
    expect(await completedInBash(`worktime emp${TAB}`)).toEqual(['<employees>']);
    expect(await completedInBash(`worktime emp${TAB}li${TAB}`)).toEqual(['<employees><list>']);
    expect(await completedInBash(`worktime help employees li${TAB}`)).toEqual(['<help><employees><list>']);
  });
  where('bash', 'completes a flag, wherever the others stand', async () => {
    expect(await completedInBash(`worktime employees list --st${TAB}`)).toEqual([
      '<employees><list><--status>',
    ]);
    expect(await completedInBash(`worktime --format js${TAB}employees li${TAB}--sta${TAB}`)).toEqual([
      '<--format><json><employees><list><--status>',
    ]);
  });
  where('bash', 'offers the values of a flag, after a space and after =', async () => {
    expect(await typeInBash(`worktime employees list --status ${TAB}${TAB}${KILL_LINE}`)).toMatch(
      /active +inactive/,
    );
    expect(await completedInBash(`worktime employees list --status=in${TAB}`)).toEqual([
      '<employees><list><--status=inactive>',
    ]);
    expect(await completedInBash(`worktime employees list --fields name,sal${TAB}`)).toEqual([
      '<employees><list><--fields><name,salary>',
    ]);
  });
  where('bash', 'offers IDs with their names, and inserts the ID alone', async () => {
    expect(await typeInBash(`worktime employees get ${TAB}${TAB}${TAB}${KILL_LINE}`)).toMatch(
      /emp_123456 +\(John Doe\)|Display all 42/,
    );
    expect(await completedInBash(`worktime locks history lock_78${TAB}`)).toEqual([
      '<locks><history><lock_789>',
    ]);
    expect(await completedInBash(`worktime employees get doe${TAB}`)).toEqual([
      '<employees><get><emp_123456>',
    ]);
    expect(await completedInBash(`worktime employees list --department en${TAB}`)).toEqual([
      '<employees><list><--department><eng>',
    ]);
  });
  where('bash', 'completes a setting, then its value', async () => {
    expect(await completedInBash(`worktime config set form${TAB}js${TAB}`)).toEqual([
      '<config><set><format><json>',
    ]);
    expect(await completedInBash(`worktime config set format=nd${TAB}`)).toEqual([
      '<config><set><format=ndjson>',
    ]);
    expect(await completedInBash(`worktime config get max${TAB}`)).toEqual(['<config><get><max-wait>']);
    expect(await completedInBash(`worktime employees list --timezone Europe/Berl${TAB}`)).toEqual([
      '<employees><list><--timezone><Europe/Berlin>',
    ]);
  });
  where(
    'bash',
    'goes on with the name of an alias, without a space, and offers those that can be unset',
    async () => {
      expect(await completedInBash(`worktime config set alias.dep${TAB}eng2=dept_e${TAB}`)).toEqual([
        '<config><set><alias.department.eng2=dept_eng>',
      ]);
      expect(await completedInBash(`worktime config set ali${TAB}l${TAB}front lock_78${TAB}`)).toEqual([
        '<config><set><alias.lock.front><lock_789>',
      ]);
      expect(await completedInBash(`worktime config unset alias.${TAB}`)).toEqual([
        '<config><unset><alias.lock.gate>',
      ]);
    },
  );
  where('bash', 'leaves files to the shell and everything else alone', async () => {
    writeFileSync(join(home, 'a file.json'), '');
    const [line] = await completedInBash(`worktime employees create --data ${home}/a${TAB}`);
    expect(line).toBe(`<employees><create><--data><${home}/a file.json>`);
    expect(await completedInBash(`worktime employees create --name Jo${TAB}`)).toEqual([
      '<employees><create><--name><Jo>',
    ]);
  });
});

describe('Tab in zsh', () => {
  where('zsh', 'completes a command and a flag from their first letters', async () => {
    await becomesInZsh(`worktime emp${TAB}`, '<employees>');
    await becomesInZsh(`worktime help employees li${TAB}`, '<help><employees><list>');
    await becomesInZsh(`worktime employees list --st${TAB}`, '<employees><list><--status');
    await becomesInZsh(`worktime --format js${TAB} employees list --sort sal${TAB}`, '<--sort><salary>');
  });
  where('zsh', 'completes a setting, then its value', async () => {
    await becomesInZsh(`worktime config set form${TAB}js${TAB}`, '<config><set><format><json>');
    await becomesInZsh(`worktime config set format=nd${TAB}`, '<config><set><format=ndjson>');
    await becomesInZsh(`worktime config unset max${TAB}`, '<config><unset><max-wait>');
  });
  where(
    'zsh',
    'goes on with the name of an alias, without a space, and offers those that can be unset',
    async () => {
      await becomesInZsh(
        `worktime config set alias.dep${TAB}eng2 dept_e${TAB}`,
        '<set><alias.department.eng2><dept_eng>',
      );
      await becomesInZsh(`worktime config set alias.l${TAB}x y`, '<config><set><alias.lock.x><y>');
      await becomesInZsh(`worktime config set alias.lock.g${TAB}x`, '<config><set><alias.lock.gate><x>');
      await becomesInZsh(`worktime config unset alias.${TAB}`, '<config><unset><alias.lock.gate>');
    },
  );
  where('zsh', 'offers the values of a flag, after a space and after =', async () => {
    await typeInZsh([`worktime employees list --status ${TAB}`, 'active*inactive']);
    await becomesInZsh(`worktime employees list --status=in${TAB}`, '<--status=inactive>');
    await becomesInZsh(`worktime employees list --department=en${TAB}`, '<list><--department=eng>');
  });
  where('zsh', 'offers IDs with their names, and inserts the ID alone', async () => {
    await typeInZsh([`worktime locks history ${TAB}${TAB}`, 'lock_789*-- Front Door']);
    await becomesInZsh(`worktime locks history lock_78${TAB}`, '<locks><history><lock_789>');
    await becomesInZsh(`worktime employees get doe${TAB}`, '<employees><get><emp_123456>');
    await becomesInZsh(`worktime employees list --department en${TAB}`, '<--department><eng>');
  });
});

describe('Tab in fish', () => {
  where('fish', 'completes a command from its first letters', async () => {
    const [first, ...others] = await offeredByFish('worktime emp');
    expect(first).toMatch(/^employees\tList, show/);
    expect(others).toEqual([]);
    expect(await offeredByFish('worktime help employees li')).toEqual(['list']);
  });
  where('fish', 'completes a flag, wherever the others stand', async () => {
    expect(await offeredByFish('worktime employees list --st')).toEqual([
      '--status\tOnly employees of this status',
    ]);
    expect(await offeredByFish('worktime --format json employees --quiet li')).toEqual([
      expect.stringMatching(/^list\t/),
    ]);
  });
  where('fish', 'completes a setting, then its value', async () => {
    expect(await offeredByFish('worktime config set ')).toEqual([
      'format\tnot set',
      'timezone\tnot set',
      'max-wait\tnot set',
      'alias.lock.gate\tlock_789',
      'alias.employee.\ta short name for an employee',
      'alias.department.\ta short name for a department',
      'alias.lock.\ta short name for a lock',
    ]);
    expect(await offeredByFish('worktime config unset alias.')).toEqual(['alias.lock.gate\tlock_789']);
    expect(await offeredByFish('worktime config set format js')).toEqual(['json']);
    expect(await offeredByFish('worktime config set format=nd')).toEqual(['format=ndjson']);
  });
  where('fish', 'offers the values of a flag, after a space and after =', async () => {
    const values = await offeredByFish('worktime employees list --status ');
    expect(values.map((each) => each.split('\t')[0])).toEqual(['active', 'inactive']);
    expect(await offeredByFish('worktime employees list --status=in')).toEqual([
      expect.stringMatching(/^--status=inactive\b/),
    ]);
    expect(await offeredByFish('worktime employees list --fields name,sal')).toEqual([
      expect.stringMatching(/^name,salary\b/),
    ]);
  });
  where('fish', 'offers IDs with their names', async () => {
    expect(await offeredByFish('worktime employees get ')).toHaveLength(42);
    expect(await offeredByFish('worktime employees get emp_123456')).toEqual(['emp_123456\tJohn Doe']);
    expect(await offeredByFish('worktime employees delete emp_123457 emp_123456')).toEqual([
      'emp_123456\tJohn Doe',
    ]);
    expect(await offeredByFish('worktime locks history lock_78')).toEqual(['lock_789\tFront Door']);
  });
});

describe('Tab in PowerShell', () => {
  where('pwsh', 'completes commands, flags, values and IDs', async () => {
    expect(await offeredByPowerShell('worktime emp')).toEqual(['employees']);
    expect(await offeredByPowerShell('worktime employees list --st')).toEqual(['--status']);
    expect(await offeredByPowerShell('worktime employees list --status ')).toEqual(['active', 'inactive']);
    expect(await offeredByPowerShell('worktime employees list --status=in')).toEqual(['--status=inactive']);
    expect(await offeredByPowerShell('worktime employees list --fields name,sal')).toEqual(['name,salary']);
    expect(await offeredByPowerShell('worktime help employees li')).toEqual(['list']);
    expect(await offeredByPowerShell('worktime locks history lock_78')).toEqual(['lock_789']);
    expect(await offeredByPowerShell('worktime config set format js')).toEqual(['json']);
    expect(await offeredByPowerShell('worktime config set alias.dep')).toEqual(['alias.department.']);
  });
});
