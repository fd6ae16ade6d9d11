import { describe, expect, it } from 'vitest';
import { nouns } from '../../src/commands/index.ts';
import { completionTree } from '../../src/completion/model.ts';
import { allCommands } from '../../src/reference/tree.ts';
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

  it.each([
    ['api patch /employees', 'METHOD: "patch" is not one of its values'],
    ['api get', 'api needs PATH'],
    ['api', 'api needs PATH'],
    ['api employees', 'PATH: "employees" is not a path'],
    ['api organization', 'Next: put a slash before it: /organization'],
    ['api https://x.example/employees', 'Next: give a path below the base URL'],
    ['api GET /employees /locks', 'too many arguments'],
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
