import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guarded, withoutKeys } from '../../src/config/secrets.ts';
import { temporaryFolder, testContext } from '../support/context.ts';

const KEY = 'wt_live_canary_0123456789';
const OTHER = 'wt_live_other_0123456789';
/** Prints the names and values of its environment. */
const PRINT = [process.execPath, '-e', 'process.stdout.write(JSON.stringify(process.env))'];

describe('what a program sees of the environment', () => {
  test('is all but the key, under whatever name and within whatever text it stands', () => {
    const env = {
      PATH: '/bin',
      EMPTY: '',
      WORKTIME_API_KEY: 'another',
      TEAM_KEY: KEY,
      HEADER: `Authorization: Bearer ${KEY}`,
      WORKTIME_PROFILE: 'nine',
    };
    expect(withoutKeys(env, [KEY])).toEqual({ PATH: '/bin', EMPTY: '', WORKTIME_PROFILE: 'nine' });
  });

  test('has no key that stands beside one with a line end behind it', () => {
    expect(withoutKeys({ TEAM_KEY: KEY, A: 'a' }, [`${KEY}\n`, ' \n'])).toEqual({ A: 'a' });
  });

  test('is not thinned out by a short or an empty key', () => {
    expect(withoutKeys({ A: 'a', B: 'ab', C: '' }, ['a', ''])).toEqual({ B: 'ab', C: '' });
  });

  test('holds no key of any profile, of the environment or in use, in a program that runs', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'config'), { mode: 0o700 });
    const profiles = { nine: { key: KEY } };
    writeFileSync(join(home, 'config', 'config.json'), JSON.stringify({ profiles }), { mode: 0o600 });
    const env = { PATH: process.env['PATH'], A: KEY, B: OTHER, C: 'printed-by-a-command', D: 'kept' };
    const context = guarded(
      testContext({ home, env: { ...env, WORKTIME_API_KEY: OTHER } }),
      () => 'printed-by-a-command',
    );
    const seen = JSON.parse((await context.run(PRINT)).stdout);
    expect(seen).toMatchObject({ D: 'kept' });
    expect(JSON.stringify(seen)).not.toMatch(/wt_live|printed-by-a-command/);
    const child = await context.start(PRINT, { env: { ...env } });
    let said = '';
    for await (const line of child.lines) said += line;
    expect(said).toContain('kept');
    expect(said).not.toMatch(/wt_live|printed-by-a-command/);
    await child.done;
  });

  test('is whole for the program that prints the key, as that may take it from there', async () => {
    const home = temporaryFolder();
    const context = guarded(testContext({ home, env: { A: KEY } }), () => KEY);
    const { stdout: seen } = await context.run(PRINT, { env: { A: KEY }, mayHoldKeys: true });
    expect(JSON.parse(seen)).toMatchObject({ A: KEY });
  });
});
