import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/bulk/read.ts';
import type { Table } from '../../src/bulk/types.ts';
import { testContext } from '../support/context.ts';
import { cellsOf, home, read } from './reading.ts';

describe('NDJSON', () => {
  it('reads an object a line and says which line is none', async () => {
    const table = await read('{"name":"Ann","salary":1}\n\nnot json\n[1]\n{"name":{"first":"Bob"}}\n');
    expect(table.format).toBe('ndjson');
    expect(cellsOf(table)).toEqual([{ name: 'Ann', salary: 1 }, {}]);
    expect(table.faults).toEqual([
      'row 3: it is not JSON',
      'row 4: it is not a JSON object',
      'row 5, name: an object or a list is not a value',
    ]);
  });
});

describe('JSON', () => {
  it('reads a list of objects, and says which of them is none', async () => {
    const table = await read('\ufeff[{"name":"Ann","salary":1},\n [1], {"name":{"first":"Bob"}}]');
    expect(table.format).toBe('json');
    expect(cellsOf(table)).toEqual([{ name: 'Ann', salary: 1 }, {}]);
    expect(table.rows.map(({ number }) => number)).toEqual([1, 3]);
    expect(table.faults).toEqual([
      'row 2: it is not a JSON object',
      'row 3, name: an object or a list is not a value',
    ]);
  });

  it.each(['json', 'ndjson'])(
    'has no name twice, no text without end, and nothing hidden in %s',
    async (form) => {
      const readAs = (...objects: string[]) => read(form === 'json' ? `[${objects}]` : objects.join('\n'));
      const odd = '{"name":"a\\"b{[","__proto__":1,"constructor":"}","":2}';
      const fine = await readAs(odd, '{"name":"name"}', '{}', '{"salary":"\\u0061:\\\\"}');
      expect(fine.faults).toEqual([]);
      const twice = await readAs(
        odd,
        '{"salary" : 1, "name":"x", "salary": 2}',
        '{"a":1,"\\u0061":2}',
        '{"a":{"b":1,"b":2}}',
      );
      expect(twice.faults).toEqual([
        'row 2: "salary" is there twice',
        'row 3: "a" is there twice',
        'row 4, a: an object or a list is not a value',
      ]);
      const long = await readAs(`{"name":"${'x'.repeat(1024 * 1024 + 1)}"}`);
      expect(long.faults).toEqual(['row 1, name: it is longer than 1 MiB']);
    },
  );

  it('of an object over many lines is told for what it is', async () => {
    await expect(read('{\n  "name": "Ann"\n}\n')).rejects.toThrow('no line that is a JSON object');
  });

  it('that is broken is told with its line, and quoted nowhere', async () => {
    const broken = read('[{"name":"Ann"},\n{"name" "Bob"}]', 'file.json');
    await expect(broken).rejects.toThrow(/file\.json is not valid JSON at line 2$/);
    await expect(read('[{"name":"Ann"', 'file.json')).rejects.toThrow(/is not valid JSON/);
    await expect(read('[]', 'file.json')).rejects.toThrow('has no rows');
  });

  it('is not taken for it where a CSV has a column whose name begins like it', async () => {
    expect((await read('[name],email\nAnn,ann@example.com\n')).format).toBe('csv');
  });
});

describe('Excel', () => {
  async function workbook(fill: (sheet: exceljs.Worksheet) => void): Promise<Table> {
    const book = new exceljs.Workbook();
    fill(book.addWorksheet('People'));
    book.addWorksheet('Other').addRow(['x']);
    return read(Buffer.from(await book.xlsx.writeBuffer()), 'book.xlsx');
  }

  it('tells a day from the midnight with which it begins by what the cell shows', async () => {
    const midnight = new Date(Date.UTC(2024, 1, 29));
    const table = await workbook((sheet) => {
      sheet.addRow(['time']);
      for (const format of ['yyyy-mm-dd', 'yyyy-mm-dd hh:mm']) {
        sheet.addRow([midnight]).getCell(1).numFmt = format;
      }
      sheet.addRow([new Date(Date.UTC(2024, 1, 29, 9))]).getCell(1).numFmt = 'yyyy-mm-dd';
    });
    expect(table.rows.map(({ cells }) => cells['time'])).toEqual([
      '2024-02-29',
      midnight,
      new Date(Date.UTC(2024, 1, 29, 9)),
    ]);
  });

  it('gives what the cells show: dates by the wall clock, formulas by their last value, links by their text', async () => {
    const table = await workbook((sheet) => {
      sheet.addRow(['name', 'email', 'start_date', 'salary', 'notes']);
      sheet.addRow([
        { richText: [{ text: 'Ann ' }, { text: 'Lee' }] },
        { text: 'ann@example.com', hyperlink: 'mailto:ann@example.com' },
        new Date(Date.UTC(2024, 1, 29)),
        { formula: 'A1*2', result: 65_000.5 },
        null,
      ]);
      sheet.addRow([]);
      sheet.addRow(['Bob', 'bob@example.com', '2024-03-01', 1, 'x']);
    });
    expect(table.rows).toEqual([
      {
        number: 2,
        cells: {
          name: 'Ann Lee',
          email: 'ann@example.com',
          start_date: '2024-02-29',
          salary: 65_000.5,
        },
      },
      {
        number: 4,
        cells: { name: 'Bob', email: 'bob@example.com', start_date: '2024-03-01', salary: 1, notes: 'x' },
      },
    ]);
  });

  it('says which cell shows an error and which has no header', async () => {
    const table = await workbook((sheet) => {
      sheet.addRow(['name']);
      sheet.addRow([{ error: '#REF!' }, 'stray']);
    });
    expect(table.faults).toEqual(['row 2, name: the cell shows #REF!', 'row 2, column B: it has no header']);
  });

  it('passes over rows of blanks', async () => {
    const table = await workbook((sheet) => sheet.addRows([['name'], [' '], ['Ann'], ['  ']]));
    expect(table.rows.map(({ number }) => number)).toEqual([3]);
  });

  it('takes the sheet that is named', async () => {
    await workbook((sheet) => sheet.addRows([['a'], ['b']]));
    const context = { cwd: home, stdin: testContext().stdin };
    await expect(readTable('book.xlsx', context, { sheet: 'Nope' })).rejects.toThrow('no worksheet "Nope"');
  });
});
