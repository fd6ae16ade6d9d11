import { describe, expect, it } from 'vitest';
import type { Pagination } from '../../src/api/types.ts';
import { type PageSource, readPages } from '../../src/client/pages.ts';
import { idsOf, listOf, type Row, rowsOf } from './lists.ts';
import { clientFor, envelope, failure, httpServer, json } from './support.ts';

describe('a list is read to its end', () => {
  it.each([0, 1, 9, 10, 11, 95, 100, 101])(
    '%i rows, each once, in order, with no page too many',
    async (count) => {
      const { source, asked, warnings } = listOf(rowsOf(count), 10);
      expect(await idsOf(source)).toEqual(rowsOf(count).map(({ id }) => id));
      expect(asked).toHaveLength(Math.max(1, Math.ceil(count / 10)));
      expect(warnings).toEqual([]);
    },
  );

  it('in one page where the answer has no pagination', async () => {
    const server = await httpServer((_, response) => json(response, 200, envelope(rowsOf(3))));
    const { client } = clientFor(server.origin);
    const seen: unknown[] = [];
    for await (const row of client.attendance.list({ employee_id: 'emp_1' })) seen.push(row);
    expect(seen).toEqual(rowsOf(3));
    expect(server.requests.map(({ query }) => query)).toEqual([{ employee_id: 'emp_1' }]);
  });

  it('following pagination where the answer has it, with its own limit', async () => {
    const all = rowsOf(5);
    const server = await httpServer((request, response) => {
      const page = Number(request.query['page'] ?? 1);
      json(response, 200, envelope(all.slice((page - 1) * 2, page * 2), { page, limit: 2, total: 5 }));
    });
    const { client } = clientFor(server.origin);
    const seen: unknown[] = [];
    for await (const row of client.locks.history('lock_1')) seen.push(row);
    expect(seen).toEqual(all);
    expect(server.requests.map(({ query }) => query)).toEqual([
      {},
      { page: '2', limit: '2' },
      { page: '3', limit: '2' },
    ]);
  });

  it('employees by the largest page that is documented', async () => {
    const server = await httpServer((_, response) =>
      json(response, 200, envelope([], { page: 1, limit: 100, total: 0 })),
    );
    const { client } = clientFor(server.origin);
    for await (const _ of client.employees.list({ status: 'active' }));
    expect(server.requests.map(({ query }) => query)).toEqual([{ status: 'active', limit: '100' }]);
  });

  it('a page or two ahead of its reader, and never more', async () => {
    const { source, asked } = listOf(rowsOf(100), 10);
    const ahead: number[] = [];
    for await (const { page } of readPages(source)) ahead.push(Math.max(...asked) - page);
    expect(Math.max(...ahead)).toBe(2);
    expect(ahead[0]).toBeGreaterThanOrEqual(1);
  });

  it('no further than its reader wants: what was read ahead is dropped', async () => {
    const { source, asked } = listOf(rowsOf(1000), 10);
    let signal: AbortSignal | undefined;
    const read: typeof source.read = (page, given) => {
      signal = given;
      return source.read(page, given);
    };
    for await (const { page } of readPages({ ...source, read })) if (page === 2) break;
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(signal?.aborted).toBe(true);
  });

  it('a page that fails fails when it is due, after the rows before it', async () => {
    const { source } = listOf(rowsOf(50), 10, (page) => {
      if (page === 3) throw new Error('page 3');
    });
    const ids: string[] = [];
    const reading = (async () => {
      for await (const { rows } of readPages(source)) ids.push(...rows.map(({ id }) => id));
    })();
    expect(await failure(reading)).toMatchObject({ message: 'page 3' });
    expect(ids).toHaveLength(20);
  });

  it('with flat memory: a million rows pass', async () => {
    const limit = 1000;
    const total = 1_000_000;
    let count = 0;
    const source: PageSource<Row> = {
      start: undefined,
      signal: undefined,
      warn: () => {},
      read: async (page = 1) => ({
        rows: rowsOf(limit, (page - 1) * limit),
        pagination: { page, limit, total },
      }),
    };
    for await (const { rows } of readPages(source)) count += rows.length;
    expect(count).toBe(total);
  });
});

describe('a server that does not end stops the reading', () => {
  const reading = (answer: (page: number) => { rows: unknown[]; pagination: Pagination }) => {
    let reads = 0;
    const source: PageSource<unknown> = {
      start: undefined,
      signal: undefined,
      warn: () => {},
      read: async (page = 1) => {
        reads++;
        return answer(page);
      },
    };
    const all = (async () => {
      for await (const _ of readPages(source));
    })();
    return { all, reads: () => reads };
  };
  const pagination = (page: number, total = 100): Pagination => ({ page, limit: 10, total });

  it.each([
    ['page 1 for ever, saying so', () => ({ rows: rowsOf(10), pagination: pagination(1) })],
    ['page 1 for ever, lying', (page: number) => ({ rows: rowsOf(10), pagination: pagination(page) })],
    [
      'rows without IDs, for ever the same',
      (page: number) => ({ rows: [{ a: 1 }], pagination: pagination(page) }),
    ],
  ])('%s', async (_, answer) => {
    const { all, reads } = reading(answer);
    expect(await failure(all)).toMatchObject({ name: 'InvalidAnswerError', code: 'endless_list', exit: 6 });
    expect(reads()).toBeLessThan(6);
  });

  it('a total that grows for ever', async () => {
    const { all, reads } = reading((page) => ({
      rows: rowsOf(10, page * 10),
      pagination: pagination(page, 100 + page * 10),
    }));
    expect(await failure(all)).toMatchObject({ code: 'endless_list', exit: 6 });
    expect(reads()).toBeLessThan(150);
  });

  it('empty pages up to an absurd total end at the first, and it is said', async () => {
    const { source, warnings } = listOf([], 10);
    const read = async (page = 1) => ({
      rows: page === 1 ? rowsOf(10) : [],
      pagination: pagination(page, 1e12),
    });
    expect(await idsOf({ ...source, read })).toHaveLength(10);
    expect(warnings).toEqual(['the API announced 1000000000000 rows and gave 10']);
  });

  it('a total that is too small does not hide rows', async () => {
    const rows = rowsOf(25);
    const { source } = listOf(rows, 10);
    const read = async (page = 1) => ({
      rows: rows.slice((page - 1) * 5, page * 5),
      // It says ten a page and gives five.
      pagination: pagination(page, 25),
    });
    expect(await idsOf({ ...source, read })).toHaveLength(25);
  });
});
