import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chunk, OutputSpec } from '../../src/command.ts';
import { testContext } from '../support/context.ts';
import {
  data,
  employeeSpec,
  employees,
  go,
  JANUARY,
  JOHN,
  json,
  payroll,
  rendered,
  rows,
  things,
  three,
  watched,
} from './world.ts';

const FORMATS = ['table', 'json', 'ndjson', 'csv', 'excel'] as const;

describe('a long list', () => {
  const pages = Array.from({ length: 40 }, () =>
    rows(Array.from({ length: 50 }, (_, i) => ({ id: `${i}` }))),
  );
  const sparedIn = async (spec: OutputSpec, chunks: readonly Chunk[]) => {
    let spared = 0;
    const spareMemory = () => {
      spared += 1;
    };
    await go(watched(chunks).source, spec, { format: 'ndjson' }, { ...testContext(), spareMemory });
    return spared;
  };

  it('spares memory from its 2,000th row on, once', async () => {
    expect(await sparedIn(things, [...pages, ...pages])).toBe(1);
    expect(await sparedIn(things, pages.slice(1))).toBe(0);
  });

  it('that is shown live does not: a listener and a tail have other work beside it', async () => {
    expect(await sparedIn({ ...things, live: true }, [...pages, ...pages])).toBe(0);
  });
});

describe('JSON', () => {
  it('is one document however many pages, the data itself, compact in a pipe and indented on a terminal', async () => {
    const pages = [rows([JOHN]), rows([]), rows([{ a: [] }, {}])];
    const all = [JOHN, { a: [] }, {}];
    expect((await rendered(pages, employees, json())).out).toBe(`${JSON.stringify(all)}\n`);
    expect((await rendered(pages, employees, json(), { columns: 80 })).out).toBe(
      `${JSON.stringify(all, null, 2)}\n`,
    );
    expect((await rendered([data(JANUARY)], payroll, json())).out).toBe(`${JSON.stringify(JANUARY)}\n`);
    expect((await rendered([rows([])], employees, json())).out).toBe('[]\n');
    expect((await rendered([], employees, json())).out).toBe('[]\n');
    expect((await rendered([data(JOHN), data(JOHN)], employeeSpec, json())).out).toBe(
      `${JSON.stringify([JOHN, JOHN])}\n`,
    );
  });

  it('keeps every value exactly, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.jsonValue(), { maxLength: 4 }), { maxLength: 4 }),
        fc.boolean(),
        async (pages, terminal) => {
          const { out } = await rendered(
            pages.map((page) => rows(page)),
            things,
            json(),
            { columns: terminal ? 80 : 0 },
          );
          expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(pages.flat())));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows the envelope of a raw answer as it came', async () => {
    const envelope = { success: true, data: [JOHN] };
    expect((await rendered([data(envelope)], { kind: 'raw', name: 'answer' })).out).toBe(
      `${JSON.stringify(envelope)}\n`,
    );
    expect(
      (await rendered([data(envelope)], { kind: 'raw', name: 'answer' }, { format: 'csv' })).out,
    ).toContain('emp_123456');
  });
});

describe('--sort and --fields', () => {
  const order = async (path: string, descending = false) =>
    JSON.parse(
      (await rendered([rows(three)], employees, json({ sort: { path, descending }, query: '[].id' }))).out,
    );

  it('sorts numbers as numbers, names as people do, what is missing last', async () => {
    expect(await order('salary')).toEqual(['c', 'a', 'b']);
    expect(await order('salary', true)).toEqual(['b', 'a', 'c']);
    expect(await order('name')).toEqual(['b', 'a', 'c']);
    expect(await order('name', true)).toEqual(['a', 'b', 'c']);
    expect(await order('team.lead', true)).toEqual(['b', 'a', 'c']);
  });

  it('sorts the rows of a report where they are', async () => {
    const { out } = await rendered(
      [data(JANUARY)],
      payroll,
      json({ sort: { path: 'total_pay', descending: false } }),
    );
    const sorted = JSON.parse(out);
    expect(sorted.employees.map((row: { employee_name: string }) => row.employee_name)).toEqual([
      'Jane Smith',
      'John Doe',
    ]);
    expect({ ...sorted, employees: JANUARY.employees }).toEqual(JANUARY);
  });

  it('picks and orders fields in every format', async () => {
    const fields = ['team.lead', 'id'];
    expect((await rendered([rows(three)], employees, { format: 'csv', fields })).out).toBe(
      'team.lead,id\r\nx,a\r\ny,b\r\n,c\r\n',
    );
    expect(JSON.parse((await rendered([rows(three)], employees, json({ fields }))).out)).toEqual([
      { team: { lead: 'x' }, id: 'a' },
      { team: { lead: 'y' }, id: 'b' },
      { team: { lead: null }, id: 'c' },
    ]);
    expect((await rendered([rows(three)], employees, { fields })).out).toMatch(/^team\.lead +ID\n/);
    expect((await rendered([data(three[0])], employeeSpec, { fields })).out).toMatch(/lead +x\nID +a\n$/);
  });

  it('refuses a field that is not there before anything is printed, and names those that are', async () => {
    const fields = ['id', 'wage', 'start_date'];
    for (const format of ['json', 'csv', 'table'] as const) {
      const context = testContext();
      const wrong = go(watched([rows(three)]).source, employees, { format, fields }, context);
      await expect(wrong, format).rejects.toMatchObject({
        message: '--fields: no such field: wage',
        code: 'unknown_field',
        next: expect.stringContaining('team.lead'),
      });
      expect(context.stdout.text(), format).toBe('');
    }
  });

  it('sorts by no field that is not there: refused before anything is printed, with the nearest', async () => {
    for (const format of ['json', 'csv', 'table'] as const) {
      const context = testContext();
      const sort = { path: 'salry', descending: true };
      const wrong = go(watched([rows(three)]).source, employees, { format, sort }, context);
      await expect(wrong, format).rejects.toMatchObject({
        message: '--sort: no such field: salry',
        code: 'unknown_field',
        next: expect.stringMatching(/^did you mean salary\? There are id, .*team\.lead$/),
      });
      expect(context.stdout.text(), format).toBe('');
    }
    const found = watched([rows(three), rows(three)]);
    await expect(
      go(found.source, employees, { sort: { path: 'x', descending: false } }),
    ).rejects.toMatchObject({
      next: expect.stringMatching(/^choose from id, /),
    });
    expect(found.seen.asked).toBe(1);
  });

  it('sorts by a field that is declared, sent, or made by the query', async () => {
    const sorted = (path: string, query?: string) =>
      rendered([rows(three)], employees, json({ sort: { path, descending: false }, query }));
    expect(JSON.parse((await sorted('start_date')).out)).toEqual(three);
    expect(JSON.parse((await sorted('pay', '[].{pay: salary}')).out)).toEqual([
      { pay: 1 },
      { pay: 2 },
      { pay: 10 },
    ]);
    expect(JSON.parse((await sorted('value', '[].name')).out)).toEqual(['adam', 'Zoë']);
    await expect(sorted('pay', '[].{gain: salary}')).rejects.toMatchObject({ code: 'unknown_field' });
  });

  it('refuses a field of a write before it is sent, and never afterwards', async () => {
    for (const how of [{ fields: ['wage'] }, { sort: { path: 'wage', descending: false } }]) {
      const write = watched([data(JOHN)]);
      const wrong = go(write.source, employeeSpec, { ...how, writes: true });
      await expect(wrong).rejects.toMatchObject({ code: 'unknown_field' });
      expect(write.seen.asked).toBe(0);
    }
    const { out } = await rendered([data({ id: 'a' })], employeeSpec, { fields: ['email'], writes: true });
    expect(out).toContain('Email');
  });

  it('lists the fields when none is named, without running what writes', async () => {
    const read = watched([rows([{ id: 'a', extra: { deep: 1 } }]), rows(three)]);
    const context = testContext();
    await go(read.source, employees, { fields: true, peek: true }, context);
    expect(context.stdout.text().split('\n')).toEqual(
      expect.arrayContaining(['id', 'deleted_at', 'extra.deep']),
    );
    expect(read.seen).toEqual({ asked: 1, closed: true });

    const write = watched([data(JOHN)]);
    await go(write.source, employeeSpec, { fields: true });
    expect(write.seen.asked).toBe(0);
  });
});

describe('--quiet', () => {
  it('prints IDs alone, in whatever format, and no notes', async () => {
    const exact: Record<string, string> = { json: '["a","b","c"]\n', ndjson: '"a"\n"b"\n"c"\n' };
    for (const format of FORMATS) {
      const pages = [rows(three.slice(0, 1)), rows([]), rows(three.slice(1))];
      const { out, err } = await rendered(pages, employees, { format, quiet: true });
      expect([out, err]).toEqual([exact[format] ?? 'a\nb\nc\n', '']);
    }
    expect((await rendered([data(JANUARY)], payroll, { quiet: true })).out).toBe('emp_123456\nemp_234567\n');
  });

  it('of a single value that a query made is that value', async () => {
    const value = async (query: string) =>
      (await rendered([rows(three)], employees, { format: 'json', quiet: true, query })).out;
    expect(await value('length(@)')).toBe('3\n');
    expect(await value('[0].name')).toBe('"Zoë"\n');
    expect(await value('[].name')).toBe('["Zoë","adam"]\n');
  });
});
