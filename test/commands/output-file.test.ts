import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

const FIRST = { id: 'emp_123456', name: 'John Doe' };

/** What a command line leaves in the file `name`. */
async function saved(line: string, name: string, env: Record<string, string> = {}): Promise<Buffer> {
  const home = temporaryFolder();
  const file = join(home, name);
  const { code, stdout, stderr } = await run(`${line} -o ${file}`, {
    home,
    env: { WORKTIME_PROFILE: 'sandbox', ...env },
  });
  expect([stdout, code, stderr]).toEqual(['', 0, `Saved to ${file}\n`]);
  expect(existsSync(file)).toBe(true);
  return readFileSync(file);
}

const text = async (...args: Parameters<typeof saved>) => (await saved(...args)).toString();

describe('what -o names has the shape that its ending says', () => {
  const list = 'employees list --all --fields id,name';

  it('csv, json, ndjson and xlsx', async () => {
    expect(await text(list, 'a.csv')).toMatch(/^id,name\r?\nemp_123456,John Doe\r?\n/);
    expect(JSON.parse(await text(list, 'a.json'))[0]).toEqual(FIRST);
    expect(JSON.parse((await text(list, 'a.NDJSON')).split('\n')[0] ?? '')).toEqual(FIRST);
    expect((await text(list, 'a.xlsx')).slice(0, 2)).toBe('PK');
  });

  it('before the format of the settings, after the one of a flag, and any other ending says nothing', async () => {
    expect(await text(list, 'a.csv', { WORKTIME_FORMAT: 'json' })).toMatch(/^id,name/);
    expect(await text(`${list} --format ndjson`, 'a.csv')).toMatch(/^\{/);
    expect(await text(list, 'a.txt')).toMatch(/^ID +Name/);
  });

  it('so that an export can be synced, whichever way its file was named', async () => {
    expect(await text('employees export', 'staff.csv')).toMatch(/^id,name,email/);
    expect(await text('employees export', 'staff')).toMatch(/^id,name,email/);
    expect((await run('employees export')).stdout).toMatch(/^id,name,email/);
    expect((await run('employees export --format table')).stdout).toMatch(/^ID +Name/);
  });
});

describe('excel as the default format', () => {
  it('is for what is read: help, settings and writes answer as before', async () => {
    const home = temporaryFolder();
    const env = { WORKTIME_PROFILE: 'sandbox', WORKTIME_FORMAT: 'excel' };
    for (const line of ['config list', 'help dates', 'employees restore emp_123456']) {
      const { stdout, code } = await run(line, { home, env });
      expect([line, code]).toEqual([line, 0]);
      expect(stdout).not.toContain('.xlsx');
    }
  });
});
