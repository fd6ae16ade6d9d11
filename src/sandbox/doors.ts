/** What the doors saw: the seeded opens and the records that came since, in the order of the doors' clocks. */

import { perWorld, remember } from './cache.ts';
import { timestamp } from './calendar.ts';
import { changedPeople, classEmployment, employedDays, nameAt, nameJson } from './people.ts';
import type { Listing } from './presence.ts';
import { doorById } from './seed/locks.ts';
import { CLASSES, employeeId } from './seed/people.ts';
import { firstAfter, type StoredEvent } from './state.ts';
import type { World } from './world.ts';

/** One moment at which every employee of a class did the same. */
interface Moment {
  readonly at: number;
  readonly klass: number;
  /** What tells an employee's events of a day apart. */
  readonly nth: 0 | 1 | 2;
  readonly method: string;
  readonly reason: string | null;
  /** What its rows have in common, as JSON. */
  rest?: string;
}

/** A run of rows, as JSON, that are known by their number only. */
interface Run {
  readonly at: number;
  readonly count: number;
  row(nth: number): string;
}

/** An access event as the API shows one. */
export function eventRow(world: World, event: StoredEvent): Record<string, unknown> {
  return {
    id: event.id,
    lock_id: event.lock,
    employee_id: event.index === null ? null : employeeId(event.index),
    employee_name: event.index === null ? null : nameAt(world, event.index),
    access_method: event.method,
    timestamp: timestamp(event.at),
    success: event.ok,
    received_at: timestamp(event.received),
    ...(event.reason === undefined ? {} : { failure_reason: event.reason }),
  };
}

const texts = new WeakMap<StoredEvent, { readonly name: string; readonly text: string }>();

/** The same as JSON, made once as long as the name is the same: a tail reads a whole history again and again. */
function eventJson(world: World, event: StoredEvent): string {
  const name = event.index === null ? '' : nameJson(world, event.index);
  const known = texts.get(event);
  if (known?.name === name) return known.text;
  const text = JSON.stringify(eventRow(world, event));
  texts.set(event, { name, text });
  return text;
}

/** The history of a lock as JSON texts, oldest first by the lock's clock. */
export function lockHistory(world: World, lock: string): Listing<string> {
  const stored = world.state.events.get(lock) ?? [];
  const days: { runs: Run[]; count: number; from: number; to: number }[] = [];
  let taken = 0;
  const end = world.historyEnd();
  for (let day = world.historyStart; day < end; day += 1) {
    const runs = runsOf(world, lock, day);
    // Stored records go with the last seeded day that has begun before them, so that days stay in order.
    const until = day + 1 < end ? firstAfter(stored, boundary(world, day + 1) - 1, taken) : stored.length;
    const count = runs.reduce((sum, run) => sum + run.count, 0) + until - taken;
    if (count > 0) days.push({ runs, count, from: taken, to: until });
    taken = until;
  }
  if (taken < stored.length)
    days.push({ runs: [], count: stored.length - taken, from: taken, to: stored.length });
  return {
    count: days.reduce((sum, day) => sum + day.count, 0),
    slice(offset, limit) {
      const rows: string[] = [];
      let skip = offset;
      for (const { runs, count, from, to } of days) {
        if (rows.length >= limit) break;
        if (skip < count) collect(world, rows, runs, stored.slice(from, to), skip, limit);
        skip = Math.max(0, skip - count);
      }
      return rows;
    },
  };
}

/** Appends the rows of one day from the `skip`th on, seeded and stored ones merged by time. */
function collect(
  world: World,
  rows: string[],
  runs: Run[],
  stored: StoredEvent[],
  skip: number,
  limit: number,
): void {
  let left = skip;
  let next = 0;
  const emit = (count: number, row: (nth: number) => string) => {
    for (let nth = Math.min(left, count); nth < count && rows.length < limit; nth += 1) rows.push(row(nth));
    left = Math.max(0, left - count);
  };
  const emitStored = (before: number) => {
    for (let event = stored[next]; event && event.at < before; event = stored[next]) {
      const one = event;
      emit(1, () => eventJson(world, one));
      next += 1;
      if (rows.length >= limit) return;
    }
  };
  for (const run of runs) {
    emitStored(run.at);
    if (rows.length >= limit) return;
    emit(run.count, run.row);
  }
  emitStored(Number.POSITIVE_INFINITY);
}

/** Where a shift day begins for the doors: at midnight, or at noon when its shift crosses midnight. */
const boundary = (world: World, day: number) =>
  world.zone.instant(day, world.policy.end <= world.policy.start ? 43_200 : 0);

const moments = perWorld(() => new Map<string, readonly Moment[]>());
const KEPT = 4000;

const momentsOf = (world: World, lock: string, day: number): readonly Moment[] =>
  remember(moments(world), KEPT, `${day} ${lock}`, () => computeMoments(world, lock, day));

function computeMoments(world: World, lock: string, day: number): readonly Moment[] {
  const list: Moment[] = [];
  for (let klass = 0; klass < Math.min(CLASSES, world.config.employees); klass += 1) {
    const plan = world.plan(day, klass);
    if (plan?.lock !== lock) continue;
    const { method, failed } = plan;
    if (failed) list.push({ at: failed.at, klass, nth: 2, method, reason: failed.reason });
    list.push({ at: plan.in, klass, nth: 0, method, reason: null });
    if (plan.out !== null) list.push({ at: plan.out, klass, nth: 1, method, reason: null });
  }
  return list.sort((a, b) => a.at - b.at || a.klass - b.klass || a.nth - b.nth);
}

function runsOf(world: World, lock: string, day: number): Run[] {
  const { employees } = world.config;
  const { movedByClass } = changedPeople(world);
  const runs: Run[] = [];
  for (const moment of momentsOf(world, lock, day)) {
    const { klass } = moment;
    const { start, end } = classEmployment(world, klass);
    const members = day >= start && day <= end ? Math.floor((employees - 1 - klass) / CLASSES) + 1 : 0;
    const others = movedByClass.get(klass) ?? [];
    const row = (index: number) => seededRow(world, lock, day, moment, index);
    if (others.length === 0) {
      if (members > 0) runs.push({ at: moment.at, count: members, row: (nth) => row(klass + nth * CLASSES) });
      continue;
    }
    const here = members === 0 ? [] : Array.from({ length: members }, (_, nth) => klass + nth * CLASSES);
    const employed = (index: number) => {
      const days = employedDays(world, index);
      return day >= days.start && day <= days.end;
    };
    const all = [...here.filter((index) => !others.includes(index)), ...others.filter(employed)].sort(
      (a, b) => a - b,
    );
    if (all.length > 0) runs.push({ at: moment.at, count: all.length, row: (nth) => row(all[nth] ?? 0) });
  }
  return runs;
}

/** A seeded row. All but its ID and employee is the same for a whole class, so that text is made once a moment. */
function seededRow(world: World, lock: string, day: number, moment: Moment, index: number): string {
  moment.rest ??= restOf(world, lock, day, moment);
  const id = `event_${day}${String(index).padStart(7, '0')}${moment.nth}`;
  return `{"id":"${id}","lock_id":"${lock}","employee_id":"${employeeId(index)}","employee_name":${nameJson(world, index)},${moment.rest}`;
}

function restOf(world: World, lock: string, day: number, { at, method, reason }: Moment): string {
  const upload = Math.max(world.zone.instant(day, 23 * 3600), at + 1_800_000);
  const rest = {
    access_method: method,
    timestamp: timestamp(at),
    success: reason === null,
    received_at: timestamp(doorById(lock)?.gateway ? at + 1000 : upload),
    ...(reason === null ? {} : { failure_reason: reason }),
  };
  return JSON.stringify(rest).slice(1);
}
