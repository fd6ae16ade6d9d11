/** January 2024, worked to the cent by hand: the fixture that proves the payroll policy. */

import type { Fixture } from '../config.ts';
import type { Person } from './people.ts';

const JANUARY: readonly Person[] = [
  {
    name: 'John Doe',
    email: 'john@example.com',
    department: 'dept_eng',
    position: 'Senior Developer',
    salary: 7_500_000,
    active: true,
    created: '2024-01-15T10:30:00Z',
    start: '2022-03-01',
    left: null,
    deleted: null,
  },
  {
    name: 'Jane Smith',
    email: 'jane.smith@example.com',
    department: 'dept_mkt',
    position: 'Marketing Manager',
    salary: 6_500_000,
    active: true,
    created: '2024-01-15T10:30:01Z',
    start: '2022-09-01',
    left: null,
    deleted: null,
  },
];

export function fixturePerson(_fixture: Fixture, index: number): Person {
  const person = JANUARY[index];
  if (!person) throw new RangeError(`the fixture has no employee ${index}`);
  return person;
}

/** One employee's presence on one day of a fixture: wall-clock `HH:MM`. */
export interface FixtureDay {
  readonly index: number;
  readonly date: string;
  readonly in: string;
  readonly out: string;
}

const EXCEPTIONS: Readonly<Record<number, readonly [string, string] | null>> = {
  9: ['09:04', '17:30'],
  15: ['09:15', '18:00'],
  18: ['09:00', '19:30'],
  23: ['09:00', '16:50'],
  26: null,
};

/** Every presence of a fixture, by day, then employee. */
export function fixtureDays(_fixture: Fixture): FixtureDay[] {
  const days: FixtureDay[] = [];
  for (let day = 2; day <= 31; day += 1) {
    const weekday = new Date(Date.UTC(2024, 0, day)).getUTCDay();
    const times = day in EXCEPTIONS ? EXCEPTIONS[day] : (['09:00', '17:30'] as const);
    if (weekday === 0 || weekday === 6 || !times) continue;
    const date = `2024-01-${String(day).padStart(2, '0')}`;
    for (let index = 0; index < JANUARY.length; index += 1)
      days.push({ index, date, in: times[0], out: times[1] });
  }
  return days;
}
