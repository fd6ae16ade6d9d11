/** An API that loses answers: writes that take effect or not, and callers who are not told. */

import type { ServerResponse } from 'node:http';
import { clientFor, envelope, httpServer, json, type SeenRequest } from './support.ts';

type Row = Record<string, unknown>;

interface World {
  readonly employees: Row[];
  readonly attendance: Row[];
  /** What really happened, in order. */
  readonly applied: string[];
}

/** How a write ends: whether it takes effect, and what its caller gets. */
export type Fate =
  | 'fine'
  | 'reset before'
  | 'reset after'
  | '500 before'
  | '500 after'
  | 'HTML after'
  | 'cut after'
  | 'cut 500 after';

/**
 * A small API whose writes meet the fates given, one each; the rest are fine. `hidden`: fields that it takes and never
 * shows.
 */
export async function world(fates: Fate[], seed: Partial<World> = {}, hidden: readonly string[] = []) {
  const state: World = { employees: [], attendance: [], applied: [], ...seed };
  const writes: string[] = [];
  const shown = (row: Row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.includes(name)));
  const apply = (request: SeenRequest): [number, unknown] => {
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Row);
    state.applied.push(`${request.method} ${request.path} ${request.body}`);
    const found = state.employees.find(({ id }) => request.path.endsWith(`/${id}`));
    if (request.method === 'PUT') return [200, shown(Object.assign(found ?? {}, body))];
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
      ? json(response, 200, envelope(shown(found)))
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

export const JANE = { name: 'Jane Smith', email: 'jane@example.com', salary: 65000 };
export const IN = { employee_id: 'emp_1', type: 'clock_in', timestamp: '2024-11-18T09:00:00Z' } as const;
