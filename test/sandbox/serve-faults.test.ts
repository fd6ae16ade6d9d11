import { describe, expect, it } from 'vitest';
import { JANE, served } from './server.ts';

describe('trouble on request', () => {
  it('loses the answer after the write, or the write before it', async () => {
    const { api, control } = await served();
    await control('POST', '/faults', {
      once: [{ fault: 'drop_after_commit', method: 'POST', path: '/employees' }],
    });
    await expect(api('POST', '/employees', JANE)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await api('GET', '/employees/emp_123498')).body.data.email).toBe(JANE.email);
    await control('POST', '/faults', { once: [{ fault: 'drop_before_commit' }] });
    await expect(api('DELETE', '/employees/emp_123498')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await api('GET', '/employees/emp_123498')).body.data.status).toBe('active');
    const ledger = await control('GET', '/ledger');
    expect(ledger.map(({ kind, key }: { kind: string; key: object }) => [kind, key])).toEqual([
      ['employee.created', { email: 'jane@example.com' }],
    ]);
  });

  it('fails, cuts bodies and answers late, in the shares asked for', async () => {
    const { api, control } = await served();
    await control('POST', '/faults', { fail: 1 });
    const failed = await api('POST', '/employees', JANE);
    expect([failed.status, failed.body.error.code]).toEqual([500, 'server_error']);
    expect(failed.headers['x-ratelimit-limit']).toBe('10000');
    await control('POST', '/faults', { clear: true, cut_body: 1 });
    const cut = await api('GET', '/employees');
    expect([cut.status, cut.complete, cut.body]).toEqual([200, false, undefined]);
    await control('POST', '/faults', { clear: true, latency_ms: [30, 60] });
    const before = performance.now();
    expect((await api('GET', '/organization')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
    await control('POST', '/faults', { clear: true, fail: 0.5 });
    const statuses = new Set<number>();
    while (statuses.size < 2) statuses.add((await api('GET', '/organization')).status);
    expect([...statuses].sort()).toEqual([200, 500]);
    await control('POST', '/faults', { clear: true });
    expect((await api('GET', '/employees')).body.pagination.total).toBe(42);
  });

  it.each([
    ['absent', undefined],
    ['word', 'soon'],
    ['negative', /^-\d{10}$/],
    ['ms', /^\d{13}$/],
    ['far', /^\d{10}$/],
  ])('sends a reset header that is %s', async (kind, expected) => {
    const { api, control } = await served({ rateLimit: 1 });
    await control('POST', '/faults', { bad_reset_header: kind });
    await api('GET', '/organization');
    const { status, headers } = await api('GET', '/organization');
    expect(status).toBe(429);
    const value = headers['x-ratelimit-reset'];
    if (expected instanceof RegExp) expect(value).toMatch(expected);
    else expect(value).toBe(expected);
    if (kind === 'far') expect(Number(value)).toBeGreaterThan(Date.now() / 1000 + 3e9);
  });

  it('refuses what it does not know, naming the field', async () => {
    const { http } = await served();
    for (const [path, body, field] of [
      ['/faults', { explode: 1 }, 'explode'],
      ['/faults', { fail: 2 }, 'fail'],
      ['/faults', { once: [{ fault: 'x' }] }, 'once.fault'],
      ['/clock', { set: 'noon' }, 'set'],
      ['/simulate', { events: -1 }, 'events'],
      ['/records', { records: [{ lock_id: 7 }] }, 'lock_id'],
      ['/rate', { limit: 'many' }, 'limit'],
      ['/webhooks', { drop: 'some' }, 'drop'],
    ] as const) {
      const answer = await http('POST', `/__sandbox${path}`, body);
      expect([path, answer.status, answer.body.error.field]).toEqual([path, 400, field]);
    }
  });
});
