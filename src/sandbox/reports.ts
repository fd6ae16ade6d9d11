/** Both reports: rows one at a time, so that an organization of any size fits, and totals that are the sums of the rows. */

import { dateOf } from './calendar.ts';
import { countOf, departmentName, employedDays, personAt } from './people.ts';
import { hours, units } from './policy/money.ts';
import { type MonthPart, type Pay, partsOf, payOf, totalPay } from './policy/pay.ts';
import { policyAnswer } from './policy/policy.ts';
import { presenceOn } from './presence.ts';
import { employeeId } from './seed/people.ts';
import { mayBeAbsent, type World } from './world.ts';

export interface ReportQuery {
  /** Day numbers, inclusive. */
  readonly first: number;
  readonly last: number;
  readonly index?: number | undefined;
}

export type Row = Record<string, unknown>;

export interface Report {
  /** What stands before the rows. */
  readonly head: Row;
  readonly rows: () => Generator<Row, Row>;
  /** The most rows there can be. */
  readonly atMost: number;
}

interface Paid {
  readonly index: number;
  readonly pay: Pay;
}

/** Everyone who was employed or present in the period; one who is asked for by name in any case. */
function* paid(world: World, query: ReportQuery): Generator<Paid> {
  const { first, last } = query;
  const parts = partsOf(world.policy, world.zone, first, last, world.now());
  const [from, to] = query.index === undefined ? [0, countOf(world)] : [query.index, query.index + 1];
  for (let index = from; index < to; index += 1) {
    const { start, end } = employedDays(world, index);
    const employed = start <= last && end >= first;
    if (!employed && query.index === undefined && !anyRecord(world, index, first, last)) continue;
    yield { index, pay: payInParts(world, parts, index) };
  }
}

function anyRecord(world: World, index: number, first: number, last: number): boolean {
  for (const [day, records] of world.state.records)
    if (day >= first && day <= last && records.has(index)) return true;
  return false;
}

function payInParts(world: World, parts: readonly MonthPart[], index: number): Pay {
  const { start, end } = employedDays(world, index);
  const { salary } = personAt(world, index);
  const seeded = index < world.config.employees && world.config.fixture === null;
  let unknown = 0;
  const pay = payOf(
    world.policy,
    parts,
    { salary, start, end },
    (day) => presenceOn(world, index, day)?.figures,
    (day) => {
      const counts = mayBeAbsent(world, index, day);
      if (counts && seeded && day < world.historyStart) unknown += 1;
      return counts;
    },
  );
  if (unknown > 0) {
    pay.warnings.push(
      `${unknown} days of absence lie before the history, which begins on ${dateOf(world.historyStart)}`,
    );
  }
  return pay;
}

/** The totals of some columns, summed from the rows' own whole numbers. */
class Totals {
  readonly #sums = new Map<string, { sum: number; show: (sum: number) => number }>();
  /** Adds to each column and gives the row's part as it is shown. */
  add(columns: readonly (readonly [name: string, value: number, show: (value: number) => number])[]): Row {
    const shown: Row = {};
    for (const [name, value, show] of columns) {
      const so = this.#sums.get(name);
      if (so) so.sum += value;
      else this.#sums.set(name, { sum: value, show });
      shown[name] = show(value);
    }
    return shown;
  }
  get row(): Row {
    return Object.fromEntries([...this.#sums].map(([name, { sum, show }]) => [name, show(sum)]));
  }
}

const count = (value: number) => value;
const period = ({ first, last }: ReportQuery) => ({ start_date: dateOf(first), end_date: dateOf(last) });

const payColumns = (pay: Pay) =>
  [
    ['scheduled_days', pay.scheduled, count],
    ['days_worked', pay.present, count],
    ['days_absent', pay.absent, count],
    ['work_hours', pay.worked, hours],
    ['overtime_hours', pay.overtime, hours],
    ['late_minutes', pay.lateCharged, count],
    ['early_departure_minutes', pay.earlyCharged, count],
    ['base_pay', pay.base, units],
    ['overtime_pay', pay.overtimePay, units],
    ['absence_deduction', pay.absence, units],
    ['late_penalty', pay.latePenalty, units],
    ['early_departure_penalty', pay.earlyPenalty, units],
    ['total_penalties', pay.latePenalty + pay.earlyPenalty, units],
    ['total_pay', totalPay(pay), units],
  ] as const;

const attendanceColumns = (pay: Pay) =>
  [
    ['scheduled_days', pay.scheduled, count],
    ['days_present', pay.present, count],
    ['days_absent', pay.absent, count],
    ['late_arrivals', pay.lateArrivals, count],
    ['late_minutes', pay.late, count],
    ['early_departures', pay.earlyDepartures, count],
    ['early_departure_minutes', pay.early, count],
    ['work_hours', pay.worked, hours],
    ['overtime_hours', pay.overtime, hours],
    ['missing_clock_outs', pay.missing, count],
  ] as const;

const NOTHING: Pay = payOf(
  {} as never,
  [],
  { salary: 0, start: 0, end: 0 },
  () => undefined,
  () => false,
);

const atMost = (world: World, query: ReportQuery) => (query.index === undefined ? countOf(world) : 1);

/** Salaries, overtime and penalties. */
export function payrollReport(world: World, query: ReportQuery): Report {
  return {
    head: {
      period: period(query),
      currency: 'USD',
      timezone: world.config.timezone,
      policy: policyAnswer(world.policy, query.first, query.last),
    },
    atMost: atMost(world, query),
    *rows() {
      const totals = new Totals();
      totals.add(payColumns(NOTHING));
      for (const { index, pay } of paid(world, query)) {
        const person = personAt(world, index);
        yield {
          employee_id: employeeId(index),
          employee_name: person.name,
          department: departmentName(person),
          position: person.position,
          annual_salary: units(person.salary),
          ...totals.add(payColumns(pay)),
          warnings: pay.warnings,
        };
      }
      return totals.row;
    },
  };
}

/** Work hours, late arrivals and absences; raw minutes. */
export function attendanceReport(world: World, query: ReportQuery): Report {
  return {
    head: { period: period(query), timezone: world.config.timezone },
    atMost: atMost(world, query),
    *rows() {
      const totals = new Totals();
      totals.add(attendanceColumns(NOTHING));
      for (const { index, pay } of paid(world, query)) {
        const person = personAt(world, index);
        yield {
          employee_id: employeeId(index),
          employee_name: person.name,
          department: departmentName(person),
          ...totals.add(attendanceColumns(pay)),
        };
      }
      return totals.row;
    },
  };
}
