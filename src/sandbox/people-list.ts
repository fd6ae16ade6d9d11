/** Lists of the staff, found by counting instead of looking, and kept until somebody changes. */

import { peopleVersion, perWorld, remember } from './cache.ts';
import { envelope } from './http.ts';
import { changedPeople, employeeRow } from './people.ts';
import { prefixOf, type RankedSet, rankedSet } from './ranked.ts';
import { CLASSES, departmentById, seededActive, seededDepartment, seededPerson } from './seed/people.ts';
import type { Paging } from './validate.ts';
import type { World } from './world.ts';

export interface PeopleFilter {
  /** A department's ID. */
  readonly department?: string | undefined;
  readonly status?: string | undefined;
}

const KEPT_LISTS = 64;
const KEPT_PAGES = 128;
const sets = perWorld(() => new Map<string, RankedSet>(), peopleVersion);
const pages = perWorld(() => new Map<string, Uint8Array>(), peopleVersion);

/** The employees that a filter leaves, in the order of their IDs. */
function listPeople(world: World, filter: PeopleFilter): RankedSet {
  const key = JSON.stringify([filter.department, filter.status]);
  return remember(sets(world), KEPT_LISTS, key, () => selectPeople(world, filter));
}

/** A page of them as the API answers it: asked for again and again, it is made once until somebody changes. */
export function peoplePage(world: World, filter: PeopleFilter, { page, limit, offset }: Paging): Uint8Array {
  const key = JSON.stringify([filter.department, filter.status, page, limit]);
  return remember(pages(world), KEPT_PAGES, key, () => {
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
