import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

const JANE = 'employees create --name Jane --email jane@example.com --quiet';

test.each([
  ['', '--department and --salary'],
  [' --department eng', '--salary'],
  [' --salary 65000', '--department'],
])('create%s says what payroll will be without', async (flags, left) => {
  const { code, stderr } = await run(JANE + flags, { home: temporaryFolder() });
  expect([code, stderr]).toEqual([0, `warning: not given: ${left}\n`]);
});

test('create with both says nothing', async () => {
  const { code, stderr } = await run(`${JANE} --department eng --salary 0`, { home: temporaryFolder() });
  expect([code, stderr]).toEqual([0, '']);
});
