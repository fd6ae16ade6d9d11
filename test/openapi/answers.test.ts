import { OpenAPIBackend } from 'openapi-backend';
import { beforeAll, describe, expect, it } from 'vitest';
import { openapiDocument } from '../../src/openapi/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { testContext } from '../support/context.ts';

const FULL = 'wt_sandbox_full';
const PERIOD = 'start_date=2024-11-01&end_date=2024-11-15';

let judge: OpenAPIBackend;
/** Takes no field that is not declared. */
let strict: OpenAPIBackend;
let sandbox: Sandbox;

/** The same document, every object of it closed. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const made = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, closed(each)]));
  return 'properties' in made && made['type'] !== undefined ? { ...made, additionalProperties: false } : made;
}

async function judgeBy(definition: unknown): Promise<OpenAPIBackend> {
  const made = new OpenAPIBackend({
    definition: structuredClone(definition) as never,
    // Its own check of the document knows 3.0 alone; two others have judged that.
    quick: true,
    ajvOpts: {
      strict: false,
      formats: { 'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, date: /^\d{4}-\d\d-\d\d$/, email: /^\S+@\S+$/ },
    },
  });
  await made.init();
  return made;
}

beforeAll(async () => {
  judge = await judgeBy(openapiDocument());
  strict = await judgeBy(closed(openapiDocument()));
  sandbox = await createSandbox({ context: testContext(), directory: null });
});

interface Call {
  readonly operation: string;
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string | null;
  readonly status: number;
}

async function send({ method = 'GET', path, body, key = FULL }: Call): Promise<Response> {
  return sandbox.fetch(
    new Request(`http://127.0.0.1:4010/v1${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

const CALLS: readonly Call[] = [
  { operation: 'organizationGet', path: '/organization', status: 200 },
  { operation: 'organizationGet', path: '/organization', key: null, status: 401 },
  { operation: 'employeesList', path: '/employees?limit=100', status: 200 },
  { operation: 'employeesList', path: '/employees?limit=1000', status: 400 },
  { operation: 'employeesGet', path: '/employees/emp_123456', status: 200 },
  { operation: 'employeesGet', path: '/employees/emp_none', status: 404 },
  {
    operation: 'employeesCreate',
    method: 'POST',
    path: '/employees',
    body: { name: 'Jane Smith', email: 'jane.smith@example.com', department_id: 'dept_mkt', salary: 65000 },
    status: 201,
  },
  { operation: 'employeesCreate', method: 'POST', path: '/employees', body: { name: 'Jane' }, status: 400 },
  {
    operation: 'employeesUpdate',
    method: 'PUT',
    path: '/employees/emp_123456',
    body: { position: 'Lead' },
    status: 200,
  },
  {
    operation: 'employeesUpdate',
    method: 'PUT',
    path: '/employees/emp_123456',
    body: { position: 'Lead' },
    key: 'wt_sandbox_read',
    status: 403,
  },
  {
    operation: 'attendanceClock',
    method: 'POST',
    path: '/attendance/clock',
    body: { employee_id: 'emp_123456', type: 'clock_in', timestamp: '2024-11-18T09:00:00Z' },
    status: 201,
  },
  { operation: 'employeesDelete', method: 'DELETE', path: '/employees/emp_123456', status: 200 },
  { operation: 'attendanceList', path: `/attendance?${PERIOD}`, status: 200 },
  { operation: 'attendanceList', path: `/attendance?${PERIOD}&page=1&limit=20`, status: 200 },
  { operation: 'reportsPayroll', path: `/reports/payroll?${PERIOD}`, status: 200 },
  { operation: 'reportsPayroll', path: '/reports/payroll', status: 400 },
  { operation: 'reportsPayroll', path: `/reports/payroll?${PERIOD}&employee_id=emp_none`, status: 404 },
  { operation: 'reportsAttendance', path: `/reports/attendance?${PERIOD}&employee_id=emp_none`, status: 404 },
  {
    operation: 'attendanceClock',
    method: 'POST',
    path: '/attendance/clock',
    body: { employee_id: 'emp_none', type: 'clock_in', timestamp: '2024-11-18T09:00:00Z' },
    status: 404,
  },
  { operation: 'reportsAttendance', path: `/reports/attendance?${PERIOD}`, status: 200 },
  { operation: 'locksList', path: '/locks', status: 200 },
  { operation: 'locksHistory', path: '/locks/lock_789/history', status: 200 },
  { operation: 'locksHistory', path: '/locks/lock_none/history', status: 404 },
];

describe("openapi-backend agrees with the sandbox's answers", () => {
  it.each(CALLS.map((call) => [`${call.method ?? 'GET'} ${call.path} → ${call.status}`, call] as const))(
    '%s',
    async (_, call) => {
      const answer = await send(call);
      const body = await answer.json();
      expect(answer.status, JSON.stringify(body)).toBe(call.status);
      expect(judge.validateResponse(body, call.operation, call.status).errors).toBeNull();
      expect(strict.validateResponse(body, call.operation, call.status).errors).toBeNull();
      const headers = Object.fromEntries([...answer.headers].map(([name, value]) => [name, value]));
      for (const name of ['limit', 'remaining', 'reset'])
        expect(headers[`x-ratelimit-${name}`]).toMatch(/^\d+$/);
    },
  );

  it('about every operation', () => {
    const operations = judge.getOperations().map(({ operationId }) => operationId);
    const succeeding = CALLS.filter(({ status }) => status < 300).map(({ operation }) => operation);
    expect([...new Set(succeeding)].sort()).toEqual(operations.sort());
  });

  it('and the declared answers are those that the sandbox gives', () => {
    const declared = judge
      .getOperations()
      .flatMap(({ operationId, responses }) =>
        Object.keys(responses ?? {}).includes('404') ? [operationId] : [],
      );
    const missing = CALLS.filter(({ status }) => status === 404).map(({ operation }) => operation);
    expect(declared).toEqual(expect.arrayContaining([...new Set(missing)]));
  });

  it('and disagrees with one that lacks a field or has another type', async () => {
    const answer = await send({ operation: '', path: '/employees/emp_123456', status: 200 });
    const body = (await answer.json()) as { data: Record<string, unknown> };
    const { email: _, ...lacking } = body.data;
    const judged = (data: unknown) =>
      judge.validateResponse({ success: true, data }, 'employeesGet', 200).errors;
    expect(judged(body.data)).toBeNull();
    expect(judged(lacking)).not.toBeNull();
    expect(judged({ ...body.data, salary: '75000' })).not.toBeNull();
    expect(judged({ ...body.data, created_at: 'yesterday' })).not.toBeNull();
    const refused = { success: false, error: { message: 'no code' } };
    expect(judge.validateResponse(refused, 'employeesGet', 404).errors).not.toBeNull();
  });
});
