import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { AnyCommand } from '../../src/command.ts';
import { nouns } from '../../src/commands/index.ts';
import { allCommands } from '../../src/reference/tree.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

const commands = await allCommands(nouns);
const examples = commands.flatMap((command) =>
  (command.examples ?? []).map((example) => ({ command, example, line: example.command })),
);

/** Files that examples read, as somebody who follows them would have them: rows, the first of them a header. */
const TABLES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'people.csv': [
    ['name', 'email', 'department_id', 'position', 'salary'],
    ['Jane Smith', 'jane.smith@example.com', 'dept_mkt', 'Marketing Manager', '65000'],
  ],
  'people.xlsx': [
    ['Full Name', 'email'],
    ['Ann Lee', 'ann.lee@example.com'],
  ],
  'punches.csv': [
    ['employee_id', 'type', 'timestamp'],
    ['emp_123457', 'clock_in', '2024-11-16T09:00:00Z'],
    ['emp_123457', 'clock_out', '2024-11-16T17:30:00Z'],
  ],
  'punches.xlsx': [
    ['Badge', 'type', 'timestamp'],
    ['emp_123458', 'clock_in', '2024-11-16T09:00:00Z'],
  ],
};
const JSONS: Readonly<Record<string, unknown>> = {
  'jane.json': { name: 'Jane Smith', email: 'jane@example.com', department_id: 'dept_mkt' },
};

/** Puts the files that a line reads where they are missing; what it writes must not be there. */
async function provide(folder: string, line: string): Promise<void> {
  const wanted = (name: string) =>
    line.includes(name) && !/ export | -o /.test(line) && !existsSync(join(folder, name));
  for (const [name, value] of Object.entries(JSONS)) {
    if (wanted(name)) writeFileSync(join(folder, name), JSON.stringify(value));
  }
  for (const [name, rows] of Object.entries(TABLES)) {
    if (!wanted(name)) continue;
    if (name.endsWith('.csv')) writeFileSync(join(folder, name), `${rows.join('\n')}\n`);
    else {
      const book = new ExcelJS.Workbook();
      book.addWorksheet('Sheet1').addRows(rows.map((row) => [...row]));
      await book.xlsx.writeFile(join(folder, name));
    }
  }
}

/** What must have happened before: a run can only be shown when there was one. */
const BEFORE: Readonly<Record<string, string>> = {
  runs: 'employees create --name "Jane Smith" --email jane@example.com',
};

const tested = commands
  .map((command) => ({
    command,
    own: (command.examples ?? []).filter(({ untested }) => untested === undefined),
  }))
  .filter(({ own }) => own.length > 0);

describe('the examples of the help', () => {
  it.each(tested.map(({ command, own }) => [command.path.join(' '), own] as const))(
    'of worktime %s work, one after the other',
    async (path, own) => {
      const home = temporaryFolder();
      const cwd = join(home, 'work');
      mkdirSync(cwd);
      const before = BEFORE[path.split(' ')[0] ?? ''];
      if (before) await run(before, { home, cwd });
      for (const { command: line } of own) {
        await provide(cwd, line);
        const { code, stdout, stderr } = await run(line, { home, cwd });
        expect(code, `worktime ${line}\n${stderr}\n${stdout}`).toBe(0);
      }
    },
  );

  it('say why they are not run where they are not', () => {
    for (const { line, example } of examples.filter(({ example: { untested } }) => untested !== undefined)) {
      expect(example.untested, line).toMatch(/\w{2,} \w+/);
    }
  });

  it('are there for every command, and begin with it', () => {
    const path = (command: AnyCommand) => command.path.join(' ');
    expect(commands.filter(({ examples: own = [] }) => own.length === 0).map(path)).toEqual([]);
    for (const { command, line } of examples) expect(line.startsWith(path(command)), line).toBe(true);
  });
});
