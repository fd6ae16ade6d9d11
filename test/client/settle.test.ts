import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { clientFor, envelope, httpServer, JOHN, json, type SeenRequest } from './support.ts';

type Row = Record<string, unknown>;

interface World {
  readonly employees: Row[];
  readonly attendance: Row[];
  /** What really happened, in order. */
  readonly applied: string[];
}

/** How a write ends: whether it takes effect, and what its caller gets. */
type Fate =
  | 'fine'
  | 'reset before'
  | 'reset after'
  | '500 before'
  | '500 after'
  | 'HTML after'
  | 'cut after'
  | 'cut 500 after';

/** A small API whose writes meet the fates given, one each; the rest are fine. */
async function world(fates: Fate[], seed: Partial<World> = {}) {
  const state: World = { employees: [], attendance: [], applied: [], ...seed };
  const writes: string[] = [];
  const apply = (request: SeenRequest): [number, unknown] => {
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Row);
    state.applied.push(`${request.method} ${request.path} ${request.body}`);
    const found = state.employees.find(({ id }) => request.path.endsWith(`/${id}`));
    if (request.method === 'PUT') return [200, Object.assign(found ?? {}, body)];
    if (request.method === 'DELETE') return [200, Object.assign(found ?? {}, { status: 'inactive' })];
    if (request.path.endsWith('/clock')) {
      const record = {
        id: `att_${state.attendance.length}`,
        employee_id: body['employee_id'],
        clock_in: body['type'] === 'clock_in' ? body['timestamp'] : null,
        clock_out: body['type'] === 'clock_out' ? body['timestamp'] : null,
      };
      state.attendance.push(record);
      return [201, record];
    }
    if (state.employees.some(({ email }) => email === body['email'])) return [400, undefined];
    const made = { id: `emp_${state.employees.length}`, status: 'active', ...body };
    state.employees.push(made);
    return [201, made];
  };
  const read = (request: SeenRequest, response: ServerResponse) => {
    if (request.path === '/v1/employees') {
      const limit = 2;
      const page = Number(request.query['page'] ?? 1);
      const rows = state.employees.slice((page - 1) * limit, page * limit);
      return json(response, 200, envelope(rows, { page, limit, total: state.employees.length }));
    }
    if (request.path === '/v1/attendance') return json(response, 200, envelope(state.attendance));
    const found = state.employees.find(({ id }) => request.path.endsWith(`/${id}`));
    return found
      ? json(response, 200, envelope(found))
      : json(response, 404, { success: false, error: { code: 'not_found', message: 'none' } });
  };
  const server = await httpServer((request, response) => {
    if (request.method === 'GET') return read(request, response);
    writes.push(request.method);
    const fate = fates.shift() ?? 'fine';
    if (fate === 'reset before') return void request.socket.resetAndDestroy();
    if (fate === '500 before') return json(response, 500, { success: false });
    const [status, data] = apply(request);
    if (fate === 'reset after') return void request.socket.resetAndDestroy();
    if (fate === '500 after') return json(response, 500, { success: false });
    if (fate === 'HTML after') return void response.writeHead(200).end('<html></html>');
    if (fate === 'cut after' || fate === 'cut 500 after') {
      response.writeHead(fate === 'cut after' ? 201 : 500, { 'content-length': 500 }).write('{"success":');
      return void request.socket.end();
    }
    return status < 400
      ? json(response, status, envelope(data))
      : json(response, status, {
          success: false,
          error: { code: 'invalid_request', message: 'taken', field: 'email' },
        });
  });
  return { ...state, writes, server, ...clientFor(server.origin) };
}

const JANE = { name: 'Jane Smith', email: 'jane@example.com', salary: 65000 };
const others = Array.from({ length: 5 }, (_, at) => ({
  ...JOHN,
  id: `emp_${at}`,
  email: `e${at}@example.com`,
}));
const IN = { employee_id: 'emp_1', type: 'clock_in', timestamp: '2024-11-18T09:00:00Z' } as const;

describe('a POST is sent once, and a lost answer is settled by reading back', () => {
  it.each(['reset after', '500 after', 'HTML after', 'cut after', 'cut 500 after'] as const)(
    '%s: an employee is found by e-mail, through the pages, and it is done',
    async (fate) => {
      const { client, writes, employees } = await world([fate], { employees: [...others] });
      expect(await client.employees.create(JANE)).toMatchObject({ ...JANE, id: 'emp_5' });
      expect(writes).toEqual(['POST']);
      expect(employees).toHaveLength(6);
    },
  );

  it.each(['reset before', '500 before'] as const)('%s: absent, so it is sent once more', async (fate) => {
    const { client, writes, employees } = await world([fate], { employees: [...others] });
    expect(await client.employees.create(JANE)).toMatchObject(JANE);
    expect(writes).toEqual(['POST', 'POST']);
    expect(employees).toHaveLength(6);
  });

  it('absent after the second time too: it failed, and nothing was changed', async () => {
    const { client, writes, employees } = await world(['reset before', 'reset before']);
    await expect(client.employees.create(JANE)).rejects.toMatchObject({
      name: 'TemporaryError',
      exit: 5,
      applied: 'no',
      method: 'POST',
      path: '/employees',
    });
    expect(writes).toEqual(['POST', 'POST']);
    expect(employees).toEqual([]);
  });

  it('lost the second time, and found: done, once', async () => {
    const { client, writes, employees } = await world(['reset before', 'reset after']);
    expect(await client.employees.create(JANE)).toMatchObject(JANE);
    expect(writes).toEqual(['POST', 'POST']);
    expect(employees).toHaveLength(1);
  });

  it('refused the second time because the first arrived late after all: found, done', async () => {
    const late = await world(['reset before']);
    const { client, employees, server, writes } = late;
    // The first request takes effect right before the second is judged.
    const before = server.onRequest;
    server.onRequest = (request) => {
      if (request.method === 'POST' && writes.length === 1) employees.push({ ...JANE, id: 'emp_9' });
      before?.(request);
    };
    expect(await client.employees.create(JANE)).toMatchObject({ ...JANE, id: 'emp_9' });
    expect(employees).toHaveLength(1);
  });

  it("another's record with the same e-mail is not taken for ours: nobody can say", async () => {
    const { client, writes } = await world(['reset before'], {
      employees: [{ ...JOHN, email: JANE.email, id: 'emp_7' }],
    });
    await expect(client.employees.create(JANE)).rejects.toMatchObject({
      name: 'UnknownOutcomeError',
      exit: 8,
      applied: 'unknown',
      message: expect.stringContaining('emp_7'),
    });
    expect(writes).toEqual(['POST']);
  });

  it('an upper-case e-mail that the API stores in lower case is found', async () => {
    const { client, employees } = await world(['500 before'], { employees: [{ ...JANE, id: 'emp_0' }] });
    expect(await client.employees.create({ ...JANE, email: 'Jane@Example.COM' })).toMatchObject({
      id: 'emp_0',
    });
    expect(employees).toHaveLength(1);
  });

  it('when reading back fails as well, nobody can say', async () => {
    const server = await httpServer((request) => void request.socket.resetAndDestroy());
    const { client } = clientFor(server.origin);
    await expect(client.employees.create(JANE)).rejects.toMatchObject({ exit: 8, applied: 'unknown' });
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('a raw POST cannot be read back: nobody can say', async () => {
    const { client, writes } = await world(['reset after']);
    await expect(client.request({ method: 'POST', path: '/employees', body: JANE })).rejects.toMatchObject({
      exit: 8,
      applied: 'unknown',
    });
    expect(writes).toEqual(['POST']);
  });

  it('refused connections prove that nothing was sent, so nothing is read back', async () => {
    const { client } = clientFor('http://127.0.0.1:1');
    await expect(client.employees.create(JANE)).rejects.toMatchObject({
      exit: 5,
      applied: 'no',
      code: 'unreachable',
    });
  });

  it('an interruption says that it may have taken effect', async () => {
    const controller = new AbortController();
    const server = await httpServer(() => controller.abort(new InterruptedError('SIGINT')));
    const { client } = clientFor(server.origin);
    await expect(client.employees.create(JANE, { signal: controller.signal })).rejects.toMatchObject({
      name: 'InterruptedError',
      exit: 130,
      applied: 'unknown',
    });
  });
});

describe('a clock event is found by employee, type and time', () => {
  it('and the days around it are asked for, whatever the time zone', async () => {
    const { client, writes, server, attendance } = await world(['reset after']);
    expect(await client.attendance.clock(IN)).toMatchObject({ clock_in: IN.timestamp });
    expect(writes).toEqual(['POST']);
    expect(attendance).toHaveLength(1);
    expect(server.requests.at(-1)?.query).toEqual({
      employee_id: 'emp_1',
      start_date: '2024-11-17',
      end_date: '2024-11-19',
    });
  });

  it('absent: sent once more', async () => {
    const { client, writes, attendance } = await world(['reset before']);
    await client.attendance.clock(IN);
    expect([writes.length, attendance.length]).toEqual([2, 1]);
  });

  it('the same instant written in another zone is the same', async () => {
    const { client, attendance } = await world(['reset before'], {
      attendance: [
        { id: 'att_0', employee_id: 'emp_1', clock_in: '2024-11-18T10:00:00+01:00', clock_out: null },
      ],
    });
    await client.attendance.clock(IN);
    expect(attendance).toHaveLength(1);
  });

  it("another's event, the other type, or another time is not ours", async () => {
    const { client, attendance } = await world(['reset before'], {
      attendance: [
        { id: 'a', employee_id: 'emp_2', clock_in: IN.timestamp, clock_out: null },
        {
          id: 'b',
          employee_id: 'emp_1',
          clock_in: '2024-11-17T09:00:00Z',
          clock_out: '2024-11-17T17:00:00Z',
        },
        { id: 'c', employee_id: 'emp_1', clock_in: null, clock_out: IN.timestamp },
      ],
    });
    await client.attendance.clock(IN);
    expect(attendance).toHaveLength(4);
  });

  it('a record that spans that time would hide it: nobody can say', async () => {
    const { client, writes } = await world(['reset before'], {
      attendance: [{ id: 'att_5', employee_id: 'emp_1', clock_in: '2024-11-18T08:00:00Z', clock_out: null }],
    });
    await expect(client.attendance.clock(IN)).rejects.toMatchObject({
      exit: 8,
      message: expect.stringContaining('att_5'),
    });
    expect(writes).toEqual(['POST']);
  });
});

describe('PUT and DELETE re-read before they repeat', () => {
  const employees = () => [{ ...JOHN, id: 'emp_1' }];

  it.each(['reset after', '500 after'] as const)(
    '%s: a change that took effect is not sent again',
    async (fate) => {
      const { client, writes } = await world([fate], { employees: employees() });
      expect(await client.employees.update('emp_1', { salary: 80000 })).toMatchObject({ salary: 80000 });
      expect(writes).toEqual(['PUT']);
    },
  );

  it('a change that did not is sent again, three times in all', async () => {
    const { client, writes, server } = await world(['reset before', '500 before'], {
      employees: employees(),
    });
    await client.employees.update('emp_1', { salary: 80000 });
    expect(writes).toEqual(['PUT', 'PUT', 'PUT']);
    expect(server.requests.filter(({ method }) => method === 'GET').length).toBeGreaterThanOrEqual(2);
  });

  it('and then failed, with nothing changed', async () => {
    const { client } = await world(['500 before', '500 before', '500 before'], { employees: employees() });
    await expect(client.employees.update('emp_1', { salary: 1 })).rejects.toMatchObject({
      exit: 5,
      applied: 'no',
    });
  });

  it('a field that the record does not show cannot prove it: sent again', async () => {
    const { client, writes } = await world(['reset after'], {
      employees: [{ id: 'emp_1', name: 'John Doe' }],
    });
    await client.employees.update('emp_1', { department_id: 'dept_1' }).catch(() => {});
    expect(writes.length).toBeGreaterThanOrEqual(1);
  });

  it.each(['reset after', '500 after'] as const)(
    '%s: a deleted employee is not deleted again',
    async (fate) => {
      const { client, writes } = await world([fate], { employees: employees() });
      await client.employees.delete('emp_1');
      expect(writes).toEqual(['DELETE']);
    },
  );

  it('one that is still active is', async () => {
    const { client, writes } = await world(['reset before'], { employees: employees() });
    expect(await client.employees.delete('emp_1')).toMatchObject({ status: 'inactive' });
    expect(writes).toEqual(['DELETE', 'DELETE']);
  });

  it('one that is gone for good counts as deleted', async () => {
    const state = await world(['reset after'], { employees: employees() });
    const before = state.server.onRequest;
    state.server.onRequest = (request) => {
      if (request.method === 'GET') state.employees.length = 0;
      before?.(request);
    };
    expect(await state.client.employees.delete('emp_1')).toEqual({});
    expect(state.writes).toEqual(['DELETE']);
  });
});
