import { describe, expect, it } from 'vitest';
import { everyRow, sandboxOf } from './support.ts';

describe('keys and scopes', () => {
  it('refuses a missing and a real-looking key, naming those that work', async () => {
    const { ask } = await sandboxOf();
    for (const key of ['', 'wt_live_4f9a8c7b6d5e', 'wt_sandbox_full2', 'constructor']) {
      const { status, body } = await ask('GET', '/organization', undefined, key);
      expect(status).toBe(401);
      expect(body).toMatchObject({ success: false, error: { code: 'unauthorized' } });
      expect(JSON.stringify(body)).not.toContain('wt_live');
    }
    const { body } = await ask('GET', '/organization', undefined, 'wt_live_4f9a8c7b6d5e');
    expect(body.error.message).toContain('wt_sandbox_read, wt_sandbox_write, wt_sandbox_full');
  });

  it.each([
    ['wt_sandbox_read', [200, 403, 403, 403]],
    ['wt_sandbox_write', [200, 201, 200, 403]],
    ['wt_sandbox_full', [200, 201, 200, 200]],
  ])('%s may what its scope says', async (key, expected) => {
    const { ask } = await sandboxOf();
    const answers = [
      await ask('GET', '/employees', undefined, key),
      await ask('POST', '/employees', { name: 'A', email: 'a@example.org' }, key),
      await ask('PUT', '/employees/emp_123457', { position: 'B' }, key),
      await ask('DELETE', '/employees/emp_123457', undefined, key),
    ];
    expect(answers.map(({ status }) => status)).toEqual(expected);
    const refused = answers.find(({ status }) => status === 403);
    if (refused) expect(refused.body.error.message).toMatch(/scope "(write|full)"/);
  });
});

describe('limits', () => {
  it('tells the budget on every answer, refusals included, and counts only what was let in', async () => {
    const { ask, context } = await sandboxOf({ plan: 'free' });
    const first = await ask('GET', '/organization');
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99' });
    expect(Number(first.headers['x-ratelimit-reset'])).toBe(context.now() / 1000 + 3600);
    expect(new Date(first.headers['date'] ?? '').getTime()).toBe(context.now());
    const unknown = await ask('GET', '/organization', undefined, 'nonsense');
    expect(unknown.headers['x-ratelimit-remaining']).toBe('99');
    expect((await ask('GET', '/nowhere')).headers['x-ratelimit-remaining']).toBe('98');
  });

  it('answers 429 past the budget, before a write is done, and lets in again after the reset', async () => {
    const { ask, context } = await sandboxOf({ plan: 'free' });
    for (let nth = 0; nth < 100; nth += 1) expect((await ask('GET', '/organization')).status).toBe(200);
    const refused = await ask('POST', '/employees', { name: 'Late', email: 'late@example.org' });
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('rate_limit_exceeded');
    expect(refused.headers['x-ratelimit-remaining']).toBe('0');
    context.advance(3_600_000);
    const created = await ask('POST', '/employees', { name: 'Late', email: 'late@example.org' });
    expect(created.status).toBe(201);
  });
});

describe('employees', () => {
  it('shows the record of the reference to its last documented field', async () => {
    const { get } = await sandboxOf();
    expect((await get('/employees/emp_123456')).data).toMatchObject({
      id: 'emp_123456',
      name: 'John Doe',
      email: 'john@example.com',
      department: 'Engineering',
      position: 'Senior Developer',
      salary: 75000,
      status: 'active',
      created_at: '2024-01-15T10:30:00Z',
    });
    expect((await get('/organization')).data).toMatchObject({
      id: 'org_123456',
      name: 'Acme Corporation',
      employees_count: 42,
    });
  });

  it('pages by 50, at most 100, and refuses what is no page', async () => {
    const { ask, get } = await sandboxOf({ employees: 120 });
    const first = await get('/employees');
    expect(first.pagination).toEqual({ page: 1, limit: 50, total: 120 });
    expect(first.data).toHaveLength(50);
    expect((await get('/employees?page=3')).data).toHaveLength(20);
    expect((await get('/employees?page=4')).data).toEqual([]);
    for (const query of [
      'page=0',
      'page=-1',
      'page=1.5',
      'page=x',
      'limit=0',
      'limit=101',
      'limit=1e2',
      'status=gone',
    ]) {
      const { status, body } = await ask('GET', `/employees?${query}`);
      expect([query, status, body.error.field]).toEqual([query, 400, query.split('=')[0]]);
    }
  });

  it('filters by department ID and by status; an unknown department leaves nobody', async () => {
    const { get } = await sandboxOf({ employees: 300 });
    const all = await everyRow(get, '/employees');
    const ids = [...new Set(all.map((row) => row['department_id']))].sort();
    expect(ids).toEqual(['dept_eng', 'dept_fin', 'dept_hr', 'dept_mkt', 'dept_ops']);
    for (const id of ids) {
      for (const status of ['active', 'inactive']) {
        const wanted = all.filter((row) => row['department_id'] === id && row['status'] === status);
        expect(await everyRow(get, `/employees?department=${id}&status=${status}`)).toEqual(wanted);
      }
    }
    expect((await get('/employees?department=eng')).pagination.total).toBe(0);
    expect(all.filter((row) => row['status'] === 'inactive').length).toBeGreaterThan(5);
  });

  it('runs the documented create, whose department ID is none of the five', async () => {
    const { ask, get } = await sandboxOf();
    const body = {
      name: 'Jane Smith',
      email: 'jane@example.com',
      department_id: 'dept_789',
      position: 'Marketing Manager',
      salary: 65000,
      start_date: '2024-02-01',
    };
    const created = await ask('POST', '/employees', body);
    expect(created.status).toBe(201);
    expect(created.body.data).toMatchObject({
      name: 'Jane Smith',
      department: 'Marketing',
      salary: 65000,
      status: 'active',
    });
    expect((await get(`/employees/${created.body.data.id}`)).data).toEqual(created.body.data);
    const list = await everyRow(get, '/employees?department=dept_mkt');
    expect(list).toContainEqual(created.body.data);
    expect((await get('/organization')).data.employees_count).toBe(43);
  });

  it.each([
    [{ email: 'a@example.org' }, 'name'],
    [{ name: '  ', email: 'a@example.org' }, 'name'],
    [{ name: 'A' }, 'email'],
    [{ name: 'A', email: 'nowhere' }, 'email'],
    [{ name: 'A', email: 'john@example.com' }, 'email'],
    [{ name: 'A', email: 'JOHN@Example.com' }, 'email'],
    [{ name: 'A', email: 'a@example.org', department_id: 'dept_x' }, 'department_id'],
    [{ name: 'A', email: 'a@example.org', salary: '65000' }, 'salary'],
    [{ name: 'A', email: 'a@example.org', salary: -1 }, 'salary'],
    [{ name: 'A', email: 'a@example.org', salary: 0.001 }, 'salary'],
    [{ name: 'A', email: 'a@example.org', start_date: '2024-02-30' }, 'start_date'],
    [{ name: 7, email: 'a@example.org' }, 'name'],
  ])('refuses %j for its %s', async (body, field) => {
    const { ask, get } = await sandboxOf();
    const answer = await ask('POST', '/employees', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'invalid_request', field });
    expect((await get('/employees')).pagination.total).toBe(42);
  });

  it('words a missing field as the reference does', async () => {
    const { ask } = await sandboxOf();
    expect((await ask('POST', '/employees', { name: 'A' })).body).toEqual({
      success: false,
      error: { code: 'invalid_request', message: "The 'email' field is required", field: 'email' },
    });
  });

  it.each(['', 'not json', '[]', '"text"', 'null', '{'])('refuses the body %j', async (body) => {
    const { ask } = await sandboxOf();
    const answer = await ask('POST', '/employees', body);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'invalid_request']);
  });

  it('keeps an e-mail address to one person, seeded or changed', async () => {
    const { ask, get } = await sandboxOf();
    const taken = (await get('/employees/emp_123460')).data.email;
    expect((await ask('PUT', '/employees/emp_123461', { email: taken })).status).toBe(400);
    expect(
      (await ask('PUT', '/employees/emp_123460', { email: taken, salary: 50000.5 })).body.data.salary,
    ).toBe(50000.5);
    expect((await ask('PUT', '/employees/emp_123460', { email: 'new@example.org' })).status).toBe(200);
    expect((await ask('PUT', '/employees/emp_123461', { email: taken })).status).toBe(200);
    expect((await ask('PUT', '/employees/emp_123460', { email: taken })).status).toBe(400);
  });

  it('deletes softly: still readable, inactive, and restored by its status', async () => {
    const { ask, get } = await sandboxOf();
    const before = (await get('/employees/emp_123457')).data;
    const deleted = await ask('DELETE', '/employees/emp_123457');
    expect(deleted.body.data).toMatchObject({ status: 'inactive', deleted_at: '2024-11-18T12:00:00Z' });
    expect((await get('/employees/emp_123457')).data).toEqual(deleted.body.data);
    expect((await ask('DELETE', '/employees/emp_123457')).body).toEqual(deleted.body);
    expect(await everyRow(get, '/employees?status=inactive')).toContainEqual(deleted.body.data);
    expect((await get('/organization')).data.employees_count).toBe(41);
    const restored = await ask('PUT', '/employees/emp_123457', { status: 'active' });
    expect(restored.body.data).toEqual(before);
  });

  it.each(['emp_123498', 'emp_0123456', 'emp_1', 'emp_', 'x', '%2e%2e', 'emp_123456%00', '%zz'])(
    'knows no employee %s',
    async (id) => {
      const { ask } = await sandboxOf();
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const body = method === 'PUT' ? {} : undefined;
        expect((await ask(method, `/employees/${id}`, body)).status).toBe(404);
      }
    },
  );
});

describe('paths', () => {
  it.each([
    '/',
    '',
    '/employees/',
    '/employee',
    '/employees/emp_123456/x',
    '/locks/lock_789',
    '/../__sandbox/status',
  ])('has no endpoint at %s', async (path) => {
    const { ask } = await sandboxOf();
    const { status, body } = await ask('GET', path);
    expect([status, body.error.code]).toEqual([404, 'not_found']);
  });

  it('answers a web Request as well', async () => {
    const { sandbox } = await sandboxOf();
    const headers = { authorization: 'Bearer wt_sandbox_full', 'content-type': 'application/json' };
    const created = await sandbox.fetch(
      new Request('https://sandbox.worktime.invalid/v1/employees', {
        method: 'POST',
        headers,
        body: JSON.stringify({ name: 'Ada', email: 'ada@example.org' }),
      }),
    );
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({ success: true, data: { name: 'Ada' } });
  });
});
