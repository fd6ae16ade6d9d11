/**
 * Clocking in and out. A day has one record, as the reference shows it: one clock-in, one clock-out. The very same
 * punch again is taken again (the API knows no idempotency keys; the ledger tells), any other second one is refused.
 */

import { timestamp } from './calendar.ts';
import { invalid } from './http.ts';
import { isActive } from './people.ts';
import { crossesMidnight } from './policy/policy.ts';
import { presenceOn } from './presence.ts';
import type { ClockType, Operation, StoredRecord } from './state.ts';
import type { World } from './world.ts';

export interface Punch {
  readonly index: number;
  readonly type: ClockType;
  /** ms */
  readonly at: number;
  readonly lock: string | null;
  readonly method: string;
  readonly notes?: string | undefined;
}

export interface Punched {
  readonly op: Extract<Operation, { op: 'clock' }>;
  readonly day: number;
  readonly record: StoredRecord;
}

/** Nobody stays longer: a clock-out after it belongs to no clock-in. */
const LONGEST_STAY = 24 * 3_600_000;

/** What a punch does. Throws ApiError where it cannot be. */
export function punch(world: World, one: Punch): Punched {
  if (!isActive(world, one.index)) throw invalid('The employee is inactive', 'employee_id');
  return one.type === 'clock_in' ? comeIn(world, one) : goOut(world, one);
}

/** The day whose shift a clock-in is for: a night shift's day is the one on which it starts. */
function shiftDay(world: World, at: number): number {
  const day = world.zone.day(at);
  return crossesMidnight(world.policy) && world.zone.minute(at) < world.policy.end ? day - 1 : day;
}

function comeIn(world: World, one: Punch): Punched {
  const day = shiftDay(world, one.at);
  const stored = world.state.record(one.index, day);
  if (stored?.in === one.at) return again(one, day, stored);
  if (stored) throw invalid(`The employee already clocked in at ${timestamp(stored.in)} on that day`, 'type');
  // What the seed had for the day gives way to what is clocked.
  return done(one, day, { in: one.at, out: null, lock: one.lock });
}

function goOut(world: World, one: Punch): Punched {
  const today = world.zone.day(one.at);
  for (const day of [today, today - 1]) {
    const before = presenceOn(world, one.index, day);
    if (!before || before.in > one.at || one.at - before.in > LONGEST_STAY) continue;
    const stored = world.state.record(one.index, day);
    if (stored?.out === one.at) return again(one, day, stored);
    if (stored && stored.out !== null) {
      throw invalid(`The employee already clocked out at ${timestamp(stored.out)} on that day`, 'type');
    }
    if (!stored && day !== shiftDay(world, before.in)) continue;
    if (!stored && day !== today && !crossesMidnight(world.policy)) continue;
    return done(one, day, { in: before.in, out: one.at, lock: before.lock ?? one.lock });
  }
  throw invalid('The employee has not clocked in', 'type');
}

function clockOp({ index, type, at, lock, method, notes }: Punch, day: number, record?: StoredRecord) {
  return { op: 'clock', type, index, day, at, lock, method, notes, record } as const;
}

const again = (one: Punch, day: number, record: StoredRecord): Punched => ({
  op: clockOp(one, day),
  day,
  record,
});

const done = (one: Punch, day: number, record: StoredRecord): Punched => ({
  op: clockOp(one, day, record),
  day,
  record,
});
