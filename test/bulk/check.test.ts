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

/** The faults in words, and the flags that would do away with them. */
function faultsOf(
  given: Table,
  rules: Parameters<typeof checkRows>[1],
  options: Parameters<typeof checkRows>[2] = {},
): string[] {
  return checkRows(given, rules, options, context).faults.map(({ text }) => text);
}

const ann = { name: 'Ann', email: 'ann@example.com' };

/** The faults of one cell. */
function faults(field: string, value: Cell): readonly string[] {
  return faultsOf(table({ ...ann, [field]: value }), importRules);
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
    // A raise of a tenth, as a formula keeps it and no spreadsheet shows it.
    expect(parsed('salary', 55_000 * 1.1)).toBe(60_500);
    expect(parsed('salary', 64_999.999999999993)).toBe(65_000);
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
    ['salary', '75 000', 'row 2, salary: "75 000" is not a number in plain digits; write it as 75000'],
    [
      'salary',
      '75 00',
      'row 2, salary: "75 00" is not a number in plain digits; write it as 65000 or 65000.50',
    ],
    [
      'salary',
      '75\u202f000.50',
      'row 2, salary: "75\u202f000.50" is not a number in plain digits; write it as 75000.50',
    ],
    [
      'salary',
      '1000000000000',
      'row 2, salary: "1000000000000" is out of range; give an amount of at most 999999999999.99',
    ],
    ['salary', 1e21, 'row 2, salary: "1e+21" is out of range; give an amount of at most 999999999999.99'],
    [
      'salary',
      123_456_789_012_345_680,
      'row 2, salary: "123456789012345680" is out of range; give an amount of at most 999999999999.99',
    ],
    ['salary', 1e-7, 'row 2, salary: "1e-7" has more than two decimals'],
    ['salary', 60_500.001, 'row 2, salary: "60500.001" has more than two decimals'],
    ['salary', '-5', 'row 2, salary: "-5" is less than 0'],
    ['salary', '1.005', 'row 2, salary: "1.005" has more than two decimals'],
    ['salary', '1e5', 'row 2, salary: "1e5" is not a number'],
    ['salary', Number.NaN, 'row 2, salary: "NaN" is not a number'],
    ['start_date', '2023-02-29', 'row 2, start_date: there is no 2023-02-29 on the calendar'],
    ['start_date', '02/03/2024', 'row 2, start_date: "02/03/2024" is not a date; write it as 2024-11-18'],
    ['start_date', 45_000, 'row 2, start_date: 45000 is a number; format its column as a date'],
    ['email', 'ann@', 'row 2, email: "ann@" is not an e-mail address'],
    ['name', 'A\u0007nn', 'row 2, name: "A\u0007nn" contains a control character'],
    ['name', 'Ann\nLee', 'row 2, name: "Ann\nLee" contains a line break'],
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
    expect(faultsOf(twice, attendanceRules)).toEqual([
      'row 3, timestamp: clock_in of emp_1 at 2024-07-01T13:00:00Z is in row 2 already',
    ]);
  });

  it('a time of day alone, or of a day that cannot be meant, is a fault: nobody can take a punch back', () => {
    const punch = { employee: 'emp_1', type: 'in' };
    const fault = (time: Date) => faultsOf(table({ ...punch, time }), attendanceRules);
    expect(fault(new Date(Date.UTC(1899, 11, 30, 9)))).toEqual([
      'row 2, timestamp: 09:00 is a time without its day; write both in one cell',
    ]);
    for (const year of [1900, 1969, 2101, 275_690]) {
      expect(fault(new Date(Date.UTC(year, 0, 1)))[0]).toMatch(
        /^row 2, timestamp: the year of \S+ is out of range/,
      );
    }
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
        for (const { text } of checked.faults) expect(text).toMatch(/^row \d+/);
        for (const { values } of checked.rows) {
          if (values['salary'] !== undefined) expect(values['salary']).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('numbers and dates that are not written plainly', () => {
  const cures = (...cells: Record<string, Cell>[]) =>
    checkRows(
      table(...cells.map((one, i) => ({ name: 'N', email: `n${i}@x.com`, ...one }))),
      importRules,
      {},
      context,
    ).faults.map(({ cure }) => cure);

  it.each<[string, 'comma' | 'point', number | undefined]>([
    ['65.000,50', 'comma', 65_000.5],
    ['65.000', 'comma', 65_000],
    ['1.234.567,8', 'comma', 1_234_567.8],
    ['65000,5', 'comma', 65_000.5],
    ['65 000,50', 'comma', 65_000.5],
    ['65\u202f000,50', 'comma', 65_000.5],
    ['72000', 'comma', 72_000],
    ['65000.50', 'comma', undefined],
    ['65.00,50', 'comma', undefined],
    ['1.234 567', 'comma', undefined],
    ['65,000.50', 'point', 65_000.5],
    ["65'000.50", 'point', 65_000.5],
    ['65,000', 'point', 65_000],
    ['65.000,50', 'point', undefined],
    ['1,23', 'point', undefined],
  ])('%s with a decimal %s', (text, decimal, amount) => {
    const { rows, faults: found } = checkRows(
      table({ ...ann, salary: text }),
      importRules,
      { decimal },
      context,
    );
    expect(rows[0]?.values['salary']).toBe(amount);
    expect(found).toHaveLength(amount === undefined ? 1 : 0);
  });

  it.each<[string, 'dmy' | 'mdy', string | undefined]>([
    ['31.12.2024', 'dmy', '2024-12-31'],
    ['1.2.2024', 'dmy', '2024-02-01'],
    ['1/2/2024', 'mdy', '2024-01-02'],
    ['2024-12-31', 'mdy', '2024-12-31'],
    ['12/31/2024', 'dmy', undefined],
    ['29.02.2023', 'dmy', undefined],
    ['1.2/2024', 'dmy', undefined],
    ['1.2.24', 'dmy', undefined],
  ])('%s as %s', (text, dates, day) => {
    const { rows } = checkRows(table({ ...ann, start_date: text }), importRules, { dates }, context);
    expect(rows[0]?.values['start_date']).toBe(day);
  });

  it('are out of range whatever the flag, where they have too many digits', () => {
    for (const decimal of ['comma', 'point'] as const) {
      const given = table({ ...ann, salary: '1 000 000 000 000' });
      expect(faultsOf(given, importRules, { decimal })[0]).toContain(
        ' is out of range; give an amount of at most',
      );
    }
  });

  it('are read by a flag that fits the whole file, and it is named', () => {
    expect(cures({ salary: '65.000,50', start_date: '31.12.2024' })).toEqual([
      '--decimal comma',
      '--dates dmy',
    ]);
    expect(cures({ salary: '65,000' }, { salary: '1' })).toEqual(['--decimal point']);
    expect(cures({ start_date: '1/2/2024' })).toEqual(['--dates dmy or mdy']);
    expect(cures({ start_date: '1/2/2024' }, { start_date: '1/31/2024' })).toEqual([
      '--dates mdy',
      '--dates mdy',
    ]);
    expect(cures({ start_date: '1.2.2024' })).toEqual(['--dates dmy']);
    // No one flag reads both of these.
    expect(cures({ salary: '65.000,50' }, { salary: '65,000.50' })).toEqual([undefined, undefined]);
    expect(cures({ salary: '65.000,50' }, { salary: '1234.5' })).toEqual([undefined]);
    expect(cures({ salary: 'lots' }, { salary: '1,5' })).toEqual([undefined, '--decimal comma']);
  });

  it('never change what is a number or a date already', () => {
    const cells = { ...ann, salary: 1234.5, start_date: new Date(Date.UTC(2024, 1, 29)) };
    const { rows } = checkRows(table(cells), importRules, { decimal: 'comma', dates: 'mdy' }, context);
    expect(rows[0]?.values).toMatchObject({ salary: 1234.5, start_date: '2024-02-29' });
  });

  it('read times as well', () => {
    const punch = { employee: 'emp_1', type: 'in', time: '31.12.2023 9:05' };
    const { rows } = checkRows(table(punch), attendanceRules, { dates: 'dmy' }, context);
    expect(rows[0]?.values['timestamp']).toBe('2023-12-31T14:05:00Z');
    expect(checkRows(table(punch), attendanceRules, {}, context).faults).toEqual([
      expect.objectContaining({ cure: '--dates dmy' }),
    ]);
  });
});

describe('columns', () => {
  const file = table({ 'Full Name': 'Ann', 'E-Mail': 'ann@example.com', Shoe: '44' });

  it('are found by name, synonym or --map; unknown ones are faults', () => {
    expect(checkRows(file, importRules, {}, context).faults).toEqual([
      {
        row: 1,
        text: 'row 1, Shoe: unknown column; the fields are name, email, department_id, position, salary, start_date, department, status',
        cure: '--ignore-unknown or --map "Shoe=FIELD"',
      },
    ]);
    const mapped = checkRows(file, importRules, { map: ['Shoe=position'] }, context);
    expect(mapped.rows[0]?.values).toEqual({ name: 'Ann', email: 'ann@example.com', position: '44' });
    expect(faultsOf(file, importRules, { ignoreUnknown: true })).toEqual([]);
  });

  it('that resemble a field no column is yet are asked about; a required one that is missing is said once', () => {
    const salaries = table({ ...ann, 'Annual Salary': 5, Job: 'Cook', Emails: 'x' }, { ...ann, Job: 'Cook' });
    expect(checkRows(salaries, importRules, {}, context).faults.slice(0, 3)).toEqual([
      {
        row: 1,
        text: 'row 1, Annual Salary: unknown column; is it salary?',
        cure: '--map "Annual Salary=salary"',
      },
      expect.objectContaining({ text: 'row 1, Job: unknown column; is it position?' }),
      expect.objectContaining({
        text: expect.stringMatching(/^row 1, Emails: unknown column; the fields are/),
      }),
    ]);
    expect(checkRows(table({ name: 'Ann' }, { name: 'Bob' }), importRules, {}, context).faults).toEqual([
      { row: 1, text: 'row 1, email: it is required, and no column is it', cure: '--map "COLUMN=email"' },
    ]);
  });

  it('of the same field twice are faults', () => {
    const double = table({ ...ann, mail: 'x@example.com' });
    expect(faultsOf(double, importRules)).toEqual(['row 1, mail: "email" is email already']);
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
