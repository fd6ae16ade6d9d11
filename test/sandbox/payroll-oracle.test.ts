import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, DAY, expectedPay, groupBy, hoursOf, iso, midnight, type Row } from './payroll-oracle.ts';
import { type Asked, everyRow, sandboxOf } from './support.ts';

const MONEY = [
  'base_pay',
  'overtime_pay',
  'absence_deduction',
  'late_penalty',
  'early_departure_penalty',
  'total_penalties',
  'total_pay',
];
const COUNTS = ['scheduled_days', 'days_worked', 'days_absent', 'late_minutes', 'early_departure_minutes'];

async function check(asked: Asked, period: [string, string], zone: string) {
  const query = `start_date=${period[0]}&end_date=${period[1]}`;
  const { data: payroll } = await asked.get(`/reports/payroll?${query}`);
  const { data: attendance } = await asked.get(`/reports/attendance?${query}`);
  const employees = await everyRow(asked.get, '/employees');
  const records = await everyRow(asked.get, `/attendance?${query}`);
  const recordsOf = groupBy(records, (record) => record['employee_id']);
  let minutes = 0n;
  for (const employee of employees) {
    const own = recordsOf.get(employee['id']) ?? [];
    const want = expectedPay(employee, own, payroll.policy.holidays, period, zone, asked.context.now());
    const row = payroll.employees.find((one: Row) => one['employee_id'] === employee['id']);
    const raw = attendance.employees.find((one: Row) => one['employee_id'] === employee['id']);
    const away =
      String(employee['start_date']) > period[1] || String(employee['end_date'] ?? '9999') < period[0];
    if (away && own.length === 0) {
      expect([row, raw]).toEqual([undefined, undefined]);
      continue;
    }
    minutes += want.minutes;
    expect(row).toMatchObject({
      scheduled_days: want.scheduled,
      days_worked: want.worked,
      days_absent: want.absent,
      work_hours: hoursOf(want.minutes),
      overtime_hours: hoursOf(want.overtime),
      late_minutes: Number(want.late),
      early_departure_minutes: Number(want.early),
    });
    const penalties = want.latePenalty + want.earlyPenalty;
    const total = want.base + want.overtimePay - want.absence - penalties;
    expect(MONEY.map((field) => cents(row[field]))).toEqual([
      want.base,
      want.overtimePay,
      want.absence,
      want.latePenalty,
      want.earlyPenalty,
      penalties,
      total,
    ]);
    expect(row.warnings.filter((text: string) => text.includes('no clock-out'))).toHaveLength(want.missing);
    expect(raw).toMatchObject({
      days_present: want.worked,
      late_arrivals: want.raw.lates,
      late_minutes: Number(want.raw.late),
      early_departures: want.raw.earlies,
      early_departure_minutes: Number(want.raw.early),
      missing_clock_outs: want.missing,
    });
  }
  for (const field of MONEY) {
    const rows = payroll.employees.map((row: Row) => cents(row[field]));
    expect(cents(payroll.totals[field])).toBe(rows.reduce((sum: bigint, one: bigint) => sum + one, 0n));
  }
  for (const field of COUNTS) {
    const rows: number[] = payroll.employees.map((row: Row) => Number(row[field]));
    expect(payroll.totals[field]).toBe(rows.reduce((sum, one) => sum + one, 0));
  }
  expect(payroll.totals.work_hours).toBe(hoursOf(minutes));
}

const NOW = Date.parse('2024-11-18T12:00:00Z');
/** Days before today: what today comes to depends on the hour. */
const dayAgo = fc.integer({ min: 1, max: 120 }).map((ago) => iso(NOW - ago * DAY));
const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
);
const punches = fc.array(
  fc.record({
    employee: fc.integer({ min: 0, max: 11 }),
    date: dayAgo,
    come: fc.integer({ min: 4 * 3600, max: 16 * 3600 }),
    stay: fc.option(fc.integer({ min: 60, max: 12 * 3600 })),
  }),
  { maxLength: 12 },
);
const staff = fc.array(
  fc.record({
    employee: fc.integer({ min: 0, max: 11 }),
    salary: fc.integer({ min: 0, max: 30_000_000 }),
    start: dayAgo,
    leaves: fc.boolean(),
  }),
  { maxLength: 3 },
);

describe('both reports', () => {
  it('are what an independent reading of the policy makes of the attendance records', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        zone,
        dayAgo,
        dayAgo,
        punches,
        staff,
        async (seed, timezone, one, other, clocked, changes) => {
          const asked = await sandboxOf({
            seed,
            timezone,
            employees: 12,
            holidays: ['01-01', '2024-10-03', '2024-09-02'],
          });
          const id = (index: number) => `emp_${123456 + index}`;
          const at = (date: string, seconds: number) =>
            new Date(midnight(date) + seconds * 1000).toISOString();
          for (const { employee, date, come, stay } of clocked) {
            const clock = { employee_id: id(employee), type: 'clock_in', timestamp: at(date, come) };
            const came = await asked.ask('POST', '/attendance/clock', clock);
            if (came.status !== 201 || stay === null) continue;
            await asked.ask('POST', '/attendance/clock', {
              ...clock,
              type: 'clock_out',
              timestamp: at(date, come + stay),
            });
          }
          for (const { employee, salary, start, leaves } of changes) {
            await asked.ask('PUT', `/employees/${id(employee)}`, { salary: salary / 100, start_date: start });
            if (leaves) await asked.ask('DELETE', `/employees/${id(employee)}`);
          }
          const period: [string, string] = one <= other ? [one, other] : [other, one];
          await check(asked, period, timezone);
        },
      ),
      { numRuns: 30 },
    );
  }, 120_000);

  it('agree with it over a whole quarter of everybody', async () => {
    const asked = await sandboxOf({ seed: 1 });
    await check(asked, ['2024-08-01', '2024-11-15'], 'UTC');
  });
});
