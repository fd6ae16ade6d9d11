import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/bulk/read.ts';
import { testContext } from '../support/context.ts';
import { cellsOf, home, read } from './reading.ts';

const require = createRequire(import.meta.url);
describe('CSV', () => {
  const plain = [
    { name: 'Ann', email: 'ann@example.com' },
    { name: 'Bob', email: 'bob@example.com' },
  ];

  it.each([
    ['commas', 'name,email\nAnn,ann@example.com\nBob,bob@example.com\n'],
    ['semicolons', 'name;email\nAnn;ann@example.com\nBob;bob@example.com\n'],
    ['tabs', 'name\temail\nAnn\tann@example.com\nBob\tbob@example.com\n'],
    ['CRLF', 'name,email\r\nAnn,ann@example.com\r\nBob,bob@example.com\r\n'],
    ['CR alone', 'name,email\rAnn,ann@example.com\rBob,bob@example.com'],
    ['a byte order mark', '\uFEFFname,email\nAnn,ann@example.com\nBob,bob@example.com'],
    [
      'a byte order mark and quotes',
      '\uFEFF"name","email"\n"Ann","ann@example.com"\n"Bob","bob@example.com"',
    ],
    ['CRLF, then LF', 'name,email\r\nAnn,ann@example.com\nBob,bob@example.com\n'],
    ['LF, then CRLF', 'name,email\nAnn,ann@example.com\r\nBob,bob@example.com\r\n'],
    ['a quote at the very end', 'name,email\r\nAnn,ann@example.com\r\n"Bob","bob@example.com"'],
    ['a separator line', 'sep=;\r\nname;email\r\nAnn;ann@example.com\r\nBob;bob@example.com\r\n'],
    ['no newline at the end', 'name,email\nAnn,ann@example.com\nBob,bob@example.com'],
    ['empty lines and columns', 'name,email,,\nAnn,ann@example.com,,\n,,,\n\nBob,bob@example.com,,\n\n'],
  ])('with %s', async (_, text) => {
    const table = await read(text);
    expect(table.faults).toEqual([]);
    expect(cellsOf(table)).toEqual(plain);
  });

  it('numbers rows as a spreadsheet shows them', async () => {
    const table = await read('name,notes\nAnn,"two\nlines, ""quoted"""\n\nBob,x\n');
    expect(table.rows.map(({ number }) => number)).toEqual([2, 4]);
    expect(table.rows[0]?.cells['notes']).toBe('two\nlines, "quoted"');
  });

  it('takes a row with too few cells, as spreadsheets write them, and says so; not where the file ends in it', async () => {
    const { rows, faults, warnings } = await read('a,b,c\n1,2\n1,2,3\n1\r\n');
    expect([rows.length, faults]).toEqual([3, []]);
    expect(warnings).toEqual(['fewer cells than the header, the others empty: rows 2, 4']);
    expect((await read('a,b,c\n1,2,3\n1,')).faults).toEqual([
      'row 3: the file ends in it: it has 2 cells, the header 3',
    ]);
    expect((await read('a,b\n1,2')).faults).toEqual([]);
    const many = await read(`a,b\n${'1\n1\n1,2\n'.repeat(50_000)}`);
    expect(many.warnings).toEqual([
      'fewer cells than the header, the others empty: ' +
        'rows 2–3, 5–6, 8–9, 11–12, 14–15, 17–18, 20–21, 23–24 and 99984 more',
    ]);
  });

  it('says where a row has too many cells and where a quote never ends', async () => {
    expect((await read('a,b\n1,2,3\n4,5\n')).faults).toEqual(['row 2: it has 3 cells, the header 2']);
    expect((await read('a,b\n1,"2\n4,5\n')).faults).toEqual(['row 2: a quote is opened and never closed']);
    const closing = 'after a closing quote there is something other than a separator';
    expect((await read('a,b\n"1"2,3\n"Smith, "Bob"",4\n"""5""",6\n"7"\n')).faults).toEqual([
      `row 2: ${closing}`,
      `row 3: ${closing}`,
    ]);
    expect((await read('a,b\r\n"1\r\n2",3\r\n4,5,6\r\n7,"8')).faults).toEqual([
      'row 3 (line 4): it has 3 cells, the header 2',
      'row 4 (line 5): a quote is opened and never closed',
    ]);
    expect((await read('x'.repeat(20_000_000))).faults).toEqual([
      'row 1: it is longer than 1 MiB; is a quote never closed?',
    ]);
  });

  it('takes a quote inside a bare cell as it is, and a CR that ends no line; a row may end early', async () => {
    expect(cellsOf(await read('a,b\n5\' 11",x "y" z\n1\r2,3\n4\n'))).toEqual([
      { a: '5\' 11"', b: 'x "y" z' },
      { a: '1\r2', b: '3' },
      { a: '4', b: '' },
    ]);
  });

  it('takes off what our own CSV writes before a formula', async () => {
    expect(cellsOf(await read("name\n'=1+1\n'-Ann\n'tis\n"))).toEqual([
      { name: '=1+1' },
      { name: '-Ann' },
      { name: "'tis" },
    ]);
  });

  it('gives back any table, however it is quoted and cut into chunks', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '李', ' ', ',', ';', '"', '\n', '\r\n', '🙂') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, step) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const bytes = Buffer.from(`a,b\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`);
          const stdin = {
            isTTY: false,
            async *bytes() {
              for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
            },
          };
          const filled = rows.filter((row) => row.some((text) => text.trim() !== ''));
          const table = await readTable('-', { cwd: home, stdin }).catch(() => undefined);
          expect(table ? cellsOf(table) : []).toEqual(filled.map(([a, b]) => ({ a, b })));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never throws anything but a usage error, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const error = await read(bytes).catch((thrown: unknown) => thrown);
        if (error instanceof Error) expect(error.name).toBe('UsageError');
      }),
      { numRuns: 300 },
    );
  });
});

describe('csv-spectrum', () => {
  const suite = dirname(require.resolve('csv-spectrum'));
  const cases = readdirSync(join(suite, 'csvs')).map((file) => file.replace(/\.csv$/, ''));

  it('has its twelve cases', () => expect(cases).toHaveLength(12));

  it.each(cases)('reads %s', async (name) => {
    const bytes = readFileSync(join(suite, 'csvs', `${name}.csv`));
    const given = JSON.parse(readFileSync(join(suite, 'json', `${name}.json`), 'utf8'));
    // Its last case is an object, not a list, and names another telephone number than its CSV.
    const wanted =
      name === 'location_coordinates' ? [{ ...given, 'Contact Phone Number': '2095257564' }] : given;
    for (const marked of [bytes, Buffer.concat([Buffer.from('\uFEFF'), bytes])]) {
      const table = await read(marked);
      expect(table.faults).toEqual([]);
      expect(cellsOf(table)).toEqual(wanted);
    }
  });
});

describe('encodings', () => {
  const people = 'name;city\r\nJosé;Zürich – 5 €\r\n';
  const wanted = [{ name: 'José', city: 'Zürich – 5 €' }];

  it('UTF-16 with its mark is read as it is, as Excel saves it as Unicode text', async () => {
    const bytes = Buffer.from(`\uFEFF${people.replaceAll(';', '\t')}`, 'utf16le');
    expect(cellsOf(await read(bytes))).toEqual(wanted);
    expect(cellsOf(await read(Buffer.from(bytes).swap16()))).toEqual(wanted);
    expect(cellsOf(await read(Buffer.from('\uFEFF{"name":"José"}\n', 'utf16le')))).toEqual([
      { name: 'José' },
    ]);
  });

  it('any other is named by --encoding; what to name is said', async () => {
    const bytes = Buffer.from(people.replace('–', '\x96').replace('€', '\x80'), 'latin1');
    const given = (encoding: string) => {
      writeFileSync(join(home, 'file.csv'), bytes);
      return readTable('file.csv', { cwd: home, stdin: testContext().stdin }, { encoding });
    };
    expect(cellsOf(await given('windows-1252'))).toEqual(wanted);
    await expect(read(bytes)).rejects.toMatchObject({
      message: 'file.csv is not UTF-8',
      next: expect.stringContaining('--encoding windows-1252'),
    });
    await expect(given('nonsense')).rejects.toThrow('--encoding: "nonsense" is not known here');
    await expect(given('shift_jis')).rejects.toThrow('is not SHIFT_JIS');
  });
});

describe('files that are none', () => {
  const context = { cwd: home, stdin: testContext().stdin };

  it('are named with what to do', async () => {
    await expect(readTable('nowhere.csv', context)).rejects.toThrow('there is no such file');
    mkdirSync(join(home, 'folder'));
    await expect(readTable('folder', context)).rejects.toThrow('is a folder');
    execFileSync('mkfifo', [join(home, 'pipe')]);
    await expect(readTable('pipe', context)).rejects.toThrow('is not a regular file');
    await expect(read('')).rejects.toThrow('has no rows');
    await expect(read('name,email\n')).rejects.toThrow('has no rows');
    await expect(read(Buffer.from('name\nAnn\n', 'utf16le'))).rejects.toThrow('NUL bytes');
    await expect(read(Buffer.from('name\nJos\xe9\n', 'latin1'))).rejects.toThrow('is not UTF-8');
    await expect(read(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).rejects.toThrow('old Excel file');
    await expect(read(Buffer.from([0x1f, 0x8b, 8, 0]))).rejects.toThrow('compressed');
    await expect(read(Buffer.from('PK\x03\x04 broken'), 'file.xlsx')).rejects.toThrow(
      'not an Excel workbook',
    );
  });
});
