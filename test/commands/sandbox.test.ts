import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandboxTransport } from '../../src/sandbox/transport.ts';
import { temporaryFolder, testContext } from '../support/context.ts';
import { run } from '../support/run.ts';

const json = async (line: string, options = {}) => {
  const { code, stdout, stderr } = await run(`${line} --json`, options);
  expect([line, code, stderr]).toEqual([line, 0, '']);
  return JSON.parse(stdout);
};

describe('sandbox', () => {
  it('keys are one per scope', async () => {
    const rows = await json('sandbox keys');
    expect(rows.map(({ key, scope }: Record<string, string>) => [key, scope])).toEqual([
      ['wt_sandbox_read', 'read'],
      ['wt_sandbox_write', 'write'],
      ['wt_sandbox_full', 'full'],
    ]);
  });

  it('status makes nothing, and tells what there is once there is something', async () => {
    const home = temporaryFolder();
    expect(await json('sandbox status', { home })).toMatchObject({ exists: false });
    expect(await json('sandbox status', { home })).toMatchObject({ exists: false });
    await json('employees create --name Ada --email ada@example.org --department dept_eng --salary 1', {
      home,
    });
    expect(await json('sandbox status', { home })).toMatchObject({
      exists: true,
      seed: 1,
      employees: 42,
      employees_now: 43,
      writes: 1,
      history_from: '2024-08-20',
      history_to: '2024-11-17',
    });
  });

  it('reset forgets changes and makes what it is told', async () => {
    const home = temporaryFolder();
    await json('employees create --name Ada --email ada@example.org --department dept_eng --salary 1', {
      home,
    });
    const made = await json(
      'sandbox reset --seed 7 --employees 100 --timezone Europe/Berlin --shift 22:00-06:00 --holiday 12-25 --plan free',
      { home },
    );
    expect(made).toMatchObject({
      seed: 7,
      employees: 100,
      timezone: 'Europe/Berlin',
      shift: '22:00-06:00',
      holidays: ['12-25'],
      plan: 'free',
    });
    expect(await json('organization show', { home })).toMatchObject({
      employees_count: 100,
      timezone: 'Europe/Berlin',
    });
  });

  it('reset forgets what was imported: the same file is imported again', async () => {
    const home = temporaryFolder();
    writeFileSync(
      join(home, 'people.csv'),
      'name,email,department_id,salary\nAda,ada@example.org,dept_eng,1\n',
    );
    const line = 'employees import people.csv --yes';
    expect((await run(line, { home })).stderr).not.toContain('did this already');
    expect((await run(line, { home })).stderr).toContain('did this already');
    await run('sandbox reset', { home });
    expect((await run(line, { home })).stderr).not.toContain('did this already');
    const { stdout } = await run('employees list --all --query "length([?email==\'ada@example.org\'])"', {
      home,
    });
    expect(stdout).toBe('1\n');
  });

  it('reset is noticed also by who asks the sandbox where it is served', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'people.csv'), 'name,email,salary\nAda,ada@example.org,1\n');
    const served = {
      home,
      env: { WORKTIME_API_KEY: 'wt_sandbox_full', WORKTIME_BASE_URL: 'http://127.0.0.1:9/v1' },
      transport: sandboxTransport({ context: testContext({ home }) }),
    };
    const line = 'employees import people.csv --yes';
    await run(line, served);
    expect((await run(line, served)).stderr).toContain('did this already');
    await run('sandbox reset', { home });
    expect((await run(line, served)).stderr).not.toContain('did this already');
    expect((await run('employees list --all --quiet', served)).stdout.split('\n')).toHaveLength(44);
  });

  it('reset --fixture january-2024 is paid to the cent', async () => {
    const home = temporaryFolder();
    await json('sandbox reset --fixture january-2024', { home });
    const report = await json('reports payroll --from 2024-01-01 --to 2024-01-31', { home });
    expect(report.employees.map(({ total_pay: pay }: Record<string, number>) => pay)).toEqual([
      6049.35, 5242.77,
    ]);
    expect(report.totals.total_pay).toBe(11292.12);
  });

  it.each([
    'sandbox reset --profile default',
    'sandbox reset --base-url http://127.0.0.1:4010/v1',
    'sandbox reset --employees 0',
    'sandbox reset --employees 1000001',
    'sandbox reset --seed x',
    'sandbox reset --fixture february-2024',
    'sandbox reset --fixture january-2024 --seed 2',
    'sandbox reset --timezone Mars/Olympus',
    'sandbox reset --shift 9-17',
    'sandbox reset --holiday 2024-02-30',
    'sandbox serve --port 70000',
    'sandbox serve --fail 120%',
    'sandbox serve --latency 2s..1s',
    'sandbox serve --simulate often',
    'sandbox serve --bad-reset-header odd',
    'sandbox simulate --events 0',
    'sandbox simulate --rate 0/min',
  ])('%s is refused with 2, and nothing is made', async (line) => {
    const home = temporaryFolder();
    const { code, stdout, stderr } = await run(line, { home });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^worktime: .*\n(.*\n)*Next: /);
    expect(await json('sandbox status', { home })).toMatchObject({ exists: false });
  });

  it('simulate lets people come and go, and tells what they did', async () => {
    const home = temporaryFolder();
    const rows: Record<string, unknown>[] = await json('sandbox simulate --events 30 --late-records 50%', {
      home,
    });
    expect(rows.filter(({ kind }) => kind === 'access').length).toBeGreaterThan(20);
    const late = rows.filter(
      ({ kind, timestamp, at }) => kind === 'access' && String(timestamp) < String(at),
    );
    expect(late.length).toBeGreaterThan(5);
    const more = await json('sandbox simulate --events 3', { home });
    expect(more[0].seq).toBe(rows.length + 1);
    expect(await json('sandbox status', { home })).toMatchObject({ writes: rows.length + more.length });
  });
});
