import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/client/transport.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { KEY } from './setup-world.ts';

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

  it('of the same one twice, and a restore of it, is sent once', async () => {
    const home = temporaryFolder();
    for (const verb of ['delete --yes', 'restore']) {
      const { stdout, stderr } = await run(`employees ${verb} emp_123456 emp_123456 --json`, { home });
      expect(JSON.parse(stdout)).toHaveLength(1);
      if (verb !== 'restore') expect(stderr).toContain('`worktime employees restore emp_123456`\n');
    }
  });

  it.each([
    ['nobody', {}, 'emp_2'],
    ['an ID alone', { data: { id: 'emp_1', deleted: true } }, 'emp_1'],
  ])('names whom it deleted also where the API shows %s, and can be undone', async (_, shown, other) => {
    const home = temporaryFolder();
    const sent: string[] = [];
    let status = 'active';
    const transport = async ({ method, url }: HttpRequest) => {
      const { pathname } = new URL(url);
      if (method !== 'GET') sent.push(method);
      if (method !== 'GET') status = method === 'DELETE' ? 'inactive' : 'active';
      const ann = { id: 'emp_1', name: 'Ann', email: 'ann@example.com', status };
      const data = pathname.endsWith('/organization') ? { id: 'org_1', name: 'Acme' } : ann;
      const answer = method === 'DELETE' ? { success: true, ...shown } : { success: true, data };
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: (async function* () {
          yield Buffer.from(JSON.stringify(answer));
        })(),
      };
    };
    const world = { home, env: { WORKTIME_API_KEY: KEY }, transport };
    expect((await run('employees delete emp_1 --yes', world)).stdout).toContain('emp_1');
    expect((await run('employees delete emp_1 --yes --quiet', world)).stdout).toBe('emp_1\n');
    const twice = await run('employees delete emp_1 emp_2 --yes --json', world);
    expect(JSON.parse(twice.stdout)).toMatchObject([{ id: 'emp_1' }, { id: other }]);
    expect((await run('runs undo last --dry-run', world)).stdout).not.toContain('refuse');
    expect((await run('runs undo last --yes', world)).code).toBe(0);
    expect(sent).toEqual(['DELETE', 'DELETE', 'DELETE', 'DELETE', 'PUT']);
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
