import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { failure } from './support.ts';
import { JANE, type Refusal, untyped } from './untyped.ts';

describe('a value that cannot be meant is refused before anything is sent', () => {
  it.each<Refusal>([
    ...(
      [
        ['a function', () => 1],
        ['a symbol', Symbol('x')],
        ['a date', new Date(0)],
        ['a date that is none', new Date(Number.NaN)],
        ['a boxed NaN', new Number(Number.NaN)],
        ['a Promise', Promise.resolve('x')],
        ['a Map', new Map([['a', 1]])],
        ['a Set', new Set(['a'])],
        ['bytes', Buffer.from('x')],
      ] as const
    ).map(
      ([what, value]): Refusal => [
        `${what} in a body`,
        (c) => c.employees.create({ ...JANE, position: value }),
        { code: 'invalid_body', field: 'position' },
      ],
    ),
    [
      'a date in a body, with what to write',
      (c) => c.employees.create({ ...JANE, more: { start_date: new Date(0) } }),
      { field: 'start_date', next: expect.stringContaining('.toISOString()') },
    ],
    [
      'a function for a filter',
      (c) => c.attendance.list({ start_date: () => '2024-11-01' }),
      { code: 'invalid_value', field: 'start_date' },
    ],
    [
      'a symbol for a filter',
      (c) => c.attendance.list({ start_date: Symbol('x') }),
      { code: 'invalid_value', field: 'start_date' },
    ],
    [
      'yes or no for a filter that is text',
      (c) => c.employees.list({ status: true }),
      { code: 'invalid_value', field: 'status' },
    ],
    [
      'a day that is null: it would be left out',
      (c) => c.reports.attendance({ start_date: '2024-11-01', end_date: null }),
      { code: 'missing_value', field: 'end_date' },
    ],
    ...(
      [
        [{ page: '2' }, 'page must be a whole number'],
        [{ page: 0 }, 'page must be 1 or more'],
        [{ page: -1 }, 'page must be 1 or more'],
        [{ page: 1.5 }, 'page must be a whole number'],
        [{ limit: 0 }, 'limit must be 1 or more'],
        [{ limit: 101 }, 'limit must be 100 or less'],
      ] as const
    ).map(
      ([filters, message]): Refusal => [
        message,
        async (c) => {
          for await (const _ of c.employees.list(filters)) break;
        },
        { code: 'invalid_value', message },
      ],
    ),
    ...(
      [
        ['params', 'query'],
        ['data', 'body'],
        ['json', 'body'],
        ['url', 'path'],
        ['Method', 'method'],
        ['boddy', 'body'],
      ] as const
    ).map(
      ([field, meant]): Refusal => [
        `a request with ${field}`,
        (c) => c.request({ method: 'GET', path: '/employees', [field]: { department: 'dept_eng' } }),
        { code: 'unknown_field', field, next: `write ${meant}` },
      ],
    ),
    [
      'a fragment in a path: what stands before it would be deleted',
      (c) => c.request({ method: 'DELETE', path: '/employees/emp_1#draft' }),
      { code: 'invalid_path', message: 'the path must not have a #: write %23' },
    ],
    [
      'a query that is text',
      (c) => c.request({ method: 'GET', path: '/employees', query: 'limit=1' }),
      { code: 'invalid_input', field: 'query' },
    ],
    ...[new Uint8Array(2), new URLSearchParams('a=1'), new FormData(), new Map([['a', 1]])].map(
      (body): Refusal => [
        'a body of another kind',
        (c) => c.request({ method: 'POST', path: '/employees', body }),
        { code: 'invalid_body' },
      ],
    ),
  ])('%s', async (_, call, expected) => {
    const { client, sent } = untyped();
    const error = await failure((async () => call(client))());
    expect(error).toMatchObject({ name: 'UsageError', ...expected });
    expect(sent).toEqual([]);
  });

  it('and what writes itself as text or a number passes, as an object without a prototype does', async () => {
    const { client, sent } = untyped();
    const money = { toJSON: () => 65_000 };
    class Day {
      toJSON() {
        return '2024-02-01';
      }
    }
    const input = Object.assign(Object.create(null), { ...JANE, salary: money, start_date: new Day() });
    await client.employees.create(input);
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ ...JANE, salary: 65_000, start_date: '2024-02-01' });
  });

  it('and an object of another realm is as plain as any', async () => {
    const { client, sent } = untyped();
    await client.employees.create(runInNewContext('({ name: "Jane", email: "jane@example.com", more: {} })'));
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ ...JANE, more: {} });
  });

  it('and the query and the headers of a request may be what keeps entries', async () => {
    const { client, sent } = untyped();
    const query = new URLSearchParams({ page: '2', status: 'active' });
    const headers = new Headers({ 'X-Trace': '1' });
    await client.request({ method: 'GET', path: '/employees?limit=1', query, headers });
    await client.request({ method: 'GET', path: '/locks', query: new Map([['all', true]]) });
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      '?limit=1&page=2&status=active',
      '?all=true',
    ]);
    expect(sent[0]?.headers).toMatchObject({ 'x-trace': '1' });
  });
});
