import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeKey, maskKey, resolveKey, runKeyCommand } from '../../src/config/key.ts';
import type { ChildResult, SpawnOptions } from '../../src/context.ts';
import { AuthError } from '../../src/errors.ts';

function runner(result: Partial<ChildResult>) {
  const calls: { command: readonly string[]; options: SpawnOptions | undefined }[] = [];
  return {
    calls,
    env: { WORKTIME_API_KEY: 'wt_other_key_0123456789', PATH: '/bin' },
    run: async (command: readonly string[], options?: SpawnOptions) => {
      calls.push({ command, options });
      return { exitCode: 0, stdout: '', stderr: '', ...result };
    },
  };
}

test('a key command gives the first line that it prints, and never sees the key of the environment', async () => {
  const context = runner({ stdout: 'wt_live_0123456789\r\nmore\n' });
  expect(await runKeyCommand(['pass', 'show', 'worktime'], context)).toBe('wt_live_0123456789');
  expect(context.calls[0]?.command).toEqual(['pass', 'show', 'worktime']);
  expect(context.calls[0]?.options?.env).toEqual({ PATH: '/bin' });
});

test('a key command that fails or prints nothing usable names its program and nothing else', async () => {
  for (const result of [
    { exitCode: 1, stdout: 'wt_secret' },
    { stdout: '' },
    { stdout: '  \nwt_secret\n' },
    { stdout: 'wt_secret with spaces\n' },
    { stdout: 'wt_sécret\n' },
  ]) {
    const error = await runKeyCommand(['pass', 'show', 'secret/path'], runner(result)).catch(
      (fault: unknown) => fault,
    );
    expect(error).toBeInstanceOf(AuthError);
    const text = JSON.stringify([
      (error as AuthError).message,
      (error as AuthError).next,
      (error as AuthError).lines,
    ]);
    expect(text).toContain('pass');
    expect(text).not.toMatch(/secret/);
  }
});

test('a mask never shows more than four characters at the end, and nothing of a short key', () => {
  expect(maskKey('wt_live_0123456789abcd')).toBe('wt_…abcd');
  expect(maskKey('sk0123456789abcd')).toBe('…abcd');
  expect(maskKey('wt_short')).toBe('wt_…');
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (key) => {
      const shown = maskKey(key);
      expect(shown.replace(/^wt_/, '').length).toBeLessThanOrEqual(5);
      expect(shown).toMatch(/^(wt_)?…[\x21-\x7e]*$/);
    }),
  );
  expect(describeKey({ type: 'command', command: ['op', 'read', 'op://x'] })).toBe('printed by op');
});

test('without a source there is no key', async () => {
  await expect(resolveKey(undefined, runner({}))).rejects.toThrow(AuthError);
});
