import { describe, expect, it } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { clientFor, httpServer, json, KEY } from '../client/support.ts';
import { examples } from './examples.ts';

const endpointOf = (id: string) => {
  const found = endpoints.find((endpoint) => endpoint.id === id);
  if (!found) throw new Error(`no endpoint ${id}`);
  return found;
};

describe('the contract, against a server that is not ours', () => {
  for (const example of examples) {
    const answering = () => httpServer((_, response) => json(response, example.status, example.answer));

    const expectSent = (requests: Awaited<ReturnType<typeof answering>>['requests']) => {
      expect(requests).toHaveLength(1);
      const [sent] = requests;
      expect(`${sent?.method} ${sent?.path}`).toBe(`${example.method} /v1${example.path}`);
      expect(sent?.query).toEqual(example.query);
      expect(sent?.body === '' ? undefined : JSON.parse(sent?.body ?? '')).toEqual(example.body);
      expect(sent?.headers.authorization).toBe(`Bearer ${KEY}`);
      if (example.body !== undefined) expect(sent?.headers['content-type']).toBe('application/json');
    };

    it(`${example.id}: sends exactly the documented request and gives what came`, async () => {
      const server = await answering();
      const { client } = clientFor(server.origin);
      const answer = await client.call(endpointOf(example.id), example.input);
      expectSent(server.requests);
      expect(answer.data).toEqual(example.answer.data);
      expect(answer.status).toBe(example.status);
      expect(answer.pagination).toEqual(example.answer['pagination']);
    });

    it(`${example.id}: the library's method sends the same`, async () => {
      const server = await answering();
      const { client } = clientFor(server.origin);
      const result = await example.sdk(client);
      expectSent(server.requests);
      const { data, pagination } = example.answer;
      const isList = endpointOf(example.id).answer.shape === 'list';
      expect(result).toEqual(isList ? { data, ...(pagination ? { pagination } : {}) } : data);
    });

    it(`${example.id}: a field that nobody knows is kept and never makes it fail`, async () => {
      const strange = (value: unknown): unknown =>
        Array.isArray(value)
          ? value.map(strange)
          : { ...(value as object), zzz: { deep: [1, null, { x: 'y' }] } };
      const data = strange(example.answer.data);
      const server = await httpServer((_, response) =>
        json(response, example.status, { ...example.answer, data, meta: { trace: 'abc' } }),
      );
      const { client } = clientFor(server.origin);
      expect((await client.call(endpointOf(example.id), example.input)).data).toEqual(data);
    });
  }

  it('every endpoint of the registry has an example, and no example is left over', () => {
    expect(examples.map(({ id }) => id).sort()).toEqual(endpoints.map(({ id }) => id).sort());
  });

  it('restoring an employee is PUT {"status":"active"}', async () => {
    const server = await httpServer((_, response) =>
      json(response, 200, { success: true, data: { id: 'emp_123456', status: 'active' } }),
    );
    const { client } = clientFor(server.origin);
    await client.employees.restore('emp_123456');
    const [sent] = server.requests;
    expect([sent?.method, sent?.path, sent?.body]).toEqual([
      'PUT',
      '/v1/employees/emp_123456',
      '{"status":"active"}',
    ]);
  });

  it('format=excel gives the bytes of the workbook as they came', async () => {
    const workbook = Buffer.concat([
      Buffer.from('PK\u0003\u0004'),
      Buffer.alloc(40, 7),
      Buffer.from('PK\u0005\u0006'),
      Buffer.alloc(18),
    ]);
    const server = await httpServer((_, response) => {
      response.writeHead(200, {
        'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      });
      response.end(workbook);
    });
    const { client } = clientFor(server.origin);
    const period = { start_date: '2024-11-01', end_date: '2024-11-30' };
    const bytes = await client.reports.payroll({ ...period, format: 'excel' });
    expect(server.requests[0]?.query).toEqual({ ...period, format: 'excel' });
    expect(Buffer.from(bytes as Uint8Array).equals(workbook)).toBe(true);
  });

  it('format=excel may also be answered with a JSON envelope', async () => {
    const server = await httpServer((_, response) => json(response, 200, { success: true, data: { a: 1 } }));
    const { client } = clientFor(server.origin);
    const period = { start_date: '2024-11-01', end_date: '2024-11-30' };
    expect(await client.reports.payroll({ ...period, format: 'excel' })).toEqual({ a: 1 });
  });

  it('the documented error envelope becomes an error with its code, message and field', async () => {
    const server = await httpServer((_, response) =>
      json(response, 400, {
        success: false,
        error: { code: 'invalid_request', message: "The 'email' field is required", field: 'email' },
      }),
    );
    const { client } = clientFor(server.origin);
    await expect(client.employees.create({ name: 'Jane', email: 'x' })).rejects.toMatchObject({
      name: 'RefusedError',
      exit: 6,
      status: 400,
      code: 'invalid_request',
      detail: "The 'email' field is required",
      field: 'email',
      method: 'POST',
      path: '/employees',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('the documented rate-limit headers are read from every answer', async () => {
    const server = await httpServer((_, response) =>
      json(
        response,
        200,
        { success: true, data: { id: 'org_1' } },
        {
          'x-ratelimit-limit': '1000',
          'x-ratelimit-remaining': '995',
          'x-ratelimit-reset': '1700308800',
          date: new Date((1_700_308_800 - 600) * 1000).toUTCString(),
        },
      ),
    );
    const { client, clock } = clientFor(server.origin);
    await client.organization.get();
    expect(client.rate).toEqual({
      limit: 1000,
      remaining: 995,
      resetAt: clock.now() + 600_000,
      seenAt: clock.now(),
    });
  });
});
