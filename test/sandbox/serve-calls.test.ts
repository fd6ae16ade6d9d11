import { describe, expect, it } from 'vitest';
import { JANE, served } from './server.ts';
import { sandboxOf } from './support.ts';

describe('the documented calls', () => {
  it('run with only host and key changed', async () => {
    const { api } = await served();
    const calls: [string, string, unknown, number][] = [
      ['GET', '/organization', undefined, 200],
      ['GET', '/employees?page=1&limit=10', undefined, 200],
      ['GET', '/employees?department=dept_eng&status=active', undefined, 200],
      ['POST', '/employees', JANE, 201],
      ['GET', '/employees/emp_123456', undefined, 200],
      ['PUT', '/employees/emp_123456', { position: 'Lead Developer', salary: 85000 }, 200],
      [
        'GET',
        '/attendance?employee_id=emp_123456&start_date=2024-11-01&end_date=2024-11-30&lock_id=lock_789',
        undefined,
        200,
      ],
      [
        'POST',
        '/attendance/clock',
        {
          employee_id: 'emp_123456',
          type: 'clock_in',
          timestamp: '2024-11-18T09:00:00Z',
          lock_id: 'lock_789',
          notes: 'Manual entry',
        },
        201,
      ],
      ['GET', '/reports/payroll?start_date=2024-11-01&end_date=2024-11-30&format=json', undefined, 200],
      ['GET', '/reports/payroll?start_date=2024-11-01&end_date=2024-11-30&format=excel', undefined, 200],
      ['GET', '/reports/attendance?start_date=2024-11-01&end_date=2024-11-30', undefined, 200],
      ['GET', '/locks', undefined, 200],
      ['GET', '/locks/lock_789/history', undefined, 200],
      ['DELETE', '/employees/emp_123456', undefined, 200],
    ];
    for (const [method, path, body, status] of calls) {
      const answer = await api(method, path, body);
      expect([method, path, answer.status]).toEqual([method, path, status]);
      expect(answer.headers['x-ratelimit-limit']).toBe('10000');
      if (!path.includes('excel')) expect(answer.body.success).toBe(true);
    }
  });

  it('give what they give in process', async () => {
    const now = Date.parse('2024-11-18T12:00:00Z');
    const { api } = await served({ clock: { start: now, rate: 0 } });
    const { ask } = await sandboxOf();
    for (const path of [
      '/organization',
      '/employees',
      '/attendance',
      '/locks',
      '/locks/lock_790/history',
      '/nowhere',
    ]) {
      expect((await api('GET', path)).text).toBe((await ask('GET', path)).bytes.toString('utf8'));
    }
  });
});

describe('limits', () => {
  it('can be those of a plan, or any', async () => {
    const { api, control } = await served({ plan: 'free', rateWindow: 60_000 });
    expect((await api('GET', '/organization')).headers['x-ratelimit-limit']).toBe('100');
    await control('POST', '/rate', { limit: 12, used: 11 });
    expect((await api('GET', '/organization')).headers['x-ratelimit-remaining']).toBe('0');
    expect((await api('GET', '/organization')).status).toBe(429);
    await control('POST', '/rate', {});
    expect((await api('GET', '/organization')).status).toBe(200);
  });
});
