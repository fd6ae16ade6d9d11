/** The staff: the seed and the changes as one. */

import { peopleVersion, perWorld, remember } from './cache.ts';
import { dayOf } from './calendar.ts';
import {
  CLASSES,
  departmentById,
  employeeId,
  employment,
  indexInEmail,
  indexOfId,
  type Person,
  seededActive,
  seededName,
  seededPerson,
} from './seed/people.ts';
import type { World } from './world.ts';

export const countOf = (world: World): number => world.config.employees + world.state.created;

/** Enough for a page and its neighbours; bounded, so that a million stay flat. */
const KEPT = 5000;
const seeded = perWorld(() => new Map<number, Person>());

/** The employee of an index, which must be below `countOf`. */
export function personAt(world: World, index: number): Person {
  return (
    world.state.people.get(index) ??
    remember(seeded(world), KEPT, index, () => seededPerson(world.config, world.epochDay, index))
  );
}

const seededNames = perWorld(() => new Map<number, string>());
const KEPT_NAMES = 20_000;

export const nameAt = (world: World, index: number): string =>
  world.state.people.get(index)?.name ??
  remember(seededNames(world), KEPT_NAMES, index, () => seededName(world.config, index));

const names = perWorld(() => new Map<number, string>(), peopleVersion);

/** The name as JSON, kept for the histories, which repeat it on every row. */
export const nameJson = (world: World, index: number): string =>
  remember(names(world), KEPT_NAMES, index, () => JSON.stringify(nameAt(world, index)));

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

const employments = perWorld(({ config, epochDay }) =>
  Array.from({ length: CLASSES }, (_, klass) => employment(config, epochDay, klass)),
);

export const classEmployment = (world: World, klass: number): { start: number; end: number } =>
  employments(world)[klass] ?? { start: 0, end: 0 };

interface Changed {
  /** Indexes of all changed and created employees, sorted. */
  readonly all: readonly number[];
  /** Seeded employees whose employment is no longer that of their class, sorted. */
  readonly moved: readonly number[];
  /** The same by class. */
  readonly movedByClass: ReadonlyMap<number, readonly number[]>;
}

export const changedPeople = perWorld((world): Changed => {
  const all = [...world.state.people.keys()].sort((a, b) => a - b);
  const moved = all.filter((index) => {
    if (index >= world.config.employees || world.config.fixture) return false;
    const [own, seeded] = [employedDays(world, index), classEmployment(world, index % CLASSES)];
    return own.start !== seeded.start || own.end !== seeded.end;
  });
  const movedByClass = new Map<number, number[]>();
  for (const index of moved) {
    const others = movedByClass.get(index % CLASSES);
    if (others) others.push(index);
    else movedByClass.set(index % CLASSES, [index]);
  }
  return { all, moved, movedByClass };
}, peopleVersion);
