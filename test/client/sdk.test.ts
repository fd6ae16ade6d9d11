import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type AccessEvent,
  type AttendanceRecord,
  AuthError,
  type Employee,
  InvalidAnswerError,
  type ListPage,
  type Organization,
  type Pagination,
  type PayrollReport,
  RateLimitError,
  RefusedError,
  TemporaryError,
  type Transport,
  TransportError,
  UnknownOutcomeError,
  UsageError,
  WorkTime,
  WorkTimeError,
  type WorkTimeOptions,
  webhooks,
} from '../../src/sdk.ts';
import { envelope, failure, httpServer, JOHN, json } from './support.ts';

/** A transport that answers from memory. */
function memory(answer: (url: URL, method: string) => unknown) {
  const urls: string[] = [];
  const transport: Transport = async ({ url, method }) => {
    urls.push(url);
    const body = new TextEncoder().encode(JSON.stringify(answer(new URL(url), method)));
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: (async function* () {
        yield body;
      })(),
    };
  };
  return { transport, urls };
}

const employees = Array.from({ length: 250 }, (_, at) => ({ ...JOHN, id: `emp_${at}` }));
const paged = (url: URL) => {
  const page = Number(url.searchParams.get('page') ?? 1);
  const limit = Number(url.searchParams.get('limit') ?? 50);
  return envelope(employees.slice((page - 1) * limit, page * limit), { page, limit, total: 250 });
};

describe("the vendor's own snippet", () => {
  it("new Client('YOUR_API_KEY') and await client.employees.list()", async () => {
    const { transport, urls } = memory(paged);
    const Client = WorkTime;
    const client = new Client({ apiKey: 'YOUR_API_KEY', transport });
    const { data, pagination } = await client.employees.list();
    expect(data).toHaveLength(50);
    expect(pagination).toEqual({ page: 1, limit: 50, total: 250 });
    expect(urls).toEqual(['https://api.worktime.one/v1/employees']);
  });

  it('a key alone makes a client for the real API', () => {
    expect(new WorkTime('YOUR_API_KEY').baseUrl).toBe('https://api.worktime.one/v1');
  });
});

describe('a list call', () => {
  it('is a promise of one page', async () => {
    const { transport, urls } = memory(paged);
    const client = new WorkTime({ apiKey: 'k', transport });
    const [page, size] = await Promise.all([
      client.employees.list({ limit: 10 }),
      client.employees.list({ limit: 3 }).then(({ data }) => data.length),
    ]);
    expect([page.data.length, size]).toEqual([10, 3]);
    expect(urls).toHaveLength(2);
  });

  it('is an async iterable of every row', async () => {
    const { transport, urls } = memory(paged);
    const client = new WorkTime({ apiKey: 'k', transport });
    const ids: string[] = [];
    for await (const employee of client.employees.list({ status: 'active' })) ids.push(employee.id);
    expect(ids).toEqual(employees.map(({ id }) => id));
    expect(urls).toHaveLength(3);
  });

  it('sends nothing until it is awaited, and then once', async () => {
    const { transport, urls } = memory(paged);
    const list = new WorkTime({ apiKey: 'k', transport }).employees.list();
    expect(urls).toEqual([]);
    await list;
    await list.finally(() => {});
    expect(urls).toHaveLength(1);
  });

  it('fails like a promise', async () => {
    const { transport } = memory(() => ({ success: false, error: { code: 'x', message: 'no' } }));
    const list = new WorkTime({ apiKey: 'k', transport }).employees.list();
    expect(await list.catch((error: unknown) => error)).toBeInstanceOf(RefusedError);
  });

  it('gives its pages as well', async () => {
    const { transport } = memory(paged);
    const sizes: number[] = [];
    for await (const { rows } of new WorkTime({ apiKey: 'k', transport }).employees.list().pages()) {
      sizes.push(rows.length);
    }
    expect(sizes).toEqual([100, 100, 50]);
  });
});

describe('the library', () => {
  it('speaks HTTP by itself', async () => {
    const server = await httpServer((_, response) => json(response, 200, envelope(JOHN)));
    const client = new WorkTime({ apiKey: 'k', baseUrl: `${server.origin}/v1` });
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it('throws typed errors that share a base', async () => {
    for (const kind of [
      AuthError,
      InvalidAnswerError,
      RateLimitError,
      RefusedError,
      TemporaryError,
      UnknownOutcomeError,
      UsageError,
    ]) {
      expect(new kind('x')).toBeInstanceOf(WorkTimeError);
    }
    const { transport } = memory(() => ({
      success: false,
      error: { code: 'invalid_request', message: 'no', field: 'email' },
    }));
    const client = new WorkTime({ apiKey: 'k', transport });
    expect(await failure(client.employees.create({ name: 'a', email: 'b' }))).toMatchObject({
      name: 'RefusedError',
      code: 'invalid_request',
      field: 'email',
    });
  });

  it("heeds an AbortSignal and throws the signal's reason", async () => {
    const transport: Transport = () => new Promise(() => {});
    const client = new WorkTime({ apiKey: 'k', transport });
    const controller = new AbortController();
    const call = client.organization.get({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    await expect(
      client.organization.get({ signal: AbortSignal.abort(new Error('already')) }),
    ).rejects.toThrow('already');
  });

  it('takes a failing transport for a failing network', async () => {
    const transport: Transport = async () => {
      throw new TransportError('connection refused', 'unsent', { code: 'ECONNREFUSED' });
    };
    const clock = { now: () => 0, monotonic: () => 0, random: () => 0, sleep: async () => {} };
    const client = new WorkTime({ apiKey: 'k', transport, clock });
    expect(await failure(client.organization.get())).toBeInstanceOf(TemporaryError);
  });
});

describe('webhooks.parse', () => {
  const event = {
    event: 'attendance.clock_in',
    timestamp: '2024-11-18T09:00:00Z',
    data: {
      employee_id: 'emp_123456',
      employee_name: 'John Doe',
      lock_id: 'lock_789',
      timestamp: '2024-11-18T09:00:00Z',
      method: 'fingerprint',
    },
  };

  it.each([
    ['text', JSON.stringify(event)],
    ['bytes', Buffer.from(JSON.stringify(event))],
    ['what a framework has parsed', event],
  ])('reads %s', (_, body) => {
    expect(webhooks.parse(body)).toEqual(event);
    expect(new WorkTime('k').webhooks.parse(body)).toEqual(event);
  });

  it('takes an event that nobody knows yet', () => {
    expect(webhooks.parse('{"event":"lock.melted","timestamp":"x","data":{}}').event).toBe('lock.melted');
  });

  it('says in its types that no more than the name is sure', () => {
    const { timestamp, data } = webhooks.parse('{"event":"lock.opened"}');
    expectTypeOf(timestamp).toEqualTypeOf<string | null | undefined>();
    expect([timestamp, data?.['lock_id']]).toEqual([undefined, undefined]);
  });

  it.each([
    ['not JSON', '{', 'not_json'],
    ['no event', '{"hello":1}', 'not_an_event'],
    ['a list', '[]', 'not_an_event'],
    ['null', 'null', 'not_an_event'],
  ])('refuses %s', (_, body, code) => {
    expect(() => webhooks.parse(body)).toThrow(expect.objectContaining({ name: 'UsageError', code }));
  });
});

describe('the types', () => {
  it('reach the last field', () => {
    // Never called: the compiler is the judge.
    async function snippet(client: WorkTime) {
      const page = await client.employees.list({ limit: 10, status: 'active' });
      expectTypeOf(page).toEqualTypeOf<ListPage<Employee>>();
      expectTypeOf(page.pagination).toEqualTypeOf<Pagination | undefined>();
      for await (const employee of client.employees.list()) {
        expectTypeOf(employee.salary).toEqualTypeOf<number>();
        expectTypeOf(employee.status).toEqualTypeOf<'active' | 'inactive'>();
      }
      for await (const event of client.locks.history('lock_789'))
        expectTypeOf(event).toEqualTypeOf<AccessEvent>();
      expectTypeOf(await client.organization.get()).toEqualTypeOf<Organization>();
      expectTypeOf((await client.attendance.list()).data).toEqualTypeOf<AttendanceRecord[]>();
      const period = { start_date: '2024-11-01', end_date: '2024-11-30' };
      const report = await client.reports.payroll(period);
      expectTypeOf(report).toEqualTypeOf<PayrollReport>();
      expectTypeOf(report.employees?.[0]?.total_pay).toEqualTypeOf<number | undefined>();
      expectTypeOf(await client.reports.payroll({ ...period, format: 'excel' })).toEqualTypeOf<
        Uint8Array | PayrollReport
      >();
      const format = 'excel' as 'excel' | 'json';
      expectTypeOf(await client.reports.payroll({ ...period, format })).toEqualTypeOf<
        Uint8Array | PayrollReport
      >();
      const unset = undefined as string | undefined;
      void client.employees.list({ department: unset, page: undefined }, { signal: null });
      void client.employees.create({ name: 'Jane', email: 'jane@example.com', department_id: unset });
      void client.employees.update('emp_1', { name: unset, position: unset });
      void client.attendance.list({ employee_id: unset });
      void client.reports.attendance({ ...period, employee_id: unset });
      void client.locks.history('lock_789', { page: undefined });
      const query = new URLSearchParams();
      void client.request({ method: 'GET', path: '/x', query, headers: new Headers(), body: undefined });
      void client.request({ method: 'GET', path: '/x', query: new Map([['a', 1]]), headers: undefined });
      // @ts-expect-error what is the client's own
      void new WorkTime({ apiKey: 'k', transport: async ({ priority }) => priority });
      // @ts-expect-error a status that there is not
      void client.employees.list({ status: 'retired' });
      // @ts-expect-error no e-mail
      void client.employees.create({ name: 'Jane' });
      // @ts-expect-error no period
      void client.reports.attendance({});
      // @ts-expect-error a clock type that there is not
      void client.attendance.clock({ employee_id: 'e', type: 'in', timestamp: 't' });
    }
    expectTypeOf(snippet).parameter(0).toEqualTypeOf<WorkTime>();
    expectTypeOf<ConstructorParameters<typeof WorkTime>>().toEqualTypeOf<
      [keyOrOptions: string | WorkTimeOptions]
    >();
  });
});
