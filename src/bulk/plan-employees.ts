/** From checked rows and the employees there are to what has to be done. */

import type { Employee } from '../api/employees.ts';
import type { CheckedRow } from './check.ts';
import type { Departments } from './departments.ts';
import { fold, type Plan, Planner } from './planner.ts';
import { isSame } from './same.ts';

export type OnConflict = 'skip' | 'update' | 'fail';

interface Sought {
  readonly byEmail: ReadonlyMap<string, Employee>;
  readonly byId: ReadonlyMap<string, Employee>;
}

/** An import: rows become employees; `onConflict` says what becomes of those who are there already. */
export async function planImport(
  rows: readonly CheckedRow[],
  employees: readonly Employee[],
  departments: Departments,
  onConflict: OnConflict,
): Promise<Plan> {
  const { byEmail } = seek(employees);
  const planner = new Planner(departments);
  for (const row of rows) {
    const values = planner.withDepartment(row);
    const { email } = values;
    const found = email === undefined ? undefined : byEmail.get(fold(email));
    if (!found) await planner.create(row, values);
    else if (onConflict === 'update') await planner.update(row, values, found);
    else if (onConflict === 'skip') planner.leave(row, found);
    else {
      const what = found.deleted_at
        ? `"${email}" belongs to ${found.id}, who was deleted (update brings them back)`
        : `"${email}" exists already (${found.id})`;
      planner.fault(row, 'email', what, '--on-conflict skip or update');
      await planner.checkDepartment(row, values);
    }
  }
  return await planner.plan();
}

/** A sync: afterwards the organization has what the file says. With `prune`, active employees that it lacks are deleted. */
export async function planSync(
  rows: readonly CheckedRow[],
  employees: readonly Employee[],
  departments: Departments,
  prune: boolean,
): Promise<Plan> {
  const { byEmail, byId } = seek(employees);
  const planner = new Planner(departments);
  const kept = new Map<string, number>();
  for (const row of rows) {
    const values = planner.withDepartment(row);
    const { id, email } = values;
    const named = email === undefined ? undefined : byEmail.get(fold(email));
    const found = id === undefined ? named : byId.get(String(id));
    if (id !== undefined && !found) planner.fault(row, 'id', `there is no employee "${id}"`);
    else if (!found && email === undefined) planner.fault(row, 'email', 'it is required and empty');
    else if (!found && values['name'] === undefined) planner.fault(row, 'name', 'it is required and empty');
    else if (!found) await planner.create(row, values);
    else {
      const first = kept.get(found.id);
      if (first !== undefined) planner.fault(row, 'id', `"${found.id}" is in row ${first} already`);
      // An address that two records have is taken from nobody where the file leaves it to both.
      else if (named && named.id !== found.id && !isSame(email, found.email))
        planner.fault(row, 'email', `"${email}" belongs to ${named.id}`);
      else await planner.update(row, values, found);
      kept.set(found.id, row.number);
    }
  }
  if (prune) {
    for (const one of employees) if (one.status !== 'inactive' && !kept.has(one.id)) planner.delete(one);
  }
  return await planner.plan();
}

function seek(employees: readonly Employee[]): Sought {
  const byEmail = new Map<string, Employee>();
  for (const one of employees) {
    // Who has none is found by an ID alone.
    if (typeof one.email !== 'string') continue;
    // Should two share an address, the one that works here counts.
    const other = byEmail.get(fold(one.email));
    if (!other || other.status === 'inactive') byEmail.set(fold(one.email), one);
  }
  return { byEmail, byId: new Map(employees.map((one) => [one.id, one])) };
}
