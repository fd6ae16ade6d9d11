import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import readXlsxFile, { readSheetNames } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Chunk, OutputSpec } from '../../src/command.ts';
import { resolveColumns } from '../../src/views/columns.ts';
import { createBook } from '../../src/views/excel/book.ts';
import { sheetNames } from '../../src/views/excel/names.ts';
import { startRows } from '../../src/views/excel/sheet.ts';
import { createReporter, render } from '../../src/views/index.ts';
import type { OutputOptions } from '../../src/views/options.ts';
import { fileSink } from '../../src/views/sink.ts';
import { type TestContext, temporaryFolder, testContext } from '../support/context.ts';
import { BIDI, CONTROLS, RAW, SEQUENCES } from './hostile.ts';
import { data, employees, JANUARY, JOHN, options, payroll, rows, stream } from './world.ts';
import { unzip } from './zip.ts';

interface Book {
  readonly path: string;
  readonly context: TestContext;
  readonly parts: Map<string, string>;
  /** The XML of a sheet, from 1. */
  readonly xml: (sheet: number) => string;
  readonly values: (sheet: string | number) => Promise<unknown[][]>;
}

/** Renders a workbook and opens it again with a reader that is not its writer. */
async function book(
  chunks: readonly Chunk[],
  spec: OutputSpec,
  changes: Partial<OutputOptions> = {},
): Promise<Book> {
  const context = testContext({ cwd: temporaryFolder() });
  const report = createReporter(context, { debug: false });
  await render(stream(chunks), spec, options({ format: 'excel', ...changes }), context, report);
  const path = join(context.cwd, changes.output ?? context.stdout.text().trim());
  const parts = unzip(await readFile(path));
  return {
    path,
    context,
    parts,
    xml: (sheet) => parts.get(`xl/worksheets/sheet${sheet}.xml`) ?? '',
    values: (sheet) => readXlsxFile(path, { sheet, trim: false }),
  };
}

const january = () => book([data(JANUARY)], payroll, { suffix: '2024-01-01_2024-01-31' });

describe('the payroll workbook of January 2024', () => {
  it('is named after its period, and its path is printed', async () => {
    const { context } = await january();
    expect(context.stdout.text()).toBe('payroll_2024-01-01_2024-01-31.xlsx\n');
    expect(readdirSync(context.cwd)).toEqual(['payroll_2024-01-01_2024-01-31.xlsx']);
  });

  it('has Summary, Payroll, By department and Exceptions', async () => {
    const { path, values } = await january();
    expect(await readSheetNames(path)).toEqual(['Summary', 'Payroll', 'By department', 'Exceptions']);
    expect(await values('Exceptions')).toEqual([
      ['Employee ID', 'Employee name', 'Exception'],
      ['emp_234567', 'Jane Smith', 'no clock-out on 2024-01-03'],
    ]);
    const departments = await values('By department');
    expect(departments.map((row) => [row[0], row[1], row.at(-1)])).toEqual([
      ['Department', 'Employees', 'Total pay'],
      ['Engineering', 1, 6049.35],
      ['Marketing', 1, 5242.77],
      ['Total', 2, 11_292.12],
    ]);
  });

  it('sums up to 11,292.12 in live formulas that have their values with them', async () => {
    const { xml, values } = await january();
    const total = (await values('Payroll')).at(-1);
    expect(total?.[0]).toBe('Total');
    expect(total).toContain(11_292.12);
    expect(xml(2)).toContain('<f>SUM(S2:S3)</f><v>11292.12</v>');
    expect(xml(1)).toContain('<f>SUM(&apos;Payroll&apos;!$S$2:$S$3)</f><v>11292.12</v>');
  });

  it('keeps hours unrounded and IDs as text', async () => {
    const { values, xml, parts } = await january();
    const payrollRows = await values('Payroll');
    expect(payrollRows[1]?.slice(0, 2)).toEqual(['emp_123456', 'John Doe']);
    expect(payrollRows[1]).toContain(180.0166);
    expect(xml(2)).toContain('<v>180.0166</v>');
    expect(parts.get('xl/styles.xml')).toContain('formatCode="#,##0.00;[Red]-#,##0.00"');
  });

  it('says what it covers, in real dates, and that it ties out', async () => {
    const { values } = await january();
    const summary = new Map((await values('Summary')).map(([item, ...rest]) => [item, rest]));
    expect(summary.get('Start date')?.[0]).toEqual(new Date('2024-01-01T00:00:00Z'));
    expect(summary.get('End date')?.[0]).toEqual(new Date('2024-01-31T00:00:00Z'));
    expect(summary.get('Generated at (UTC)')?.[0]).toEqual(new Date('2024-11-18T12:00:00Z'));
    expect(summary.get('Currency')?.[0]).toBe('USD');
    expect(summary.get('policy.grace_minutes')?.[0]).toBe(5);
    expect(summary.get('Total pay')).toEqual([11_292.12, 11_292.12, 'agrees']);
  });

  it('prints in landscape, one page wide, the header on every page; no cells are merged', async () => {
    const { parts, xml } = await january();
    for (const sheet of [1, 2, 3, 4]) {
      expect(xml(sheet)).toMatch(
        /<pageSetup [^>]*orientation="landscape"[^>]*fitToWidth="1" fitToHeight="0"/,
      );
      expect(xml(sheet)).toContain('<pageSetUpPr fitToPage="1"/>');
      expect(xml(sheet)).toContain(
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
      );
      expect(xml(sheet)).toMatch(/<autoFilter ref="A1:[A-Z]+\d+"\/>/);
      expect(xml(sheet)).not.toContain('mergeCell');
    }
    expect(xml(2)).toContain('<autoFilter ref="A1:T3"/>');
    expect(parts.get('xl/workbook.xml')?.match(/_xlnm\.Print_Titles/g)).toHaveLength(4);
  });

  it('has bars that every reader draws', async () => {
    const { xml } = await january();
    expect(xml(2)).toContain('<cfRule type="dataBar"');
    // An extension that is linked but never written is what Excel would have to repair.
    expect(xml(2)).not.toContain('x14:id');
  });

  it("marks, on the sheet and in Summary, a total of the API's that is another", async () => {
    const wrong = { ...JANUARY, totals: { ...JANUARY.totals, total_pay: 11_292.13 } };
    const { values, context } = await book([data(wrong)], payroll);
    expect((await values('Payroll')).at(-1)).toEqual(
      expect.arrayContaining(["API's total differs", 11_292.13]),
    );
    const check = (await values('Summary')).find(([item]) => item === 'Total pay');
    expect(check).toEqual(['Total pay', 11_292.12, 11_292.13, 'DIFFERS by -0.01']);
    expect((await values('Exceptions')).at(-1)?.[2]).toMatch(/the API says 11,292\.13/);
    expect(context.stderr.text()).toMatch(/^warning: /);
  });

  it('sums hours as a spreadsheet does, and forgives the API what rounding row by row makes', async () => {
    const exact = await january();
    expect(exact.xml(2)).toContain('<f>SUM(I2:I3)</f><v>360.0332</v>');
    const rounded = JANUARY.employees.map((row) => ({ ...row, work_hours: 180.02 }));
    const answer = { ...JANUARY, employees: rounded, totals: { ...JANUARY.totals, work_hours: 360.03 } };
    const { values, context } = await book([data(answer)], payroll);
    expect((await values('Summary')).find(([item]) => item === 'Total work hours')?.at(-1)).toBe('agrees');
    expect(context.stderr.text()).toBe('');
  });

  it('takes what the answer lacks from the command, and a sheet a person', async () => {
    const punches = [{ date: '2024-01-09', clock_in: '2024-01-09T09:04:00Z', work_hours: 8.43 }];
    const columns = [
      { path: 'date', kind: 'date' },
      { path: 'clock_in', kind: 'time' },
      { path: 'work_hours', kind: 'hours', total: true },
    ] as const;
    const chunks: Chunk[] = [
      { type: 'data', data: JANUARY, about: { organization: 'Acme Corporation' } },
      { type: 'sheet', name: 'John Doe', rows: punches, columns },
      { type: 'sheet', name: 'John Doe', rows: punches, columns },
      { type: 'sheet', name: 'Exceptions', rows: [], columns },
    ];
    const { path, values } = await book(chunks, payroll);
    expect((await readSheetNames(path)).slice(3)).toEqual([
      'Exceptions',
      'John Doe',
      'John Doe (2)',
      'Exceptions (2)',
    ]);
    expect((await values('Summary'))[1]).toEqual(['Organization', 'Acme Corporation', null, null]);
    expect((await values('John Doe')).slice(0, 2)).toEqual([
      ['Date', 'Clock in (UTC)', 'Work hours'],
      [new Date('2024-01-09T00:00:00Z'), new Date('2024-01-09T09:04:00Z'), 8.43],
    ]);
  });
});

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
      'warning: no number where one belongs, the cells are empty: salary (4)\n',
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
