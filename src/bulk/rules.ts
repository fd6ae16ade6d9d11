/** What a row of each kind of file must be. */

import { clockAttendance } from '../api/attendance.ts';
import { createEmployee, updateEmployee } from '../api/employees.ts';
import type { Param } from '../api/types.ts';
import type { RowRules, Values } from './check.ts';

const EMPLOYEE_SYNONYMS = {
  full_name: 'name',
  employee_name: 'name',
  e_mail: 'email',
  email_address: 'email',
  mail: 'email',
  title: 'position',
  job_title: 'position',
  role: 'position',
  hire_date: 'start_date',
  employee_id: 'id',
} as const;

/** Columns of an export, and of a file of refused rows, that carry nothing to send. */
const READ_ONLY = ['created_at', 'deleted_at', 'reason'];

/** Compared, and never sent: the API sets it when somebody is deleted. */
const end_date: Param = { in: 'body', kind: 'date', description: 'Last day' };

/** A department as people write it: ID, alias or name. */
const department: Param = { in: 'body', kind: 'text', description: 'Department: ID, alias or name' };

const lower = (value: unknown) => String(value).toLowerCase();

/** New employees. */
export const importRules: RowRules = {
  fields: [...Object.keys(createEmployee.params), 'department', 'status'],
  ignored: ['id', 'end_date', ...READ_ONLY],
  synonyms: EMPLOYEE_SYNONYMS,
  params: { ...createEmployee.params, department, status: updateEmployee.params.status },
  required: ['name', 'email'],
  compared: true,
  unique: ({ email }) =>
    email === undefined ? undefined : { field: 'email', key: lower(email), shown: `"${email}"` },
};

/** The employees that there shall be. A row is found by its ID, else by its e-mail address. */
export const syncRules: RowRules = {
  ...importRules,
  fields: ['id', ...importRules.fields, 'end_date'],
  ignored: READ_ONLY,
  params: { ...importRules.params, end_date, id: { ...updateEmployee.params.id, noun: 'employee' } },
  required: [],
  unique: ({ id, email }: Values) => {
    if (email !== undefined) {
      const found = { field: 'email', key: lower(email), shown: `"${email}"` };
      return id === undefined ? found : { ...found, cell: String(email) };
    }
    return id === undefined ? undefined : { field: 'id', key: `id ${id}`, shown: `"${id}"` };
  },
};

/** The words for a type, and what each is to the API. */
const PUNCH_TYPES = {
  in: 'clock_in',
  out: 'clock_out',
  clock_in: 'clock_in',
  clock_out: 'clock_out',
  'attendance.clock_in': 'clock_in',
  'attendance.clock_out': 'clock_out',
} as const;

/** Clock events. */
export const attendanceRules: RowRules = {
  fields: Object.keys(clockAttendance.params),
  ignored: ['reason'],
  synonyms: {
    employee: 'employee_id',
    id: 'employee_id',
    time: 'timestamp',
    at: 'timestamp',
    date_time: 'timestamp',
    lock: 'lock_id',
    note: 'notes',
    event: 'type',
  },
  // Whoever wrote another word is told all that are taken.
  params: {
    ...clockAttendance.params,
    type: { ...clockAttendance.params.type, values: Object.keys(PUNCH_TYPES) },
  },
  required: ['employee_id', 'type', 'timestamp'],
  words: { type: PUNCH_TYPES },
  unique: ({ employee_id, type, timestamp }) =>
    employee_id === undefined || type === undefined || timestamp === undefined
      ? undefined
      : {
          field: 'timestamp',
          key: punchKey(String(employee_id), String(type), String(timestamp)),
          shown: `${type} of ${employee_id} at ${timestamp}`,
        },
};

/** The natural key of a punch: the same instant in whatever time zone it is written. */
export function punchKey(employeeId: string, type: string, timestamp: string): string {
  return `${employeeId} ${type} ${Date.parse(timestamp)}`;
}
