import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { command, ended } from './command.ts';
import { handler } from './handler.ts';
import { body, post } from './support.ts';

describe('webhooks trigger and replay', () => {
  it('sends the documented example as if it happened now, changed as asked', async () => {
    const at = await handler();
    const set = ['--set', 'data.employee_id=emp_42', '--set', 'data.minutes=7', '--set', 'data.amount=null'];
    const { code, stdout } = await ended([
      'webhooks',
      'trigger',
      'penalty.created',
      '--to',
      at.url,
      ...set,
      '--count',
      '3',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(3);
    const events = at.texts.map((text) => JSON.parse(text));
    expect(events[0]).toMatchObject({
      event: 'penalty.created',
      data: { employee_id: 'emp_42', minutes: 7, amount: null },
    });
    expect(new Set(at.texts).size).toBe(3);
    expect(Math.abs(Date.parse(events[0].timestamp) - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['lock.opened --set data.nothing=1', 'has no "data.nothing"'],
    ['penalty.created --set data.minutes=many', 'is a number'],
    ['lock.opened --set data.id', 'has no value'],
    ['lock.closed', 'there is no event "lock.closed"'],
    ['attendance.clok_in', 'Next: did you mean attendance.clock_in? Choose one of '],
    ['lock.opened --set data.lockid=1', 'Next: did you mean data.lock_id? Set one of '],
    ['penalty.created --set data.minutes=1e999', 'is a number'],
    ['penalty.created --set data.minutes=12345678901234567890', 'is a number'],
    ['lock.opened --rate often', 'is not a rate'],
  ])('refuses %s and sends nothing', async (line, message) => {
    const at = await handler();
    const { code, stderr } = await ended(`webhooks trigger ${line} --to ${at.url}`);
    expect([code, stderr.includes(message), at.texts]).toEqual([2, true, []]);
  });

  it('says in words that nothing is there to take them', async () => {
    const gone = await ended('webhooks trigger lock.opened --to http://127.0.0.1:1/hook');
    expect([gone.code, gone.stderr]).toEqual([
      5,
      expect.stringContaining('http://127.0.0.1:1/hook cannot be reached (connection refused)'),
    ]);
    const nowhere = await ended('webhooks trigger lock.opened --to http://nowhere.invalid/hook');
    expect(nowhere.stderr).toMatch(/cannot be reached \((no such host|the name server did not answer)\)/);
  });

  it('gives a handler the name and password that its address has, and nobody else', async () => {
    const at = await handler();
    const address = at.url.replace('http://', 'http://user:p%40ss@');
    const { code, stderr } = await ended(['webhooks', 'trigger', 'lock.opened', '--to', address]);
    expect([code, at.received[0]?.headers.authorization]).toEqual([
      0,
      `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    ]);
    expect(stderr).not.toContain('p%40ss');
  });

  it('shows whole what was sent where some was refused', async () => {
    const at = await handler();
    let asked = 0;
    at.answer = (_, response) => {
      asked += 1;
      response.writeHead(asked === 2 ? 422 : 200).end();
    };
    const { code, stdout } = await ended(`webhooks trigger lock.opened --to ${at.url} --count 3 --json`);
    const results = JSON.parse(stdout).map(({ result }: { result: string }) => result);
    expect([code, results]).toEqual([3, ['delivered', 'refused', 'delivered']]);
  });

  it('says that it tries again while a handler cannot take an event', async () => {
    const at = await handler();
    let asked = 0;
    at.answer = (_, response) => {
      asked += 1;
      response.writeHead(asked === 1 ? 503 : 200).end();
    };
    const plain = join(temporaryFolder(), 'plain.ndjson');
    await writeFile(plain, body());
    const { code, stderr } = await ended(['webhooks', 'replay', plain, '--to', at.url]);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/hook: 503; trying again in \d+ ms/)]);
  });

  it('tells by its exit what became of it', async () => {
    const [refusing, gone] = [await handler(), await handler()];
    refusing.answer = (_, response) => void response.writeHead(422).end();
    await gone.down();
    expect((await ended(`webhooks trigger lock.opened --to ${refusing.url}`)).code).toBe(6);
    expect((await ended(`webhooks trigger lock.opened --to ${gone.url}`)).code).toBe(5);
  });

  it('replays raw bytes from a record, each event once, and from plain events', async () => {
    const home = temporaryFolder();
    const record = join(home, 'record.ndjson');
    const running = command(
      ['webhooks', 'listen', '--port', '0', '--record', record, '--max-events', '2'],
      home,
    );
    const odd = '{ "event":"lock.opened",  "data":{"n":1.0} }';
    const other = body();
    for (const text of [odd, odd, other]) await post(await running.url, text);
    await running.code;
    const at = await handler();
    const { code } = await ended(['webhooks', 'replay', record, '--to', at.url], home);
    expect([code, at.texts]).toEqual([0, [odd, other]]);
    const plain = join(home, 'plain.ndjson');
    await writeFile(plain, `${other}\n\nnot an event\n${body()}`);
    const shown = await ended(['webhooks', 'replay', record], home);
    expect(shown.stdout).toMatch(/^Time +Event +Who/);
    const again = await ended(
      ['webhooks', 'replay', plain, '--to', at.url, '--events', 'attendance.*'],
      home,
    );
    expect([again.code, at.texts.length]).toEqual([0, 4]);
    expect(again.stderr).toContain('line 3: not an event');
  });

  it('looks no further into a file that is something else', async () => {
    const home = temporaryFolder();
    const table = join(home, 'big.csv');
    await writeFile(table, 'name,email\n'.repeat(300_000));
    const { code, stderr } = await ended(['webhooks', 'replay', table], home);
    expect([code, stderr.split('\n').length < 12, stderr.includes('has no events in it')]).toEqual([
      2,
      true,
      true,
    ]);
    const endless = join(home, 'endless');
    await writeFile(endless, 'x'.repeat(5_000_000));
    expect((await ended(['webhooks', 'replay', endless], home)).code).toBe(2);
  });

  it('says what is wrong with a file', async () => {
    const home = temporaryFolder();
    const text = join(home, 'text');
    await writeFile(text, 'hello\n');
    for (const [argument, code, message] of [
      [[text], 2, `${text} has no events in it`],
      [[join(home, 'missing')], 9, 'missing'],
      [[home], 2, `${home} is not a regular file`],
      [[], 2, 'name a FILE, or give --since'],
    ] as const) {
      const outcome = await ended(['webhooks', 'replay', ...argument], home);
      expect([outcome.code, outcome.stderr]).toEqual([code, expect.stringContaining(message)]);
    }
  });
});

describe('webhooks events', () => {
  it('lists the seven with an example of each', async () => {
    const { code, stdout } = await ended('webhooks events --json');
    const rows = JSON.parse(stdout);
    expect([code, rows.length]).toEqual([0, 7]);
    for (const { event, meaning, example } of rows)
      expect([example.event, typeof meaning]).toEqual([event, 'string']);
  });
});
