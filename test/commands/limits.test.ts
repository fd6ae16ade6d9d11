import { expect, test } from 'vitest';
import type { Transport } from '../../src/client/transport.ts';
import { api, KEY, machine } from './setup-world.ts';

const env = { WORKTIME_API_KEY: KEY };
/** An instant as it is told to a person at this machine. */
const LOCAL = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d\\d:\\d\\d';

test('the time to the reset is a duration for a person, and a number of seconds for a program', async () => {
  const { run } = machine({ env, now: Date.parse('2024-11-18T12:08:43Z') });
  await run('organization show');
  const { stdout } = await run('limits', { stdout: { columns: 80 } });
  expect(stdout).toMatch(/^Resets in +1 h$/m);
  expect(stdout).toMatch(/^Last seen before +2024-11-18 12:08:43$/m);
  expect(stdout).toMatch(/^ {2}left then +995$/m);
  expect(stdout).toMatch(/^ {2}limit then +1,000$/m);
  expect(JSON.parse((await run('limits --json')).stdout).resets_in_seconds).toBe(3600);
  expect((await run('limits --format csv --fields resets_in_seconds --no-header')).stdout.trim()).toBe(
    '3600',
  );
});

test('a reset is told in one way, whoever tells it: by doctor, by a wait and by a refusal to wait', async () => {
  const { transport } = api();
  let limited = 1;
  const once: Transport = async (request) => ({
    ...(await transport(request)),
    ...(limited-- > 0 ? { status: 429 } : {}),
  });
  const { run } = machine({ env, now: Date.parse('2024-11-18T12:00:00Z') });
  const told = [
    (await run('doctor --network')).stdout,
    (await run('organization show --max-wait 2h', { transport: once })).stderr,
    (
      await run('organization show', {
        transport: async (request) => ({ ...(await transport(request)), status: 429 }),
      })
    ).stderr,
  ];
  const found = told.map((text) => new RegExp(`(?:reset at|until) (${LOCAL})`).exec(text)?.[1]);
  expect(found[0]).toBeDefined();
  expect(new Set(found).size).toBe(1);
});

test('of the embedded sandbox it is said that each command is counted anew', async () => {
  const { run } = machine();
  const { code, stderr } = await run('limits --sandbox');
  expect(code).toBe(0);
  expect(stderr).toContain('counts each command anew; `worktime sandbox serve` keeps count\n');
});
