import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nouns } from '../../src/commands/index.ts';
import { completionFiles, SCRIPTS, type Shell } from '../../src/completion/index.ts';
import { completionTree } from '../../src/completion/model.ts';
import { run } from '../support/run.ts';

const FOLDER = resolve(import.meta.dirname, '../../completions');
const SHELLS = Object.keys(SCRIPTS) as Shell[];

describe('the completion scripts', () => {
  it('are in the repository as the command tree makes them (npm run generate)', async () => {
    const files = await completionFiles(nouns);
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(files).sort());
    for (const [name, text] of Object.entries(files)) {
      expect(readFileSync(join(FOLDER, name), 'utf8'), `${name} is out of date: npm run generate`).toBe(text);
    }
  });

  it.each(SHELLS)('%s: is what worktime completion prints, and says how to install it', async (shell) => {
    const { code, stdout } = await run(`completion ${shell}`, { env: {} });
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(FOLDER, SCRIPTS[shell].file), 'utf8'));
    const head = stdout.split('\n').slice(0, 8).join('\n');
    expect(head).toContain(`worktime completion ${shell}`);
    expect(head).toMatch(/In every shell|Loaded on demand/);
  });

  it.each(SHELLS)('%s: knows every command and every flag of it', async (shell) => {
    const script = readFileSync(join(FOLDER, SCRIPTS[shell].file), 'utf8');
    const { branches, globals } = await completionTree(nouns);
    const flags = [...globals, ...branches.flatMap(({ leaves }) => leaves).flatMap((leaf) => leaf.flags)];
    for (const { name } of branches) expect(script).toContain(name);
    for (const { name } of flags) expect(script).toContain(shell === 'fish' ? `-l ${name.slice(2)}` : name);
  });

  it('refuse a shell that nobody has written one for, and name those there are', async () => {
    const { code, stderr } = await run('completion tcsh', { env: {} });
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish, powershell');
  });
});

describe('what they offer', async () => {
  const { branches, globals } = await completionTree(nouns);
  const leaf = (path: string) => {
    const found = branches.flatMap(({ leaves }) => leaves).find((each) => each.path.join(' ') === path);
    if (!found) throw new Error(`there is no ${path}`);
    return found;
  };
  const flag = (path: string, name: string) => leaf(path).flags.find((each) => each.name === name);

  it('is the values of a flag that has some', () => {
    expect(flag('employees list', '--status')?.value).toEqual({
      type: 'words',
      words: ['active', 'inactive'],
    });
    expect(globals.find(({ name }) => name === '--format')?.value).toMatchObject({ type: 'words' });
  });

  it('is the names of employees, locks, departments, profiles and runs where those belong', () => {
    expect(leaf('employees get').slots[0]?.source).toEqual({ type: 'ask', kind: 'employee' });
    expect(leaf('employees delete').slots[0]).toMatchObject({ variadic: true });
    expect(leaf('locks history').slots[0]?.source).toEqual({ type: 'ask', kind: 'lock' });
    expect(flag('employees list', '--department')?.value).toEqual({ type: 'ask', kind: 'department' });
    expect(leaf('runs show').slots[0]?.source).toEqual({ type: 'ask', kind: 'run' });
    expect(globals.find(({ name }) => name === '--profile')?.value).toEqual({ type: 'ask', kind: 'profile' });
  });

  it('is keys and values of settings, time zones, names of tails and paths, and words for a duration', () => {
    expect(leaf('config get').slots[0]?.source).toEqual({ type: 'ask', kind: 'setting' });
    expect(leaf('config unset').slots[0]).toMatchObject({ source: { kind: 'setting' }, variadic: true });
    expect(leaf('config set').slots[0]).toMatchObject({ source: { kind: 'assignment' }, variadic: true });
    expect(globals.find(({ name }) => name === '--timezone')?.value).toEqual({ type: 'ask', kind: 'zone' });
    expect(globals.find(({ name }) => name === '--max-wait')?.value).toMatchObject({ type: 'words' });
    expect(flag('locks history', '--resume')?.value).toEqual({ type: 'ask', kind: 'resume' });
    expect(leaf('api').slots[1]?.source).toMatchObject({ words: expect.arrayContaining(['/employees']) });
  });

  it('is the columns of the very command for --fields and --sort', () => {
    expect(flag('employees list', '--fields')?.value).toMatchObject({
      type: 'list',
      words: expect.arrayContaining(['id', 'name', 'salary']),
    });
    expect(flag('locks list', '--sort')?.value).toMatchObject({
      words: expect.arrayContaining(['battery_level']),
    });
  });

  it('is never a hidden flag', async () => {
    const names = new Set(
      branches.flatMap(({ leaves }) => leaves).flatMap((each) => each.flags.map((f) => f.name)),
    );
    const commands = (await Promise.all(nouns.map((noun) => noun.load()))).flat();
    const hidden = commands.flatMap(({ options = [] }) => options.filter((option) => option.hidden));
    for (const { name } of hidden) expect(names).not.toContain(`--${name}`);
  });
});

describe('the script for PowerShell, as a text', () => {
  const script = readFileSync(join(FOLDER, SCRIPTS.powershell.file), 'utf8');
  /** The tables are here-strings: their text is data, whatever is in it. */
  const code = script.replace(/@'\n[\s\S]*?\n'@/g, "''").replace(/#.*$/gm, '');

  it('is PowerShell to the last character, by a grammar of the language', async () => {
    const { Language, Parser } = await import('@vscode/tree-sitter-wasm');
    await Parser.init();
    const { resolve: find } = createRequire(import.meta.url);
    const parser = new Parser();
    parser.setLanguage(
      await Language.load(find('@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm')),
    );
    const isSound = (text: string) => parser.parse(text)?.rootNode.hasError === false;
    expect(isSound(script)).toBe(true);
    // The grammar is strict enough to be worth asking.
    for (const [right, wrong] of [
      ['foreach ($word in $before)', 'foreach $word in $before'],
      ["'@' {", "'@' "],
      ['param($map, $key)', 'param($map $key)'],
    ] as const) {
      expect(script).toContain(right);
      expect(isSound(script.replace(right, wrong)), wrong).toBe(false);
    }
  });

  it('closes every bracket and quote that it opens', () => {
    const bare = code.replace(/'(?:[^']|'')*'/g, "''");
    const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
    const open: string[] = [];
    for (const sign of bare.replace(/"(?:[^"`]|`.)*"/g, (text) => text.replace(/[^()[\]{}]/g, ''))) {
      if ('([{'.includes(sign)) open.push(sign);
      else if (sign in pairs) expect(open.pop()).toBe(pairs[sign]);
    }
    expect(open).toEqual([]);
    expect(bare.match(/'/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0);
  });

  it('keeps its tables in here-strings that nothing inside can end, a key and a value a line', () => {
    const tables = [...script.matchAll(/@'\n([\s\S]*?)\n'@/g)].map(([, text = '']) => text);
    expect(tables).toHaveLength(6);
    for (const line of tables.flatMap((text) => text.split('\n'))) expect(line).toMatch(/^[^=']\S*.* = \S/);
  });

  it('uses no variable that it does not set, but those that PowerShell sets', () => {
    const given = ['_', 'null', 'true', 'false', 'Matches', 'PROFILE'];
    const used = new Set([...code.matchAll(/[$@](\w+)/g)].map(([, name]) => name));
    const set = new Set([
      ...[...code.matchAll(/\$(\w+)\s*(?:\+?=|\+\+)/g)].map(([, name]) => name),
      ...[...code.matchAll(/param\(([^)]*)\)/g)].flatMap(([, text = '']) =>
        [...text.matchAll(/\$(\w+)/g)].map(([, name]) => name),
      ),
      ...[...code.matchAll(/foreach \(\$(\w+) in/g)].map(([, name]) => name),
      ...[...code.matchAll(/\$(\w+), \$(\w+) =/g)].flatMap(([, first, second]) => [first, second]),
    ]);
    expect([...used].filter((name) => name && !set.has(name) && !given.includes(name))).toEqual([]);
  });
});
