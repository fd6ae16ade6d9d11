import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefixOf, rankedSet } from '../../src/sandbox/ranked.ts';
import { sandboxOf } from './support.ts';

describe('a set that is never written out', () => {
  it('counts and slices as the written-out one does', () => {
    const members = fc.uniqueArray(fc.integer({ min: 0, max: 80 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
        members,
        members,
        (size, pattern, out, into) => {
          const base = Array.from({ length: size }, (_, index) => index).filter(
            (index) => pattern[index % pattern.length],
          );
          const removed = out.filter((index) => base.includes(index)).sort((a, b) => a - b);
          const added = into
            .filter((index) => !base.includes(index) || removed.includes(index))
            .sort((a, b) => a - b);
          const wanted = [...base.filter((index) => !removed.includes(index)), ...added].sort(
            (a, b) => a - b,
          );
          const set = rankedSet(
            size,
            prefixOf(pattern.length, (klass) => pattern[klass] === true),
            removed,
            added,
          );
          expect(set.count).toBe(wanted.length);
          for (const [offset, limit] of [
            [0, 100],
            [3, 4],
            [wanted.length - 1, 5],
            [wanted.length, 5],
            [7, 0],
          ] as const) {
            if (offset >= 0) expect(set.slice(offset, limit)).toEqual(wanted.slice(offset, offset + limit));
          }
        },
      ),
    );
  });
});

describe('a million employees', () => {
  it('are there at once: any page, any person, any record', async () => {
    const { ask, get } = await sandboxOf({ employees: 1_000_000 });
    expect((await get('/organization')).data.employees_count).toBe(1_000_000);
    const last = await get('/employees?page=10000&limit=100');
    expect(last.pagination.total).toBe(1_000_000);
    expect(last.data.at(-1).id).toBe('emp_1123455');
    expect((await get('/employees/emp_1123455')).data).toEqual(last.data.at(-1));
    const { data, pagination } = await get(
      '/employees?department=dept_fin&status=inactive&page=50&limit=100',
    );
    expect(pagination.total).toBeGreaterThan(5000);
    expect(
      data.every(
        (row: Record<string, unknown>) => row['department'] === 'Finance' && row['status'] === 'inactive',
      ),
    ).toBe(true);
    const attendance = await get('/attendance?page=300000&limit=100');
    expect(attendance.data).toHaveLength(100);
    const history = await get('/locks/lock_789/history?page=200000&limit=100');
    expect(history.data).toHaveLength(100);
    expect((await ask('POST', '/employees', { name: 'X', email: last.data[0].email })).status).toBe(400);
  });

  it('take no more memory than a few do', async () => {
    const { get } = await sandboxOf({ employees: 1_000_000 });
    await get('/employees?page=1&limit=100');
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let page = 1; page <= 5000; page += 7) await get(`/employees?page=${page}&limit=100`);
    globalThis.gc?.();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('are paid in a report that is sent as it is computed', async () => {
    const { get } = await sandboxOf({ employees: 25_000 });
    const { data } = await get('/reports/payroll?start_date=2024-11-11&end_date=2024-11-15');
    expect(data.employees.length).toBeGreaterThan(22_000);
    const cents = (value: number) => Math.round(value * 100);
    const sum = data.employees.reduce(
      (total: number, row: { total_pay: number }) => total + cents(row.total_pay),
      0,
    );
    expect(cents(data.totals.total_pay)).toBe(sum);
  });

  it('give no more than pages of a list that would be too large whole', async () => {
    const { get } = await sandboxOf({ employees: 1_000_000 });
    const { data, pagination } = await get('/attendance');
    expect([data.length, pagination.page, pagination.limit]).toEqual([100, 1, 100]);
  });
});

describe('the same seed', () => {
  const PATHS = [
    '/organization',
    '/employees?limit=100',
    '/attendance',
    '/locks',
    '/locks/lock_789/history',
    '/reports/payroll?start_date=2024-09-01&end_date=2024-11-30',
    '/reports/payroll?start_date=2024-09-01&end_date=2024-11-30&format=excel',
    '/reports/attendance?start_date=2024-09-01&end_date=2024-11-30',
  ];
  const bytesOf = async (seed: number, timezone: string) => {
    const { ask } = await sandboxOf({ seed, timezone, employees: 60 });
    const sum = createHash('sha256');
    for (const path of PATHS) sum.update((await ask('GET', path)).bytes);
    return sum.digest('hex');
  };

  it.each([
    [1, 'UTC', '90c228a192f71bc282aee96303f950b638144210b3dcd1c1b04c9d1bb276d77d'],
    [7, 'Europe/Berlin', '1323f8ba82a1a47719df89d66631e1ece034f3d2309baad1a578b1e5386ea651'],
  ])('%i in %s gives the same bytes, on this Node and any other', async (seed, timezone, sum) => {
    expect(await bytesOf(seed, timezone)).toBe(sum);
    expect(await bytesOf(seed, timezone)).toBe(sum);
    expect(await bytesOf(seed + 1, timezone)).not.toBe(sum);
  });
});
