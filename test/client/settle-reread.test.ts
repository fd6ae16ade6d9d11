import { describe, expect, it } from 'vitest';
import { type Fate, world } from './settle-world.ts';
import { JOHN } from './support.ts';

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
    const fates: Fate[] = ['500 before', '500 before', '500 before'];
    const state = await world(fates, { employees: employees() });
    await expect(state.client.employees.update('emp_1', { salary: 1 })).rejects.toMatchObject({
      exit: 5,
      applied: 'no',
    });
    expect(state.writes).toEqual(['PUT', 'PUT', 'PUT']);
    expect(state.employees).toEqual(employees());
  });

  it('a field that the record does not show cannot prove it: sent again', async () => {
    const { client, writes } = await world(['reset after'], { employees: employees() }, ['department_id']);
    expect(await client.employees.update('emp_1', { department_id: 'dept_1' })).toMatchObject({
      id: 'emp_1',
    });
    expect(writes).toEqual(['PUT', 'PUT']);
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
