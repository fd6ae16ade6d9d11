/** The pay of one employee over a period, in whole cents and minutes. */

import { dateOf, monthOf, type Zone } from '../calendar.ts';
import { charged, type Figures, overtimePay, penalty, shiftOf } from './day.ts';
import { halfUp } from './money.ts';
import { isScheduled, type Policy } from './policy.ts';

export interface PeriodDay {
  readonly day: number;
  readonly scheduled: boolean;
  /** Its shift has ended: only then can it be a day of absence. */
  readonly over: boolean;
}

/** The part of a month that a period covers. */
export interface MonthPart {
  /** Scheduled days of the whole month. */
  readonly scheduled: number;
  readonly days: readonly PeriodDay[];
}

/** A period, both days inclusive, as parts of months. */
export function partsOf(policy: Policy, zone: Zone, first: number, last: number, now: number): MonthPart[] {
  const parts: MonthPart[] = [];
  for (let at = first; at <= last; ) {
    const month = monthOf(at);
    const days: PeriodDay[] = [];
    let scheduled = 0;
    for (let day = month.first; day <= month.last; day += 1) {
      const here = isScheduled(policy, day);
      if (here) scheduled += 1;
      if (day < first || day > last) continue;
      days.push({ day, scheduled: here, over: here && shiftOf(policy, zone, day).end <= now });
    }
    parts.push({ scheduled, days });
    at = month.last + 1;
  }
  return parts;
}

export interface Employed {
  /** A year's salary in cents. */
  readonly salary: number;
  /** First and last working day, as day numbers. */
  readonly start: number;
  readonly end: number;
}

/** Sums over a period. Minutes raw unless said; money in cents. */
export interface Pay {
  scheduled: number;
  present: number;
  absent: number;
  worked: number;
  overtime: number;
  lateArrivals: number;
  late: number;
  lateCharged: number;
  earlyDepartures: number;
  early: number;
  earlyCharged: number;
  missing: number;
  base: number;
  overtimePay: number;
  absence: number;
  latePenalty: number;
  earlyPenalty: number;
  readonly warnings: string[];
}

const none = (): Pay => ({
  scheduled: 0,
  present: 0,
  absent: 0,
  worked: 0,
  overtime: 0,
  lateArrivals: 0,
  late: 0,
  lateCharged: 0,
  earlyDepartures: 0,
  early: 0,
  earlyCharged: 0,
  missing: 0,
  base: 0,
  overtimePay: 0,
  absence: 0,
  latePenalty: 0,
  earlyPenalty: 0,
  warnings: [],
});

/**
 * Pay over the parts of a period. `figures` gives what a day came to, or undefined where there is no presence;
 * `settled` whether a day without one may be counted as absent yet.
 */
export function payOf(
  policy: Policy,
  parts: readonly MonthPart[],
  employed: Employed,
  figures: (day: number) => Figures | undefined,
  settled: (day: number) => boolean,
): Pay {
  const pay = none();
  const monthly = halfUp(employed.salary, 12);
  for (const part of parts) {
    let scheduled = 0;
    let absent = 0;
    for (const { day, scheduled: due, over } of part.days) {
      const counts = due && day >= employed.start && day <= employed.end;
      if (counts) scheduled += 1;
      const came = figures(day);
      if (came) addDay(pay, policy, employed.salary, day, came);
      else if (counts && over && settled(day)) absent += 1;
    }
    const base = part.scheduled === 0 ? 0 : halfUp(monthly * scheduled, part.scheduled);
    pay.scheduled += scheduled;
    pay.absent += absent;
    pay.base += base;
    if (scheduled > 0) pay.absence += halfUp(base * absent, scheduled);
  }
  return pay;
}

function addDay(pay: Pay, policy: Policy, salary: number, day: number, came: Figures): void {
  pay.present += 1;
  if (came.worked === null) {
    pay.missing += 1;
    pay.warnings.push(`${dateOf(day)}: no clock-out, so no hours are counted`);
  } else {
    pay.worked += came.worked;
  }
  if (!came.scheduled) pay.warnings.push(`${dateOf(day)}: worked on a day off`);
  if (came.overtime > 0) {
    pay.overtime += came.overtime;
    pay.overtimePay += overtimePay(policy, salary, came.overtime);
  }
  if (came.late > 0) {
    pay.lateArrivals += 1;
    pay.late += came.late;
    pay.lateCharged += charged(policy, came.late);
    pay.latePenalty += penalty(policy, salary, came.late);
  }
  if (came.early > 0) {
    pay.earlyDepartures += 1;
    pay.early += came.early;
    pay.earlyCharged += charged(policy, came.early);
    pay.earlyPenalty += penalty(policy, salary, came.early);
  }
}

/** `base_pay + overtime_pay − absence_deduction − total_penalties`. */
export const totalPay = (pay: Pay): number =>
  pay.base + pay.overtimePay - pay.absence - pay.latePenalty - pay.earlyPenalty;
