import { describe, expect, it } from 'vitest';
import { updateEmployee } from '../../src/api/employees.ts';
import { RefusedError } from '../../src/sdk.ts';
import { failure } from './support.ts';
import { JANE, type Refusal, untyped } from './untyped.ts';

describe('what a call is given is refused before anything is sent', () => {
  it.each<Refusal>([
    [
      'a field that is a slip',
      (c) => c.employees.create({ ...JANE, salry: 65_000 }),
      { code: 'unknown_field', field: 'salry', next: 'write salary' },
    ],
    [
      'a field in another spelling',
      (c) => c.employees.update('emp_1', { departmentId: 'dept_eng' }),
      { code: 'unknown_field', field: 'departmentId', next: 'write department_id' },
    ],
    [
      'a name where its ID belongs',
      (c) => c.employees.create({ ...JANE, department: 'dept_eng' }),
      { code: 'unknown_field', field: 'department', next: 'write department_id' },
    ],
    [
      'a filter that is a slip',
      (c) => c.employees.list({ limt: 5 }),
      { code: 'unknown_field', field: 'limt', next: 'write limit' },
    ],
    [
      'a filter that there is not: everybody would be listed',
      (c) => c.attendance.list({ from: '2024-11-01' }),
      { code: 'unknown_field', field: 'from', next: expect.stringContaining('start_date, end_date') },
    ],
    [
      'what is no object of fields',
      (c) => c.employees.create('Jane'),
      { code: 'invalid_input', message: 'employees.create takes an object of fields, and this is a string' },
    ],
    [
      'a Promise that was not awaited',
      (c) => c.employees.create(Promise.resolve(JANE)),
      { code: 'invalid_input', next: 'await it first' },
    ],
    [
      'a Map of fields',
      (c) => c.employees.create(new Map(Object.entries(JANE))),
      { code: 'invalid_input', next: 'write Object.fromEntries(…) around it' },
    ],
    [
      'the parameters of a URL for filters: everybody would be listed',
      (c) => c.employees.list(new URLSearchParams({ department: 'dept_eng' })),
      { code: 'invalid_input', next: 'write Object.fromEntries(…) around it' },
    ],
    [
      'an object of a class: its getters would be left out',
      (c) =>
        c.employees.list(
          new (class {
            get department() {
              return 'dept_eng';
            }
          })(),
        ),
      { code: 'invalid_input' },
    ],
    [
      'fields that are inherited',
      (c) => c.employees.list(Object.create({ department: 'dept_eng' })),
      { code: 'invalid_input' },
    ],
    ...[['inactive'], [['inactive']], [Promise.resolve({ status: 'inactive' })], [new Map()]].map(
      ([changes]): Refusal => [
        'changes that are no object of fields',
        (c) => c.employees.update('emp_1', changes),
        { code: 'invalid_input' },
      ],
    ),
    ['a history of what is no filter', (c) => c.locks.history('lock_1', 'today'), { code: 'invalid_input' }],
    ...[undefined, {}, { salary: undefined }].map(
      (changes): Refusal => [
        'an update that changes nothing',
        (c) => c.employees.update('emp_1', changes),
        { code: 'missing_value', message: 'there is nothing to change' },
      ],
    ),
    [
      'a number that JSON has no word for',
      (c) => c.employees.create({ ...JANE, salary: Number.NaN }),
      { code: 'invalid_body', field: 'salary' },
    ],
    [
      'a BigInt',
      (c) => c.employees.update('emp_1', { salary: 65_000n }),
      { code: 'invalid_body', field: 'salary', message: 'salary is a BigInt: give a number' },
    ],
    [
      'a body that holds itself',
      (c) => {
        const body: Record<string, unknown> = {};
        body['self'] = body;
        return c.request({ method: 'POST', path: '/employees', body });
      },
      { code: 'invalid_body' },
    ],
    [
      'a function for a body',
      (c) => c.request({ method: 'POST', path: '/employees', body: () => 1 }),
      { code: 'invalid_body' },
    ],
    [
      'a date that is no text',
      (c) => c.attendance.list({ start_date: new Date(0) }),
      { code: 'invalid_value', field: 'start_date' },
    ],
    [
      'a day that is not on the calendar',
      (c) => c.employees.create({ ...JANE, start_date: '2024-02-30' }),
      {
        code: 'invalid_value',
        field: 'start_date',
        message: 'start_date is no day of the calendar: 2024-02-30',
      },
    ],
    [
      'a word for a day, as the command line takes it',
      (c) => c.reports.payroll({ start_date: 'last-month', end_date: '2024-11-30' }),
      {
        code: 'invalid_value',
        field: 'start_date',
        next: 'write YYYY-MM-DD, such as 2024-11-18; words are for the command line',
      },
    ],
    ...['2024-11', '2024-11-18T09:00:00Z', '18.11.2024', '', 20241118, true].map(
      (day): Refusal => [
        `no day: ${day}`,
        (c) => c.employees.update('emp_1', { start_date: day }),
        { code: 'invalid_value', field: 'start_date', message: 'start_date must be a day' },
      ],
    ),
    ...[
      '2024-11-18T09:00:00',
      '2024-11-18 09:00:00Z',
      '2024-11-18T09:00Z',
      '2024-11-18',
      '09:00',
      'now',
      1e12,
    ].map(
      (timestamp): Refusal => [
        `no time with its zone: ${timestamp}`,
        (c) => c.attendance.clock({ employee_id: 'emp_1', type: 'clock_in', timestamp }),
        {
          code: 'invalid_value',
          field: 'timestamp',
          message: 'timestamp must be a time as of RFC 3339',
          next: expect.stringContaining('2024-11-18T09:00:00Z'),
        },
      ],
    ),
    [
      'a time of a day that is not on the calendar',
      (c) =>
        c.attendance.clock({ employee_id: 'emp_1', type: 'clock_in', timestamp: '2023-02-29T09:00:00Z' }),
      {
        code: 'invalid_value',
        field: 'timestamp',
        message: 'timestamp is on no day of the calendar: 2023-02-29',
      },
    ],
    [
      'half of a word',
      (c) => c.attendance.clock({ employee_id: 'emp_1', type: 'in' }),
      {
        code: 'invalid_value',
        field: 'type',
        message: 'type must be clock_in or clock_out',
        next: "write 'clock_in'",
      },
    ],
    [
      'a word for both, of which none is named: whoever follows it would punch the wrong way',
      (c) => c.attendance.clock({ employee_id: 'emp_1', type: 'clock' }),
      { code: 'invalid_value', field: 'type', next: 'write one of these' },
    ],
    [
      'a filter by a status that nobody can have',
      (c) => c.employees.list({ status: 'retired' }),
      { code: 'invalid_value', field: 'status', message: 'status must be active or inactive' },
    ],
    [
      'a status in capitals',
      (c) => c.employees.update('emp_1', { status: 'ACTIVE' }),
      { code: 'invalid_value', field: 'status', next: "write 'active'" },
    ],
    [
      'a page that is no number',
      (c) => c.employees.list({ page: Number.NaN }),
      { code: 'invalid_value', field: 'page' },
    ],
    [
      'a signal among the filters',
      (c) => c.employees.list({ signal: new AbortController().signal }),
      { code: 'unknown_field', field: 'signal', next: 'write ({ … }, { signal })' },
    ],
    [
      'a signal among the fields of a body',
      (c) => c.employees.create({ ...JANE, signal: new AbortController().signal }),
      { code: 'unknown_field', field: 'signal', next: 'write ({ … }, { signal })' },
    ],
    [
      'an ID among the changes',
      (c) => c.employees.update({ id: 'emp_1', salary: 65_000 }),
      { code: 'invalid_id', message: 'id is text of its own, before the fields' },
    ],
    [
      'days in the wrong order: nobody would have been there',
      (c) => c.attendance.list({ start_date: '2024-11-30', end_date: '2024-11-01' }),
      { code: 'invalid_value', field: 'start_date', next: 'change them over' },
    ],
    [
      'a period of a report in the wrong order',
      (c) => c.reports.payroll({ start_date: '2024-11-30', end_date: '2024-11-01' }),
      { code: 'invalid_value', field: 'start_date' },
    ],
    [
      'a signal for options',
      (c) => c.organization.get(new AbortController().signal),
      { code: 'invalid_option', next: 'write { signal }' },
    ],
    [
      'a controller for options',
      (c) => c.organization.get(new AbortController()),
      { code: 'invalid_option', next: 'write { signal }' },
    ],
    [
      'a signal within a request',
      (c) => c.request({ method: 'GET', path: '/locks', signal: new AbortController().signal }),
      { code: 'unknown_field', next: 'give { signal } behind the request' },
    ],
    [
      'a controller for a signal',
      (c) => c.organization.get({ signal: new AbortController() }),
      { code: 'invalid_option', field: 'signal', next: 'write { signal: controller.signal }' },
    ],
    [
      'an option that only the client has',
      (c) => c.employees.get('emp_1', { timeout: 5 }),
      { code: 'unknown_option', field: 'timeout' },
    ],
    [
      'filters where only options go',
      (c) => c.locks.list({ limit: 5 }),
      { code: 'unknown_option', field: 'limit' },
    ],
    ['a request without a path', (c) => c.request({ method: 'GET' }), { code: 'invalid_path' }],
    ['a request of nothing', (c) => c.request(), { code: 'invalid_method' }],
    [
      'a method that there is not',
      (c) => c.request({ method: 'HEAD', path: '/locks' }),
      { code: 'invalid_method' },
    ],
    [
      'a header that is no text',
      (c) => c.request({ method: 'GET', path: '/locks', headers: { 'x-page': 1 } }),
      { code: 'invalid_header' },
    ],
  ])('%s', async (_, call, expected) => {
    const { client, sent } = untyped();
    const error = await failure((async () => call(client))());
    expect(error).toMatchObject({ name: 'UsageError', ...expected });
    expect(sent).toEqual([]);
  });

  it('also where a list is iterated', async () => {
    const { client, sent } = untyped([]);
    const reading = (async () => {
      for await (const _ of client.employees.list({ limt: 5 })) break;
    })();
    expect(await failure(reading)).toMatchObject({ code: 'unknown_field' });
    expect(sent).toEqual([]);
  });

  it('but a field of a body that is like none passes: the API may know more', async () => {
    const { client, sent } = untyped();
    await client.employees.create({ ...JANE, cost_center: 7, salary: undefined });
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ ...JANE, cost_center: 7 });
  });

  it('and what the API can take goes: every zone, a fraction of a second, a leap day, and null', async () => {
    const { client, sent } = untyped();
    for (const timestamp of ['2024-02-29T23:59:59.123+05:30', '2024-11-18t09:00:00z']) {
      await client.attendance.clock({ employee_id: 'emp_1', type: 'clock_in', timestamp });
    }
    await client.employees.update('emp_1', { start_date: null, end_date: 'whenever', contract: 'x' });
    expect(sent.map(({ body }) => JSON.parse(body ?? ''))).toMatchObject([
      { timestamp: '2024-02-29T23:59:59.123+05:30' },
      { timestamp: '2024-11-18t09:00:00z' },
      { start_date: null, end_date: 'whenever', contract: 'x' },
    ]);
  });

  it('and an undo puts back what the API has shown, in words and forms of its own', async () => {
    const { client, sent } = untyped();
    const body = { status: 'on_leave', start_date: '2023-11-18T00:00:00Z' };
    await client.call(updateEmployee, { id: 'emp_1', ...body }, { settle: false });
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual(body);
  });

  it('and the raw door takes any', async () => {
    const { client, sent } = untyped();
    const body = { start_date: '2024-02-30', status: 'retired' };
    await client.request({ method: 'PUT', path: '/employees/emp_1', body });
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual(body);
  });

  it.each([
    ['employees', 'create', { ...JANE, position_id: 'p', start_time: '09:00' }],
    [
      'attendance',
      'clock',
      { employee_id: 'emp_1', type: 'clock_in', timestamp: '2024-11-18T09:00:00Z', clock_id: 'c' },
    ],
  ])('nor is a field of %s.%s a slip that only resembles another', async (noun, verb, input) => {
    const { client, sent } = untyped();
    await client[noun][verb](input);
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual(input);
  });

  it.each(['salry', 'emial', 'departmentId', 'startDate', 'START_DATE', 'positon'])(
    '%s is a slip',
    async (field) => {
      const { client, sent } = untyped();
      expect(await failure(client.employees.update('emp_1', { [field]: 'x' }))).toMatchObject({ field });
      expect(sent).toEqual([]);
    },
  );

  it('and no options, null for options or a signal and a method in small letters are as good as any', async () => {
    const { client, sent } = untyped();
    await client.organization.get(null);
    await client.request({ method: 'get', path: '/organization' }, undefined);
    await client.organization.get({ signal: null, timeout: undefined });
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  });
});

it('an error’s message says what the API said', async () => {
  const refused = {
    success: false,
    error: { code: 'invalid_request', message: 'The e-mail is taken', field: 'email' },
  };
  const { client } = untyped(refused, 400);
  const error = await failure(client.employees.create(JANE));
  expect(error).toBeInstanceOf(RefusedError);
  expect(error).toMatchObject({
    message: 'the API refused the request: The e-mail is taken',
    detail: 'The e-mail is taken',
    field: 'email',
  });
  expect((error as Error).stack).toContain('The e-mail is taken');
});
