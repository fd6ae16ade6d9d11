import { describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { IN, JANE, world } from './settle-world.ts';
import { clientFor, httpServer, JOHN } from './support.ts';

const others = Array.from({ length: 5 }, (_, at) => ({
  ...JOHN,
  id: `emp_${at}`,
  email: `e${at}@example.com`,
}));

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
    const readBacks: unknown[] = [];
    const events = { readBack: (event: unknown) => readBacks.push(event) };
    const { client } = clientFor('http://127.0.0.1:1', { events });
    await expect(client.employees.create(JANE)).rejects.toMatchObject({
      exit: 5,
      applied: 'no',
      code: 'unreachable',
    });
    expect(readBacks).toEqual([]);
  });

  it('a signal of a program’s own that ends it under way leaves it unknown, with the reason', async () => {
    const controller = new AbortController();
    const reason = new DOMException('too slow', 'TimeoutError');
    const server = await httpServer(() => controller.abort(reason));
    const { client } = clientFor(server.origin);
    await expect(client.employees.create(JANE, { signal: controller.signal })).rejects.toMatchObject({
      name: 'UnknownOutcomeError',
      applied: 'unknown',
      method: 'POST',
      path: '/employees',
      cause: reason,
    });
    const raw = { method: 'PUT', path: '/employees/emp_1', body: {} } as const;
    await expect(client.request(raw, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('a signal that ends it while it still waits leaves nothing unknown', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const server = await httpServer(() => {});
    const apiKey = () => {
      controller.abort(reason);
      return new Promise<string>(() => {});
    };
    const { client } = clientFor(server.origin, { apiKey });
    await expect(client.employees.create(JANE, { signal: controller.signal })).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
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
