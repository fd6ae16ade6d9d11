/**
 * The vendor's public reference, retyped: for each endpoint one request and one answer, letter for letter. Nothing here
 * comes from `src/`, so a wrong path or field there cannot pass. Shapes that the reference does not show are made up on
 * purpose in a way that nobody agreed on.
 */

import type { Client } from '../../src/client/index.ts';

export interface ContractExample {
  /** The endpoint's ID in the registry. */
  readonly id: string;
  /** What a caller gives. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The same through the library's method. */
  readonly sdk: (client: Client) => PromiseLike<unknown>;
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined: no body. */
  readonly body?: unknown;
  readonly status: number;
  /** The whole answer, envelope and all. */
  readonly answer: Readonly<Record<string, unknown>> & { readonly data: unknown };
}

const organization = {
  id: 'org_123456',
  name: 'Acme Corporation',
  employees_count: 42,
  created_at: '2024-01-15T10:30:00Z',
};

const employee = {
  id: 'emp_123456',
  name: 'John Doe',
  email: 'john@example.com',
  department: 'Engineering',
  position: 'Senior Developer',
  salary: 75000,
  status: 'active',
  created_at: '2024-01-15T10:30:00Z',
};

const attendance = {
  id: 'att_123456',
  employee_id: 'emp_123456',
  employee_name: 'John Doe',
  clock_in: '2024-11-18T09:00:00Z',
  clock_out: '2024-11-18T17:30:00Z',
  work_hours: 8.5,
  late_minutes: 0,
  early_departure_minutes: 0,
  lock_id: 'lock_789',
  date: '2024-11-18',
};

const accessEvent = {
  id: 'event_123456',
  lock_id: 'lock_789',
  employee_id: 'emp_123456',
  employee_name: 'John Doe',
  access_method: 'fingerprint',
  timestamp: '2024-11-18T09:00:00Z',
  success: true,
};

const jane = {
  name: 'Jane Smith',
  email: 'jane@example.com',
  department_id: 'dept_789',
  position: 'Marketing Manager',
  salary: 65000,
  start_date: '2024-02-01',
} as const;

const clock = {
  employee_id: 'emp_123456',
  type: 'clock_in',
  timestamp: '2024-11-18T09:00:00Z',
  lock_id: 'lock_789',
  notes: 'Manual entry',
} as const;

export const examples: readonly ContractExample[] = [
  {
    id: 'organization.get',
    input: {},
    sdk: (client) => client.organization.get(),
    method: 'GET',
    path: '/organization',
    query: {},
    status: 200,
    answer: { success: true, data: organization },
  },
  {
    id: 'employees.list',
    input: { page: 2, limit: 10, department: 'dept_789', status: 'active' },
    sdk: (client) => client.employees.list({ page: 2, limit: 10, department: 'dept_789', status: 'active' }),
    method: 'GET',
    path: '/employees',
    query: { page: '2', limit: '10', department: 'dept_789', status: 'active' },
    status: 200,
    answer: { success: true, data: [employee], pagination: { page: 2, limit: 10, total: 42 } },
  },
  {
    id: 'employees.get',
    input: { id: 'emp_123456' },
    sdk: (client) => client.employees.get('emp_123456'),
    method: 'GET',
    path: '/employees/emp_123456',
    query: {},
    status: 200,
    answer: { success: true, data: employee },
  },
  {
    id: 'employees.create',
    input: jane,
    sdk: (client) => client.employees.create(jane),
    method: 'POST',
    path: '/employees',
    query: {},
    body: {
      name: 'Jane Smith',
      email: 'jane@example.com',
      department_id: 'dept_789',
      position: 'Marketing Manager',
      salary: 65000,
      start_date: '2024-02-01',
    },
    status: 201,
    answer: { success: true, data: { ...employee, id: 'emp_123457', name: 'Jane Smith' } },
  },
  {
    id: 'employees.update',
    input: { id: 'emp_123456', salary: 80000 },
    sdk: (client) => client.employees.update('emp_123456', { salary: 80000 }),
    method: 'PUT',
    path: '/employees/emp_123456',
    query: {},
    body: { salary: 80000 },
    status: 200,
    answer: { success: true, data: { ...employee, salary: 80000 } },
  },
  {
    id: 'employees.delete',
    input: { id: 'emp_123456' },
    sdk: (client) => client.employees.delete('emp_123456'),
    method: 'DELETE',
    path: '/employees/emp_123456',
    query: {},
    status: 200,
    answer: { success: true, data: { ...employee, status: 'inactive' } },
  },
  {
    id: 'attendance.list',
    input: {
      employee_id: 'emp_123456',
      start_date: '2024-11-01',
      end_date: '2024-11-30',
      lock_id: 'lock_789',
    },
    sdk: (client) =>
      client.attendance.list({
        employee_id: 'emp_123456',
        start_date: '2024-11-01',
        end_date: '2024-11-30',
        lock_id: 'lock_789',
      }),
    method: 'GET',
    path: '/attendance',
    query: {
      employee_id: 'emp_123456',
      start_date: '2024-11-01',
      end_date: '2024-11-30',
      lock_id: 'lock_789',
    },
    status: 200,
    answer: { success: true, data: [attendance] },
  },
  {
    id: 'attendance.clock',
    input: clock,
    sdk: (client) => client.attendance.clock(clock),
    method: 'POST',
    path: '/attendance/clock',
    query: {},
    body: {
      employee_id: 'emp_123456',
      type: 'clock_in',
      timestamp: '2024-11-18T09:00:00Z',
      lock_id: 'lock_789',
      notes: 'Manual entry',
    },
    status: 201,
    answer: { success: true, data: { ...attendance, clock_out: null, work_hours: null } },
  },
  {
    id: 'reports.payroll',
    input: {
      start_date: '2024-11-01',
      end_date: '2024-11-30',
      employee_id: 'emp_123456',
      format: 'json',
    },
    sdk: (client) =>
      client.reports.payroll({
        start_date: '2024-11-01',
        end_date: '2024-11-30',
        employee_id: 'emp_123456',
        format: 'json',
      }),
    method: 'GET',
    path: '/reports/payroll',
    query: {
      start_date: '2024-11-01',
      end_date: '2024-11-30',
      employee_id: 'emp_123456',
      format: 'json',
    },
    status: 200,
    answer: {
      success: true,
      data: [
        {
          staff: 'John Doe',
          gross: 6250,
          hours: { regular: 168, extra: 4.5 },
          fines: [{ reason: 'late', amount: 8.48 }],
          net: 6049.35,
        },
      ],
    },
  },
  {
    id: 'reports.attendance',
    input: { start_date: '2024-11-01', end_date: '2024-11-30', employee_id: 'emp_123456' },
    sdk: (client) =>
      client.reports.attendance({
        start_date: '2024-11-01',
        end_date: '2024-11-30',
        employee_id: 'emp_123456',
      }),
    method: 'GET',
    path: '/reports/attendance',
    query: { start_date: '2024-11-01', end_date: '2024-11-30', employee_id: 'emp_123456' },
    status: 200,
    answer: {
      success: true,
      data: { month: 'November', people: [{ who: 'John Doe', presence: '20/21' }], generator: 'v7' },
    },
  },
  {
    id: 'locks.list',
    input: {},
    sdk: (client) => client.locks.list(),
    method: 'GET',
    path: '/locks',
    query: {},
    status: 200,
    answer: { success: true, data: [{ id: 'lock_789', alias: 'Front', electricQuantity: 80 }] },
  },
  {
    id: 'locks.history',
    input: { id: 'lock_789' },
    sdk: (client) => client.locks.history('lock_789'),
    method: 'GET',
    path: '/locks/lock_789/history',
    query: {},
    status: 200,
    answer: { success: true, data: [accessEvent] },
  },
];
