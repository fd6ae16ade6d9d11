import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unguardFormula } from '../../src/formula.ts';
import { HOSTILE } from './hostile.ts';
import { data, employees, JOHN, payroll, rendered, rows } from './world.ts';

const read = (text: string): string[][] =>
  parse(text, { relax_column_count: false, skip_empty_lines: false, record_delimiter: '\r\n' });
const asCsv = { format: 'csv' } as const;
const plain = { kind: 'rows', name: 'things' } as const;

describe('CSV', () => {
  it('reads back as what went in, whatever the texts are', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...HOSTILE,
        '=1+1',
        '+1',
        '-1',
        '@x',
        '\t=1',
        "'=1",
        "''@",
        '＝1',
        'a"b',
        'a,b',
        'a\r\nb',
        '\n',
        '"',
      ),
    );
    const record = fc.record({ a: text, b: text, c: text });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 8 }), async (list) => {
        const { out } = await rendered([rows(list)], plain, asCsv);
        const [header, ...lines] = read(out);
        expect(header).toEqual(['a', 'b', 'c']);
        expect(lines.map((cells) => cells.map(unguardFormula))).toEqual(list.map(({ a, b, c }) => [a, b, c]));
      }),
      { numRuns: 150 },
    );
  });

  it('never lets a text run as a formula, and never touches a number', async () => {
    const list = [
      { text: '=HYPERLINK("http://x")', number: -5 },
      { text: '+49 171 234', number: 1e21 },
      { text: '-2+3', number: -0.5 },
      { text: '@SUM(A1)', number: 0 },
      { text: '\tx', number: 1 },
      { text: '\rx', number: 2 },
      { text: '＝1+1', number: 3 },
      { text: '＠x', number: 4 },
    ];
    const lines = read((await rendered([rows(list)], plain, asCsv)).out).slice(1);
    expect(lines.map(([text]) => text)).toEqual(list.map(({ text }) => `'${text}`));
    expect(lines.map(([, number]) => Number(number))).toEqual(list.map(({ number }) => number));
    expect(lines.every(([, number]) => !number?.startsWith("'"))).toBe(true);
  });

  it('takes money as a text for a number where the column is money', async () => {
    const { out } = await rendered([rows([{ ...JOHN, salary: '-75000.50' }])], employees, asCsv);
    expect(out).toContain(',-75000.50,');
  });

  it('guards hostile names of fields in the header too', async () => {
    const { out } = await rendered([rows([{ '=cmd': 1, 'a,b': 2 }])], plain, asCsv);
    expect(out).toBe('\'=cmd,"a,b"\r\n1,2\r\n');
  });

  it('has the known columns first, then what else the API sends, nested values by their paths', async () => {
    const { out } = await rendered(
      [rows([{ hours: { regular: 160, overtime: 5.5 }, tags: ['a', 'b'], ...JOHN }])],
      employees,
      asCsv,
    );
    expect(read(out)[0]).toEqual([
      ...['id', 'name', 'email', 'department', 'position', 'salary', 'status', 'created_at'],
      ...['hours.regular', 'hours.overtime', 'tags'],
    ]);
    expect(read(out)[1]?.slice(-3)).toEqual(['160', '5.5', 'a; b']);
  });

  it('keeps the header of a known list whatever the first page lacks', async () => {
    const { salary: _, ...unpaid } = JOHN;
    const { out, err } = await rendered([rows([unpaid]), rows([JOHN])], employees, asCsv);
    expect(read(out).map((line) => line[5])).toEqual(['salary', '', '75000']);
    expect(err).toBe('');
  });

  it('names a field that comes too late for the header, once', async () => {
    const pages = [rows([{ a: 1 }]), rows([{ a: 2, late: 3, deep: { er: 1 } }]), rows([{ a: 2, late: 3 }])];
    const { out, err } = await rendered(pages, plain, asCsv);
    expect(out).toBe('a\r\n1\r\n2\r\n2\r\n');
    expect(err).toMatch(/^warning: .*late, deep\.er/);
    expect(err.match(/late,/g)).toHaveLength(1);
  });

  it('has a header for an empty list and none with --no-header', async () => {
    expect((await rendered([rows([])], employees, asCsv)).out).toBe(
      'id,name,email,department,position,salary,status,created_at\r\n',
    );
    expect((await rendered([rows([JOHN])], employees, { ...asCsv, header: false })).out).not.toContain(
      'salary',
    );
  });

  it('finds the rows of a report of another shape', async () => {
    const other = {
      meta: { page: 1 },
      result: {
        people: [
          { who: 'A', hours: { regular: 8 } },
          { who: 'B', hours: { regular: 7 } },
        ],
      },
    };
    expect((await rendered([data(other)], payroll, asCsv)).out).toBe('who,hours.regular\r\nA,8\r\nB,7\r\n');
  });
});
