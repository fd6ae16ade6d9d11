import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { type Asked, sandboxOf } from './support.ts';

const payroll = async ({ get }: Asked, from: string, to: string, employee?: string) =>
  (
    await get(
      `/reports/payroll?start_date=${from}&end_date=${to}${employee ? `&employee_id=${employee}` : ''}`,
    )
  ).data;

const JANUARY = ['2024-01-01', '2024-01-31'] as const;

/** An organization of two whose days are all made by the test. */
const empty = (now = '2024-07-01T00:00:00Z') => sandboxOf({ fixture: 'january-2024' }, { now });

async function day(asked: Asked, employee: string, clockIn: string, clockOut?: string) {
  const punch = async (type: string, timestamp: string) => {
    const { status, body } = await asked.ask('POST', '/attendance/clock', {
      employee_id: employee,
      type,
      timestamp,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.data;
  };
  const came = await punch('clock_in', clockIn);
  return clockOut === undefined ? came : await punch('clock_out', clockOut);
}

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

describe('parts of months', () => {
  it('pays a part of a month by its scheduled days', async () => {
    const asked = await sandboxOf({ fixture: 'january-2024' });
    const { employees } = await payroll(asked, '2024-01-08', '2024-01-12', 'emp_123456');
    // 6,250.00 × 5 ÷ 22; the 9th lies within the grace.
    expect(employees[0]).toMatchObject({
      scheduled_days: 5,
      days_worked: 5,
      base_pay: 1420.45,
      total_pay: 1420.45,
    });
  });

  it('makes a period of several months the sum of its months', async () => {
    const asked = await sandboxOf({ seed: 5 });
    const months = [
      ['2024-09-01', '2024-09-30'],
      ['2024-10-01', '2024-10-31'],
      ['2024-11-01', '2024-11-14'],
    ] as const;
    const parts = await Promise.all(months.map(([from, to]) => payroll(asked, from, to)));
    const whole = await payroll(asked, '2024-09-01', '2024-11-14');
    const cents = (value: unknown) => Math.round(Number(value) * 100);
    for (const row of whole.employees) {
      for (const field of [
        'base_pay',
        'overtime_pay',
        'absence_deduction',
        'total_penalties',
        'total_pay',
        'scheduled_days',
      ]) {
        const own = parts
          .flatMap((part) => part.employees)
          .filter((one) => one.employee_id === row.employee_id);
        expect(own.reduce((sum, one) => sum + cents(one[field]), 0)).toBe(cents(row[field]));
      }
    }
  });

  it('pays who was hired inside the month for the scheduled days since', async () => {
    const asked = await empty();
    await asked.ask('PUT', '/employees/emp_123456', { start_date: '2024-01-17' });
    const { employees } = await payroll(asked, ...JANUARY, 'emp_123456');
    // 11 of 22 days: 3,125.00; absent on the 26th: 3,125.00 ÷ 11 = 284.09.
    expect(employees[0]).toMatchObject({
      scheduled_days: 11,
      base_pay: 3125,
      absence_deduction: 284.09,
      days_absent: 1,
    });
  });

  it('pays who left inside the month up to the last day', async () => {
    const asked = await sandboxOf({ fixture: 'january-2024' }, { now: '2024-01-16T12:00:00Z' });
    await asked.ask('DELETE', '/employees/emp_123457');
    const later = await sandboxOf({ fixture: 'january-2024' }, { now: '2024-01-16T12:00:00Z' });
    const { employees } = await payroll(asked, ...JANUARY, 'emp_123457');
    expect(employees[0]).toMatchObject({ scheduled_days: 11, base_pay: 2708.34 });
    expect((await payroll(later, ...JANUARY, 'emp_123457')).employees[0].scheduled_days).toBe(22);
  });

  it('leaves out who was not employed in the period, unless asked for by name', async () => {
    const asked = await empty();
    await asked.ask('PUT', '/employees/emp_123456', { start_date: '2024-06-03' });
    expect((await payroll(asked, '2024-05-01', '2024-05-31')).employees).toHaveLength(1);
    const alone = await payroll(asked, '2024-05-01', '2024-05-31', 'emp_123456');
    expect(alone.employees[0]).toMatchObject({
      scheduled_days: 0,
      base_pay: 0,
      absence_deduction: 0,
      total_pay: 0,
    });
  });

  it('pays nothing for a period without scheduled days', async () => {
    const { employees, totals } = await payroll(await empty(), '2024-01-06', '2024-01-07');
    expect(employees).toHaveLength(2);
    expect(employees[0]).toMatchObject({ scheduled_days: 0, base_pay: 0, total_pay: 0 });
    expect(totals).toMatchObject({ scheduled_days: 0, work_hours: 0, total_pay: 0 });
  });
});

describe('days', () => {
  it('charges nothing up to the grace, and every minute past it', async () => {
    const asked = await empty();
    await day(asked, 'emp_123456', '2024-03-04T09:05:59Z', '2024-03-04T17:25:00Z');
    await day(asked, 'emp_123456', '2024-03-05T09:06:00Z', '2024-03-05T17:24:00Z');
    const { employees } = await payroll(asked, '2024-03-04', '2024-03-05', 'emp_123456');
    // 7,500,000 × 6 ÷ 132,600 = 339.37 cents, twice.
    expect(employees[0]).toMatchObject({
      late_minutes: 6,
      early_departure_minutes: 6,
      late_penalty: 3.39,
      early_departure_penalty: 3.39,
    });
  });

  it('pays overtime from fifteen minutes on', async () => {
    const asked = await empty();
    await day(asked, 'emp_123456', '2024-03-04T09:00:00Z', '2024-03-04T17:44:59Z');
    await day(asked, 'emp_123456', '2024-03-05T09:00:00Z', '2024-03-05T17:45:00Z');
    const { employees } = await payroll(asked, '2024-03-04', '2024-03-05', 'emp_123456');
    expect(employees[0]).toMatchObject({ overtime_hours: 0.25, overtime_pay: 12.73, work_hours: 17.48 });
  });

  it('counts a missing clock-out as present, without hours, overtime or early penalty, and warns', async () => {
    const asked = await empty();
    await day(asked, 'emp_123456', '2024-03-04T09:20:00Z');
    const { employees } = await payroll(asked, '2024-03-04', '2024-03-04', 'emp_123456');
    expect(employees[0]).toMatchObject({
      days_worked: 1,
      days_absent: 0,
      work_hours: 0,
      overtime_hours: 0,
      late_minutes: 20,
      early_departure_minutes: 0,
    });
    expect(employees[0].warnings).toEqual(['2024-03-04: no clock-out, so no hours are counted']);
  });

  it('calls nobody absent before the shift has ended, nor for a failed attempt at the door', async () => {
    const before = await sandboxOf({ fixture: 'january-2024' }, { now: '2024-01-26T17:29:59Z' });
    const after = await sandboxOf({ fixture: 'january-2024' }, { now: '2024-01-26T17:30:00Z' });
    expect((await payroll(before, ...JANUARY)).totals).toMatchObject({
      days_absent: 0,
      absence_deduction: 0,
    });
    expect((await payroll(after, ...JANUARY)).totals).toMatchObject({
      days_absent: 2,
      absence_deduction: 530.3,
    });
  });

  it('has no shift to be late for on a day off', async () => {
    const asked = await empty();
    await day(asked, 'emp_123456', '2024-03-09T11:00:00Z', '2024-03-09T15:00:00Z');
    const { employees } = await payroll(asked, '2024-03-09', '2024-03-10', 'emp_123456');
    expect(employees[0]).toMatchObject({
      scheduled_days: 0,
      days_worked: 1,
      work_hours: 4,
      total_penalties: 0,
      total_pay: 0,
    });
    expect(employees[0].warnings).toEqual(['2024-03-09: worked on a day off']);
  });

  it('follows a raise', async () => {
    const asked = await sandboxOf({ fixture: 'january-2024' });
    await asked.ask('PUT', '/employees/emp_123457', { salary: 75000 });
    const { employees } = await payroll(asked, ...JANUARY);
    expect(employees.map((row: { total_pay: number }) => row.total_pay)).toEqual([6049.35, 6049.35]);
  });
});

describe('nights and zones', () => {
  const night = { timezone: 'Europe/Berlin', shift: { start: 22 * 60, end: 6 * 60 } } as const;

  it.each([
    ['in spring', '2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z', '2026-03-28', 7],
    ['in autumn', '2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z', '2026-10-24', 9],
    ['in summer', '2026-07-06T20:00:00Z', '2026-07-07T04:00:00Z', '2026-07-06', 8],
  ])(
    'a shift from 22:00 to 06:00 in Berlin, %s, has the hours that passed',
    async (_, from, to, date, hours) => {
      for (const shape of [night, { timezone: 'Europe/Berlin' }]) {
        const asked = await sandboxOf({ ...shape, fixture: 'january-2024' }, { now: '2026-12-01T00:00:00Z' });
        const record = await day(asked, 'emp_123456', from, to);
        expect(record).toMatchObject({ date, work_hours: hours });
      }
    },
  );

  it('belongs to the day on which its shift starts, however late one comes', async () => {
    const asked = await sandboxOf({ ...night, fixture: 'january-2024' }, { now: '2026-12-01T00:00:00Z' });
    const record = await day(asked, 'emp_123456', '2026-07-06T22:30:00Z', '2026-07-07T03:00:00Z');
    // 00:30 to 05:00 in Berlin.
    expect(record).toMatchObject({
      date: '2026-07-06',
      late_minutes: 150,
      early_departure_minutes: 60,
      work_hours: 4.5,
    });
  });

  it('measures lateness by the wall clock on both sides of a change of clocks', async () => {
    const asked = await sandboxOf({ timezone: 'America/New_York', fixture: 'january-2024' });
    const winter = await day(asked, 'emp_123456', '2024-03-08T14:10:00Z', '2024-03-08T22:30:00Z');
    const summer = await day(asked, 'emp_123456', '2024-03-11T13:10:00Z', '2024-03-11T21:30:00Z');
    for (const record of [winter, summer])
      expect(record).toMatchObject({ late_minutes: 10, early_departure_minutes: 0 });
  });

  it('pays the January of the fixture the same in any zone', async () => {
    for (const timezone of ['Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Auckland']) {
      const report = await payroll(await sandboxOf({ timezone, fixture: 'january-2024' }), ...JANUARY);
      expect([report.timezone, report.totals.total_pay]).toEqual([timezone, 11292.12]);
    }
  });
});

describe('what is asked for', () => {
  it.each([
    ['', 'start_date'],
    ['start_date=2024-01-01', 'end_date'],
    ['start_date=2024-01-32&end_date=2024-02-01', 'start_date'],
    ['start_date=2024-02-01&end_date=2024-01-01', 'end_date'],
    ['start_date=1970-01-01&end_date=2100-01-01', 'end_date'],
    ['start_date=2024-01-01&end_date=2024-01-31&format=pdf', 'format'],
  ])('refuses "%s"', async (query, field) => {
    const { ask } = await empty();
    const answer = await ask('GET', `/reports/payroll?${query}`);
    expect([answer.status, answer.body.error.field]).toEqual([400, field]);
  });

  it('knows nobody who is not there', async () => {
    const { ask } = await empty();
    for (const report of ['payroll', 'attendance']) {
      const path = `/reports/${report}?start_date=2024-01-01&end_date=2024-01-31&employee_id=emp_9`;
      expect((await ask('GET', path)).status).toBe(404);
    }
  });
});
