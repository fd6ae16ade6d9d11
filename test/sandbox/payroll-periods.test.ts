import { describe, expect, it } from 'vitest';
import { empty, JANUARY, payroll } from './payroll-world.ts';
import { sandboxOf } from './support.ts';

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
