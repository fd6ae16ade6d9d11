import { dateOf, timestamp } from '../calendar.ts';
import { invalid, notFound } from '../http.ts';
import { countOf, employeeRow, findIndex, indexOfEmail, personAt } from '../people.ts';
import { peoplePage } from '../people-list.ts';
import { departmentById, employeeId, type Person } from '../seed/people.ts';
import type { Operation } from '../state.ts';
import {
  asDay,
  asEmail,
  asName,
  asSalary,
  asText,
  type Body,
  oneOf,
  paging,
  queryText,
  required,
} from '../validate.ts';
import type { World } from '../world.ts';
import type { Route } from './route.ts';

const STATUSES = ['active', 'inactive'] as const;

export const employeeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/employees',
    scope: 'read',
    answer({ world, query }) {
      const pages = paging(query);
      const status = queryText(query, 'status');
      if (status !== undefined) oneOf(status, STATUSES, 'status');
      const bytes = peoplePage(world, { department: queryText(query, 'department'), status }, pages);
      return { bytes, headers: {} };
    },
  },
  {
    method: 'POST',
    path: '/employees',
    scope: 'write',
    async answer({ store, body }) {
      const fields = body();
      const data = await store.write((world) => {
        const person = newPerson(world, fields);
        const index = countOf(world);
        return applied(world, { op: 'employee', verb: 'created', index, person });
      });
      return { status: 201, data };
    },
  },
  {
    method: 'GET',
    path: '/employees/:id',
    scope: 'read',
    answer: ({ world, id }) => ({ data: employeeRow(world, existing(world, id)) }),
  },
  {
    method: 'PUT',
    path: '/employees/:id',
    scope: 'write',
    async answer({ store, id, body }) {
      const fields = body();
      const data = await store.write((world) => {
        const index = existing(world, id);
        const before = personAt(world, index);
        const person = changed(world, index, before, fields);
        const verb = before.deleted !== null && person.deleted === null ? 'restored' : 'updated';
        return applied(world, { op: 'employee', verb, index, person });
      });
      return { data };
    },
  },
  {
    method: 'DELETE',
    path: '/employees/:id',
    scope: 'full',
    async answer({ store, id }) {
      const data = await store.write((world) => {
        const index = existing(world, id);
        const before = personAt(world, index);
        // Deleting what is deleted changes nothing, so that a repeated DELETE is as good as one.
        if (before.deleted !== null) return { ops: [], result: employeeRow(world, index) };
        const deleted = timestamp(world.now());
        const left = before.left ?? dateOf(world.today());
        const person = { ...before, active: false, left, deleted };
        return applied(world, { op: 'employee', verb: 'deleted', index, person });
      });
      return { data };
    },
  },
];

/** The write, and the record as it will be. */
function applied(world: World, op: Extract<Operation, { op: 'employee' }>) {
  return { ops: [op], result: employeeRow(world, op.index, op.person) };
}

function existing(world: World, id: string): number {
  const index = findIndex(world, id);
  if (index === undefined) throw notFound(`There is no employee ${JSON.stringify(id)}`);
  return index;
}

function newPerson(world: World, fields: Body): Person {
  const optional = <T>(field: string, read: (value: unknown, field: string) => T, standard: T): T =>
    fields[field] === undefined || fields[field] === null ? standard : read(fields[field], field);
  return {
    name: asName(fields.name, 'name'),
    email: freeEmail(world, fields.email, undefined),
    department: optional<string | null>('department_id', asDepartment, null),
    position: optional('position', asText, ''),
    salary: optional('salary', asSalary, 0),
    active: true,
    created: timestamp(world.now()),
    start: optional('start_date', asDate, dateOf(world.today())),
    left: null,
    deleted: null,
  };
}

function changed(world: World, index: number, before: Person, fields: Body): Person {
  const given = <T>(field: string, read: (value: unknown, field: string) => T, standard: T): T =>
    fields[field] === undefined ? standard : read(fields[field], field);
  const status = given('status', (value, field) => oneOf(value, STATUSES, field), undefined);
  const active = status === undefined ? before.active : status === 'active';
  return {
    ...before,
    name: given('name', asName, before.name),
    email: given('email', (value) => freeEmail(world, value, index), before.email),
    department: given<string | null>('department_id', asDepartment, before.department),
    position: given('position', asText, before.position),
    salary: given('salary', asSalary, before.salary),
    start: given('start_date', asDate, before.start),
    active,
    // Who is active again has never left: a deletion by mistake leaves no gap in the pay.
    left: active ? null : (before.left ?? dateOf(world.today())),
    deleted: active ? null : before.deleted,
  };
}

function freeEmail(world: World, value: unknown, own: number | undefined): string {
  const email = asEmail(value, 'email');
  const holder = indexOfEmail(world, email);
  if (holder !== undefined && holder !== own) {
    throw invalid(`The e-mail address is already used by ${employeeId(holder)}`, 'email');
  }
  return email;
}

function asDepartment(value: unknown, field: string): string | null {
  if (value === null || value === '') return null;
  const id = asText(value, field);
  if (!departmentById(id)) throw invalid(`There is no department ${JSON.stringify(id)}`, field);
  return id;
}

function asDate(value: unknown, field: string): string {
  const text = asText(required(value, field), field);
  asDay(text, field);
  return text;
}
