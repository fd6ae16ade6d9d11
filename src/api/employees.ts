import { endpoint, type Param, record } from './types.ts';

export type EmployeeStatus = 'active' | 'inactive';

/** An employee. The record shows a department's **name**; filters and bodies take its **ID**. */
export interface Employee {
  /** @example "emp_123456" */
  id: string;
  name: string;
  email: string;
  /** The department's name, such as `Engineering`. */
  department: string;
  /** Job title. */
  position: string;
  /** A year's salary in whole units of the organization's currency. */
  salary: number;
  /** `inactive` once it is deleted, softly. */
  status: EmployeeStatus;
  /** RFC 3339. */
  created_at: string;
  /** The department's ID. Not documented; the sandbox names it. */
  department_id?: string;
  /** YYYY-MM-DD. Not documented in answers; the sandbox names it. */
  start_date?: string;
  /** YYYY-MM-DD. Not documented; the sandbox names it of those who have left. */
  end_date?: string;
  /** When it was deleted, softly. Not documented; the sandbox names it. */
  deleted_at?: string | null;
}

export interface ListEmployees {
  /** From 1. Default 1. */
  page?: number | undefined;
  /** Rows a page, 1 to 100. Default 50. */
  limit?: number | undefined;
  /** A department's ID. */
  department?: string | undefined;
  status?: EmployeeStatus | undefined;
}

export interface CreateEmployee {
  name: string;
  /** No two employees share one. */
  email: string;
  /** A department's ID, not its name. */
  department_id?: string | undefined;
  /** Job title. */
  position?: string | undefined;
  /** A year's salary in whole units of the organization's currency. */
  salary?: number | undefined;
  /** YYYY-MM-DD. */
  start_date?: string | undefined;
}

export interface UpdateEmployee extends Omit<CreateEmployee, 'name' | 'email'> {
  id: string;
  name?: string | undefined;
  /** No two employees share one. */
  email?: string | undefined;
  /** `active` restores whom a deletion made `inactive`. */
  status?: EmployeeStatus | undefined;
}

export interface EmployeeId {
  id: string;
}

export const EMPLOYEE_STATUSES: readonly EmployeeStatus[] = ['active', 'inactive'];

export const employee = record<Employee>({
  name: 'Employee',
  description: 'An employee of the organization.',
  fields: {
    id: { kind: 'id', description: "The employee's ID.", priority: 1, example: 'emp_123456' },
    name: { kind: 'text', description: 'Full name.', priority: 1, example: 'John Doe' },
    email: {
      kind: 'email',
      description: 'E-mail address, unique in the organization.',
      priority: 3,
      example: 'john@example.com',
    },
    department: { kind: 'text', description: "The department's name.", priority: 2, example: 'Engineering' },
    position: { kind: 'text', description: 'Job title.', priority: 3, example: 'Senior Developer' },
    salary: { kind: 'money', description: "A year's salary.", priority: 2, example: 75000 },
    status: {
      kind: 'status',
      description: 'Whether the employee works here now.',
      values: EMPLOYEE_STATUSES,
      priority: 1,
      example: 'active',
    },
    created_at: {
      kind: 'time',
      description: 'When the record was made.',
      header: 'Created',
      priority: 4,
      example: '2024-01-15T10:30:00Z',
    },
    department_id: {
      kind: 'id',
      description: "The department's ID, where the API names it.",
      optional: true,
      priority: 0,
    },
    start_date: {
      kind: 'date',
      description: 'First working day, where the API names it.',
      optional: true,
      priority: 0,
    },
    end_date: {
      kind: 'date',
      description: 'Last working day, where the API names it.',
      optional: true,
      priority: 0,
    },
    deleted_at: {
      kind: 'time',
      description: 'When it was deleted; it can be restored.',
      optional: true,
      nullable: true,
      priority: 0,
    },
  },
});

const id: Param = {
  in: 'path',
  kind: 'id',
  noun: 'employee',
  required: true,
  description: "The employee's ID",
  placeholder: 'EMPLOYEE',
};

const body = {
  name: { in: 'body', kind: 'text', description: 'Full name', example: 'Jane Smith' },
  email: { in: 'body', kind: 'email', description: 'E-mail address', example: 'jane@example.com' },
  department_id: {
    in: 'body',
    kind: 'id',
    noun: 'department',
    flag: 'department',
    description: "Department's ID",
    placeholder: 'DEPARTMENT',
    example: 'dept_789',
  },
  position: { in: 'body', kind: 'text', description: 'Job title', example: 'Marketing Manager' },
  salary: {
    in: 'body',
    kind: 'money',
    min: 0,
    description: "A year's salary",
    placeholder: 'AMOUNT',
    example: 65000,
  },
  start_date: { in: 'body', kind: 'date', description: 'First working day', example: '2024-02-01' },
} as const satisfies Record<string, Param>;

export const listEmployees = endpoint<ListEmployees, Employee>({
  id: 'employees.list',
  method: 'GET',
  path: '/employees',
  scope: 'read',
  summary: 'List employees, a page at a time or all of them',
  params: {
    page: { in: 'query', kind: 'integer', min: 1, description: 'Which page, from 1', placeholder: 'N' },
    limit: {
      in: 'query',
      kind: 'integer',
      min: 1,
      max: 100,
      description: 'Rows a page, 1 to 100',
      placeholder: 'N',
    },
    department: {
      in: 'query',
      kind: 'id',
      noun: 'department',
      description: 'Only this department: its ID',
      placeholder: 'DEPARTMENT',
    },
    status: {
      in: 'query',
      kind: 'status',
      values: EMPLOYEE_STATUSES,
      description: 'Only employees of this status',
    },
  },
  paging: 'documented',
  status: 200,
  answer: { shape: 'list', record: employee },
});

export const getEmployee = endpoint<EmployeeId, Employee>({
  id: 'employees.get',
  method: 'GET',
  path: '/employees/:id',
  scope: 'read',
  summary: 'Show one employee',
  params: { id },
  status: 200,
  answer: { shape: 'record', record: employee },
});

export const createEmployee = endpoint<CreateEmployee, Employee>({
  id: 'employees.create',
  method: 'POST',
  path: '/employees',
  scope: 'write',
  summary: 'Add an employee',
  params: {
    ...body,
    name: { ...body.name, required: true },
    email: { ...body.email, required: true },
  },
  status: 201,
  answer: { shape: 'record', record: employee },
});

export const updateEmployee = endpoint<UpdateEmployee, Employee>({
  id: 'employees.update',
  method: 'PUT',
  path: '/employees/:id',
  scope: 'write',
  summary: 'Change fields of an employee',
  params: {
    id,
    ...body,
    status: {
      in: 'body',
      kind: 'status',
      values: EMPLOYEE_STATUSES,
      description: 'Whether the employee works here',
    },
  },
  status: 200,
  answer: { shape: 'record', record: employee },
});

export const deleteEmployee = endpoint<EmployeeId, Employee>({
  id: 'employees.delete',
  method: 'DELETE',
  path: '/employees/:id',
  scope: 'full',
  summary: 'Delete employees; they can be restored',
  params: { id },
  status: 200,
  answer: { shape: 'record', record: employee },
});
