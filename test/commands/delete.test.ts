import { describe, expect, it } from 'vitest';
import { run } from '../support/run.ts';

describe('employees delete', () => {
  it('tells how to take back what was deleted, and that alone', async () => {
    const { stdout, stderr, code } = await run('employees delete emp_nobody emp_123457 --yes');
    expect(code).toBe(6);
    expect(stdout).toContain('emp_123457');
    expect(stderr).toContain('to take it back: worktime employees restore emp_123457\n');
  });

  it('of nobody that there is shows no table, and tells of no way back', async () => {
    const { stdout, stderr, code } = await run('employees delete emp_nobody emp_none --yes');
    expect({ stdout, code }).toEqual({ stdout: '', code: 6 });
    expect(stderr).not.toContain('No employees found');
    expect(stderr).not.toContain('take it back');
  });

  it('stays one whole document of JSON where nothing was deleted', async () => {
    const { stdout } = await run('employees delete emp_nobody emp_none --yes --json');
    expect(JSON.parse(stdout)).toEqual([]);
  });
});
