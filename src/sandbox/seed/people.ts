/** The seeded staff: any one of a million is computed from the seed and its index; nothing is kept. */

import { dateOf, timestamp } from '../calendar.ts';
import type { SandboxConfig } from '../config.ts';
import { fixturePerson } from './fixtures.ts';
import { ABOUT, hash } from './hash.ts';
import { nameOf } from './names.ts';

/** An employee as the sandbox keeps one. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly department: string | null;
  readonly position: string;
  /** A year's salary in cents. */
  readonly salary: number;
  readonly active: boolean;
  /** RFC 3339. */
  readonly created: string;
  /** First working day, YYYY-MM-DD. */
  readonly start: string;
  /** Last working day of one who is no longer active, YYYY-MM-DD. */
  readonly left: string | null;
  /** When it was deleted, softly, RFC 3339. */
  readonly deleted: string | null;
}

interface Department {
  readonly id: string;
  readonly name: string;
  readonly positions: readonly string[];
}

export const DEPARTMENTS: readonly Department[] = [
  {
    id: 'dept_eng',
    name: 'Engineering',
    positions: [
      'Senior Developer',
      'Developer',
      'QA Engineer',
      'Site Reliability Engineer',
      'Engineering Manager',
    ],
  },
  {
    id: 'dept_mkt',
    name: 'Marketing',
    positions: ['Marketing Manager', 'Content Editor', 'Designer', 'Campaign Analyst'],
  },
  {
    id: 'dept_ops',
    name: 'Operations',
    positions: ['Operations Manager', 'Technician', 'Dispatcher', 'Warehouse Lead', 'Facility Manager'],
  },
  { id: 'dept_fin', name: 'Finance', positions: ['Accountant', 'Payroll Specialist', 'Controller'] },
  { id: 'dept_hr', name: 'Human Resources', positions: ['HR Manager', 'Recruiter', 'People Partner'] },
];
/** The department of the vendor's own create example, so that it runs unchanged. */
const DEPARTMENT_ALIASES: Readonly<Record<string, string>> = { dept_789: 'dept_mkt' };
/** Which department each of twenty is in. */
const DEPARTMENT_OF = [0, 1, 2, 0, 4, 2, 0, 1, 3, 2, 0, 1, 4, 0, 2, 1, 0, 3, 2, 4] as const;

/** All that decides presence repeats every so many employees, so that a million can be counted without being looked at. */
export const CLASSES = 300;
export const FIRST_NUMBER = 123_456;
/** When the organization came to WorkTime One. */
export const FOUNDED = '2024-01-15T10:30:00Z';
const FOUNDED_MS = Date.UTC(2024, 0, 15, 10, 30);

/** The department behind an ID, the vendor's example ID included. */
export function departmentById(id: string): Department | undefined {
  const own = DEPARTMENT_ALIASES[id] ?? id;
  return DEPARTMENTS.find((department) => department.id === own);
}

export const employeeId = (index: number): string => `emp_${FIRST_NUMBER + index}`;

/** The index in an employee's ID; undefined when it is not one. */
export function indexOfId(id: string): number | undefined {
  const digits = /^emp_([1-9]\d{0,9})$/.exec(id)?.[1];
  const index = Number(digits) - FIRST_NUMBER;
  return digits !== undefined && index >= 0 ? index : undefined;
}

export const seededDepartment = (klass: number): string =>
  DEPARTMENTS[DEPARTMENT_OF[klass % DEPARTMENT_OF.length] ?? 0]?.id ?? '';

/** One in eleven has left within the last two months; shifted along the twenties, so that it is of every department. */
export const seededActive = (klass: number): boolean => (klass + 5 * Math.floor(klass / 20)) % 11 !== 7;

/** First and last working day (Infinity: still here) of a class, as day numbers; one in twelve was hired within the history. */
export function employment(
  config: SandboxConfig,
  epochDay: number,
  klass: number,
): { start: number; end: number } {
  const { seed } = config;
  const start =
    klass % 12 === 11 && seededActive(klass)
      ? epochDay - 5 - (hash(seed, ABOUT.start, klass) % 80)
      : epochDay - 1000 - (hash(seed, ABOUT.start, klass) % 2500);
  const end = seededActive(klass)
    ? Number.POSITIVE_INFINITY
    : epochDay - 3 - (hash(seed, ABOUT.leave, klass) % 60);
  return { start, end };
}

const seededNameOf = (seed: number, index: number) =>
  nameOf(hash(seed, ABOUT.culture, index), hash(seed, ABOUT.given, index), hash(seed, ABOUT.family, index));

/** The name of a seeded employee: all that most records show of one. */
export function seededName(config: SandboxConfig, index: number): string {
  if (config.fixture) return fixturePerson(config.fixture, index).name;
  return index === 0 ? JOHN.name : seededNameOf(config.seed, index).name;
}

/** The seeded employee of an index. */
export function seededPerson(config: SandboxConfig, epochDay: number, index: number): Person {
  if (config.fixture) return fixturePerson(config.fixture, index);
  const { seed } = config;
  const klass = index % CLASSES;
  const { start, end } = employment(config, epochDay, klass);
  const department = seededDepartment(klass);
  const { name, local } = seededNameOf(seed, index);
  const positions = departmentById(department)?.positions ?? [];
  const pay = hash(seed, ABOUT.salary, index);
  // One salary in twenty is not a round one: payroll must not depend on luck with cents.
  const salary = (36_000 + (pay % 180) * 500) * 100 + (pay % 20 === 7 ? 33_333 : 0);
  const hired = start * 86_400_000 + 8 * 3_600_000;
  const person = {
    name,
    email: `${local}${index}@example.com`,
    department,
    position: positions[hash(seed, ABOUT.position, index) % positions.length] ?? '',
    salary,
    active: seededActive(klass),
    created: timestamp(Math.max(FOUNDED_MS, hired) + (index % 3600) * 1000),
    start: dateOf(start),
    left: end === Number.POSITIVE_INFINITY ? null : dateOf(end),
    deleted: null,
  };
  return index === 0 ? { ...person, ...JOHN } : person;
}

/** The employee of the reference. */
const JOHN = {
  name: 'John Doe',
  email: 'john@example.com',
  position: 'Senior Developer',
  salary: 7_500_000,
  created: FOUNDED,
};

/** Which seeded employee could have this e-mail address. */
export function indexInEmail(email: string): number | undefined {
  if (email === JOHN.email) return 0;
  const digits = /[a-z](0|[1-9]\d{0,6})@example\.com$/.exec(email)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
