import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transport } from '../../src/host/undici.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';
import { examples } from './examples.ts';

/** Each command as a person types it, by the endpoint it is the command of. */
const TYPED: Readonly<Record<string, string>> = {
  'organization.get': 'organization show',
  'employees.list': 'employees list --page 2 --limit 10 --department dept_789 --status active',
  'employees.get': 'employees get emp_123456',
  'employees.create':
    'employees create --name "Jane Smith" --email jane@example.com --department dept_789 --position "Marketing Manager" --salary 65000 --start-date 2024-02-01',
  'employees.update': 'employees update emp_123456 --salary 80000',
  'employees.delete': 'employees delete emp_123456 --yes',
  'attendance.list':
    'attendance list --employee emp_123456 --from 2024-11-01 --to 2024-11-30 --lock lock_789',
  'attendance.clock':
    'attendance clock in emp_123456 --at 2024-11-18T09:00:00Z --lock lock_789 --notes "Manual entry"',
  'reports.payroll': 'reports payroll --from 2024-11-01 --to 2024-11-30 --employee emp_123456',
  'reports.attendance': 'reports attendance --month 2024-11 --employee emp_123456',
  'locks.list': 'locks list',
  'locks.history': 'locks history lock_789',
};

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly key: string | undefined;
}

let server: Server;
let base: string;
const seen: Seen[] = [];
/** What the server answers, by method and path. */
const answers = new Map<string, { status: number; body: unknown }>();

async function read(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.replace(/^\/v1/, '');
    const method = request.method ?? '';
    seen.push({
      method,
      path,
      query: Object.fromEntries(url.searchParams),
      body: await read(request),
      key: request.headers.authorization,
    });
    const answer = answers.get(`${method} ${path}`) ?? {
      status: 404,
      body: { success: false, error: { code: 'not_found', message: 'no such thing' } },
    };
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
  answers.clear();
});

const command = (line: string) =>
  run(line, {
    env: { WORKTIME_API_KEY: 'wt_live_0123456789abcdef', WORKTIME_BASE_URL: base },
    cwd: temporaryFolder('worktime-contract-'),
    transport,
  });

describe('against a server that is not the sandbox and answers the reference', () => {
  it.each(examples.map((example) => [example.id, example] as const))(
    '%s: the command sends exactly what is documented, and shows what came',
    async (id, example) => {
      answers.set(`${example.method} ${example.path}`, { status: example.status, body: example.answer });
      const { code, stdout, stderr } = await command(`${TYPED[id]} --json`);
      expect(stderr.replaceAll(/^.*(shown;|take it back|is not over).*\n/gm, '')).toBe('');
      expect(code).toBe(0);
      expect(seen).toHaveLength(1);
      const [{ method, path, key }] = seen as [Seen];
      expect({ method, path, key }).toEqual({
        method: example.method,
        path: example.path,
        key: 'Bearer wt_live_0123456789abcdef',
      });
      if (id === 'employees.update') expect(seen[0]?.body).toEqual({ salary: 80000 });
      else expect(seen[0]?.body).toEqual(example.body);
      const { data } = example.answer;
      expect(JSON.parse(stdout)).toEqual(id === 'employees.delete' ? [data] : data);
    },
  );

  it.each([
    ['employees.list', { page: '2', limit: '10', department: 'dept_789', status: 'active' }],
    [
      'attendance.list',
      { employee_id: 'emp_123456', start_date: '2024-11-01', end_date: '2024-11-30', lock_id: 'lock_789' },
    ],
    ['reports.payroll', { employee_id: 'emp_123456', start_date: '2024-11-01', end_date: '2024-11-30' }],
    ['reports.attendance', { employee_id: 'emp_123456', start_date: '2024-11-01', end_date: '2024-11-30' }],
    ['locks.list', {}],
    ['locks.history', {}],
    ['organization.get', {}],
  ])('%s: the query is %j', async (id, query) => {
    const example = examples.find((each) => each.id === id);
    answers.set(`${example?.method} ${example?.path}`, { status: 200, body: example?.answer });
    await command(`${TYPED[id]} --json`);
    expect(seen[0]?.query).toEqual(query);
  });

  it.each(Object.entries(TYPED))('%s: every format takes the answer', async (id, line) => {
    const example = examples.find((each) => each.id === id);
    for (const format of ['table', 'ndjson', 'csv', 'excel']) {
      answers.set(`${example?.method} ${example?.path}`, {
        status: example?.status ?? 200,
        body: example?.answer,
      });
      const { code, stdout, stderr } = await command(`${line} --format ${format}`);
      expect(code, `${format}: ${stderr}`).toBe(0);
      expect(stdout.length).toBeGreaterThan(10);
    }
  });
});

describe('a payroll shape that nobody agreed on', () => {
  const shapes = {
    'flat rows': [{ worker: 'John Doe', gross: 6250, net: 6049.35 }],
    'nested hours': {
      payroll: [{ name: 'John Doe', hours: { regular: 180.02, overtime: 2.25 }, pay: null }],
    },
    'rows deep inside': {
      result: { meta: { month: '2024-01' }, items: [{ person: 'John Doe', total: 6049.35 }] },
    },
    'one object': { john_doe: 6049.35 },
    'no rows': { employees: [] },
    'odd rows': { employees: [{ employee_name: 'John Doe', total_pay: '6049.35', extra: [1, { a: 2 }] }] },
  };
  it.each(Object.entries(shapes))('%s is shown in every format', async (_, data) => {
    for (const format of ['table', 'json', 'ndjson', 'csv', 'excel']) {
      answers.set('GET /reports/payroll', { status: 200, body: { success: true, data } });
      const { code, stdout, stderr } = await command(`reports payroll --month 2024-01 --format ${format}`);
      expect(code, `${format}: ${stderr}`).toBe(0);
      if (format === 'json') expect(JSON.parse(stdout)).toEqual(data);
      else if (format !== 'excel' && JSON.stringify(data).includes('John Doe'))
        expect(stdout).toContain('John Doe');
    }
  });
});

describe('what is wrong is found before anything is sent', () => {
  it.each([
    ['employees list --stat active', 2],
    ['employees list --status retired', 2],
    ['employees list --limit 101', 2],
    ['employees list --limit 1e1', 2],
    ['employees list --page 0', 2],
    ['employees list --page 1 --page 2', 2],
    ['employees get ../x', 2],
    ['employees get ""', 2],
    ['employees get a/b', 2],
    ['employees get %2e%2e', 2],
    ['employees get', 2],
    ['employees create --name Jane', 2],
    ['employees create --name Jane --email nobody', 2],
    ['employees create --name Jane --email a@b.co --salary 1,5', 2],
    ['employees create --name Jane --email a@b.co --salary -1', 2],
    ['employees create --name Jane --email a@b.co --salary 0x10', 2],
    ['employees update emp_1', 2],
    ['employees delete emp_1', 2],
    ['attendance list --from 2024-02-30', 2],
    ['attendance list --from 2024-12-01 --to 2024-11-01', 2],
    ['attendance clock in emp_1 --at 25:00', 2],
    ['attendance clock up emp_1', 2],
    ['reports payroll', 2],
    ['reports payroll --from 2024-11-01', 2],
    ['reports payroll --month 2024-13', 2],
    ['reports payroll --month 2024-11 --from 2024-11-01', 2],
    ['locks history', 2],
    ['employees list --query [', 2],
    ['employees list --format xml', 2],
    ['employees list --timezone Mars/Base', 2],
    ['api GET //evil.example/x', 2],
    ['api GET /../x', 2],
    ['api TRACE /employees', 2],
  ])('%s exits with %d', async (line, exit) => {
    const { code, stdout, stderr } = await command(line);
    expect(code).toBe(exit);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^worktime: .+\n(.*\n)*Next: .+\n$/);
    expect(seen).toEqual([]);
  });

  it('without a key ends with 4, and says how to get on in three lines', async () => {
    const { code, stderr } = await run('employees list', { env: {}, transport });
    expect(code).toBe(4);
    expect(stderr).toContain('worktime login');
    expect(stderr).toContain('--sandbox');
    expect(stderr).toContain('WORKTIME_API_KEY');
    expect(seen).toEqual([]);
  });

  it('with --json is one object on stderr', async () => {
    const { stderr } = await command('employees get ../x --json');
    const { error } = JSON.parse(stderr);
    expect(Object.keys(error)).toEqual([
      'code',
      'message',
      'field',
      'status',
      'method',
      'path',
      'applied',
      'next',
      'exit',
    ]);
    expect(error.exit).toBe(2);
  });
});

describe("the API's refusals", () => {
  it('are shown in its own words, with the place and the next step', async () => {
    answers.set('POST /employees', {
      status: 400,
      body: {
        success: false,
        error: { code: 'invalid_request', message: "The 'email' field is required", field: 'email' },
      },
    });
    const { code, stderr } = await command('employees create --name Jane --email jane@example.com');
    expect(code).toBe(6);
    expect(stderr).toContain('(POST /employees, 400)');
    expect(stderr).toContain("The 'email' field is required");
    expect(stderr).toContain('email');
    expect(stderr).toMatch(/^Next: /m);
  });

  it('403 names the scope that is needed', async () => {
    answers.set('PUT /employees/emp_1', {
      status: 403,
      body: { success: false, error: { code: 'forbidden', message: 'The key lacks the permission' } },
    });
    const { code, stderr } = await command('employees update emp_1 --salary 5');
    expect(code).toBe(4);
    expect(stderr).toMatch(/Read\/Write/);
  });
});

describe('the department filter', () => {
  it('sends the ID of an alias, or the word as it is, and says so when nothing matched', async () => {
    answers.set('GET /employees', {
      status: 200,
      body: { success: true, data: [], pagination: { page: 1, limit: 50, total: 0 } },
    });
    const home = temporaryFolder('worktime-contract-');
    const env = { WORKTIME_API_KEY: 'wt_live_0123456789abcdef', WORKTIME_BASE_URL: base };
    const unknown = await run('employees list --department eng --timezone UTC', { env, home, transport });
    // A word may be a name: nobody has it, so it goes as it is.
    expect(seen.map(({ query }) => query)).toEqual([{ limit: '100' }, { department: 'eng' }]);
    expect(unknown.stderr).toContain('no such alias');
    expect((await run('config set alias.department.eng dept_eng', { env, home })).code).toBe(0);
    await run('employees list --department eng --timezone UTC', { env, home, transport });
    expect(seen.slice(2).map(({ query }) => query)).toEqual([{ department: 'dept_eng' }]);
  });
});

describe('the workbook', () => {
  it('has the name of its period and is left where the command ran', async () => {
    const example = examples.find(({ id }) => id === 'reports.payroll');
    answers.set('GET /reports/payroll', { status: 200, body: example?.answer });
    const { code, stdout, context } = await command(
      'reports payroll --from 2024-11-01 --to 2024-11-30 --format excel',
    );
    expect(code).toBe(0);
    expect(stdout.trim()).toBe('payroll_2024-11-01_2024-11-30.xlsx');
    expect(readFileSync(join(context.cwd, stdout.trim())).subarray(0, 2).toString()).toBe('PK');
  });
});
