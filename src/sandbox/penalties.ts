/** The penalties of a presence: what the reports sum, one event each. */

import { dateOf, timestamp } from './calendar.ts';
import { findIndex, personAt } from './people.ts';
import { charged, type Figures, penalty } from './policy/day.ts';
import { units } from './policy/money.ts';
import { presenceOn } from './presence.ts';
import { employeeId } from './seed/people.ts';
import { attendanceId } from './state.ts';
import type { World } from './world.ts';

export type PenaltyType = 'late_arrival' | 'early_departure';

/** A penalty as `penalty.created` tells it; undefined where the minutes are within the grace. `at` in ms. */
export function penaltyOf(
  world: World,
  index: number,
  day: number,
  figures: Figures,
  type: PenaltyType,
  at: number,
): Record<string, unknown> | undefined {
  const raw = type === 'late_arrival' ? figures.late : figures.early;
  if (charged(world.policy, raw) === 0) return undefined;
  const person = personAt(world, index);
  return {
    employee_id: employeeId(index),
    employee_name: person.name,
    type,
    minutes: charged(world.policy, raw),
    amount: units(penalty(world.policy, person.salary, raw)),
    currency: 'USD',
    date: dateOf(day),
    attendance_id: attendanceId(index, day),
    timestamp: timestamp(at),
  };
}

/** Every penalty of an employee in a period, by day. */
export function penaltiesIn(
  world: World,
  employee: string,
  first: number,
  last: number,
): Record<string, unknown>[] {
  const index = findIndex(world, employee);
  const found: Record<string, unknown>[] = [];
  for (let day = first; index !== undefined && day <= last; day += 1) {
    const presence = presenceOn(world, index, day);
    if (!presence) continue;
    const { figures } = presence;
    const late = penaltyOf(world, index, day, figures, 'late_arrival', presence.in);
    const early = penaltyOf(world, index, day, figures, 'early_departure', presence.out ?? presence.in);
    for (const one of [late, early]) if (one) found.push(one);
  }
  return found;
}
