import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { serve } from '../../src/sandbox/serve.ts';
import { temporaryFolder } from '../support/context.ts';
import { realContext, served } from './server.ts';
import { sandboxOf } from './support.ts';

const JANE = {
  name: 'Jane Smith',
  email: 'jane@example.com',
  department_id: 'dept_789',
  position: 'Marketing Manager',
  salary: 65000,
  start_date: '2024-02-01',
};

/** Sends raw bytes; resolves to all that came back once the other side has closed. */
const raw = (port: number, ...parts: string[]) =>
  new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });

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

describe('the door', () => {
  it('answers its own names alone, and no page of another origin', async () => {
    const { http, port } = await served();
    const authorization = 'Bearer wt_sandbox_full';
    const ask = async (headers: Record<string, string>) =>
      (await http('GET', '/v1/organization', undefined, { authorization, ...headers })).status;
    expect(await ask({ host: `localhost:${port}` })).toBe(200);
    expect(await ask({ host: `[::1]:${port}` })).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '10.0.0.1']) {
      expect([host, await ask({ host })]).toEqual([host, 403]);
    }
    for (const origin of ['https://evil.example', 'null', `http://localhost:${port + 1}`]) {
      expect([origin, await ask({ origin })]).toEqual([origin, 403]);
    }
    const named = await served({ allowHosts: ['sandbox.test'] });
    expect(
      (await named.http('GET', '/v1/organization', undefined, { authorization, host: 'sandbox.test' }))
        .status,
    ).toBe(200);
  });

  it('refuses a real-looking key and tells nobody what it was', async () => {
    const { http } = await served();
    const answer = await http('GET', '/v1/organization', undefined, {
      authorization: 'Bearer wt_live_4f9a8c7b',
    });
    expect(answer.status).toBe(401);
    expect(answer.body.error.message).toContain('wt_sandbox_full');
    expect(answer.text).not.toContain('4f9a8c7b');
  });

  it('keeps the control paths from browsers', async () => {
    const { http, port } = await served();
    const origin = `http://127.0.0.1:${port}`;
    expect((await http('GET', '/__sandbox/ledger', undefined, { origin })).status).toBe(403);
    expect((await http('GET', '/__sandbox/ledger', undefined, { host: 'evil.example' })).status).toBe(403);
    expect((await http('GET', '/__sandbox/nothing')).status).toBe(404);
    expect((await http('GET', '/v1/__sandbox/ledger')).status).toBe(401);
    expect((await http('GET', 'http://localhost/__sandbox/ledger?after=0')).status).toBe(200);
    // Of a whole URL the authority counts, whatever the Host header says beside it.
    expect((await http('GET', 'http://evil.example/__sandbox/ledger')).status).toBe(403);
    // No address that a URL parser would take, and no fault of the sandbox's.
    expect((await http('GET', 'http://localhost:99999/__sandbox/nothing')).status).toBe(404);
    expect((await http('GET', '/__sandbox/../v1/organization')).body.error.message).toContain('/../v1/');
  });

  it('takes no body above a megabyte, and goes on serving', async () => {
    const { api } = await served();
    const large = await api('POST', '/employees', { ...JANE, notes: 'x'.repeat(1 << 20) }).catch(
      () => undefined,
    );
    expect([413, undefined]).toContain(large?.status);
    expect((await api('GET', '/organization')).body.data.employees_count).toBe(42);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a request without a host', 'GET /v1/organization HTTP/1.1\r\n\r\n'],
    ['a path that is none', 'GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['headers without an end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    [
      'two lengths',
      'POST /v1/employees HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
  ])('survives %s', async (_, bytes) => {
    const { api, port } = await served();
    expect(await raw(port, bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await api('GET', '/organization')).status).toBe(200);
  });

  it('says who has the port', async () => {
    const { port } = await served();
    const again = serve({ context: realContext, directory: null, port });
    await expect(again).rejects.toMatchObject({ exit: 9, code: 'port_in_use' });
  });

  it('shares its state on disk with commands in process', async () => {
    const directory = `${temporaryFolder()}/sandbox`;
    const { api } = await served({ directory });
    const { ask } = await sandboxOf({}, { directory, now: new Date().toISOString() });
    await ask('POST', '/employees', { name: 'Ada', email: 'ada@example.org' });
    expect((await api('POST', '/employees', { name: 'Bob', email: 'ada@example.org' })).status).toBe(400);
    expect((await api('POST', '/employees', JANE)).body.data.id).toBe('emp_123499');
    expect((await ask('GET', '/employees/emp_123499')).body.data.name).toBe('Jane Smith');
  });
});

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
    for (const [path, body] of [
      ['/faults', { explode: 1 }],
      ['/faults', { fail: 2 }],
      ['/faults', { once: [{ fault: 'x' }] }],
      ['/clock', { set: 'noon' }],
      ['/simulate', { events: -1 }],
      ['/records', { records: [{ lock_id: 7 }] }],
      ['/rate', { limit: 'many' }],
      ['/webhooks', { drop: 'some' }],
    ] as const) {
      expect([path, (await http('POST', `/__sandbox${path}`, body)).status]).toEqual([path, 400]);
    }
  });
});

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
