/** The registry: every endpoint of the API, once. */

import { clockAttendance, listAttendance } from './attendance.ts';
import { createEmployee, deleteEmployee, getEmployee, listEmployees, updateEmployee } from './employees.ts';
import { listLocks, lockHistory } from './locks.ts';
import { getOrganization } from './organization.ts';
import { attendanceReport, payrollReport } from './reports.ts';
import type { AnyEndpoint } from './types.ts';

export const endpoints: readonly AnyEndpoint[] = [
  getOrganization,
  listEmployees,
  getEmployee,
  createEmployee,
  updateEmployee,
  deleteEmployee,
  listAttendance,
  clockAttendance,
  payrollReport,
  attendanceReport,
  listLocks,
  lockHistory,
];
