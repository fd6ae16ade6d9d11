import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

describe('employees delete', () => {
  it('tells how to take back what was deleted, and that alone', async () => {
    const { stdout, stderr, code } = await run('employees delete emp_nobody emp_123457 --yes');
    expect(code).toBe(6);
    expect(stdout).toContain('emp_123457');
    expect(stderr).toContain('to take it back: `worktime employees restore emp_123457`\n');
  });

  it('of one shows that one whole, however narrow the terminal; as data it is a list all the same', async () => {
    const home = temporaryFolder();
    const terminal = { home, stdout: { columns: 80 } };
    const deleted = await run('employees delete emp_123456 --yes', terminal);
    expect(deleted.stdout).toMatch(/^ID +emp_123456\n[\s\S]*^Deleted at +2024-/m);
    const restored = await run('employees restore emp_123456', terminal);
    expect(restored.stdout).toMatch(/^Status +active$/m);
    expect(JSON.parse((await run('employees delete emp_123456 --yes --json', { home })).stdout)).toHaveLength(
      1,
    );
    const asked: string[] = [];
    const confirm = async ({ message }: { message: string }) => {
      asked.push(message);
      return false;
    };
    await run('employees delete emp_123456', {
      ...terminal,
      stdinIsTTY: true,
      stderr: { columns: 80 },
      prompts: { confirm },
    });
    expect(asked).toEqual(['Delete John Doe (emp_123456, deleted already) of Acme Corporation?']);
  });

  it('of several stands in columns that fit them all, also where one of them was refused', async () => {
    const { stdout } = await run('employees delete emp_123456 emp_nobody emp_123458 --yes');
    const [heading = '', , ...rows] = stdout.trimEnd().split('\n');
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row.slice(heading.indexOf('Department'))).toMatch(/^(Eng|Oper)/);
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

  it('of several of whom one is not there says at the question that nobody was deleted', async () => {
    const home = temporaryFolder();
    const terminal = { stdinIsTTY: true, stdout: { columns: 80 }, stderr: { columns: 80 } };
    const line = 'employees delete emp_123456 emp_123457 emp_1';
    const { code, stderr } = await run(line, { ...terminal, home });
    expect(code).toBe(6);
    expect(stderr).toContain('warning: nobody was deleted: all of them were left alone\n');
    const { stdout } = await run('employees get emp_123456 --json', { home });
    expect(JSON.parse(stdout).status).toBe('active');
  });
});
