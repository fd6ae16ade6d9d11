/** The staff: the seed and the changes as one. */

import { dayOf } from './calendar.ts';
import { envelope } from './http.ts';
import { prefixOf, type RankedSet, rankedSet } from './ranked.ts';
import {
  CLASSES,
  departmentById,
  employeeId,
  employment,
  indexInEmail,
  indexOfId,
  type Person,
  seededActive,
  seededDepartment,
  seededName,
  seededPerson,
} from './seed/people.ts';
import type { Paging } from './validate.ts';
import type { World } from './world.ts';

export interface PeopleFilter {
  /** A department's ID. */
  readonly department?: string | undefined;
  readonly status?: string | undefined;
}

export const countOf = (world: World): number => world.config.employees + world.state.created;

/** Enough for a page and its neighbours; bounded, so that a million stay flat. */
const KEPT = 5000;
const seeded = new WeakMap<World, Map<number, Person>>();

/** The employee of an index, which must be below `countOf`. */
export function personAt(world: World, index: number): Person {
  const changed = world.state.people.get(index);
  if (changed) return changed;
  let kept = seeded.get(world);
  if (!kept) {
    kept = new Map();
    seeded.set(world, kept);
  }
  let person = kept.get(index);
  if (!person) {
    person = seededPerson(world.config, world.epochDay, index);
    if (kept.size >= KEPT) kept.clear();
    kept.set(index, person);
  }
  return person;
}

export const nameAt = (world: World, index: number): string =>
  world.state.people.get(index)?.name ?? seededName(world.config, index);

export function isActive(world: World, index: number): boolean {
  const { config, state } = world;
  return state.people.get(index)?.active ?? (config.fixture !== null || seededActive(index % CLASSES));
}

/** The index of an employee's ID; undefined when there is none. */
export function findIndex(world: World, id: string): number | undefined {
  const index = indexOfId(id);
  return index !== undefined && index < countOf(world) ? index : undefined;
}

/** Who has an e-mail address, however it is written. */
export function indexOfEmail(world: World, email: string): number | undefined {
  const wanted = email.toLowerCase();
  const changed = world.state.indexOfEmail(wanted);
  if (changed !== undefined) return changed;
  // A fixture has two people; a seeded address says whose it may be.
  const candidates = world.config.fixture ? [0, 1] : [indexInEmail(wanted)];
  return candidates.find(
    (index) =>
      index !== undefined &&
      index < world.config.employees &&
      !world.state.people.has(index) &&
      personAt(world, index).email === wanted,
  );
}

/** An employee as the API shows one. */
export function employeeRow(
  world: World,
  index: number,
  person: Person = personAt(world, index),
): Record<string, unknown> {
  return {
    id: employeeId(index),
    name: person.name,
    email: person.email,
    department: departmentName(person),
    position: person.position,
    salary: person.salary / 100,
    status: person.active ? 'active' : 'inactive',
    created_at: person.created,
    ...(person.department === null ? {} : { department_id: person.department }),
    start_date: person.start,
    ...(person.left === null ? {} : { end_date: person.left }),
    ...(person.deleted === null ? {} : { deleted_at: person.deleted }),
  };
}

export const departmentName = (person: Person): string =>
  (person.department === null ? undefined : departmentById(person.department)?.name) ?? 'Unassigned';

/** First and last working day as day numbers; Infinity while still here. */
export function employedDays(world: World, index: number): { start: number; end: number } {
  const changed =
    world.state.people.get(index) ?? (world.config.fixture ? personAt(world, index) : undefined);
  if (!changed) return classEmployment(world, index % CLASSES);
  return {
    start: dayOf(changed.start),
    end: changed.left === null ? Number.POSITIVE_INFINITY : dayOf(changed.left),
  };
}

const employments = new WeakMap<World, { start: number; end: number }[]>();

export function classEmployment(world: World, klass: number): { start: number; end: number } {
  let known = employments.get(world);
  if (!known) {
    known = Array.from({ length: CLASSES }, (_, one) => employment(world.config, world.epochDay, one));
    employments.set(world, known);
  }
  return known[klass] ?? { start: 0, end: 0 };
}

interface Changed {
  readonly version: number;
  /** Indexes of all changed and created employees, sorted. */
  readonly all: readonly number[];
  /** Seeded employees whose employment is no longer that of their class, sorted. */
  readonly moved: readonly number[];
}
const changes = new WeakMap<World, Changed>();

export function changedPeople(world: World): Changed {
  const { state } = world;
  let known = changes.get(world);
  if (known?.version !== state.peopleVersion) {
    const all = [...state.people.keys()].sort((a, b) => a - b);
    const moved = all.filter((index) => {
      if (index >= world.config.employees || world.config.fixture) return false;
      const [own, seeded] = [employedDays(world, index), classEmployment(world, index % CLASSES)];
      return own.start !== seeded.start || own.end !== seeded.end;
    });
    known = { version: state.peopleVersion, all, moved };
    changes.set(world, known);
  }
  return known;
}

interface Kept {
  readonly version: number;
  readonly sets: Map<string, RankedSet>;
  readonly pages: Map<string, Uint8Array>;
}
const kept = new WeakMap<World, Kept>();
const KEPT_LISTS = 64;
const KEPT_PAGES = 128;

/** What has been computed since an employee last changed. */
function current(world: World): Kept {
  const version = world.state.peopleVersion;
  let known = kept.get(world);
  if (known?.version !== version) {
    known = { version, sets: new Map(), pages: new Map() };
    kept.set(world, known);
  }
  return known;
}

function remember<T>(from: Map<string, T>, limit: number, key: string, make: () => T): T {
  let value = from.get(key);
  if (value === undefined) {
    value = make();
    if (from.size >= limit) from.clear();
    from.set(key, value);
  }
  return value;
}

/** The employees that a filter leaves, in the order of their IDs. */
export function listPeople(world: World, filter: PeopleFilter): RankedSet {
  const key = JSON.stringify([filter.department, filter.status]);
  return remember(current(world).sets, KEPT_LISTS, key, () => selectPeople(world, filter));
}

/** A page of them as the API answers it: asked for again and again, it is made once until somebody changes. */
export function peoplePage(world: World, filter: PeopleFilter, { page, limit, offset }: Paging): Uint8Array {
  const key = JSON.stringify([filter.department, filter.status, page, limit]);
  return remember(current(world).pages, KEPT_PAGES, key, () => {
    const people = listPeople(world, filter);
    const rows = people.slice(offset, limit).map((index) => employeeRow(world, index));
    return Buffer.from(envelope(JSON.stringify(rows), { page, limit, total: people.count }));
  });
}

function selectPeople(world: World, filter: PeopleFilter): RankedSet {
  const department = filter.department === undefined ? undefined : departmentById(filter.department);
  const wantsUnknown = filter.department !== undefined && !department;
  const passes = (of: string | null, active: boolean) =>
    !wantsUnknown &&
    (department === undefined || (of !== null && departmentById(of) === department)) &&
    (filter.status === undefined || (filter.status === 'active') === active);
  const { config, state } = world;
  const seededPasses = (index: number) => {
    if (!config.fixture) return passes(seededDepartment(index % CLASSES), seededActive(index % CLASSES));
    const person = seededPerson(config, world.epochDay, index);
    return passes(person.department, person.active);
  };
  const period = config.fixture ? config.employees : CLASSES;
  const prefix = prefixOf(period, seededPasses);
  const { all } = changedPeople(world);
  const removed = all.filter((index) => index < config.employees && seededPasses(index));
  const added = all.filter((index) => {
    const person = state.people.get(index);
    return person !== undefined && passes(person.department, person.active);
  });
  return rankedSet(config.employees, prefix, removed, added);
}
