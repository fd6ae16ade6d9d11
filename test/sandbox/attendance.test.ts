import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../src/sandbox/ledger.ts';
import { everyRow, sandboxOf } from './support.ts';

const clock = (type: string, timestamp: string, more: object = {}) => ({
  employee_id: 'emp_123456',
  type,
  timestamp,
  ...more,
});

describe('clocking', () => {
  it('runs the documented call and makes the documented record of it', async () => {
    const { ask, get } = await sandboxOf({ fixture: 'january-2024' });
    const documented = clock('clock_in', '2024-11-18T09:00:00Z', {
      lock_id: 'lock_789',
      notes: 'Manual entry',
    });
    const came = await ask('POST', '/attendance/clock', documented);
    expect(came.status).toBe(201);
    expect(came.body.data).toMatchObject({
      clock_in: '2024-11-18T09:00:00Z',
      clock_out: null,
      work_hours: null,
    });
    const went = await ask('POST', '/attendance/clock', clock('clock_out', '2024-11-18T17:30:00Z'));
    const { id, ...record } = went.body.data;
    expect(id).toMatch(/^att_\d+$/);
    expect(record).toEqual({
      employee_id: 'emp_123456',
      employee_name: 'John Doe',
      clock_in: '2024-11-18T09:00:00Z',
      clock_out: '2024-11-18T17:30:00Z',
      work_hours: 8.5,
      late_minutes: 0,
      early_departure_minutes: 0,
      lock_id: 'lock_789',
      date: '2024-11-18',
    });
    const listed = await get('/attendance?employee_id=emp_123456&start_date=2024-11-18&end_date=2024-11-18');
    expect(listed).toEqual({ success: true, data: [went.body.data] });
  });

  it('takes the very same punch again, and refuses any other second one', async () => {
    const { ask, sandbox } = await sandboxOf({ fixture: 'january-2024' });
    const punch = async (type: string, at: string) =>
      (await ask('POST', '/attendance/clock', clock(type, at))).status;
    expect(await punch('clock_out', '2024-03-04T17:30:00Z')).toBe(400);
    expect(await punch('clock_in', '2024-03-04T09:00:00Z')).toBe(201);
    expect(await punch('clock_in', '2024-03-04T09:00:00Z')).toBe(201);
    expect(await punch('clock_in', '2024-03-04T10:00:00Z')).toBe(400);
    expect(await punch('clock_out', '2024-03-04T08:00:00Z')).toBe(400);
    expect(await punch('clock_out', '2024-03-04T17:30:00Z')).toBe(201);
    expect(await punch('clock_out', '2024-03-04T17:30:00Z')).toBe(201);
    expect(await punch('clock_out', '2024-03-04T18:00:00Z')).toBe(400);
    const ledger = ledgerOf((await sandbox.store.read()).state);
    expect(ledger.map(({ kind, repeated }) => [kind, repeated])).toEqual([
      ['attendance.clock_in', false],
      ['attendance.clock_in', true],
      ['attendance.clock_out', false],
      ['attendance.clock_out', true],
    ]);
  });

  it('puts what is clocked in the place of the seeded day', async () => {
    const { ask, get } = await sandboxOf();
    const [seeded] = (await get('/attendance?employee_id=emp_123456&end_date=2024-11-15&page=1&limit=1'))
      .data;
    const path = `/attendance?employee_id=emp_123456&start_date=${seeded.date}&end_date=${seeded.date}`;
    await ask('POST', '/attendance/clock', clock('clock_in', `${seeded.date}T11:00:00Z`));
    expect((await get(path)).data).toMatchObject([{ clock_in: `${seeded.date}T11:00:00Z`, clock_out: null }]);
    await ask('POST', '/attendance/clock', clock('clock_out', `${seeded.date}T12:30:00Z`));
    expect((await get(path)).data).toMatchObject([
      { work_hours: 1.5, late_minutes: 120, early_departure_minutes: 300 },
    ]);
  });

  it('lets a night shift end on the day after it began', async () => {
    const { ask } = await sandboxOf({ fixture: 'january-2024' });
    await ask('POST', '/attendance/clock', clock('clock_in', '2024-03-04T22:00:00Z'));
    const out = await ask('POST', '/attendance/clock', clock('clock_out', '2024-03-05T06:00:00Z'));
    expect(out.body.data).toMatchObject({ date: '2024-03-04', work_hours: 8 });
  });

  it.each([
    [{ employee_id: undefined }, 400, 'employee_id'],
    [{ employee_id: 'emp_999999' }, 404, 'employee_id'],
    [{ type: 'in' }, 400, 'type'],
    [{ timestamp: undefined }, 400, 'timestamp'],
    [{ timestamp: '2024-03-04 09:00' }, 400, 'timestamp'],
    [{ timestamp: '2024-03-04T09:00:00' }, 400, 'timestamp'],
    [{ timestamp: '2024-02-30T09:00:00Z' }, 400, 'timestamp'],
    [{ timestamp: '2024-03-04T24:00:00Z' }, 400, 'timestamp'],
    [{ timestamp: 1709542800 }, 400, 'timestamp'],
    [{ lock_id: 'lock_1' }, 404, 'lock_id'],
    [{ notes: 7 }, 400, 'notes'],
  ])('refuses %j', async (fault, status, field) => {
    const { ask } = await sandboxOf({ fixture: 'january-2024' });
    const answer = await ask('POST', '/attendance/clock', {
      ...clock('clock_in', '2024-03-04T09:00:00Z'),
      ...fault,
    });
    expect([answer.status, answer.body.error.field]).toEqual([status, field]);
  });

  it('takes any offset from UTC, and clocks nobody who has left', async () => {
    const { ask } = await sandboxOf({ fixture: 'january-2024' });
    const east = await ask('POST', '/attendance/clock', clock('clock_in', '2024-03-04T14:30:00+05:30'));
    expect(east.body.data.clock_in).toBe('2024-03-04T09:00:00Z');
    await ask('DELETE', '/employees/emp_123456');
    const gone = await ask('POST', '/attendance/clock', clock('clock_in', '2024-03-05T09:00:00Z'));
    expect([gone.status, gone.body.error.field]).toEqual([400, 'employee_id']);
  });
});

describe('the list', () => {
  it('is whole unless pages are asked for, and the same either way', async () => {
    const { get } = await sandboxOf();
    const whole = await get('/attendance');
    expect(whole.pagination).toBeUndefined();
    expect(await everyRow(get, '/attendance')).toEqual(whole.data);
    expect((await get('/attendance?page=2')).pagination).toEqual({
      page: 2,
      limit: 50,
      total: whole.data.length,
    });
  });

  it('has ninety days of weekdays, with lateness, early leaving, absence and a missing clock-out', async () => {
    const { get } = await sandboxOf();
    const rows: Record<string, unknown>[] = (await get('/attendance')).data;
    const dates = [...new Set(rows.map((row) => String(row['date'])))];
    expect(dates[0]).toBe('2024-08-20');
    expect(dates.at(-1)).toBe('2024-11-15');
    expect(dates).toEqual([...dates].sort());
    expect(dates.every((date) => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()))).toBe(true);
    const share = (test: (row: Record<string, unknown>) => boolean) => rows.filter(test).length / rows.length;
    expect(share((row) => Number(row['late_minutes']) > 5)).toBeGreaterThan(0.05);
    expect(share((row) => Number(row['early_departure_minutes']) > 5)).toBeGreaterThan(0.02);
    expect(share((row) => row['clock_out'] === null)).toBeGreaterThan(0.002);
    expect(share((row) => row['clock_out'] === null)).toBeLessThan(0.03);
    expect(rows.length).toBeLessThan(42 * dates.length);
    expect(new Set(rows.map((row) => row['id'])).size).toBe(rows.length);
  });

  it('is what its filters leave of the whole', async () => {
    const { ask, get } = await sandboxOf();
    await ask(
      'POST',
      '/attendance/clock',
      clock('clock_in', '2024-10-16T11:00:00Z', { lock_id: 'lock_792' }),
    );
    await ask('PUT', '/employees/emp_123460', { start_date: '2024-10-01' });
    await ask('PUT', '/employees/emp_123463', { status: 'active' });
    const rows: Record<string, unknown>[] = (await get('/attendance')).data;
    const filtered = async (query: string) => (await get(`/attendance?${query}`)).data;
    expect(await filtered('lock_id=lock_792')).toEqual(rows.filter((row) => row['lock_id'] === 'lock_792'));
    expect(await filtered('employee_id=emp_123460')).toEqual(
      rows.filter((row) => row['employee_id'] === 'emp_123460'),
    );
    const some = await filtered('start_date=2024-10-14&end_date=2024-10-18&lock_id=lock_789');
    expect(some).toEqual(
      rows.filter(
        (row) =>
          row['lock_id'] === 'lock_789' &&
          '2024-10-14' <= String(row['date']) &&
          String(row['date']) <= '2024-10-18',
      ),
    );
    expect(await filtered('employee_id=nobody')).toEqual([]);
    expect(
      rows
        .filter((row) => row['employee_id'] === 'emp_123460')
        .every((row) => String(row['date']) >= '2024-10-01'),
    ).toBe(true);
    expect(rows.some((row) => row['employee_id'] === 'emp_123463' && row['date'] === '2024-11-15')).toBe(
      true,
    );
  });

  it.each(['start_date=2024-13-01', 'end_date=yesterday', 'page=0', 'limit=1000'])(
    'refuses %s',
    async (query) => {
      const { ask } = await sandboxOf();
      const { status, body } = await ask('GET', `/attendance?${query}`);
      expect([status, body.error.field]).toEqual([400, query.split('=')[0]]);
    },
  );
});

describe('locks', () => {
  it('has five, the first of them the front door', async () => {
    const { get } = await sandboxOf();
    const { data } = await get('/locks');
    expect(data).toHaveLength(5);
    expect(data[0]).toMatchObject({ id: 'lock_789', name: 'Front Door' });
    for (const lock of data) {
      expect(Object.keys(lock)).toEqual([
        'id',
        'name',
        'location',
        'status',
        'battery_level',
        'has_gateway',
        'last_seen_at',
        'created_at',
      ]);
    }
  });

  it('tells every open of the attendance and about two attempts in a hundred that failed, oldest first', async () => {
    const { ask, get } = await sandboxOf();
    const attendance: Record<string, unknown>[] = (await get('/attendance')).data;
    const events: Record<string, unknown>[] = [];
    for (const { id } of (await get('/locks')).data) {
      const { data } = await get(`/locks/${id}/history`);
      expect(await everyRow(get, `/locks/${id}/history`)).toEqual(data);
      const times = data.map((event: { timestamp: string }) => event.timestamp);
      expect(times).toEqual([...times].sort());
      events.push(...data);
    }
    expect(new Set(events.map((event) => event['id'])).size).toBe(events.length);
    const opens = events
      .filter((event) => event['success'])
      .map((event) => `${event['employee_id']} ${event['timestamp']}`);
    const punches = attendance.flatMap((row) =>
      [row['clock_in'], row['clock_out']]
        .filter((at) => at !== null)
        .map((at) => `${row['employee_id']} ${at}`),
    );
    expect(opens.sort()).toEqual(punches.sort());
    const failed = events.filter((event) => !event['success']);
    expect(failed.length / events.length).toBeGreaterThan(0.01);
    expect(failed.length / events.length).toBeLessThan(0.03);
    expect(failed.every((event) => typeof event['failure_reason'] === 'string')).toBe(true);
    expect(events.every((event) => String(event['received_at']) >= String(event['timestamp']))).toBe(true);
    expect((await ask('GET', '/locks/lock_1/history')).status).toBe(404);
  });
});
