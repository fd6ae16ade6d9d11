import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nouns } from '../../src/commands/index.ts';
import { EXIT_MEANINGS } from '../../src/errors.ts';
import { globalOptions } from '../../src/reference/globals.ts';
import { topics } from '../../src/reference/topics.ts';
import { allCommands } from '../../src/reference/tree.ts';
import { temporaryFolder } from '../support/context.ts';
import { type Result, run, words } from '../support/run.ts';

const commands = await allCommands(nouns);
const help = (line: string, columns = 80): Promise<Result> => run(line, { env: {}, stdout: { columns } });

describe('help', () => {
  it('costs no key, goes to standard output, and exits 0', async () => {
    for (const line of [
      'help',
      '--help',
      'help employees list',
      'employees list --help',
      'employees --help',
    ]) {
      const { code, stdout, stderr } = await help(line);
      expect([line, code, stderr]).toEqual([line, 0, '']);
      expect(stdout).toContain('Usage:');
    }
  });

  it('of nothing at all goes to standard error, and exits 2', async () => {
    const { code, stdout, stderr } = await help('');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('First steps:');
  });

  it.each([80, 200])('of everything fits a terminal of %i columns', async (columns) => {
    const { stdout } = await help('help --all', columns);
    const long = stdout.split('\n').filter((line) => line.length > columns);
    expect(long).toEqual([]);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeGreaterThan(
      columns === 80 ? 70 : 90,
    );
  });

  it('of each command fits 80 columns, as that of everything does', async () => {
    for (const { path } of commands) {
      const { stdout } = await help(`${path.join(' ')} --help`);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it('of everything names every command, flag, topic and exit code', async () => {
    const { stdout } = await help('help --all');
    for (const { path } of commands) expect(stdout).toContain(`worktime ${path.join(' ')}\n`);
    for (const { name } of globalOptions) expect(stdout).toContain(`--${name}`);
    for (const { name, summary } of topics) expect(stdout).toContain(`${name}: ${summary}`);
    for (const { options = [] } of commands) {
      for (const { name, hidden } of options) if (!hidden) expect(stdout).toContain(`--${name}`);
    }
  });

  it('tells of -h and -V where the flags of all commands are told of', async () => {
    const told = ['-h, --help', '-V, --version'];
    for (const line of ['--help', 'help --all']) {
      const { stdout } = await help(line);
      for (const flag of told) expect(stdout).toContain(`  ${flag} `);
    }
    const tree = JSON.parse((await help('help --all --format json')).stdout);
    const named = (options: { name: string; short: string }[]) =>
      options.map(({ name, short }) => `${short}, ${name}`);
    expect(named(tree.global_options)).toContain('-h, --help');
    expect(named(tree.root_options)).toEqual(['-V, --version']);
  });

  it.each([
    ['--verison', 'did you mean --version?'],
    ['--hepl', 'did you mean --help?'],
    ['employees --hepl', 'did you mean --help?'],
    ['employees list --hepl', 'did you mean --help?'],
    ['employees list --version', 'did you mean `worktime --version`?'],
    ['employees -V', 'did you mean `worktime --version`?'],
  ])('knows what was meant by %s', async (line, meant) => {
    const { code, stderr } = await help(line);
    expect([code, stderr]).toEqual([2, expect.stringContaining(meant)]);
  });

  it('groups the flags of a command, its own first', async () => {
    const { stdout } = await help('employees update --help');
    const headings = [...stdout.matchAll(/^([A-Z][a-z ]+):$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Usage', 'Arguments', 'Flags', 'Safety', 'Output', 'Connection', 'Examples']);
  });

  it('says of a dry run what it does: it shows a request, or a plan that is made by looking', async () => {
    const said = async (line: string) => (await run(`${line} --help`)).stdout.replaceAll(/\s+/g, ' ');
    const plan = '--dry-run Show the plan: it reads from the API and changes nothing';
    for (const line of [
      'employees import',
      'employees sync',
      'attendance import',
      'runs undo',
      'runs resume',
    ]) {
      expect(await said(line)).toContain(plan);
    }
    expect(await said('employees update')).toContain('--dry-run Print the request and send nothing');
  });

  it('gives examples that can be pasted, however narrow the terminal', async () => {
    const { stdout } = await help('help employees create', 60);
    const pasted = stdout
      .slice(stdout.indexOf('Examples:'))
      .replaceAll('\\\n', '')
      .split('\n')
      .filter((line) => line.startsWith('  worktime '))
      .map((line) => words(line.trim()).slice(1));
    const declared = commands.find(({ path }) => path.join(' ') === 'employees create')?.examples ?? [];
    expect(pasted).toEqual(declared.map(({ command }) => words(command)));
  });

  it.each(topics.map(({ name }) => name))('has the topic %s, at 80 columns and in a pipe', async (name) => {
    const { code, stdout } = await help(`help ${name}`);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect((await run(`help ${name}`, { env: {} })).stdout).toBe(stdout);
  });

  it('has the very table of exit codes that errors are mapped by', async () => {
    const { stdout } = await run('help exit-codes', { env: {}, stdout: { columns: 200 } });
    const unwrapped = stdout.replace(/\n {5,}/g, ' ');
    const rows = [...unwrapped.matchAll(/^ +(\d+) {2}(.+)$/gm)].map(([, code, meaning]) => [
      Number(code),
      meaning,
    ]);
    expect(rows).toEqual(EXIT_MEANINGS.map(([code, meaning]) => [code, meaning]));
  });

  it('names in its topics only commands and flags that there are', async () => {
    const paths = new Set(commands.flatMap(({ path }) => [path[0], path.join(' ')]));
    const flags = new Set([
      ...globalOptions.map(({ name }) => name),
      ...commands.flatMap(({ options = [] }) => options.map(({ name }) => name)),
      'yes',
      'dry-run',
    ]);
    const texts = topics.flatMap(({ blocks }) => blocks.flat(2));
    for (const text of texts) {
      for (const [, line = ''] of text.matchAll(/worktime ((?:[a-z-]+ ?)+)/g)) {
        const [noun = '', verb = ''] = line
          .replace(/^--sandbox /, '')
          .trim()
          .split(' ');
        if (noun.startsWith('-')) continue;
        expect(paths.has(noun), `worktime ${line}`).toBe(true);
        const single = nouns.find(({ name }) => name === noun)?.single;
        if (!single && verb !== '' && !verb.startsWith('-'))
          expect(paths.has(`${noun} ${verb}`), line).toBe(true);
      }
      for (const [, flag = ''] of text.matchAll(/--([a-z][a-z-]*)/g))
        expect(flags.has(flag), `--${flag}`).toBe(true);
    }
  });
});

describe('the command tree as data', () => {
  it.each([
    ['employees list --help --json', 'help employees list --json'],
    ['employees --json -h', 'help employees --json'],
    ['--help --format json', 'help --json'],
    ['employees list --help --format=json', 'help employees list --format json'],
  ])('is what %s gives', async (line, same) => {
    const { code, stdout } = await run(line, { env: {} });
    expect(code).toBe(0);
    expect(stdout).toBe((await run(same, { env: {} })).stdout);
    expect(JSON.parse(stdout).name).toBe('worktime');
  });

  it('goes into a file where one is named', async () => {
    const home = temporaryFolder();
    for (const flags of ['-o tree.json', '--output=tree.json --force']) {
      const { code, stdout } = await run(`employees list --help --json ${flags}`, { home, env: {} });
      expect([code, stdout]).toEqual([0, '']);
    }
    expect(JSON.parse(readFileSync(join(home, 'tree.json'), 'utf8')).commands).toHaveLength(1);
  });

  it('is not what a person gets whose settings name a format', async () => {
    const { stdout } = await run('employees list --help', { env: { WORKTIME_FORMAT: 'json' } });
    expect(stdout).toContain('Usage:');
  });

  it('is one JSON document with every command, flag, exit code and topic', async () => {
    const { code, stdout } = await run('help --all --format json', { env: {} });
    expect(code).toBe(0);
    const tree = JSON.parse(stdout);
    expect(tree.commands.map((each: { command: string }) => each.command)).toEqual(
      commands.map(({ path }) => path.join(' ')),
    );
    expect(tree.exit_codes).toHaveLength(EXIT_MEANINGS.length);
    expect(tree.global_options.map((each: { name: string }) => each.name)).toContain('--format');
    const list = tree.commands.find((each: { command: string }) => each.command === 'employees list');
    expect(list).toMatchObject({ effect: 'read', endpoint: 'employees.list' });
    expect(list.fields).toContain('salary');
    expect(list.options.find((each: { name: string }) => each.name === '--status')).toMatchObject({
      kind: 'choice',
      values: ['active', 'inactive'],
      required: false,
    });
  });

  it('can be asked of one command, and refuses one that is not there', async () => {
    const { stdout } = await run('help employees list --json', { env: {} });
    expect(JSON.parse(stdout).commands).toHaveLength(1);
    const { code, stderr } = await run('help employees lsit --json', { env: {} });
    expect(code).toBe(2);
    expect(JSON.parse(stderr).error.next).toContain('worktime help employees list');
  });
});
