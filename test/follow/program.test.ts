import { describe, expect, it } from 'vitest';
import { checkProgram } from '../../src/follow/program.ts';
import { testContext } from '../support/context.ts';

describe('the program of --exec', () => {
  const context = testContext({ env: { PATH: process.env.PATH } });

  it.each(['node', process.execPath])('is found: %s', async (program) => {
    await expect(checkProgram([program], context)).resolves.toBeUndefined();
  });

  it.each(['nosuchprogram', './nosuchprogram', '/tmp', ''])('is refused with 2: %j', async (program) => {
    await expect(checkProgram([program], context)).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining(`"${program}"`),
    });
  });
});
