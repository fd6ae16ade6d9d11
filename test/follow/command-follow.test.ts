import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { follow, idsOf, schedule } from './command-world.ts';
import { event, type Scheduled, stamp } from './world.ts';

describe('locks history --follow', () => {
  it('starts with the newest, goes on with what arrives, marks what is late, and ends with 0 on Ctrl-C', async () => {
    const { code, stdout, stderr } = await follow(
      'locks history lock_789 --follow -n 2 --format ndjson --interval 5s',
    );
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(['event_2', 'event_3', 'event_4', 'event_5']);
    const [, , fourth, fifth] = stdout.split('\n').map((line) => (line === '' ? {} : JSON.parse(line)));
    expect(fourth).toEqual(event(schedule[3] as Scheduled));
    expect(fifth).toEqual({ ...event(schedule[4] as Scheduled), late: true });
    expect(stderr).toMatch(/4 events, 1 late, 0 gaps/);
  });

  it('ends after --max-events, the newest first among them; with -n 0 new ones alone', async () => {
    const ids = async (flags: string) =>
      idsOf((await follow(`locks history lock_789 --follow --interval 5s --format ndjson ${flags}`)).stdout);
    expect(await ids('--max-events 2')).toEqual(['event_2', 'event_3']);
    expect(await ids('--max-events 4')).toEqual(['event_1', 'event_2', 'event_3', 'event_4']);
    expect(await ids('--max-events 1 -n 0')).toEqual(['event_4']);
  });

  it('shows the mark as a column of the table', async () => {
    const { stdout } = await follow('locks history lock_789 --follow -n 1 --interval 5s');
    expect(stdout).toMatch(/ Late$/m);
    expect(stdout).toMatch(/telepathy/);
    expect(stdout).toMatch(/event_5 .*yes$/m);
  });

  it('is one JSON document with --json', async () => {
    const { stdout } = await follow('locks history lock_789 --follow -n 1 --json --interval 5s');
    expect(JSON.parse(stdout)).toHaveLength(3);
  });

  it('runs a program for each event, in order, and counts what fails', async () => {
    const home = temporaryFolder();
    const script = join(home, 'hook.cjs');
    writeFileSync(
      script,
      `let text = ''; process.stdin.on('data', (part) => { text += part; }).on('end', () => {
        const { id, late } = JSON.parse(text);
        console.log('got ' + id); process.exit(late ? 3 : 0); });`,
    );
    const { code, stdout, stderr } = await follow(
      `locks history lock_789 --follow -n 1 --interval 5s --format ndjson --exec "${process.execPath} '${script}'"`,
      { home },
    );
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(['event_3', 'event_4', 'event_5']);
    expect(stderr.match(/got \w+/g)).toEqual(['got event_3', 'got event_4', 'got event_5']);
    expect(stderr).toMatch(/warning: --exec: .* ended with 3 for event_5/);
    expect(stderr).toMatch(/3 events, 1 late, 0 gaps, 1 failed --exec/);
  });

  it('leaves what lies beyond --until to a later run of the same cursor', async () => {
    const line = 'locks history lock_789 --follow -n 0 --interval 5s --format ndjson --resume day';
    const today = await follow(`${line} --until 2024-11-18T12:00:20Z`, { stopAt: 300_000 });
    expect([today.stdout, today.code]).toEqual(['', 0]);
    const tomorrow = await follow(`${line} --until 2024-11-18T12:01:00Z`, {
      home: today.home,
      stopAt: 300_000,
    });
    expect(idsOf(tomorrow.stdout)).toEqual(['event_4', 'event_5']);
  });

  it('refuses a cursor of other locks, to which all would be late, and takes one more lock beside its own', async () => {
    const line = (locks: string) =>
      `locks history ${locks} --follow -n 1 --interval 5s --format ndjson --resume day`;
    const { home } = await follow(line('lock_789'), { stopAt: 10_000 });
    const other = await follow(line('lock_790'), { home, stopAt: 10_000 });
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toContain('goes on with lock_789, and not with lock_790');
    expect((await follow(line('lock_789 lock_790'), { home, stopAt: 10_000 })).code).toBe(0);
  });

  it('finds a lock that is connected while it runs', async () => {
    const { requests } = await follow('locks history --all-locks --follow --interval 30m', {
      stopAt: 3 * 3_600_000,
      answer: (request, now) =>
        request.url.endsWith('/locks')
          ? { body: { success: true, data: [{ id: 'lock_1' }, ...(now > 0 ? [{ id: 'lock_2' }] : [])] } }
          : { body: { success: true, data: [] } },
    });
    expect(requests.filter((path) => path === '/v1/locks')).toHaveLength(4);
    expect(requests.filter((path) => path.includes('lock_2')).length).toBeGreaterThan(3);
  });

  it('warns of a name for -o that says JSON, and appends NDJSON all the same', async () => {
    const { home, stderr } = await follow(
      'locks history lock_789 --follow -n 2 --interval 5s -o doors.json',
      {
        stopAt: 10_000,
      },
    );
    expect(stderr).toContain('warning: -o with --follow appends NDJSON, and the name doors.json says JSON');
    expect(idsOf(readFileSync(join(home, 'doors.json'), 'utf8'))).toEqual(['event_2', 'event_3']);
  });

  it('appends to -o, prints nothing, and goes on there', async () => {
    const first = await follow('locks history lock_789 --follow -n 1 --interval 5s -o doors.ndjson', {
      stopAt: 30_000,
    });
    expect(first.stdout).toBe('');
    const file = join(first.home, 'doors.ndjson');
    expect(idsOf(readFileSync(file, 'utf8'))).toEqual(['event_3', 'event_4']);
    const second = await follow('locks history lock_789 --follow --interval 5s -o doors.ndjson', {
      home: first.home,
    });
    expect(second.stdout).toBe('');
    expect(idsOf(readFileSync(file, 'utf8'))).toEqual(['event_3', 'event_4', 'event_5']);
    expect(existsSync(join(first.home, 'state', 'follow'))).toBe(true);
  });
});

describe('attendance list --follow', () => {
  it('shows a record when somebody comes, and again when they leave', async () => {
    const record = {
      id: 'att_1',
      employee_id: 'emp_1',
      clock_in: stamp(1000),
      clock_out: null as string | null,
    };
    const { stdout, requests } = await follow(
      'attendance list --employee emp_1 --from 2024-11-18 --follow --format ndjson --interval 5s',
      {
        answer: (_, now) => ({
          body: {
            success: true,
            data: now < 5000 ? [] : [{ ...record, clock_out: now < 30_000 ? null : stamp(25_000) }],
          },
        }),
      },
    );
    expect(
      stdout
        .split('\n')
        .slice(0, 2)
        .map((line) => JSON.parse(line)),
    ).toEqual([record, { ...record, clock_out: stamp(25_000) }]);
    expect(requests[0]).toBe('/v1/attendance?employee_id=emp_1&start_date=2024-11-18');
  });

  it('works on the sandbox', async () => {
    const { code, stdout } = await run('attendance list --follow -n 3 --max-events 3 --format ndjson');
    expect(code).toBe(0);
    expect(idsOf(stdout)).toHaveLength(3);
  });
});
