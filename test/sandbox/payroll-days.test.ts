import { describe, expect, it } from 'vitest';
import { happening, noRecordFaults } from '../../src/sandbox/simulate.ts';
import { day, empty, JANUARY, payroll } from './payroll-world.ts';
import { sandboxOf } from './support.ts';

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

  it('calls nobody absent before the shift has ended, nor present for a failed attempt at the door', async () => {
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
    // What happens at the door is a failed attempt where chance is high, else somebody coming.
    for (const [kind, absent] of [
      [0.99, 2],
      [0.5, 1],
    ] as const) {
      const door = await sandboxOf({ fixture: 'january-2024' }, { now: '2024-01-26T09:00:00Z' });
      const chance = { next: () => kind, pick: () => 0, happens: () => false };
      await door.sandbox.store.write((world) => happening(world, chance, noRecordFaults()));
      const { data } = await door.get('/locks/lock_789/history');
      const attempt = data.find((row: { timestamp: string }) => row.timestamp === '2024-01-26T09:00:00Z');
      expect(attempt).toMatchObject({ employee_id: 'emp_123456', success: absent === 1 });
      door.context.advance(9 * 3_600_000);
      expect((await payroll(door, ...JANUARY)).totals.days_absent).toBe(absent);
    }
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
