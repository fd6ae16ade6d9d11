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

describe('excel asked of a text', () => {
  it.each(['help dates', 'completion bash', 'config path', 'config get format'])(
    '%s prints it: formats are for data',
    async (line) => {
      const home = temporaryFolder();
      const env = { WORKTIME_PROFILE: 'sandbox' };
      await run('config set format csv', { home, env });
      const plain = await run(line, { home, env });
      const asked = await run(`${line} --format excel`, { home, env });
      expect(plain.stdout).not.toBe('');
      expect([asked.code, asked.stdout, asked.stderr]).toEqual([0, plain.stdout, plain.stderr]);
    },
  );
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

  it.each([
    ['', 'y.pdf', 'y.xlsx; .csv'],
    ['', 'x.XLS', 'x.xlsx; .csv'],
    ['--format excel', 'y.xls', 'y.xlsx'],
    ['--format csv', 'a.ods', 'a.csv'],
    ['--quiet', 'a.zip', 'a.xlsx; .csv'],
  ])('%s with %s: nothing of that name is made here, refused with 2', async (flags, name, better) => {
    const home = temporaryFolder();
    const { code, stderr } = await run(`employees list ${flags} -o ${join(home, name)}`, { home });
    expect(code).toBe(2);
    expect(stderr).toContain(`Next: name it ${join(home, better)}`);
    expect(existsSync(join(home, name))).toBe(false);
  });

  it('is said where the ending is unknown and nothing else says what the file holds', async () => {
    const home = temporaryFolder();
    const warned = async (line: string, env: Record<string, string> = {}) =>
      (await run(line, { home, env: { WORKTIME_PROFILE: 'sandbox', ...env } })).stderr.includes(
        'warning: .foo',
      );
    const list = `employees list --force -o ${join(home, 'x.foo')}`;
    expect(await warned(list)).toBe(true);
    expect(readFileSync(join(home, 'x.foo'), 'utf8')).toMatch(/^ID +Name/);
    const { stderr } = await run(`employees export ${join(home, 'y.foo')}`, { home });
    expect(stderr).toContain('y.foo will hold CSV');
    expect(await warned(`${list} --format csv`)).toBe(false);
    expect(await warned(`${list} --quiet`)).toBe(false);
    expect(await warned(list, { WORKTIME_FORMAT: 'json' })).toBe(false);
  });

  it("is refused for the API's own workbook too, whatever its name says", async () => {
    const home = temporaryFolder();
    for (const name of ['p.csv', 'p.xls']) {
      const line = `reports payroll --month 2024-10 --original -o ${join(home, name)}`;
      const { code, stderr } = await run(line, { home });
      expect([code, stderr]).toEqual([2, expect.stringContaining(`name it ${join(home, 'p.xlsx')}`)]);
    }
    const line = `reports payroll --month 2024-10 --original -o ${join(home, 'p.xlsx')}`;
    expect((await run(line, { home })).code).toBe(0);
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

describe('--quiet', () => {
  const quiet = (flags: string, env: Record<string, string> = {}) =>
    run(`employees list --limit 2 --quiet ${flags}`, { env: { WORKTIME_PROFILE: 'sandbox', ...env } });

  it('with --json is one array of the IDs; a setting leaves lines for the loop that wants them', async () => {
    expect((await quiet('--json')).stdout).toBe('["emp_123456","emp_123457"]\n');
    expect((await quiet('--format ndjson')).stdout).toBe('"emp_123456"\n"emp_123457"\n');
    expect((await quiet('--format csv')).stdout).toBe('emp_123456\nemp_123457\n');
    for (const format of ['json', 'excel']) {
      expect((await quiet('', { WORKTIME_FORMAT: format })).stdout).toBe('emp_123456\nemp_123457\n');
    }
    expect((await quiet('--json --department dept_none')).stdout).toBe('[]\n');
  });

  it('is no workbook: refused rather than lines in one', async () => {
    for (const flags of ['--format excel', '-o ids.xlsx']) {
      const { code, stdout, stderr } = await quiet(flags);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('--quiet prints IDs alone');
    }
  });
});

it('a table of IDs alone is refused under the name of one: a backup with --quiet would be none', async () => {
  const home = temporaryFolder();
  const { code, stderr } = await run('employees export -o staff.csv --quiet', { home });
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('Next: leave out --quiet, or name it as text\n'),
  ]);
  expect(existsSync(join(home, 'staff.csv'))).toBe(false);
  expect((await run('employees list --quiet -o ids.txt', { home })).code).toBe(0);
});

it('a key of the environment may end with a line, as a file has it', async () => {
  const env = { WORKTIME_API_KEY: 'wt_sandbox_read\n', WORKTIME_PROFILE: 'sandbox' };
  expect((await run('organization show', { env })).code).toBe(0);
});

describe('a format for a file, as -o takes it in other tools', () => {
  it.each([
    ['json', 'write --format json, or ./json for a file of that name'],
    ['xlsx', 'write --format excel, or ./xlsx for a file of that name'],
    ['JSON', 'write --format json, or ./JSON for a file of that name'],
    ['yaml', 'choose one with --format, or ./yaml for a file of that name'],
  ])('-o %s is refused before anything is asked for', async (format, next) => {
    const { code, stdout, stderr, context } = await run(`employees list -o ${format}`);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(`worktime: -o takes a file, and ${format} is the name of a format\nNext: ${next}\n`);
    expect(existsSync(join(context.cwd, format))).toBe(false);
  });

  it('is a file where it is written as a path', async () => {
    const { code, context } = await run('employees list -o ./json');
    expect(code).toBe(0);
    expect(readFileSync(join(context.cwd, 'json'), 'utf8')).toContain('John Doe');
  });

  it.each(['attendance list --follow', 'locks history lock_789 --follow', 'employees export'])(
    'nor does %s make a file of that name',
    async (line) => {
      const { code, context } = await run(`${line} -o json`);
      expect(code).toBe(2);
      expect(existsSync(join(context.cwd, 'json'))).toBe(false);
    },
  );

  it.each(['-o=staff.csv', '-o=json', '--output==staff.csv'])(
    '%s is refused: the sign would be the first letter of the name',
    async (flag) => {
      const name = flag.replace(/.*=/, '');
      const { code, stderr, context } = await run(`employees list ${flag}`);
      expect([code, stderr]).toEqual([
        2,
        `worktime: -o takes its file behind a space, and =${name} starts with =\nNext: write -o ${name}, or ./=${name} for a file of that name\n`,
      ]);
      expect(existsSync(join(context.cwd, `=${name}`))).toBe(false);
    },
  );
});
