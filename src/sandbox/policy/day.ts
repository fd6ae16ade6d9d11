/** One day of one employee under the policy. */

import type { Zone } from '../calendar.ts';
import { halfUp } from './money.ts';
import { isScheduled, type Policy } from './policy.ts';

/** A presence: instants in ms; no `out` while the employee is in, or when the clock-out is missing. */
export interface Presence {
  readonly in: number;
  readonly out: number | null;
}

/** What a presence comes to, in whole minutes. */
export interface Figures {
  /** null without a clock-out. */
  readonly worked: number | null;
  /** Raw; 0 on a day off, which has no shift to be late for. */
  readonly late: number;
  readonly early: number;
  /** Paid overtime. */
  readonly overtime: number;
  readonly scheduled: boolean;
}

const minutes = (ms: number) => Math.floor(ms / 60_000);

/** When the shift that starts on a day starts and ends. */
export function shiftOf(policy: Policy, zone: Zone, day: number): { start: number; end: number } {
  const end = policy.end <= policy.start ? policy.end + 1440 : policy.end;
  return { start: zone.instant(day, policy.start * 60), end: zone.instant(day, end * 60) };
}

export function assess(policy: Policy, zone: Zone, day: number, presence: Presence): Figures {
  const scheduled = isScheduled(policy, day);
  const shift = shiftOf(policy, zone, day);
  const worked = presence.out === null ? null : minutes(presence.out - presence.in);
  const beyond = worked === null ? 0 : worked - policy.minutes;
  return {
    worked,
    late: scheduled ? Math.max(0, minutes(presence.in - shift.start)) : 0,
    early: scheduled && presence.out !== null ? Math.max(0, minutes(shift.end - presence.out)) : 0,
    overtime: beyond >= policy.overtimeFrom ? beyond : 0,
    scheduled,
  };
}

/** The minutes that a penalty is for: none up to the grace, past it every one. */
export const charged = (policy: Policy, raw: number): number => (raw > policy.grace ? raw : 0);

/** Cents for minutes at the hourly rate, which is never itself rounded. `salary`: a year's, in cents. */
function atRate(
  policy: Policy,
  salary: number,
  count: number,
  [times, per]: readonly [number, number],
): number {
  return halfUp(salary * count * times, policy.daysInYear * policy.minutes * per);
}

/** Cents for a day's overtime. */
export const overtimePay = (policy: Policy, salary: number, count: number): number =>
  atRate(policy, salary, count, policy.overtimeMultiplier);

/** Cents of the penalty for raw minutes late or left early. */
export const penalty = (policy: Policy, salary: number, raw: number): number =>
  atRate(policy, salary, charged(policy, raw), policy.penaltyMultiplier);
