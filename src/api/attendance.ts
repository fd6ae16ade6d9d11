import { endpoint, record } from './types.ts';

/** One employee's presence on one day. */
export interface AttendanceRecord {
  /** @example "att_123456" */
  id: string;
  employee_id: string;
  employee_name: string;
  /** RFC 3339. */
  clock_in: string;
  /** RFC 3339; null while the employee is in, or when the clock-out is missing. */
  clock_out: string | null;
  /** Hours between the two, null without a clock-out. */
  work_hours: number | null;
  /** Minutes after the shift's start, those that cost nothing included. */
  late_minutes: number;
  /** Minutes before the shift's end, those that cost nothing included. */
  early_departure_minutes: number;
  /** The lock at which it was clocked; null for none. */
  lock_id: string | null;
  /** YYYY-MM-DD, the day on which the shift starts. */
  date: string;
}

export interface ListAttendance {
  employee_id?: string | undefined;
  /** YYYY-MM-DD, inclusive. */
  start_date?: string | undefined;
  /** YYYY-MM-DD, inclusive. */
  end_date?: string | undefined;
  lock_id?: string | undefined;
  /** Not documented for attendance: sent only when given. */
  page?: number | undefined;
  /** Not documented for attendance: sent only when given. */
  limit?: number | undefined;
}

export type ClockType = 'clock_in' | 'clock_out';

export interface Clock {
  employee_id: string;
  type: ClockType;
  /** RFC 3339. */
  timestamp: string;
  /** The lock at which it happened. */
  lock_id?: string | undefined;
  /** For people. */
  notes?: string | undefined;
}

export const CLOCK_TYPES: readonly ClockType[] = ['clock_in', 'clock_out'];

export const attendanceRecord = record<AttendanceRecord>({
  name: 'AttendanceRecord',
  description: "One employee's presence on one day.",
  fields: {
    id: { kind: 'id', description: "The record's ID.", priority: 4, example: 'att_123456' },
    date: {
      kind: 'date',
      description: 'The day on which the shift starts.',
      priority: 3,
      example: '2024-11-18',
    },
    employee_id: {
      kind: 'id',
      description: "The employee's ID.",
      header: 'Employee',
      priority: 3,
      example: 'emp_123456',
    },
    employee_name: {
      kind: 'text',
      description: "The employee's name.",
      header: 'Name',
      priority: 1,
      example: 'John Doe',
    },
    clock_in: {
      kind: 'time',
      description: 'First clock-in.',
      header: 'In',
      priority: 1,
      example: '2024-11-18T09:00:00Z',
    },
    clock_out: {
      kind: 'time',
      description: 'Last clock-out; null when there is none.',
      header: 'Out',
      nullable: true,
      priority: 1,
      example: '2024-11-18T17:30:00Z',
    },
    work_hours: {
      kind: 'hours',
      description: 'Hours between them; null without a clock-out.',
      header: 'Hours',
      nullable: true,
      priority: 1,
      total: true,
      example: 8.5,
    },
    late_minutes: {
      kind: 'minutes',
      description: 'Minutes late.',
      header: 'Late min',
      priority: 2,
      total: true,
      example: 0,
    },
    early_departure_minutes: {
      kind: 'minutes',
      description: 'Minutes left early.',
      header: 'Early min',
      priority: 2,
      total: true,
      example: 0,
    },
    lock_id: {
      kind: 'id',
      description: 'The lock that was opened.',
      header: 'Lock',
      nullable: true,
      priority: 3,
      example: 'lock_789',
    },
  },
});

export const listAttendance = endpoint<ListAttendance, AttendanceRecord>({
  id: 'attendance.list',
  method: 'GET',
  path: '/attendance',
  scope: 'read',
  summary: 'List attendance records',
  params: {
    employee_id: {
      in: 'query',
      kind: 'id',
      noun: 'employee',
      flag: 'employee',
      description: 'Only this employee: an ID',
      placeholder: 'EMPLOYEE',
    },
    start_date: { in: 'query', kind: 'date', flag: 'from', description: 'First day' },
    end_date: { in: 'query', kind: 'date', flag: 'to', description: 'Last day, inclusive' },
    lock_id: {
      in: 'query',
      kind: 'id',
      noun: 'lock',
      flag: 'lock',
      description: 'Only through this lock: an ID',
      placeholder: 'LOCK',
    },
    page: {
      in: 'query',
      kind: 'integer',
      min: 1,
      description: 'Which page, where the API pages this list',
      placeholder: 'N',
    },
    limit: {
      in: 'query',
      kind: 'integer',
      min: 1,
      max: 100,
      description: 'Rows a page, where the API pages this list',
      placeholder: 'N',
    },
  },
  paging: 'if-answered',
  status: 200,
  answer: { shape: 'list', record: attendanceRecord },
});

export const clockAttendance = endpoint<Clock, AttendanceRecord>({
  id: 'attendance.clock',
  method: 'POST',
  path: '/attendance/clock',
  scope: 'write',
  summary: 'Clock an employee in or out',
  params: {
    employee_id: {
      in: 'body',
      kind: 'id',
      noun: 'employee',
      required: true,
      flag: null,
      description: "The employee's ID",
      example: 'emp_123456',
    },
    type: {
      in: 'body',
      kind: 'text',
      values: CLOCK_TYPES,
      required: true,
      flag: null,
      description: 'In or out',
      example: 'clock_in',
    },
    timestamp: {
      in: 'body',
      kind: 'time',
      required: true,
      flag: 'at',
      description: 'When: RFC 3339',
      shorthand: '09:00, "yesterday 17:30", now, -15m',
      example: '2024-11-18T09:00:00Z',
    },
    lock_id: {
      in: 'body',
      kind: 'id',
      noun: 'lock',
      flag: 'lock',
      description: 'At which lock: an ID',
      placeholder: 'LOCK',
      example: 'lock_789',
    },
    notes: { in: 'body', kind: 'text', description: 'A note for the record', example: 'Manual entry' },
  },
  status: 201,
  answer: { shape: 'record', record: attendanceRecord },
});
