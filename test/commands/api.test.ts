import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nouns } from '../../src/commands/index.ts';
import { completionTree } from '../../src/completion/model.ts';
import { allCommands } from '../../src/reference/tree.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

describe('worktime api', () => {
  it.each(['api get /organization', 'api Get /organization', 'api /organization'])(
    '%s is GET /organization: a method in any case, and GET where it is left out',
    async (line) => {
      const { code, stdout } = await run(line);
      expect([code, stdout]).toEqual([0, (await run('api GET /organization')).stdout]);
    },
  );

  it('sends the fields of a path alone in its query, and never a write that was not asked for', async () => {
    const { stdout } = await run('api /employees -f status=inactive --query data[].status');
    expect(new Set(JSON.parse(stdout))).toEqual(new Set(['inactive']));
    expect((await run('api /employees --data -', { stdin: '{}' })).code).toBe(2);
  });

  it('says how JSON is given where a file belongs', async () => {
    const { code, stderr } = await run(['api', 'POST', '/employees', '--data', '{"name":"Jane"}']);
    expect(code).toBe(2);
    expect(stderr).toContain('Next: --data takes a file: pipe the JSON in with --data -\n');
  });

  it('takes a write in any case, and asks as for any other', async () => {
    const line = 'api delete /employees/emp_123456';
    expect((await run(line)).stderr).toContain('this needs a confirmation');
    expect((await run(`${line} --yes --query success`)).stdout).toBe('true\n');
  });

  it('gives what is no text as it came: in a pipe, into a file, and at a terminal into one of its own', async () => {
    const home = temporaryFolder();
    const line = 'api /reports/payroll -f start_date=2024-11-01 -f end_date=2024-11-15 -f format=excel';
    const piped = (await run(line, { home })).context.stdout.bytes();
    expect(piped.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    const { context } = await run(`${line} -o raw.xlsx`, { home });
    expect(readFileSync(join(context.cwd, 'raw.xlsx')).equals(piped)).toBe(true);
    const shown = await run(line, { home, stdout: { columns: 80 } });
    expect(shown.stdout).toBe('payroll.xlsx\n');
    expect(readFileSync(join(shown.context.cwd, 'payroll.xlsx')).equals(piped)).toBe(true);
  });

  it('gives text that is no JSON as it came', async () => {
    const transport = async () => ({
      status: 200,
      headers: { 'content-type': 'text/csv' },
      body: (async function* () {
        yield Buffer.from('id\r\nemp_1\r\n');
      })(),
    });
    const env = { WORKTIME_API_KEY: 'wt_live_canary_0123456789' };
    expect((await run('api /employees.csv', { transport, env })).stdout).toBe('id\r\nemp_1\r\n');
  });

  it('says of what has no pages that it has none', async () => {
    const { code, stderr } = await run('api /organization --paginate');
    expect(code).toBe(6);
    expect(stderr).toContain('has no list in it');
    expect(stderr).toContain('Next: leave --paginate out: there are no pages here\n');
  });

  it.each([
    ['api head /employees', 'METHOD: "head" is not one of its values'],
    ['api get', 'api needs PATH'],
    ['api', 'api needs PATH'],
    ['api employees', 'PATH: "employees" is not a path'],
    ['api organization', 'Next: put a slash before it: /organization'],
    ['api https://x.example/employees', 'Next: give a path below the base URL'],
    ['api GET /employees /locks', 'too many arguments'],
    ['api POST /employees --paginate -f name=A -f email=a@example.com', '--paginate reads: it goes with GET'],
    ['api DELETE /employees/emp_123456 --paginate --yes', 'Next: leave --paginate out'],
    ['api /employees /locks', 'METHOD: "/employees" is not one of its values'],
  ])('%s is refused with 2', async (line, why) => {
    const { code, stderr } = await run(line);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });

  it('is offered paths by Tab where the method may stand, and after it', async () => {
    const leaf = (await completionTree(nouns)).branches.find(({ name }) => name === 'api')?.leaves[0];
    const words = leaf?.slots.map(({ source }) => (source.type === 'words' ? source.words : []));
    expect(words?.[0]).toEqual(expect.arrayContaining(['GET', 'DELETE', '/employees']));
    expect(words?.[1]).toContain('/employees');
  });
});

describe('a value that is one of a few', () => {
  it('is taken in any case, as it is meant', async () => {
    const { stdout } = await run('employees list --all --status INACTIVE --format Json --query [].status');
    expect(new Set(JSON.parse(stdout))).toEqual(new Set(['inactive']));
    const { stderr } = await run('employees list --format JSON --status gone');
    expect(JSON.parse(stderr).error.next).toBe('choose active, inactive');
  });

  it('is never two by its case', async () => {
    for (const { path, options = [], arguments: words = [] } of await allCommands(nouns)) {
      for (const { name, values = [] } of [...options, ...words]) {
        const plain = values.map((value) => value.toLowerCase());
        expect(new Set(plain).size, `${path.join(' ')} ${name}`).toBe(values.length);
      }
    }
  });
});
