/** The payroll policy: demonstration, not payroll advice. */

import { dateOf, monthOf, weekday } from '../calendar.ts';
import type { SandboxConfig } from '../config.ts';

export interface Policy {
  readonly timezone: string;
  /** Minutes after local midnight; an end at or before the start lies on the next day. */
  readonly start: number;
  readonly end: number;
  /** Minutes of a shift, no break deducted, as the wall clock counts them. */
  readonly minutes: number;
  /** `YYYY-MM-DD`, or `MM-DD` for every year. */
  readonly holidays: ReadonlySet<string>;
  /** Up to here nothing is charged; past it every minute is. */
  readonly grace: number;
  /** Less than this beyond the shift is no overtime. */
  readonly overtimeFrom: number;
  /** Fractions, so that no pay goes through a float: numerator, denominator. */
  readonly overtimeMultiplier: readonly [number, number];
  readonly penaltyMultiplier: readonly [number, number];
  /** Days of a year by which a salary is turned into an hourly rate: 260 × 8.5 h = 2210 h. */
  readonly daysInYear: number;
}

export function policyOf(config: Pick<SandboxConfig, 'timezone' | 'shift' | 'holidays'>): Policy {
  const { start, end } = config.shift;
  return {
    timezone: config.timezone,
    start,
    end,
    minutes: end > start ? end - start : end + 1440 - start,
    holidays: new Set(config.holidays),
    grace: 5,
    overtimeFrom: 15,
    overtimeMultiplier: [3, 2],
    penaltyMultiplier: [1, 1],
    daysInYear: 260,
  };
}

/** Whether the shift ends on the day after it starts. */
export const crossesMidnight = (policy: Policy): boolean => policy.end <= policy.start;

/** Weekdays less listed holidays. */
export function isScheduled(policy: Policy, day: number): boolean {
  const at = weekday(day);
  return at !== 0 && at !== 6 && !isHoliday(policy, day);
}

export function isHoliday(policy: Policy, day: number): boolean {
  const date = dateOf(day);
  return policy.holidays.has(date) || policy.holidays.has(date.slice(5));
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The policy as a report names it, with the holidays of every month that its period touches: part of a month is paid by all of it. */
export function policyAnswer(policy: Policy, first: number, last: number): Record<string, unknown> {
  const holidays: string[] = [];
  const [from, to] = [monthOf(first).first, monthOf(last).last];
  for (let day = from; day <= to; day += 1) if (isHoliday(policy, day)) holidays.push(dateOf(day));
  const [over, under] = policy.overtimeMultiplier;
  const [penalty, per] = policy.penaltyMultiplier;
  return {
    name: 'demonstration, not payroll advice',
    shift_start: clock(policy.start),
    shift_end: clock(policy.end),
    shift_minutes: policy.minutes,
    grace_minutes: policy.grace,
    overtime_min_minutes: policy.overtimeFrom,
    overtime_multiplier: over / under,
    penalty_multiplier: penalty / per,
    annual_hours: (policy.daysInYear * policy.minutes) / 60,
    holidays,
  };
}
