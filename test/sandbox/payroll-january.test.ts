import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { JANUARY, payroll } from './payroll-world.ts';
import { sandboxOf } from './support.ts';

describe('January 2024, worked to the cent by hand', () => {
  it('pays John Doe 6,049.35 and Jane Smith 5,242.77', async () => {
    const report = await payroll(await sandboxOf({ fixture: 'january-2024' }), ...JANUARY);
    const [john, jane] = report.employees;
    expect(john).toEqual({
      employee_id: 'emp_123456',
      employee_name: 'John Doe',
      department: 'Engineering',
      position: 'Senior Developer',
      annual_salary: 75000,
      scheduled_days: 22,
      days_worked: 21,
      days_absent: 1,
      work_hours: 180.02,
      overtime_hours: 2.25,
      late_minutes: 15,
      early_departure_minutes: 40,
      base_pay: 6250,
      overtime_pay: 114.54,
      absence_deduction: 284.09,
      late_penalty: 8.48,
      early_departure_penalty: 22.62,
      total_penalties: 31.1,
      total_pay: 6049.35,
      warnings: [],
    });
    expect(jane).toMatchObject({
      employee_name: 'Jane Smith',
      annual_salary: 65000,
      base_pay: 5416.67,
      overtime_pay: 99.27,
      absence_deduction: 246.21,
      total_penalties: 26.96,
      total_pay: 5242.77,
    });
    expect(report.totals).toMatchObject({ work_hours: 360.03, total_penalties: 58.06, total_pay: 11292.12 });
    expect(report).toMatchObject({
      period: { start_date: '2024-01-01', end_date: '2024-01-31' },
      currency: 'USD',
      timezone: 'UTC',
      policy: {
        grace_minutes: 5,
        overtime_min_minutes: 15,
        overtime_multiplier: 1.5,
        penalty_multiplier: 1,
        holidays: ['2024-01-01'],
      },
    });
  });

  it('tells the same as an attendance report, in raw minutes', async () => {
    const { get } = await sandboxOf({ fixture: 'january-2024' });
    const { data } = await get('/reports/attendance?start_date=2024-01-01&end_date=2024-01-31');
    expect(data.employees[0]).toEqual({
      employee_id: 'emp_123456',
      employee_name: 'John Doe',
      department: 'Engineering',
      scheduled_days: 22,
      days_present: 21,
      days_absent: 1,
      late_arrivals: 2,
      late_minutes: 19,
      early_departures: 1,
      early_departure_minutes: 40,
      work_hours: 180.02,
      overtime_hours: 2.25,
      missing_clock_outs: 0,
    });
    expect(data.totals).toMatchObject({ days_present: 42, late_minutes: 38, work_hours: 360.03 });
  });

  it('opens as a workbook whose cells are numbers', async () => {
    const { ask } = await sandboxOf({ fixture: 'january-2024' });
    const answer = await ask(
      'GET',
      '/reports/payroll?start_date=2024-01-01&end_date=2024-01-31&format=excel',
    );
    expect(answer.headers['content-type']).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    );
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(answer.bytes as unknown as ArrayBuffer);
    const sheet = workbook.getWorksheet('Payroll');
    const headings = sheet?.getRow(1).values as string[];
    const column = headings.indexOf('total_pay');
    expect([2, 3, 4].map((row) => sheet?.getRow(row).getCell(column).value)).toEqual([
      6049.35, 5242.77, 11292.12,
    ]);
  });
});
