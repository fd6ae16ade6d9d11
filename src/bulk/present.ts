/** Whom and what a file of punches names, looked for before the first of them is sent. */

import { type Employee, getEmployee, listEmployees } from '../api/employees.ts';
import { listLocks } from '../api/locks.ts';
import { AuthError, RefusedError } from '../errors.ts';
import { closestIds } from '../nearest.ts';
import type { CheckedRow } from './check.ts';
import { bulkOptions, type Calls } from './existing.ts';
import { type Fault, faultOf } from './faults.ts';

/** So many are asked for one by one; for more of them the list is read, as far as it takes. */
const FEW = 10;
const PAGE = 100;
/** Names kept for hints: a large organization must not take more memory. */
const KEPT = 10_000;
/** Strangers for whom the nearest is looked for. */
const HINTED = 50;

/** Names by ID; undefined where the API tells none. */
type Known = Map<string, string | undefined>;
/** How, by ID. */
type Left = Map<string, 'deleted' | 'inactive'>;

export interface Strangers {
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
  /** Of an employee who is there, and does not work there any more: since they were deleted, or became inactive. */
  leftAs(employeeId: string): 'deleted' | 'inactive' | undefined;
  /** Whether a row names somebody or something that is not there. */
  has(row: CheckedRow): boolean;
}

/** Finds the rows whose employee or lock is not there. Throws what reading throws. */
export async function strangersIn(rows: readonly CheckedRow[], calls: Calls): Promise<Strangers> {
  const idsOf = (field: string) => {
    const all = rows.flatMap(({ values }) => values[field] ?? []);
    return new Set(all.map(String));
  };
  const notes: string[] = [];
  const left: Left = new Map();
  const employees = await missingEmployees(idsOf('employee_id'), calls, left);
  const locks = await missingLocks(idsOf('lock_id'), calls, notes);
  const absent = { employee_id: employees, lock_id: locks };
  const faults = rows.flatMap(({ number, values }) =>
    Object.entries(absent).flatMap(([field, missing]) => {
      const text = missing.get(String(values[field]));
      return text === undefined ? [] : [faultOf(number, field, text)];
    }),
  );
  return {
    faults,
    notes,
    leftAs: (employeeId) => left.get(employeeId),
    has: ({ values }) => employees.has(String(values['employee_id'])) || locks.has(String(values['lock_id'])),
  };
}

/** The employees who are not there, with that in words. Of those who are, `left` gets who does not work there any more. */
async function missingEmployees(
  ids: ReadonlySet<string>,
  calls: Calls,
  left: Left,
): Promise<Map<string, string>> {
  const known: Known = new Map();
  const saw = ({ id, name, status, deleted_at: deleted }: Employee) => {
    if (known.size < KEPT) known.set(id, name);
    if (ids.has(id) && (deleted || status === 'inactive')) left.set(id, deleted ? 'deleted' : 'inactive');
  };
  const wanted = new Set(ids);
  const read = async (enough: () => boolean) => {
    const pages = calls.client.pages(listEmployees, { limit: PAGE }, bulkOptions(calls));
    for await (const { rows } of pages) {
      for (const one of rows) {
        wanted.delete(one.id);
        saw(one);
      }
      if (enough()) return;
    }
  };
  if (ids.size > FEW) await read(() => wanted.size === 0);
  // A list may lack those who were deleted: who is not in it is asked for by name.
  const asked = [...wanted].slice(0, FEW);
  const found = await Promise.all(asked.map((id) => isThere(id, calls, saw)));
  const missing = asked.filter((_, at) => !found[at]);
  // Where the list has proved whole, it speaks for the others too.
  const absent = missing.length === asked.length ? [...wanted] : missing;
  if (absent.length > 0 && ids.size <= FEW) await read(() => true);
  return described('employee', absent, known);
}

async function isThere(id: string, calls: Calls, saw: (one: Employee) => void): Promise<boolean> {
  try {
    saw((await calls.client.call(getEmployee, { id }, bulkOptions(calls))).data);
    return true;
  } catch (error) {
    if (error instanceof RefusedError) return false;
    throw error;
  }
}

/** The locks that are not there. A list that the key may not see proves nothing: that is noted. */
async function missingLocks(
  ids: ReadonlySet<string>,
  calls: Calls,
  notes: string[],
): Promise<Map<string, string>> {
  const known: Known = new Map();
  if (ids.size === 0) return new Map();
  try {
    for await (const { rows } of calls.client.pages(listLocks, {}, bulkOptions(calls))) {
      for (const { id, name } of rows) known.set(id, name);
    }
  } catch (error) {
    if (!(error instanceof AuthError || error instanceof RefusedError)) throw error;
    notes.push(`locks that could not be checked: ${[...ids].join(', ')}`);
    return new Map();
  }
  const absent = [...ids].filter((id) => !known.has(id));
  return described('lock', absent, known);
}

/** With the nearest, where one alone is near: of IDs that are numbers many are. */
function described(noun: string, absent: readonly string[], known: Known): Map<string, string> {
  return new Map(
    absent.map((id, at) => {
      const [meant, other] = at < HINTED ? closestIds(id, [...known.keys()]) : [];
      const name = meant === undefined ? undefined : known.get(meant);
      const hint =
        meant === undefined || other !== undefined
          ? ''
          : `; is it ${meant}${name === undefined ? '' : ` (${name})`}?`;
      return [id, `there is no ${noun} "${id}"${hint}`];
    }),
  );
}
