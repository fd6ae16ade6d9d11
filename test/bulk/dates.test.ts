/** Days and times as other programs write them: taken where there is one way to read them, and always sent as ISO. */

import { describe, expect, it } from 'vitest';
import { checkRows, type RowRules } from '../../src/bulk/check.ts';
import { attendanceRecipe } from '../../src/bulk/recipes.ts';
import { attendanceRules, importRules } from '../../src/bulk/rules.ts';
import type { Cell, Table } from '../../src/bulk/types.ts';
import type { Session } from '../../src/session.ts';
import { START, temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

const context = {
  resolveAlias: (_: string, value: string) => value,
  timeZone: 'America/New_York',
  now: START,
};

function tableOf(cells: Record<string, Cell>): Table {
  const rows = [{ number: 2, cells }];
  return { name: 'f.csv', hash: '', format: 'csv', columns: Object.keys(cells), rows, faults: [] };
}

/** What a cell is to the API, or its fault. */
function read(rules: RowRules, others: Record<string, Cell>, field: string, cell: string, writing = {}) {
  const { rows, faults } = checkRows(tableOf({ ...others, [field]: cell }), rules, writing, context);
  return faults[0]?.text ?? rows[0]?.values[field];
}

const day = (cell: string, writing = {}) =>
  read(importRules, { name: 'Ann', email: 'ann@x.com' }, 'start_date', cell, writing);
const punch = { employee_id: 'emp_1', type: 'in' };
const time = (cell: string, writing = {}) => read(attendanceRules, punch, 'timestamp', cell, writing);

describe('a day', () => {
  it.each([
    '2024-01-05',
    '2024/01/05',
    '2024.01.05',
    '2024-1-5',
    '2024-01-05T00:00:00',
    '2024-01-05T00:00:00Z',
    '2024-01-05T00:00:00.000Z',
    '2024-01-05 00:00:00',
    '2024/1/5 0:00',
  ])('written %s is 2024-01-05', (cell) => {
    expect(day(cell)).toBe('2024-01-05');
  });

  it('with its midnight is read the way that a flag says', () => {
    expect(day('05.01.2024 00:00:00', { dates: 'dmy' })).toBe('2024-01-05');
    expect(day('2024/01/05', { dates: 'mdy' })).toBe('2024-01-05');
  });

  it.each([
    ['05.01.24', '"05.01.24" is not a date with a year of four digits; write it as 2024-11-18'],
    ['24-01-05', '"24-01-05" is not a date with a year of four digits; write it as 2024-11-18'],
    ['05.01.2024', '"05.01.2024" is not a date; write it as 2024-11-18'],
    ['2024-01/05', '"2024-01/05" is not a date; write it as 2024-11-18'],
    ['20240105', '"20240105" is not a date; write it as 2024-11-18'],
    ['2024/02/30', 'there is no 2024/02/30 on the calendar'],
    ['2024-01-05T22:00:00Z', '"2024-01-05T22:00:00Z" has a time of day; write the day alone, as 2024-01-05'],
    [
      '2024-01-05T00:00:00+02:00',
      '"2024-01-05T00:00:00+02:00" has a time of day; write the day alone, as 2024-01-05',
    ],
  ])('written %s is a fault that says how it is written', (cell, fault) => {
    expect(day(cell)).toBe(`row 2, start_date: ${fault}`);
  });

  it('with a short year is a fault with a flag too, in the form of that flag', () => {
    expect(day('05.01.24', { dates: 'dmy' })).toMatch(
      /with a year of four digits; write it as 18\.11\.2024$/,
    );
    expect(day('01/05/24', { dates: 'mdy' })).toMatch(/write it as 11\/18\/2024$/);
  });

  it('in the body of --data goes as it is, so that it has to be ISO there', async () => {
    const body = { name: 'Ann', email: 'ann@x.com', start_date: 'today' };
    const options = { home: temporaryFolder(), stdin: JSON.stringify(body) };
    const { code, stderr } = await run('employees create --data - --dry-run', options);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('"start_date" is not a date as 2024-11-18\n'),
    ]);
  });
});

describe('a time', () => {
  const walls = ['2024-11-12 09:05', '2024-11-12T9:05', '2024/11/12  09:05:00', '2024-11-12 09:05:00.000'];
  it.each(walls)('written %s is the wall clock of the organization, which is asked for', (cell) => {
    expect(time(cell)).toBe('2024-11-12T14:05:00Z');
    const { needsZone } = attendanceRecipe({ context } as unknown as Session, 'fail');
    expect(needsZone(tableOf({ ...punch, timestamp: cell }))).toBe(true);
  });

  it.each([
    '2024-11-12 09:05 +02:00',
    '2024-11-12T09:05:00+0200',
    '2024-11-12 09:05+02:00',
    '2024/11/12 9:05 +02:00',
    '2024-11-12 07:05 Z',
  ])('written %s is that instant, whatever the zone', (cell) => {
    expect(time(cell)).toBe('2024-11-12T07:05:00Z');
    const { needsZone } = attendanceRecipe({ context } as unknown as Session, 'fail');
    expect(needsZone(tableOf({ ...punch, timestamp: cell }))).toBe(false);
  });

  it.each(['12.11.24 09:05', '2024-11-12', '09:05', '2024-11-12 09:05 CET', '2024-11-12 9:05 PM'])(
    'written %s is a fault',
    (cell) => {
      expect(time(cell)).toBe(
        `row 2, timestamp: "${cell}" is not a time; write it as 2024-11-18T09:00:00Z or 2024-11-18 09:00`,
      );
    },
  );
});
