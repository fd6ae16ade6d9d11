import { readdirSync } from 'node:fs';
import { readSheetNames } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Chunk } from '../../src/command.ts';
import { book, january } from './book.ts';
import { data, JANUARY, payroll } from './world.ts';

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
    expect((await values('Summary')).find(([item]) => item === 'Total work hours')?.at(-1)).toBe(
      'agrees but for rounding',
    );
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
