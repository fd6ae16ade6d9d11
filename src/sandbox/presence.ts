/** Who was there when: the seeded history and the clocked days as one. A clocked day replaces the seeded one. */

import { perWorld, remember } from './cache.ts';
import { dateOf, timestamp } from './calendar.ts';
import { changedPeople, classEmployment, employedDays, nameAt } from './people.ts';
import { assess, type Figures } from './policy/day.ts';
import { hours } from './policy/money.ts';
import { prefixOf, type RankedSet, rankedSet } from './ranked.ts';
import { CLASSES, employeeId } from './seed/people.ts';
import { attendanceId, type StoredRecord } from './state.ts';
import type { World } from './world.ts';

export interface DayPresence {
  readonly in: number;
  readonly out: number | null;
  readonly lock: string | null;
  readonly figures: Figures;
}

export interface AttendanceFilter {
  readonly index?: number | undefined;
  /** Day numbers, inclusive. */
  readonly first?: number | undefined;
  readonly last?: number | undefined;
  readonly lock?: string | undefined;
}

/** A list that is only computed where it is looked at. */
export interface Listing<T> {
  readonly count: number;
  slice(offset: number, limit: number): T[];
}

const assessed = perWorld(() => new WeakMap<StoredRecord, Figures>());

function storedPresence(world: World, day: number, record: StoredRecord): DayPresence {
  const known = assessed(world);
  const figures = known.get(record) ?? assess(world.policy, world.zone, day, record);
  known.set(record, figures);
  return { in: record.in, out: record.out, lock: record.lock, figures };
}

const inHistory = (world: World, day: number) => day >= world.historyStart && day < world.historyEnd();

/** An employee's presence on a day; undefined when there is none. */
export function presenceOn(world: World, index: number, day: number): DayPresence | undefined {
  const stored = world.state.record(index, day);
  if (stored) return storedPresence(world, day, stored);
  if (index >= world.config.employees || !inHistory(world, day)) return undefined;
  const employed = employedDays(world, index);
  if (day < employed.start || day > employed.end) return undefined;
  return world.plan(day, index % CLASSES) ?? undefined;
}

/** An attendance record as the API shows one. */
export function attendanceRow(
  world: World,
  index: number,
  day: number,
  presence: DayPresence,
): Record<string, unknown> {
  const { figures } = presence;
  return {
    id: attendanceId(index, day),
    employee_id: employeeId(index),
    employee_name: nameAt(world, index),
    clock_in: timestamp(presence.in),
    clock_out: presence.out === null ? null : timestamp(presence.out),
    work_hours: figures.worked === null ? null : hours(figures.worked),
    late_minutes: figures.late,
    early_departure_minutes: figures.early,
    lock_id: presence.lock,
    date: dateOf(day),
  };
}

/** Days in a range on which anyone may have been present, ascending. */
function candidateDays(world: World, first: number, last: number): number[] {
  const days = new Set<number>();
  const [from, to] = [Math.max(first, world.historyStart), Math.min(last, world.historyEnd() - 1)];
  for (let day = from; day <= to; day += 1) days.add(day);
  for (const day of world.state.records.keys()) if (day >= first && day <= last) days.add(day);
  return [...days].sort((a, b) => a - b);
}

const KEPT_LISTINGS = 16;
const listings = perWorld(
  () => new Map<string, Listing<string>>(),
  (world) => `${world.state.version} ${world.historyEnd()}`,
);

/** Attendance records that a filter leaves, as JSON texts, by day, then employee. */
export function listAttendance(world: World, filter: AttendanceFilter): Listing<string> {
  const key = [filter.index, filter.first, filter.last, filter.lock].join(' ');
  return remember(listings(world), KEPT_LISTINGS, key, () => computeListing(world, filter));
}

function computeListing(world: World, filter: AttendanceFilter): Listing<string> {
  const days: { day: number; set: RankedSet }[] = [];
  for (const day of candidateDays(world, filter.first ?? -1e9, filter.last ?? 1e9)) {
    const set = filter.index === undefined ? presentOn(world, day, filter.lock) : alone(world, day, filter);
    if (set.count > 0) days.push({ day, set });
  }
  return {
    count: days.reduce((sum, { set }) => sum + set.count, 0),
    slice(offset, limit) {
      const rows: string[] = [];
      let skip = offset;
      for (const { day, set } of days) {
        if (rows.length >= limit) break;
        if (skip < set.count) {
          for (const index of set.slice(skip, limit - rows.length)) {
            const presence = presenceOn(world, index, day);
            if (presence) rows.push(JSON.stringify(attendanceRow(world, index, day, presence)));
          }
        }
        skip = Math.max(0, skip - set.count);
      }
      return rows;
    },
  };
}

function alone(world: World, day: number, filter: AttendanceFilter): RankedSet {
  const index = filter.index ?? 0;
  const presence = presenceOn(world, index, day);
  const here = presence !== undefined && (filter.lock === undefined || presence.lock === filter.lock);
  return {
    count: here ? 1 : 0,
    slice: (offset, limit) => (here && offset === 0 && limit > 0 ? [index] : []),
  };
}

const prefixes = perWorld(() => new Map<string, Int32Array>());
const KEPT_PREFIXES = 4000;

/** How many of the classes below each were there by the seed alone. */
function seededPrefix(world: World, day: number, lock: string | undefined): Int32Array {
  const belongs = (klass: number) => {
    if (klass >= world.config.employees) return false;
    const { start, end } = classEmployment(world, klass);
    const plan = day >= start && day <= end ? world.plan(day, klass) : null;
    return plan !== null && (lock === undefined || plan.lock === lock);
  };
  return remember(prefixes(world), KEPT_PREFIXES, `${day} ${lock ?? ''}`, () => prefixOf(CLASSES, belongs));
}

const NOBODY = new Int32Array(CLASSES + 1);

/** Who was present on a day, through a lock where one is named. */
function presentOn(world: World, day: number, lock: string | undefined): RankedSet {
  const prefix = inHistory(world, day) ? seededPrefix(world, day, lock) : NOBODY;
  const seeded = (index: number) => {
    const klass = index % CLASSES;
    return index < world.config.employees && (prefix[klass + 1] ?? 0) > (prefix[klass] ?? 0);
  };
  const own = [...new Set([...(world.state.records.get(day)?.keys() ?? []), ...changedPeople(world).moved])];
  own.sort((a, b) => a - b);
  const here = own.filter((index) => {
    const presence = presenceOn(world, index, day);
    return presence !== undefined && (lock === undefined || presence.lock === lock);
  });
  return rankedSet(world.config.employees, prefix, own.filter(seeded), here);
}
