import { describe, expect, it } from 'vitest';
import { served } from './server.ts';

describe('the clock', () => {
  it('is set, moved on, and runs as fast as asked', async () => {
    const { api, control } = await served({ clock: { start: Date.parse('2024-02-01T00:00:00Z'), rate: 0 } });
    expect((await control('GET', '/clock')).now).toBe('2024-02-01T00:00:00Z');
    const dates = (await api('GET', '/attendance')).body.data.map((row: { date: string }) => row.date);
    expect([dates[0], dates.at(-1)]).toEqual(['2023-11-03', '2024-01-31']);
    expect((await control('POST', '/clock', { advance_ms: 3_600_000 })).now).toBe('2024-02-01T01:00:00Z');
    expect((await api('GET', '/organization')).headers['date']).toBe('Thu, 01 Feb 2024 01:00:00 GMT');
    await control('POST', '/clock', { rate: 1e6 });
    const before = Date.parse((await control('GET', '/clock')).now);
    const after = Date.parse((await control('GET', '/clock')).now);
    expect(after).toBeGreaterThan(before);
  });

  it('keeps the wait of the rate limit real, however fast it runs', async () => {
    const { api } = await served({ clock: { start: 0, rate: 1e6 }, rateWindow: 60_000 });
    const { headers } = await api('GET', '/organization');
    const wait = Number(headers['x-ratelimit-reset']) - Date.parse(headers['date'] ?? '') / 1000;
    expect(wait).toBeGreaterThan(55);
    expect(wait).toBeLessThan(62);
  });

  it('has a past that does not grow by itself: what becomes visible is in the ledger', async () => {
    const { api, control } = await served({ clock: { start: Date.parse('2024-02-01T00:00:00Z'), rate: 0 } });
    const count = async () =>
      (await api('GET', '/locks/lock_789/history?page=1&limit=1')).body.pagination.total;
    const before = await count();
    await control('POST', '/clock', { advance_ms: 30 * 86_400_000 });
    expect(await count()).toBe(before);
    await control('POST', '/records', {
      records: [{ timestamp: '2023-12-24T10:00:00Z' }, { timestamp: '2024-03-05T10:00:00Z' }],
    });
    expect(await count()).toBe(before + 2);
    expect(await control('GET', '/ledger')).toHaveLength(2);
  });

  it('counts a shift as missed once it has ended', async () => {
    const { api, control } = await served({
      shape: { fixture: 'january-2024' },
      clock: { start: Date.parse('2024-01-26T17:29:00Z'), rate: 0 },
    });
    const absent = async () => {
      const { body } = await api('GET', '/reports/payroll?start_date=2024-01-01&end_date=2024-01-31');
      return body.data.totals.days_absent;
    };
    expect(await absent()).toBe(0);
    await control('POST', '/clock', { advance_ms: 60_000 });
    expect(await absent()).toBe(2);
  });
});
