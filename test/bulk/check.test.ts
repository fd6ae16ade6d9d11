import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRows } from '../../src/bulk/check.ts';
import { attendanceRules, importRules, syncRules } from '../../src/bulk/rules.ts';
import type { Cell, Table } from '../../src/bulk/types.ts';

const context = {
  resolveAlias: (noun: string, value: string) =>
    noun === 'department' && value === 'eng' ? 'dept_eng' : value,
  timeZone: 'America/New_York',
  now: Date.parse('2024-11-18T12:00:00Z'),
};

function table(...cells: Record<string, Cell>[]): Table {
  const columns = [...new Set(cells.flatMap((row) => Object.keys(row)))];
  const rows = cells.map((row, i) => ({ number: i + 2, cells: row }));
  return { name: 'people.csv', hash: '', format: 'csv', columns, rows, faults: [] };
}

const ann = { name: 'Ann', email: 'ann@example.com' };

/** The faults of one cell. */
function faults(field: string, value: Cell): readonly string[] {
  return checkRows(table({ ...ann, [field]: value }), importRules, {}, context).faults;
}

function parsed(field: string, value: Cell): unknown {
  const { rows, faults: found } = checkRows(table({ ...ann, [field]: value }), importRules, {}, context);
  expect(found).toEqual([]);
  return rows[0]?.values[field];
}

describe('values', () => {
  it('are what the API takes', () => {
    expect(parsed('salary', ' 65000.50 ')).toBe(65_000.5);
    expect(parsed('salary', 0)).toBe(0);
    expect(parsed('start_date', new Date(Date.UTC(2024, 1, 29)))).toBe('2024-02-29');
    expect(parsed('start_date', '2024-02-29')).toBe('2024-02-29');
    expect(parsed('department_id', 'eng')).toBe('dept_eng');
    expect(parsed('name', 42)).toBe('42');
  });

  it.each<[string, Cell, string]>([
    ['salary', 'lots', 'row 2, salary: "lots" is not a number'],
    [
      'salary',
      '75,000',
      'row 2, salary: "75,000" is not a number in plain digits; write it as 65000 or 65000.50',
    ],
    ['salary', '-5', 'row 2, salary: "-5" is less than 0'],
    ['salary', '1.005', 'row 2, salary: "1.005" has more than two decimals'],
    ['salary', '1e5', 'row 2, salary: "1e5" is not a number'],
    ['salary', Number.NaN, 'row 2, salary: "NaN" is not a number'],
    ['start_date', '2023-02-29', 'row 2, start_date: there is no 2023-02-29 on the calendar'],
    ['start_date', '02/03/2024', 'row 2, start_date: "02/03/2024" is not a date; write it as 2024-11-18'],
    ['start_date', 45_000, 'row 2, start_date: 45000 is a number; format its column as a date'],
    ['email', 'ann@', 'row 2, email: "ann@" is not an e-mail address'],
    ['name', 'A\u0007nn', 'row 2, name: "A\u0007nn" contains a control character'],
    ['department_id', '../x', 'row 2, department_id: "../x" is not an ID: it contains "/"'],
    ['status', 'gone', 'row 2, status: "gone" is not one of active, inactive'],
  ])('%s %j is a fault', (field, value, fault) => {
    expect(faults(field, value)).toEqual([fault]);
  });

  it('times are instants, whatever the zone they are written in', () => {
    const punch = { employee: 'emp_1', type: 'In', time: '2024-07-01 09:00' };
    const excel = {
      employee: 'emp_2',
      type: 'clock_out',
      time: new Date(Date.UTC(2024, 6, 1, 17, 29, 59, 999)),
    };
    const { rows, faults: found } = checkRows(table(punch, excel), attendanceRules, {}, context);
    expect(found).toEqual([]);
    expect(rows.map(({ values }) => values['timestamp'])).toEqual([
      '2024-07-01T13:00:00Z',
      '2024-07-01T21:30:00Z',
    ]);
    const twice = table(punch, { ...punch, time: '2024-07-01T15:00:00+02:00' });
    expect(checkRows(twice, attendanceRules, {}, context).faults).toEqual([
      'row 3, timestamp: clock_in of emp_1 at 2024-07-01T13:00:00Z is in row 2 already',
    ]);
  });

  it('of any kind never break the check', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.date({ noInvalidDate: true }),
      fc.constant(null),
    );
    const row = fc.record(Object.fromEntries([...syncRules.fields].map((field) => [field, cell])));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const checked = checkRows(table(...rows), syncRules, {}, context);
        expect(checked.rows).toHaveLength(rows.length);
        for (const fault of checked.faults) expect(fault).toMatch(/^row \d+/);
        for (const { values } of checked.rows) {
          if (values['salary'] !== undefined) expect(values['salary']).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('columns', () => {
  const file = table({ 'Full Name': 'Ann', 'E-Mail': 'ann@example.com', Shoe: '44' });

  it('are found by name, synonym or --map; unknown ones are faults', () => {
    expect(checkRows(file, importRules, {}, context).faults).toEqual([
      expect.stringMatching(/^row 1, Shoe: unknown column; give --map "Shoe=FIELD"/),
    ]);
    const mapped = checkRows(file, importRules, { map: ['Shoe=position'] }, context);
    expect(mapped.rows[0]?.values).toEqual({ name: 'Ann', email: 'ann@example.com', position: '44' });
    expect(checkRows(file, importRules, { ignoreUnknown: true }, context).faults).toEqual([]);
  });

  it('of the same field twice are faults', () => {
    const double = table({ ...ann, mail: 'x@example.com' });
    expect(checkRows(double, importRules, {}, context).faults).toEqual([
      'row 1, mail: "email" is email already',
    ]);
  });

  it('take defaults where a cell is empty, and bad flags are named', () => {
    const { rows } = checkRows(
      table({ ...ann, position: '' }),
      importRules,
      { default: ['position=Cook', 'salary=5'] },
      context,
    );
    expect(rows[0]?.values).toMatchObject({ position: 'Cook', salary: 5 });
    expect(() => checkRows(file, importRules, { map: ['Nope=name'] }, context)).toThrow('no column "Nope"');
    expect(() => checkRows(file, importRules, { map: ['Shoe=shoe'] }, context)).toThrow('no field "shoe"');
    expect(() => checkRows(file, importRules, { default: ['position'] }, context)).toThrow('is not a pair');
  });
});
