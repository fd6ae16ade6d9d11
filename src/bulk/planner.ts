/** What becomes of each row of a file of employees. */

import type { CreateEmployee, Employee } from '../api/employees.ts';
import type { CheckedRow, Values } from './check.ts';
import type { Departments } from './departments.ts';
import { type Fault, faultOf, rowsInWords } from './faults.ts';
import { isOwn, isSame } from './same.ts';
import type { Action, EmployeeChange } from './types.ts';

/** What a plan comes to. */
export interface Plan {
  readonly actions: readonly Action[];
  /** Rows that need nothing. */
  readonly skipped: number;
  /** When there are any, nothing is done. */
  readonly faults: readonly Fault[];
  /** Faults of the file that are none: the record itself has such a value, and nothing is sent. */
  readonly excused?: ReadonlySet<Fault>;
  /** What the person should know. */
  readonly notes: readonly string[];
  /** What the person should look at before anything is done. */
  readonly warnings: readonly string[];
}

const CREATE_FIELDS = ['name', 'email', 'department_id', 'position', 'salary', 'start_date'] as const;

/** E-mail addresses and names are compared without case. */
export const fold = (text: unknown) => String(text).trim().toLowerCase();

/** Takes rows one by one; what is found wrong is gathered, and the rest is what has to be done. */
export class Planner {
  readonly #departments: Departments;
  readonly #actions: Action[] = [];
  readonly #faults: Fault[] = [];
  readonly #excused = new Set<Fault>();
  readonly #unseen = new Set<string>();
  /** The rows that put somebody into a department, by its ID. */
  readonly #wanted = new Map<string, number[]>();
  /** The rows whose last day is another than the record's. */
  readonly #ending: number[] = [];
  /** Rows whose employee is there already and was not to be changed; of them, who was deleted. */
  readonly #left: number[] = [];
  readonly #gone: number[] = [];
  /** Rows that bring a deleted employee back without saying so. */
  readonly #back: number[] = [];
  /** Rows that make an employee without pay. */
  readonly #unpaid: number[] = [];
  #skipped = 0;

  constructor(departments: Departments) {
    this.#departments = departments;
  }

  async plan(): Promise<Plan> {
    const notes = [...this.#unseen].map(
      (field) => `${field} was not compared: the API does not show it, so it is sent for new employees alone`,
    );
    const departments = await this.#lookForDepartments();
    return {
      actions: this.#actions,
      skipped: this.#skipped,
      faults: this.#faults,
      excused: this.#excused,
      notes: [...notes, ...departments.notes],
      warnings: [...departments.warnings, ...this.#endings(), ...this.#remarks()],
    };
  }

  #remarks(): string[] {
    const remarks: readonly (readonly [string, readonly number[]])[] = [
      ['there already, and left as they are', this.#left],
      ['there already but deleted, and left so (--on-conflict update brings them back)', this.#gone],
      ['deleted before, and active again by this', this.#back],
      ['a new employee without a salary', this.#unpaid],
    ];
    return remarks.flatMap(([what, rows]) => (rows.length > 0 ? [`${what}: ${rowsInWords(rows)}`] : []));
  }

  #endings(): string[] {
    if (this.#ending.length === 0) return [];
    const rows = rowsInWords(this.#ending);
    return [
      `end_date cannot be set over the API, and is left as it is: ${rows}; who leaves is deleted, or gets the status inactive`,
    ];
  }

  /** Of a field that has a fault in the file itself nothing more is said. */
  fault({ number, faulty }: CheckedRow, field: string, text: string, cure?: string): void {
    if (!faulty.has(field)) this.#faults.push(faultOf(number, field, text, cure));
  }

  /** Excuses what a row has as its record has it: it is not sent back. */
  #excuse({ odd = [] }: CheckedRow, record: Readonly<Record<string, unknown>>): void {
    for (const { field, cell, fault } of odd) {
      if (isOwn(cell, record[field])) this.#excused.add(fault);
    }
  }

  /** Leaves alone who is there already. */
  leave(row: CheckedRow, found: Employee): void {
    this.#excuse(row, { ...found });
    (found.deleted_at ? this.#gone : this.#left).push(row.number);
    this.skip();
  }

  skip(): void {
    this.#skipped += 1;
  }

  /** The row with its department as an ID, where that is certain; else `department` stays to be decided later. */
  withDepartment({ values }: CheckedRow): Values {
    const { department, ...rest } = values;
    if (department === undefined) return rest;
    const id = this.#departments.idOf(String(department));
    const given = rest['department_id'];
    if (id !== undefined && (given === undefined || given === id)) return { ...rest, department_id: id };
    return values;
  }

  async create(row: CheckedRow, given: Values): Promise<void> {
    if (given['status'] === 'inactive') {
      this.fault(row, 'status', 'a new employee starts as active; deactivate them afterwards');
    }
    const values = await this.checkDepartment(row, given);
    if (!values) return;
    const body: Record<string, unknown> = {};
    for (const field of CREATE_FIELDS) {
      if (values[field] !== undefined) body[field] = values[field];
      // A name is left only where nobody could be asked for its ID: it is shown as the file has it, and never sent.
      if (field === 'email' && values['department'] !== undefined) body['department'] = values['department'];
    }
    if (!body['salary'] && !row.faulty.has('salary')) this.#unpaid.push(row.number);
    const key = fold(values['email']);
    this.#actions.push({ op: 'create', row: row.number, key, body: body as unknown as CreateEmployee });
  }

  async update(row: CheckedRow, given: Values, before: Employee): Promise<void> {
    const values = this.#settleDepartment(row, given, before);
    if (!values) return;
    const record: Readonly<Record<string, unknown>> = { ...before };
    this.#excuse(row, record);
    const ends = given['end_date'];
    if (ends !== undefined && !isSame(ends, record['end_date'])) this.#ending.push(row.number);
    // Who is named, and was deleted, is wanted back.
    const back = before.deleted_at && values['status'] === undefined;
    const body: Record<string, unknown> = back ? { status: 'active' } : {};
    if (back) this.#back.push(row.number);
    for (const field of [...CREATE_FIELDS, 'status'] as const) {
      const value = values[field];
      if (value === undefined || isSame(value, record[field])) continue;
      if (field === 'email' && values['id'] === undefined && fold(value) === fold(before.email)) continue;
      if (field === 'department_id' && before.department_id === undefined) {
        const name = await this.#departments.nameOf(String(value));
        if (name !== undefined && name === before.department) continue;
      } else if (!(field in record)) {
        this.#unseen.add(field);
        continue;
      }
      body[field] = value;
    }
    this.#want(row, body['department_id']);
    if (Object.keys(body).length === 0) this.skip();
    else {
      const action = {
        op: 'update',
        row: row.number,
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
  #settleDepartment(row: CheckedRow, values: Values, before: Employee): Values | undefined {
    const { department, ...rest } = values;
    if (department === undefined || isSame(department, before.department)) return rest;
    const id = this.#departments.idOf(String(department));
    if (id !== undefined && rest['department_id'] === before.department_id) {
      return { ...rest, department_id: id };
    }
    this.#undecided(row, values);
    return undefined;
  }

  /**
   * The values of a new row with its department as an ID; undefined where that is a fault. Where the file has both, an
   * ID counts unless it is known to be another department than the one that is named.
   */
  async checkDepartment(row: CheckedRow, values: Values): Promise<Values | undefined> {
    const { department, ...rest } = values;
    const id = rest['department_id'];
    this.#want(row, id);
    if (department === undefined || !this.#departments.known) return values;
    if (id !== undefined && this.#departments.idOf(String(department)) === undefined) {
      const name = await this.#departments.nameOf(String(id));
      if (name === undefined || fold(name) === fold(department)) return rest;
    }
    this.#undecided(row, values);
    return undefined;
  }

  /** A department by name that is not known here, or is not that of the ID beside it. */
  #undecided(row: CheckedRow, { department, department_id }: Values): void {
    const name = String(department);
    const known = this.#departments.idOf(name) !== undefined && department_id !== undefined;
    const text = known
      ? `"${name}" and department_id "${department_id}" are not the same`
      : this.#departments.about(name);
    this.fault(row, 'department', text);
  }

  #want({ number }: CheckedRow, id: unknown): void {
    if (typeof id !== 'string') return;
    const rows = this.#wanted.get(id);
    if (rows) rows.push(number);
    else this.#wanted.set(id, [number]);
  }

  /** That a department in which nobody is does not exist, nobody can say: it is warned of. */
  async #lookForDepartments(): Promise<{ warnings: string[]; notes: string[] }> {
    const { empty, absent, unasked } = await this.#departments.look(this.#wanted.keys());
    const rowsOf = (id: string) => this.#wanted.get(id) ?? [];
    const hinted = (what: string, id: string) => {
      const hint = this.#departments.hint(id);
      return hint === '' ? what : `${what}; ${hint}`;
    };
    for (const id of absent) {
      const what = hinted(`there is no department "${id}"`, id);
      for (const number of rowsOf(id)) this.#faults.push(faultOf(number, 'department_id', what));
    }
    return {
      warnings: empty.map((id) => {
        const what = `${rowsInWords(rowsOf(id))}, department_id: nobody is in "${id}" yet`;
        return hinted(what, id);
      }),
      notes: unasked.length > 0 ? [`departments that could not be checked: ${unasked.join(', ')}`] : [],
    };
  }
}
