import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { BINARY, cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

const TRIAL = fileURLToPath(new URL('../bench/follow-kills.mjs', import.meta.url));

describe('the tail as a process', () => {
  it('neither loses nor repeats a record through kills, resets, cut answers, faults and limits', async () => {
    const args = ['--records', '200', '--kills', '3', '--seconds', '10', '--binary', BINARY];
    const { stdout, exitCode } = await execa(process.execPath, [TRIAL, ...args], { reject: false });
    expect(stdout).toMatch(/^-o: 200 records, 200 rows, 0 lost, 0 repeated, 0 that nobody uploaded$/m);
    expect(stdout).toMatch(/^--resume: 200 records, \d+ rows, 0 lost/m);
    expect(exitCode, stdout).toBe(0);
  }, 120_000);

  it('refuses a second tail of the same file and names the first, and ends with 0 on Ctrl-C', async () => {
    const home = temporaryFolder();
    const env = { ...cleanEnvironment(home), WORKTIME_PROFILE: 'sandbox' };
    const args = [
      'locks',
      'history',
      'lock_789',
      '--follow',
      '-n',
      '2',
      '--interval',
      '1s',
      '-o',
      join(home, 'doors.ndjson'),
    ];
    const first = startBinary(args, { env });
    const file = join(home, 'doors.ndjson');
    await expect
      .poll(() => existsSync(file) && readFileSync(file, 'utf8').split('\n').length, { timeout: 20_000 })
      .toBe(3);
    const second = await startBinary(args, { env });
    expect(second.exitCode).toBe(9);
    expect(second.stderr).toContain(String(first.pid));
    first.kill('SIGINT');
    const { exitCode, stdout, stderr } = await first;
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/2 events, 0 late, 0 gaps/);
  });
});
