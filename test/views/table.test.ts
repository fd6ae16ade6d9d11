import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { attendanceRecord } from '../../src/api/attendance.ts';
import { columnsOf } from '../../src/columns.ts';
import type { OutputSpec } from '../../src/command.ts';
import { createReporter, render, visible } from '../../src/views/index.ts';
import { prepareWidths, widthOf } from '../../src/views/width.ts';
import { testContext } from '../support/context.ts';
import { data, employeeSpec, employees, JANUARY, JOHN, options, payroll, rendered, rows } from './world.ts';

const PEOPLE = [
  JOHN,
  {
    ...JOHN,
    id: 'emp_2',
    name: '王小明',
    email: 'wang.xiaoming@example.com',
    department: '市场部',
    salary: -1234.5,
    status: 'inactive',
  },
  { ...JOHN, id: 'emp_3', name: 'नमस्ते 👩‍👩‍👧', position: 'กำนัน', salary: 5, department: null },
  {
    ...JOHN,
    id: 'emp_4',
    name: 'Иван Петров',
    position: 'A title that goes on and on, for ever and ever and a day',
    salary: 1_000_000,
  },
  {
    ...JOHN,
    id: 'emp_5',
    name: 'محمد علي',
    created_at: '2024-07-01T23:30:15Z',
    team: { lead: 'x', size: 3 },
    tags: ['a', 'b'],
  },
];
const attendance: OutputSpec = { kind: 'rows', name: 'attendance', columns: columnsOf(attendanceRecord) };
const PUNCH = {
  id: 'att_1',
  employee_id: 'emp_1',
  employee_name: 'John Doe',
  clock_in: '2024-11-18T09:00:00Z',
  clock_out: '2024-11-18T17:30:00Z',
  work_hours: 8.5,
  late_minutes: 0,
  early_departure_minutes: 0,
  lock_id: 'lock_789',
  date: '2024-11-18',
};

describe('a table', () => {
  for (const columns of [20, 80, 200, 300, 0]) {
    const where = columns === 0 ? 'pipe' : String(columns);
    it(`looks as it should in ${columns === 0 ? 'a pipe' : `${columns} columns`}`, async () => {
      const list = await rendered([rows(PEOPLE)], employees, {}, { columns });
      await expect(list.out + list.err).toMatchFileSnapshot(`golden/employees-${where}.txt`);
      const report = await rendered([data(JANUARY)], payroll, {}, { columns });
      await expect(report.out + report.err).toMatchFileSnapshot(`golden/payroll-${where}.txt`);
    });
  }

  it('never takes more room than the terminal has, whatever is in it', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double(),
      fc.constantFrom(null, true, '王小明', '👩‍👩‍👧'),
    );
    const row = fc.dictionary(fc.constantFrom(...Object.keys(JOHN), 'extra', 'more.less'), value, {
      minKeys: 1,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 20, max: 300 }),
        async (list, columns) => {
          const { out } = await rendered([rows(list)], employees, {}, { columns });
          for (const line of out.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('draws 150,000 rows that come at once, as --sort makes them', async () => {
    const list = Array.from({ length: 150_000 }, (_, index) => ({ id: `emp_${index}` }));
    const { out } = await rendered([rows(list)], employees, { fields: ['id'] });
    expect(out.split('\n')).toHaveLength(150_003);
  });

  it('measures text as terminals do, whether the quick way or the thorough one', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.integer({ min: 0x20, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
    );
    await prepareWidths(['👩‍👩‍👧']);
    fc.assert(
      fc.property(text, (raw) => {
        const safe = visible(raw);
        expect(widthOf(safe)).toBe(stringWidth(safe));
      }),
      { numRuns: 5000 },
    );
  });

  it('drops nothing and cuts nothing in a pipe', async () => {
    const long = 'x'.repeat(5000);
    const { out, err } = await rendered([rows([{ ...JOHN, position: long }])], employees);
    expect(out).toContain(long);
    expect(err).toBe('');
  });

  it('says which columns a narrow terminal has no room for, and keeps those that were asked for', async () => {
    const narrow = await rendered([rows([JOHN])], employees, {}, { columns: 60 });
    expect(narrow.err).toMatch(/^(\d+ columns not shown here|not shown here: .*created_at).*--fields/);
    const asked = await rendered(
      [rows([JOHN])],
      employees,
      { fields: ['created_at', 'email'] },
      { columns: 30 },
    );
    expect(asked.out.split('\n')[0]).toMatch(/^Created +Email/);
    expect(asked.err).toBe('');
  });

  it('counts beside them the fields that are shown only where they are asked for', async () => {
    const whole = { ...JOHN, department_id: 'dept_eng', start_date: '2024-01-15', deleted_at: null };
    const note = async (columns: number, fields?: string[]) =>
      (await rendered([rows([whole])], employees, { fields }, { columns })).err;
    expect(await note(100)).toBe('not shown here: created_at and 4 more (--fields lists and picks them)\n');
    expect(await note(60)).toBe('7 columns not shown here (--fields lists and picks them)\n');
    expect(await note(200)).toBe('4 more fields not shown here (--fields lists and picks them)\n');
    expect(await note(0)).toBe('');
    expect(await note(200, ['id', 'name'])).toBe('');
  });

  it('never shows a part of a number', async () => {
    const { out } = await rendered([data(JANUARY)], payroll, {}, { columns: 24 });
    expect(out).not.toMatch(/\d…/);
    expect(out).toContain('…');
  });

  it('shows each page as it comes, in columns that stay aligned', async () => {
    const seen: string[] = [];
    const pages = async function* () {
      for (let page = 0; page < 3; page += 1) {
        yield rows([{ ...JOHN, name: 'x'.repeat(10 + page * 4) }], 3);
        seen.push(context.stdout.text());
      }
    };
    const context = testContext();
    await render(pages(), employees, options(), context, createReporter(context, { debug: false }));
    expect(seen.map((text) => text.trimEnd().split('\n').length)).toEqual([3, 4, 5]);
    expect(context.stdout.text().match(/^ID/gm)).toHaveLength(1);
    expect(context.stdout.text()).toContain('x'.repeat(18));
  });

  it('names a field that comes too late for the heading, but none that it leaves out on purpose', async () => {
    const start = { ...JOHN, start_date: '2024-01-01' };
    const pages = [rows([start]), rows([{ ...start, deleted_at: '2024-02-01T00:00:00Z' }])];
    expect((await rendered(pages, employees)).err).toBe('');
    const late = await rendered([...pages, rows([{ ...JOHN, badge: 7 }])], employees);
    expect(late.err).toMatch(/^warning: .* badge /);
  });

  it('sums up what is declared to be summed, exactly, and says when it is a part', async () => {
    const many = Array.from({ length: 10 }, () => ({ ...PUNCH, work_hours: 0.1 }));
    const whole = await rendered([rows(many)], attendance);
    expect(whole.out.trimEnd().split('\n').at(-1)).toMatch(/^Total +1\.00 +0 +0$/);
    const part = await rendered([rows(many, 99)], attendance);
    expect(part.out).toContain('Total of these 10');
  });

  it("warns when the rows do not sum up to the API's total", async () => {
    const wrong = { ...JANUARY, totals: { total_pay: 11_292.13 } };
    expect((await rendered([data(wrong)], payroll)).err).toBe(
      "warning: the rows sum up to 11,292.12 in total_pay, but the API's total is 11,292.13\n",
    );
    expect((await rendered([data(JANUARY)], payroll)).err).toBe('');
  });

  it('shows times in the zone that it is given', async () => {
    const punch = (timeZone: string) =>
      rendered([rows([PUNCH])], attendance, { timeZone, fields: ['clock_in', 'clock_out'] });
    expect((await punch('UTC')).out).toContain('2024-11-18 09:00  2024-11-18 17:30');
    expect((await punch('Asia/Kolkata')).out).toContain('2024-11-18 14:30  2024-11-18 23:00');
    expect((await punch('America/New_York')).out).toContain('2024-11-18 04:00  2024-11-18 12:30');
    const summer = await rendered([rows([{ ...PUNCH, clock_in: '2024-03-31T01:00:00Z' }])], attendance, {
      timeZone: 'Europe/Berlin',
    });
    expect(summer.out).toContain('2024-03-31 03:00');
  });

  it('says in words that there is nothing, on stderr', async () => {
    const { out, err } = await rendered([rows([])], employees);
    expect([out, err]).toEqual(['', 'No employees found\n']);
  });

  it('shows a record as pairs, unknown and nested fields too', async () => {
    const { out } = await rendered(
      [data({ ...JOHN, team: { lead: 'Zoë' }, start_date: '2024-01-01' })],
      employeeSpec,
    );
    expect(out).toMatch(/^ID +emp_123456$/m);
    expect(out).toMatch(/^Salary +75,000\.00$/m);
    expect(out).toMatch(/^Start date +2024-01-01$/m);
    expect(out).toMatch(/^team\.lead +Zoë$/m);
  });

  it('renders a payroll report whose shape nobody agreed on', async () => {
    const flat = [
      { name: 'A', gross_pay: 100.1, hours: { regular: 8, overtime: 0.5 } },
      { name: 'B', gross_pay: 50, hours: { regular: 7 } },
    ];
    const { out } = await rendered([data(flat)], payroll);
    expect(out).toContain('name  gross_pay  hours.regular  hours.overtime');
    expect(out).toContain('Total    150.10          15.00            0.50');
    expect((await rendered([data({ status: 'pending', message: 'soon' })], payroll)).out).toMatch(
      /^Status +pending\nMessage +soon\n$/,
    );
    expect((await rendered([data(null)], payroll)).out).toBeDefined();
  });

  it('uses colour on a terminal that has it, and none elsewhere', async () => {
    const colour = await rendered([rows([JOHN])], employees, {}, { columns: 200, color: true });
    expect(colour.out).toContain('\u001b[32mactive');
    expect((await rendered([rows([JOHN])], employees, {}, { columns: 200 })).out).not.toContain('\u001b');
  });
});
