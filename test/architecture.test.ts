import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { nouns } from '../src/commands/index.ts';
import { allCommands } from '../src/reference/tree.ts';
import { examples } from './contract/examples.ts';

const SRC = resolve(import.meta.dirname, '../src');

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(SRC, file), 'utf8') }));

interface Import {
  readonly from: string;
  /** A path below src for our own files, a package's name for others. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports: Import[] = files.flatMap(({ file, text }) => {
  const found = [
    ...text.matchAll(/^(?:import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'/gm),
    ...text.matchAll(/(import)\('([^']+)'\)/g),
    ...text.matchAll(/^import\s+()'([^']+)'/gm),
  ];
  return found.map(([, type, target = '']) => ({
    from: file,
    to: target.startsWith('.') ? relative(SRC, resolve(SRC, file, '..', target)) : target,
    typeOnly: type?.startsWith('type') === true,
  }));
});

const room = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : path);
const valuesOf = (from: string) => imports.filter((each) => room(each.from) === from && !each.typeOnly);
const show = (found: readonly Import[]) => found.map(({ from, to }) => `${from} -> ${to}`);

/** Who alone may import a package. */
const OWNERS: Readonly<Record<string, RegExp>> = {
  commander: /^cli\//,
  chalk: /^views\//,
  'cli-table3': /^views\//,
  'string-width': /^views\//,
  exceljs: /^(views|bulk)\//,
  undici: /^host\//,
  conf: /^host\//,
  execa: /^host\//,
  '@inquirer/core': /^host\//,
  '@inquirer/prompts': /^host\//,
};

describe('the house keeps its rules', () => {
  it('finds the imports that it judges', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports.some(({ from, to }) => from.startsWith('cli/') && to === 'commander')).toBe(true);
  });

  it.each(Object.entries(OWNERS))('%s is imported only where it belongs', (name, owner) => {
    const strangers = imports.filter(
      ({ from, to }) => (to === name || to.startsWith(`${name}/`)) && !owner.test(from),
    );
    expect(show(strangers)).toEqual([]);
  });

  it('errors.ts imports nothing, so that any room may throw', () => {
    expect(imports.filter(({ from }) => from === 'errors.ts')).toEqual([]);
  });

  /** For each room, the rooms and files whose values it may use. */
  const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    api: ['api'],
    time: ['time', 'errors.ts'],
    files: ['folders.ts', 'files', 'errors.ts'],
    client: ['folders.ts', 'client', 'api', 'errors.ts', 'time', 'nearest.ts'],
    config: ['config', 'files', 'errors.ts', 'time', 'client', 'shell.ts', 'nearest.ts'],
    views: [
      'views',
      'config',
      'files',
      'errors.ts',
      'time',
      'columns.ts',
      'formula.ts',
      'nearest.ts',
      'visible.ts',
    ],
    sandbox: ['sandbox', 'files', 'time', 'errors.ts'],
    follow: ['follow', 'client', 'files', 'time', 'errors.ts', 'api', 'shell.ts', 'formats.ts'],
    webhooks: ['webhooks', 'client', 'files', 'time', 'errors.ts', 'api', 'follow', 'nearest.ts'],
    bulk: [
      'bulk',
      'client',
      'files',
      'time',
      'errors.ts',
      'api',
      'ids.ts',
      'columns.ts',
      'formula.ts',
      'nearest.ts',
      'visible.ts',
    ],
    openapi: ['openapi', 'api', 'errors.ts', 'version.ts'],
    completion: ['folders.ts', 'completion', 'api', 'client', 'config', 'reference'],
  };

  it.each(Object.entries(ALLOWED))('%s uses only what lies below it', (name, allowed) => {
    const strays = valuesOf(name).filter(
      ({ to }) => (to.endsWith('.ts') || to.includes('/')) && !isPackage(to) && !allowed.includes(room(to)),
    );
    expect(show(strays)).toEqual([]);
  });

  it('nothing but main.ts imports the command line, and nothing imports main.ts', () => {
    expect(
      show(
        imports.filter(({ from, to }) => room(to) === 'cli' && room(from) !== 'cli' && from !== 'main.ts'),
      ),
    ).toEqual([]);
    expect(show(imports.filter(({ to }) => to === 'main.ts'))).toEqual([]);
  });

  it('commands know neither views nor the host', () => {
    expect(
      show(valuesOf('commands').filter(({ to }) => ['views', 'host', 'host.ts', 'cli'].includes(room(to)))),
    ).toEqual([]);
  });

  it('only the host touches process, the clock and chance', () => {
    const touches =
      /(?<![.\w'"`-])process\.(?!ts)\w|\bDate\.now\(\)|new Date\(\)|Math\.random\(\)|performance\.now\(\)|console\.\w+\(/;
    const outside = files
      .filter(({ file }) => !/^host(\.ts|\/)|^sdk\.ts$/.test(file))
      .flatMap(({ file, text }) =>
        withoutComments(text)
          .split('\n')
          .filter((line) => touches.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(outside).toEqual([]);
  });

  it('nothing ends the process but the launcher and a second Ctrl-C', () => {
    const ending = files
      .filter(({ file, text }) => file !== 'host.ts' && /process\.exit/.test(text))
      .map(({ file }) => file);
    expect(ending).toEqual([]);
  });

  it('nothing lies at the top but what belongs there: what a run saves there by mistake would be published', () => {
    const top = readdirSync(resolve(SRC, '..'), { withFileTypes: true });
    // What starts with a dot is a tool's; archives and profiles are passed over, as git does.
    const files = top.filter((each) => each.isFile() && !/^\.|\.(tgz|cpuprofile)$/.test(each.name));
    expect(files.map(({ name }) => name).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package-lock.json',
      'package.json',
      'tsconfig.json',
    ]);
  });

  it('files stay short enough to be read at once', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 301).map(({ file }) => file);
    expect(long).toEqual([]);
  });
});

function isPackage(to: string): boolean {
  return to.startsWith('node:') || to.startsWith('@') || (!to.endsWith('.ts') && !to.endsWith('.json'));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

describe('the registry', () => {
  it('has a command for each endpoint', async () => {
    const commands = await allCommands(nouns);
    const served = new Set(commands.map((command) => command.endpoint));
    expect(endpoints.filter(({ id }) => !served.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('has a contract example for each endpoint, and an endpoint for each example', () => {
    expect([...new Set(examples.map(({ id }) => id))].sort()).toEqual(endpoints.map(({ id }) => id).sort());
  });

  it('has a sandbox route for each endpoint, spelled out by the sandbox itself', () => {
    const routes = files
      .filter(({ file }) => file.startsWith('sandbox/routes/'))
      .map(({ text }) => text)
      .join('\n');
    const absent = endpoints.filter(({ method, path }) => {
      const spelled = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return !new RegExp(`method: '${method}',\\s*path: '${spelled}'`).test(routes);
    });
    expect(absent.map(({ id }) => id)).toEqual([]);
  });

  it('gives every command a summary, an output and a place that its path names', async () => {
    for (const command of await allCommands(nouns)) {
      expect(command.summary, command.path.join(' ')).toMatch(/^[A-Z].*[^.]$/);
      expect(nouns.map(({ name }) => name)).toContain(command.path[0]);
    }
  });
});
