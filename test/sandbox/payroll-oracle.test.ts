/**
 * The payroll policy once more, written from its text alone and fed with what the API answers: employees, attendance
 * records, the report's own list of holidays. Exact fractions throughout.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, everyRow, sandboxOf } from './support.ts';

type Row = Record<string, unknown>;

const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const midnight = (date: string) => Date.parse(`${date}T00:00:00Z`);
const datesBetween = (first: string, last: string) => {
  const dates: string[] = [];
  for (let at = midnight(first); at <= midnight(last); at += DAY) dates.push(iso(at));
  return dates;
};

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** A fraction to the nearest whole number, halves up. */
function round(numerator: bigint, denominator: bigint): bigint {
  const doubled = 2n * numerator + denominator;
  const by = 2n * denominator;
  const quotient = doubled / by;
  return doubled % by < 0n ? quotient - 1n : quotient;
}

const cents = (money: unknown) => BigInt(Math.round(Number(money) * 100));
const hoursOf = (minutes: bigint) => Number(round(minutes * 100n, 60n)) / 100;

const formats = new Map<string, Intl.DateTimeFormat>();
const instants = new Map<string, number>();

/** Local date and minute of the day of an instant, by Intl. */
function wall(instant: number, timeZone: string): { date: string; minute: number } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  const [date = '', time = ''] = format.format(instant).split(' ');
  return { date, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) };
}

/** The instant at which a wall clock shows a time, found by asking it. */
function instantOf(date: string, minute: number, timeZone: string): number {
  const key = `${date} ${minute} ${timeZone}`;
  const known = instants.get(key);
  if (known !== undefined) return known;
  const guess = midnight(date) + minute * 60_000;
  for (let off = -15 * 60; off <= 15 * 60; off += 15) {
    const at = guess + off * 60_000;
    const shown = wall(at, timeZone);
    if (shown.date !== date || shown.minute !== minute) continue;
    instants.set(key, at);
    return at;
  }
  throw new Error(`no ${date} ${minute} in ${timeZone}`);
}

interface Expected {
  scheduled: number;
  worked: number;
  absent: number;
  minutes: bigint;
  overtime: bigint;
  late: bigint;
  early: bigint;
  base: bigint;
  overtimePay: bigint;
  absence: bigint;
  latePenalty: bigint;
  earlyPenalty: bigint;
  missing: number;
  raw: { late: bigint; early: bigint; lates: number; earlies: number };
}

function expectedPay(
  employee: Row,
  records: Row[],
  holidays: string[],
  period: [string, string],
  zone: string,
  now: number,
): Expected {
  const salary = cents(employee['salary']);
  const from = String(employee['start_date']);
  const to = String(employee['end_date'] ?? '9999-12-31');
  const scheduled = (date: string) =>
    ![0, 6].includes(new Date(midnight(date)).getUTCDay()) && !holidays.includes(date);
  const byDate = new Map(records.map((record) => [String(record['date']), record]));
  const sum: Expected = {
    scheduled: 0,
    worked: 0,
    absent: 0,
    minutes: 0n,
    overtime: 0n,
    late: 0n,
    early: 0n,
    base: 0n,
    overtimePay: 0n,
    absence: 0n,
    latePenalty: 0n,
    earlyPenalty: 0n,
    missing: 0,
    raw: { late: 0n, early: 0n, lates: 0, earlies: 0 },
  };
  const months = groupBy(datesBetween(...period), (date) => date.slice(0, 7));
  for (const [month, dates] of months) {
    const first = `${month}-01`;
    const last = iso(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0));
    const inMonth = datesBetween(first, last).filter(scheduled).length;
    const employed = dates.filter((date) => scheduled(date) && from <= date && date <= to);
    const base = round(round(salary, 12n) * BigInt(employed.length), BigInt(inMonth || 1));
    const absent = employed.filter(
      (date) => !byDate.has(date) && instantOf(date, 17 * 60 + 30, zone) <= now,
    ).length;
    sum.base += base;
    sum.scheduled += employed.length;
    sum.absent += absent;
    if (employed.length > 0) sum.absence += round(base * BigInt(absent), BigInt(employed.length));
    for (const date of dates) {
      const record = byDate.get(date);
      if (record) addRecord(sum, record, date, salary, scheduled(date), zone);
    }
  }
  return sum;
}

function addRecord(sum: Expected, record: Row, date: string, salary: bigint, due: boolean, zone: string) {
  const minutes = (ms: number) => BigInt(Math.max(0, Math.floor(ms / 60_000)));
  const pay = (count: bigint, times: bigint, per: bigint) => round(salary * count * times, 2210n * 60n * per);
  sum.worked += 1;
  const came = Date.parse(String(record['clock_in']));
  const late = due ? minutes(came - instantOf(date, 9 * 60, zone)) : 0n;
  if (late > 0n) sum.raw.lates += 1;
  sum.raw.late += late;
  if (late > 5n) {
    sum.late += late;
    sum.latePenalty += pay(late, 1n, 1n);
  }
  if (record['clock_out'] === null) {
    sum.missing += 1;
    return;
  }
  const went = Date.parse(String(record['clock_out']));
  const worked = minutes(went - came);
  sum.minutes += worked;
  if (worked - 510n >= 15n) {
    sum.overtime += worked - 510n;
    sum.overtimePay += pay(worked - 510n, 3n, 2n);
  }
  const early = due ? minutes(instantOf(date, 17 * 60 + 30, zone) - went) : 0n;
  if (early > 0n) sum.raw.earlies += 1;
  sum.raw.early += early;
  if (early > 5n) {
    sum.early += early;
    sum.earlyPenalty += pay(early, 1n, 1n);
  }
}

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
