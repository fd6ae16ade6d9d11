import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { command, ended } from './command.ts';

const AUDIT = '--sandbox webhooks audit --from -1h';
const CREATE =
  '--sandbox employees create --name Ada --email ada@example.com --department dept_eng --position Analyst --salary 72000 --start-date 2024-03-01';

describe('webhooks audit', () => {
  it('lists what never arrived in the form of the webhook, sends it to the handler, and then misses nothing', async () => {
    const home = temporaryFolder();
    const record = join(home, 'events.ndjson');
    const listener = command(['webhooks', 'listen', '--port', '0', '--record', record], home);
    const url = await listener.url;
    await ended(CREATE, home);

    const missed = await ended(`${AUDIT} --record ${record} --format ndjson`, home);
    const events = missed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({ event: 'employee.created', data: { email: 'ada@example.com' } });
    expect(missed.stderr).toContain(`${events.length} of ${events.length} event`);

    const sent = await ended(`${AUDIT} --record ${record} --replay ${url} --json`, home);
    expect(JSON.parse(sent.stdout).map(({ result }: { result: string }) => result)).toEqual(
      events.map(() => 'delivered'),
    );

    const after = await ended(`${AUDIT} --record ${record}`, home);
    expect([after.code, after.stdout]).toEqual([0, '']);
    expect(after.stderr).toMatch(/^Of \d+ events? all arrived$/m);
  });

  it('says so where nothing happened, and where nothing was ever recorded', async () => {
    const home = temporaryFolder();
    const quiet = await ended('--sandbox webhooks audit --from 2020-01-05 --to 2020-01-05', home);
    expect([quiet.code, quiet.stderr]).toEqual([
      0,
      expect.stringContaining('Nothing happened in that period'),
    ]);
    await ended(CREATE, home);
    const { code, stderr } = await ended(AUDIT, home);
    expect([code, stderr]).toEqual([0, expect.stringContaining('nothing was ever recorded in')]);
  });

  it('refuses a record that is not there before anything is asked', async () => {
    const { code, stderr } = await ended(`${AUDIT} --record nowhere.ndjson`);
    expect([code, stderr]).toEqual([2, expect.stringContaining('nowhere.ndjson: there is no such record')]);
  });
});
