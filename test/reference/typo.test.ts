import { describe, expect, it } from 'vitest';
import { nouns } from '../../src/commands/index.ts';
import { closest } from '../../src/nearest.ts';
import { allCommands } from '../../src/reference/tree.ts';
import { run } from '../support/run.ts';

const commands = await allCommands(nouns);

describe('a typo', () => {
  it.each([
    ['empl', 'employees'],
    ['employee list', 'employees'],
    ['emp', 'employees'],
    ['employees lst', 'list'],
    ['employees upd emp_123456', 'update'],
    ['atendance list', 'attendance'],
    ['payroll', 'reports payroll'],
    ['employees ls', 'list'],
    ['employees rm emp_123456', 'delete'],
    ['ls', 'employees list'],
    ['rm emp_123456', 'employees delete'],
    ['auth', 'login'],
    ['login --api-key abc', '--key-stdin or --key-command'],
    ['organization get', 'show'],
    ['employees help', '--help'],
    ['help payroll', 'worktime help reports payroll'],
    ['help employees ls', 'worktime help employees list'],
    ['employees list --format xlsx', 'excel'],
    ['employees list --stat active', '--status'],
    ['employees list --formt json', '--format'],
    ['--sandbx employees list', '--sandbox'],
    ['version', '--version'],
    ['-v', '--version'],
    ['empl --help', 'employees'],
    ['employees lst --help', 'list'],
    ['employees lsit -h', 'list'],
    ['--sandbox employees lst --help', 'list'],
    ['help empl', 'worktime help employees'],
    ['help employees lsit', 'worktime help employees list'],
    ['help exit', 'worktime help exit-codes'],
  ])('worktime %s → did you mean %s?', async (line, meant) => {
    const { code, stderr, stdout } = await run(line);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Next: did you mean /m);
    expect(stderr).toContain(meant);
  });

  it('that is close to nothing gets no guess', async () => {
    for (const line of ['xylophone', 'employees xylophone', 'employees list --xylophone', 'help xylophone']) {
      const { code, stderr } = await run(line);
      expect(code).toBe(2);
      expect(stderr).not.toContain('did you mean');
      expect(stderr).toMatch(/^Next: see `worktime/m);
    }
  });

  it('is judged by its beginning first, then by its letters, two of them swapped being one slip', () => {
    expect(closest('emp', ['help', 'employees', 'export'])).toEqual(['employees']);
    expect(closest('lsit', ['list', 'get'])).toEqual(['list']);
    expect(closest('rest', ['restore', 'reset', 'test'])).toEqual(['restore']);
    expect(closest('x', ['xa'])).toEqual([]);
    expect(closest('x'.repeat(10_000), ['xa'])).toEqual([]);
  });
});

describe('what a command does', () => {
  it('is said once: no description begins with the summary over it', () => {
    const plain = (text = '') => text.toLowerCase().replace(/^(\w+?)s\b/, '$1');
    const twice = commands.filter(({ summary, description }) =>
      plain(description).startsWith(`${plain(summary)}.`),
    );
    expect(twice.map(({ path }) => path.join(' '))).toEqual([]);
  });
});

describe('a word too many', () => {
  it.each([
    ['limits x', '`worktime limits` takes none and got 1'],
    ['employees get emp_1 emp_2', '`worktime employees get` takes one, EMPLOYEE, and got 2'],
    ['profiles rename a b c', '`worktime profiles rename` takes NAME and TO, and got 3'],
  ])('worktime %s: is told with the arguments there are', async (line, what) => {
    const { code, stdout, stderr } = await run(line);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^worktime: too many arguments: .*\nNext: see `worktime .* --help`\n$/);
    expect(stderr).toContain(what);
  });
});

describe('a word that is a verb of some noun', () => {
  it.each([
    ['serve', 'sandbox serve'],
    ['get', 'employees get'],
    ['events', 'webhooks events'],
    ['ls', 'employees list'],
  ])('worktime %s: is that verb before what other tools call so', async (word, meant) => {
    expect((await run(word)).stderr).toMatch(new RegExp(`did you mean ${meant}[ ?]`));
  });

  it('worktime login --token: is told how a key is given, and of no other token', async () => {
    expect((await run('login --token abc')).stderr).toContain('did you mean --key-stdin or --key-command?');
  });
});

describe('a flag that another command has', () => {
  it.each([
    [
      'employees list --chart',
      '`--chart` belongs to `worktime reports attendance` and `worktime locks history`;',
    ],
    [
      'employees delete emp_1 --lock x',
      '`--lock` belongs to `worktime attendance list` and `worktime attendance clock`;',
    ],
    [
      'employees get emp_1 -n 3',
      '`-n` belongs to `worktime attendance list`, `worktime locks history` and `worktime sandbox',
    ],
    ['locks list --per-employee', '`--per-employee` belongs to `worktime reports payroll`;'],
  ])('worktime %s: is told whose it is', async (line, whose) => {
    const { code, stdout, stderr } = await run(line);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`Next: ${whose}`);
    expect(stderr).toMatch(/; see `worktime .* --help`$/m);
  });

  it('is named of its own noun first, and of three commands at most', async () => {
    const { stderr } = await run('employees list --dry-run');
    expect(stderr).toContain(
      '`worktime employees create`, `worktime employees update`, `worktime employees delete` and ',
    );
    expect(stderr.match(/`worktime [^`]*[^p]`/g)).toHaveLength(3);
  });

  it('is found before the noun is known as well, and never where every command has it', async () => {
    expect((await run('--chart employees list')).stderr).toContain('`--chart` belongs to');
    expect((await run('employees list --jsn')).stderr).toContain('did you mean --json?');
  });
});
