import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import readXlsxFile, { readSheetNames } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { resolveColumns } from '../../src/views/columns.ts';
import { createBook } from '../../src/views/excel/book.ts';
import { sheetNames } from '../../src/views/excel/names.ts';
import { startRows } from '../../src/views/excel/sheet.ts';
import { createReporter, render } from '../../src/views/index.ts';
import { fileSink } from '../../src/views/sink.ts';
import { temporaryFolder, testContext } from '../support/context.ts';
import { book, january } from './book.ts';
import { BIDI, CONTROLS, RAW, SEQUENCES } from './hostile.ts';
import { employees, JOHN, options, payroll, rows, stream } from './world.ts';

describe('a workbook', () => {
  it('holds a list as one sheet, rows and types as they are', async () => {
    const list = [JOHN, { ...JOHN, id: '00123', salary: -1.5, status: 'inactive', extra: { deep: true } }];
    const { values, path } = await book([rows([list[0]]), rows([list[1]])], employees, { output: 'x.xlsx' });
    expect(await readSheetNames(path)).toEqual(['Employees']);
    expect(await values(1)).toEqual([
      ['ID', 'Name', 'Email', 'Department', 'Position', 'Salary', 'Status', 'Created at (UTC)'],
      [
        'emp_123456',
        'John Doe',
        'john@example.com',
        'Engineering',
        'Senior Developer',
        75_000,
        'active',
        new Date('2024-01-15T10:30:00Z'),
      ],
      [
        '00123',
        'John Doe',
        'john@example.com',
        'Engineering',
        'Senior Developer',
        -1.5,
        'inactive',
        new Date('2024-01-15T10:30:00Z'),
      ],
    ]);
  });

  it('says which fields came too late for its header', async () => {
    const { context } = await book([rows([{ a: 1 }]), rows([{ a: 1, late: 2 }])], {
      kind: 'rows',
      name: 'things',
    });
    expect(context.stderr.text()).toMatch(/warning: .*late/);
  });

  it('keeps text as text, whatever it begins with and whatever shape it has', async () => {
    const texts = [
      '=1+1',
      '+1',
      '-1',
      '@x',
      "'=1",
      '=cmd|/C calc!A0',
      '2024-13-45',
      '1e5',
      '_x0041_',
      ' padded ',
      'a\nb',
    ];
    const list = [
      ...texts,
      { formula: 'SUM(A1)', result: 7 },
      { richText: [{ text: 'x' }] },
      { hyperlink: 'http://x', text: 'x' },
      { error: '#N/A' },
    ];
    const { values, xml } = await book([rows(list.map((t) => ({ t: [t] })))], {
      kind: 'rows',
      name: 'things',
    });
    expect(xml(1)).not.toContain('<f');
    expect(xml(1)).not.toContain('<hyperlink');
    const cells = (await values(1)).slice(1).map(([cell]) => cell);
    expect(cells.slice(0, texts.length)).toEqual(
      texts.map((text) => (text === '_x0041_' ? '_x005F_x0041_' : text)),
    );
    expect(cells[texts.length]).toBe('[{"formula":"SUM(A1)","result":7}]');
  });

  it('leaves a missing number empty and says so; it is never 0', async () => {
    const list = [
      JOHN,
      { ...JOHN, salary: null },
      { ...JOHN, salary: undefined },
      { ...JOHN, salary: Number.NaN },
      { ...JOHN, salary: 'soon' },
    ];
    const { values, context } = await book([rows(list)], employees);
    expect((await values(1)).slice(1).map((row) => row[5])).toEqual([75_000, null, null, null, 'soon']);
    expect(context.stderr.text()).toBe(
      'warning: the API gave no number for salary (4): those cells are left empty, not 0\n',
    );
  });

  it('cuts what Excel would not keep, and says so', async () => {
    const { values, context } = await book([rows([{ ...JOHN, name: '😀'.repeat(20_000) }])], employees);
    const name = String((await values(1))[1]?.[1]);
    expect(name.length).toBeLessThanOrEqual(32_767);
    expect(name.endsWith('😀…')).toBe(true);
    expect(context.stderr.text()).toContain('1 text over 32,767 characters was cut');
  });

  it('is legal XML whatever control characters the texts have, and shows them', async () => {
    const hostile = [...CONTROLS, ...BIDI, ...SEQUENCES, '\ufffe\uffff', '\ud800', '<&>"\''];
    const list = hostile.map((text) => ({ ...JOHN, name: `a${text}b`, [`x${text}`]: text }));
    const { values, parts } = await book([rows(list)], employees);
    for (const xml of parts.values()) expect(xml.replace(/[\t\n]/g, '')).not.toMatch(RAW);
    const names = (await values(1)).slice(1).map((row) => row[1]);
    expect(names[0]).toBe('a\\x00b');
    expect(names[0x1b]).toBe('a\\x1bb');
    expect(names.at(-1)).toBe('a<&>"\'b');
  });

  it('goes on in another sheet past the last row that Excel has', async () => {
    const path = join(temporaryFolder(), 'x.xlsx');
    const sink = await fileSink(path, testContext(), false);
    const many = createBook(sink, 0);
    const columns = resolveColumns(
      { rows: [{ n: 1 }] },
      { kind: 'rows', name: 'n', columns: [{ path: 'n', kind: 'integer', total: true }] },
      options(),
    );
    const sheet = startRows(
      many,
      'Many',
      columns,
      [],
      { timeZone: 'UTC', faults: { cut: 0, missing: new Map() } },
      4,
    );
    await sheet.add([1, 2, 3, 4, 5].map((n) => ({ n })));
    await sheet.add([6, 7].map((n) => ({ n })));
    sheet.finish();
    await many.commit();
    await sink.commit();
    expect(await readSheetNames(path)).toEqual(['Many', 'Many (2)', 'Many (3)']);
    expect(await readXlsxFile(path, { sheet: 1 })).toEqual([['N'], [1], [2], [3], [6]]);
    expect(await readXlsxFile(path, { sheet: 3 })).toEqual([['N'], [7], [7]]);
  });

  it('has legal names of sheets, no two alike', () => {
    const name = sheetNames();
    expect(
      ['A/B*?[]:\\', "O'Neil", 'history', '', 'x'.repeat(40), 'X'.repeat(40), '\u202e'].map(name),
    ).toEqual([
      'A B',
      'O’Neil',
      'history sheet',
      'Sheet',
      'x'.repeat(31),
      `${'X'.repeat(27)} (2)`,
      ' u202e'.trim(),
    ]);
  });

  it('does not replace a file that exists, without --force', async () => {
    const context = testContext({ cwd: temporaryFolder() });
    await writeFile(join(context.cwd, 'employees.xlsx'), 'mine');
    const asked: string[] = [];
    const chunks = async function* () {
      asked.push('sent');
      yield rows([JOHN]);
    };
    const report = createReporter(context, { debug: false });
    const go = (force: boolean) =>
      render(chunks(), employees, options({ format: 'excel', force }), context, report);
    await expect(go(false)).rejects.toMatchObject({ exit: 2 });
    expect(asked).toEqual([]);
    expect(await readFile(join(context.cwd, 'employees.xlsx'), 'utf8')).toBe('mine');
    await go(true);
    expect((await readFile(join(context.cwd, 'employees.xlsx'))).subarray(0, 2).toString()).toBe('PK');
  });

  it('leaves no file when the command fails half-way', async () => {
    const context = testContext({ cwd: temporaryFolder() });
    const chunks = async function* () {
      yield rows([JOHN]);
      throw new Error('cut');
    };
    const report = createReporter(context, { debug: false });
    await expect(render(chunks(), employees, options({ format: 'excel' }), context, report)).rejects.toThrow(
      'cut',
    );
    expect(readdirSync(context.cwd)).toEqual([]);
  });
});

describe('--original', () => {
  const save = async (bytes: Uint8Array, name = 'payroll.xlsx') => {
    const context = testContext({ cwd: temporaryFolder() });
    const report = createReporter(context, { debug: false });
    const done = render(stream([{ type: 'bytes', bytes, name }]), payroll, options(), context, report);
    return { context, done, path: join(context.cwd, name) };
  };

  it('saves a workbook byte for byte and prints its path', async () => {
    const bytes = await readFile((await january()).path);
    const { context, done, path } = await save(bytes);
    await done;
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect(context.stdout.text()).toBe('payroll.xlsx\n');
  });

  it('refuses what is no workbook, or half of one, and leaves nothing', async () => {
    const bytes = await readFile((await january()).path);
    for (const bad of [
      Buffer.from('<html>'),
      bytes.subarray(0, bytes.length - 30),
      Buffer.alloc(0),
      Buffer.from('PK\u0003\u0004'),
    ]) {
      const { done, path } = await save(bad);
      await expect(done).rejects.toMatchObject({ exit: 6, code: 'not_a_workbook' });
      expect(existsSync(path)).toBe(false);
    }
  });
});
