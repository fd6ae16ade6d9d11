/** Records compared: what makes an employee the same employee, and what a body would change. */

import type { Employee } from '../api/employees.ts';
import type { EmployeeChange } from './types.ts';

/** What a person can change; `deleted_at` follows from `status`. */
const COMPARED = [
  'name',
  'email',
  'department',
  'department_id',
  'position',
  'salary',
  'status',
  'start_date',
] as const;

/** Fields of a body whose value the record shows under another name too. */
const SHOWN_AS: Readonly<Record<string, readonly string[]>> = {
  department_id: ['department_id', 'department'],
};

/** Stands for a record that nobody looked at: a single write sends the one request that it is. */
export const unseen = (id: string) => ({ id }) as Employee;

export const isUnseen = (record: Employee) => Object.keys(record).every((field) => field === 'id');

/**
 * The fields in which two images of a record differ: all that are compared, or those that a body would touch. What the
 * earlier one does not show at all (an answer to a write, a row of a list) cannot be told from what is there now.
 */
export function differences(before: Employee, now: Employee, body?: readonly string[]): string[] {
  const fields = body ? body.flatMap((field) => SHOWN_AS[field] ?? [field]) : COMPARED;
  const one: Readonly<Record<string, unknown>> = { ...before };
  const other: Readonly<Record<string, unknown>> = { ...now };
  return fields.filter((field) => one[field] !== undefined && one[field] !== (other[field] ?? null));
}

/**
 * A record after a write, as the answer shows it. An answer of little more than an ID is filled up with what was there
 * before and what was sent, but for what a record need not show.
 */
export function imageAfter(shown: Employee, before: Partial<Employee>, sent: EmployeeChange): Employee {
  if (shown.name !== undefined) return shown;
  const { department_id: moved, start_date: _, ...rest } = sent;
  const image: Record<string, unknown> = { ...before, ...rest, ...shown };
  for (const field of moved === undefined ? [] : ['department', 'department_id']) delete image[field];
  if (sent.start_date !== undefined) delete image['start_date'];
  return image as unknown as Employee;
}

/**
 * The body that puts a record back to an earlier image, of the fields that `changed` had. `missing` names those
 * whose earlier value the API never told.
 */
export function bodyToRestore(
  before: Employee,
  changed: readonly string[],
  departmentId: (name: string) => string | undefined,
): { readonly body: EmployeeChange; readonly missing: readonly string[] } {
  const image: Readonly<Record<string, unknown>> = {
    ...before,
    department_id: before.department_id ?? departmentId(before.department),
  };
  const body: Record<string, unknown> = {};
  const missing: string[] = [];
  for (const field of changed) {
    if (image[field] === undefined) missing.push(field);
    else body[field] = image[field];
  }
  return { body: body as EmployeeChange, missing };
}
