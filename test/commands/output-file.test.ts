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

describe('a file whose name says another format than a flag', () => {
  it.each([
    ['--format excel', 'a.csv', 'a.xlsx'],
    ['--format excel', 'a.b.JSON', 'a.b.xlsx'],
    ['--format csv', 'a.xlsx', 'a.csv'],
    ['--json', 'a.xlsx', 'a.json'],
    ['--format table', 'a.xlsx', 'a.txt'],
  ])(
    '%s with %s would be opened by nothing: refused with 2, nothing is sent, %s is proposed',
    async (flags, name, better) => {
      const home = temporaryFolder();
      const sent: string[] = [];
      const transport = async ({ url }: { url: string }): Promise<never> => {
        sent.push(url);
        throw new Error('nothing must be sent');
      };
      for (const line of ['attendance list --from today -o', 'employees export']) {
        const { code, stderr } = await run(`${line} ${join(home, name)} ${flags}`, {
          home,
          env: { WORKTIME_API_KEY: 'wt_live_0123456789' },
          transport,
        });
        expect(code).toBe(2);
        expect(stderr).toContain(`or name it ${join(home, better)}`);
      }
      expect([sent, existsSync(join(home, name))]).toEqual([[], false]);
    },
  );

  it.each([
    ['--format ndjson', 'a.json', /^\{/],
    ['--format ndjson', 'a.csv', /^\{/],
    ['--json', 'a.csv', /^\[/],
    ['--format table', 'a.csv', /^ID +Name/],
  ])('%s with %s is text all the same: the flag is obeyed, with a warning', async (flags, name, start) => {
    const file = join(temporaryFolder(), name);
    const { code, stderr } = await run(`employees list --fields id,name -o ${file} ${flags}`);
    expect(code).toBe(0);
    expect(stderr.match(/^warning: .*$/gm)).toEqual([expect.stringContaining(`the name ${file} says`)]);
    expect(readFileSync(file, 'utf8')).toMatch(start);
  });

  it('is no matter where names say nothing, or the command gives the file a form of its own', async () => {
    for (const name of ['a', 'a.txt', '.csv', 'a.csv/b', 'a.constructor']) {
      const home = temporaryFolder();
      const { stderr } = await run(['employees', 'list', '--json', '-o', join(home, name)], { home });
      expect(stderr).not.toContain('says');
    }
    const { stderr } = await run(['completion', 'bash', '--json', '-o', join(temporaryFolder(), 'a.csv')]);
    expect(stderr).not.toContain('says');
  });
});
