import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/client/transport.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { KEY } from './setup-world.ts';

const home = temporaryFolder();
const screen = { home, stdout: { columns: 80 }, stderr: { columns: 80 } };

describe('attendance list at a terminal', () => {
  it('with no flag says how many records there were, and how to see fewer', async () => {
    const { code, stdout, stderr } = await run('attendance list', screen);
    expect(code).toBe(0);
    const rows = stdout.split('\n').filter((line) => / \d{4}-\d\d-\d\d \d\d:\d\d/.test(line)).length;
    expect(rows).toBeGreaterThan(24);
    expect(stderr).toMatch(
      new RegExp(`^all ${rows} attendance records shown; .*--from last-week.*--employee ID`, 'ms'),
    );
  });

  it('has room for who came too late, and for both days of a shift over midnight', async () => {
    const row = {
      id: 'att_1',
      employee_id: 'emp_1',
      employee_name: 'Maximiliane Schmidt',
      date: '2024-11-18',
      clock_in: '2024-11-18T22:00:00Z',
      clock_out: '2024-11-19T06:30:00Z',
      work_hours: 8.5,
      late_minutes: 7,
      early_departure_minutes: 3,
      lock_id: 'lock_789',
    };
    const rows = Array.from({ length: 2 }, (_, at) => ({ ...row, id: `att_${at}` }));
    const transport = async (_: HttpRequest) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: (async function* () {
        yield Buffer.from(JSON.stringify({ success: true, data: rows }));
      })(),
    });
    const line = ['attendance', 'list', '--timezone', 'UTC', '--from', '2024-11-18'];
    const { stdout } = await run(line, { ...screen, env: { WORKTIME_API_KEY: KEY }, transport });
    expect(stdout).toMatch(/^Name +In +Out +Hours +Late min$/m);
    expect(stdout).toMatch(/^Maximiliane \S+ +2024-11-18 22:00 +2024-11-19 06:30 +8\.50 +7$/m);
  });

  it.each([
    '--from 2024-01-01',
    '--month 2024-11',
    '--employee emp_123456',
    '--lock lock_789',
    '--all',
    '--limit 50',
    '--json',
    '--format csv',
    '--quiet',
    '-o -  --format ndjson',
    '--query length(@)',
  ])('with %s says nothing of it: that was asked for', async (flags) => {
    const { code, stderr } = await run(`attendance list ${flags}`, screen);
    expect(code).toBe(0);
    expect(stderr).not.toContain('attendance records shown; --from');
  });

  it('says nothing of it in a pipe, in a file, or where all fits on the screen', async () => {
    expect((await run('attendance list', { home })).stderr).toBe('');
    const file = `${temporaryFolder()}/a.txt`;
    expect((await run(['attendance', 'list', '-o', file], screen)).stderr).not.toContain('shown; --from');
    const tall = await run('attendance list', { ...screen, stdout: { columns: 80, rows: 5000 } });
    expect(tall.stderr).not.toContain('shown; --from');
  });

  it('leaves it at one remark where the API sends a page at a time', async () => {
    const row = { id: 'att_1', employee_id: 'emp_1', employee_name: 'Ann', date: '2024-11-18' };
    const rows = Array.from({ length: 50 }, (_, at) => ({ ...row, id: `att_${at}` }));
    const body = { success: true, data: rows, pagination: { page: 1, limit: 50, total: 900 } };
    const transport = async (_: HttpRequest) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: (async function* () {
        yield Buffer.from(JSON.stringify(body));
      })(),
    });
    const flags = ['attendance', 'list', '--timezone', 'UTC'];
    const { stderr } = await run(flags, { ...screen, env: { WORKTIME_API_KEY: KEY }, transport });
    expect(stderr).toContain('1–50 of 900 attendance records shown');
    expect(stderr).not.toContain('all 50');
  });
});
