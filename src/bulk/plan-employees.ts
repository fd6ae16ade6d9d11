/** From checked rows and the employees there are to what has to be done. */

import type { CreateEmployee, Employee } from '../api/employees.ts';
import type { CheckedRow, Values } from './check.ts';
import type { Departments } from './departments.ts';
import type { Action, EmployeeChange } from './types.ts';

export type OnConflict = 'skip' | 'update' | 'fail';

/** What a plan comes to. */
export interface Plan {
  readonly actions: readonly Action[];
  /** Rows that need nothing. */
  readonly skipped: number;
  /** As `row 4, email: …`. When there are any, nothing is done. */
  readonly faults: readonly string[];
  /** What the person should know. */
  readonly notes: readonly string[];
}

interface Sought {
  readonly byEmail: ReadonlyMap<string, Employee>;
  readonly byId: ReadonlyMap<string, Employee>;
}

const CREATE_FIELDS = ['name', 'email', 'department_id', 'position', 'salary', 'start_date'] as const;
const fold = (email: unknown) => String(email).trim().toLowerCase();

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
    const found = byEmail.get(fold(values['email']));
    if (!found) planner.create(row.number, values);
    else if (onConflict === 'update') await planner.update(row.number, values, found);
    else if (onConflict === 'skip') planner.skip();
    else {
      const deleted = found.deleted_at ? ', deleted' : '';
      planner.fault(
        row.number,
        'email',
        `"${values['email']}" exists already (${found.id}${deleted}); see --on-conflict`,
      );
    }
  }
  return planner.plan();
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
    const found = id === undefined ? byEmail.get(fold(email)) : byId.get(String(id));
    if (id !== undefined && !found) planner.fault(row.number, 'id', `there is no employee "${id}"`);
    else if (!found && email === undefined) planner.fault(row.number, 'email', 'it is required and empty');
    else if (!found && values['name'] === undefined)
      planner.fault(row.number, 'name', 'it is required and empty');
    else if (!found) planner.create(row.number, values);
    else {
      const first = kept.get(found.id);
      const taken = email === undefined ? undefined : byEmail.get(fold(email));
      if (first !== undefined) planner.fault(row.number, 'id', `"${found.id}" is in row ${first} already`);
      else if (taken && taken.id !== found.id)
        planner.fault(row.number, 'email', `"${email}" belongs to ${taken.id}`);
      else await planner.update(row.number, values, found);
      kept.set(found.id, row.number);
    }
  }
  if (prune) {
    for (const one of employees) if (one.status !== 'inactive' && !kept.has(one.id)) planner.delete(one);
  }
  return planner.plan();
}

function seek(employees: readonly Employee[]): Sought {
  const byEmail = new Map<string, Employee>();
  for (const one of employees) {
    // Should two share an address, the one that works here counts.
    const other = byEmail.get(fold(one.email));
    if (!other || other.status === 'inactive') byEmail.set(fold(one.email), one);
  }
  return { byEmail, byId: new Map(employees.map((one) => [one.id, one])) };
}

class Planner {
  readonly #departments: Departments;
  readonly #actions: Action[] = [];
  readonly #faults: string[] = [];
  readonly #unseen = new Set<string>();
  #skipped = 0;

  constructor(departments: Departments) {
    this.#departments = departments;
  }

  plan(): Plan {
    const notes = [...this.#unseen].map(
      (field) => `${field} was not compared: the API does not show it, so it is sent for new employees alone`,
    );
    return { actions: this.#actions, skipped: this.#skipped, faults: this.#faults, notes };
  }

  fault(row: number, field: string, text: string): void {
    this.#faults.push(`row ${row}, ${field}: ${text}`);
  }

  skip(): void {
    this.#skipped += 1;
  }

  /** The row with its department as an ID, where that is certain; else `department` stays for the update to decide. */
  withDepartment({ values }: CheckedRow): Values {
    const { department, ...rest } = values;
    if (department === undefined) return rest;
    const id = this.#departments.idOf(String(department));
    const given = rest['department_id'];
    if (id !== undefined && (given === undefined || given === id)) return { ...rest, department_id: id };
    return values;
  }

  create(row: number, values: Values): void {
    if (values['status'] === 'inactive') {
      this.fault(row, 'status', 'a new employee starts as active; deactivate them afterwards');
    } else if (values['department'] !== undefined) {
      if (values['department_id'] === undefined) this.#unknownDepartment(row, values);
      else this.#contradiction(row, values);
    } else {
      const body: Record<string, unknown> = {};
      for (const field of CREATE_FIELDS) if (values[field] !== undefined) body[field] = values[field];
      const key = fold(values['email']);
      this.#actions.push({ op: 'create', row, key, body: body as unknown as CreateEmployee });
    }
  }

  async update(row: number, given: Values, before: Employee): Promise<void> {
    const values = this.#settleDepartment(row, given, before);
    if (!values) return;
    const record: Readonly<Record<string, unknown>> = { ...before };
    // Who is named, and was deleted, is wanted back.
    const back = before.deleted_at && values['status'] === undefined;
    const body: Record<string, unknown> = back ? { status: 'active' } : {};
    for (const field of [...CREATE_FIELDS, 'status'] as const) {
      const value = values[field];
      if (value === undefined || value === record[field]) continue;
      if (field === 'email' && values['id'] === undefined && fold(value) === fold(before.email)) continue;
      if (field === 'department_id' && before.department_id === undefined) {
        if ((await this.#departments.nameOf(String(value))) === before.department) continue;
      } else if (!(field in record)) {
        this.#unseen.add(field);
        continue;
      }
      body[field] = value;
    }
    if (Object.keys(body).length === 0) this.skip();
    else {
      const action = {
        op: 'update',
        row,
        key: fold(before.email),
        id: before.id,
        before,
        guard: 'fields',
      } as const;
      this.#actions.push({ ...action, body: body as EmployeeChange });
    }
  }

  delete(before: Employee): void {
    const key = fold(before.email);
    this.#actions.push({ op: 'delete', row: 0, key, id: before.id, before, guard: 'row' });
  }

  /** Where name and ID are both given and disagree, the one that was edited counts. */
  #settleDepartment(row: number, values: Values, before: Employee): Values | undefined {
    const { department, ...rest } = values;
    if (department === undefined || department === before.department) return rest;
    const id = this.#departments.idOf(String(department));
    if (id === undefined) this.#unknownDepartment(row, values);
    else if (rest['department_id'] === before.department_id) return { ...rest, department_id: id };
    else this.#contradiction(row, values);
    return undefined;
  }

  #contradiction(row: number, { department, department_id }: Values): void {
    this.fault(row, 'department', `"${department}" and department_id "${department_id}" are not the same`);
  }

  #unknownDepartment(row: number, { department }: Values): void {
    const help = 'give its ID in department_id, or an alias (worktime config set alias.department.NAME ID)';
    this.fault(row, 'department', `"${department}" is no department that is known here; ${help}`);
  }
}
