/** Whoever pays by a report is told of what its columns may hide. */

import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

describe('reports payroll', () => {
  it('says how many warnings there are and where, after the figures and in every format', async () => {
    const home = temporaryFolder();
    const { stdout } = await run('reports payroll --month 2024-10 --json', { home });
    const { employees } = JSON.parse(stdout) as { employees: { warnings: string[] }[] };
    const warned = employees.filter(({ warnings }) => warnings.length > 0);
    const count = warned.reduce((sum, { warnings }) => sum + warnings.length, 0);
    expect(count).toBeGreaterThan(1);
    for (const format of ['table', 'csv', 'json', 'ndjson']) {
      const { stderr, code } = await run(`reports payroll --month 2024-10 --format ${format}`, { home });
      expect(code).toBe(0);
      expect(stderr).toContain(`${warned.length} employees have ${count} warnings, such as "2024-10-`);
      expect(stderr).toContain('--fields employee_name,warnings shows them all');
    }
    const workbook = await run(`reports payroll --month 2024-10 --format excel -o ${home}/p.xlsx`, { home });
    expect(workbook.stderr).toContain('the sheet Exceptions has them all');
    const queried = await run(
      `reports payroll --month 2024-10 --query employees[:2] --format excel -o ${home}/q.xlsx`,
      { home },
    );
    expect(queried.stderr).toContain('--fields employee_name,warnings shows them all');
  });

  it('makes the same workbook, and says the same of it, when its name alone asks for one', async () => {
    const home = temporaryFolder();
    const line = `reports payroll --month 2024-10 --per-employee -o ${home}/p.xlsx`;
    const { code, stderr } = await run(line, { home });
    expect([code, stderr]).toEqual([0, expect.stringContaining('the sheet Exceptions has them all')]);
    const named = await run(`${line.replace('.xlsx', '.csv')}`, { home });
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('--per-employee adds sheets')]);
  });

  it('says that a period is not over, and nothing of one that is', async () => {
    const home = temporaryFolder();
    const running = await run('reports payroll --month this-month', { home });
    expect(running.stderr).toContain(
      'warning: the period is not over: it ends on 2024-11-30, and today is 2024-11-18',
    );
    const over = await run('reports payroll --from 2024-11-01 --to 2024-11-17', { home });
    expect(over.stderr).not.toContain('not over');
  });
});
