import { endpoint, type Field, type Param, record } from './types.ts';

/** What a report covers: days of the organization, both inclusive. */
export interface ReportPeriod {
  /** YYYY-MM-DD. */
  start_date: string;
  /** YYYY-MM-DD. */
  end_date: string;
}

export interface PayrollInput extends ReportPeriod {
  /** Only this employee. */
  employee_id?: string | undefined;
  /** `excel` asks for the API's own workbook. */
  format?: 'json' | 'excel' | undefined;
}

export interface AttendanceReportInput extends ReportPeriod {
  employee_id?: string | undefined;
}

/** One employee's pay. The reference does not show its shape: every field may be absent. Money in whole units with cents. */
export interface PayrollRow {
  employee_id?: string;
  employee_name?: string;
  department?: string;
  position?: string;
  annual_salary?: number;
  scheduled_days?: number;
  days_worked?: number;
  days_absent?: number;
  work_hours?: number;
  overtime_hours?: number;
  /** The penalized ones. */
  late_minutes?: number;
  early_departure_minutes?: number;
  base_pay?: number;
  overtime_pay?: number;
  absence_deduction?: number;
  late_penalty?: number;
  early_departure_penalty?: number;
  total_penalties?: number;
  total_pay?: number;
  warnings?: string[];
}

/** By what rules pay was reckoned, as far as the answer tells. */
export interface PayrollPolicy {
  name?: string;
  /** HH:MM, in the organization's zone. */
  shift_start?: string;
  shift_end?: string;
  shift_minutes?: number;
  /** Up to so many minutes cost nothing. */
  grace_minutes?: number;
  /** Fewer minutes than these are no overtime. */
  overtime_min_minutes?: number;
  /** Of the hourly rate. */
  overtime_multiplier?: number;
  penalty_multiplier?: number;
  /** Hours of a year, by which a salary becomes an hourly rate. */
  annual_hours?: number;
  /** YYYY-MM-DD. */
  holidays?: string[];
  [rule: string]: unknown;
}

/** The payroll report as the sandbox answers it; the real API may differ, so every field is optional. */
export interface PayrollReport {
  period?: ReportPeriod;
  currency?: string;
  timezone?: string;
  policy?: PayrollPolicy;
  employees?: PayrollRow[];
  totals?: Record<string, number>;
}

/** One employee's attendance over a period, raw minutes. */
export interface AttendanceReportRow {
  employee_id?: string;
  employee_name?: string;
  department?: string;
  scheduled_days?: number;
  days_present?: number;
  days_absent?: number;
  late_arrivals?: number;
  late_minutes?: number;
  early_departures?: number;
  early_departure_minutes?: number;
  work_hours?: number;
  overtime_hours?: number;
  missing_clock_outs?: number;
}

/** The attendance report as the sandbox answers it. */
export interface AttendanceReport {
  period?: ReportPeriod;
  timezone?: string;
  employees?: AttendanceReportRow[];
  totals?: Record<string, number>;
}

const count = (description: string, header: string, priority: Field['priority'] = 3): Field => ({
  kind: 'integer',
  description,
  header,
  priority: priority ?? 3,
  total: true,
  optional: true,
});
const minutes = (description: string, header: string): Field => ({
  kind: 'minutes',
  description,
  header,
  priority: 3,
  total: true,
  optional: true,
});
const hours = (description: string, header: string): Field => ({
  kind: 'hours',
  description,
  header,
  priority: 2,
  total: true,
  optional: true,
});
const money = (description: string, header: string, priority: 1 | 2 | 3 | 4 = 2): Field => ({
  kind: 'money',
  description,
  header,
  priority,
  total: true,
  optional: true,
});
const who = {
  employee_id: {
    kind: 'id',
    description: "The employee's ID.",
    header: 'Employee',
    priority: 2,
    optional: true,
  },
  employee_name: {
    kind: 'text',
    description: "The employee's name.",
    header: 'Name',
    priority: 1,
    optional: true,
  },
  department: { kind: 'text', description: "The department's name.", priority: 3, optional: true },
} as const satisfies Record<string, Field>;

export const payrollRow = record<PayrollRow>({
  name: 'PayrollRow',
  description: "One employee's pay in the period.",
  fields: {
    ...who,
    position: { kind: 'text', description: 'Job title.', priority: 4, optional: true },
    annual_salary: {
      kind: 'money',
      description: "A year's salary.",
      header: 'Salary',
      priority: 4,
      optional: true,
    },
    scheduled_days: count('Scheduled days in the period.', 'Sched', 4),
    days_worked: count('Days present.', 'Worked'),
    days_absent: count('Days absent.', 'Absent'),
    work_hours: hours('Hours worked.', 'Hours'),
    overtime_hours: hours('Hours paid as overtime.', 'OT h'),
    late_minutes: minutes('Penalized minutes late.', 'Late min'),
    early_departure_minutes: minutes('Penalized minutes left early.', 'Early min'),
    base_pay: money('Pay before additions and deductions.', 'Base', 1),
    overtime_pay: money('Pay for overtime.', 'Overtime'),
    absence_deduction: money('Deducted for absence.', 'Absence'),
    late_penalty: money('Penalty for late arrivals.', 'Late pen', 4),
    early_departure_penalty: money('Penalty for early departures.', 'Early pen', 4),
    total_penalties: money('All penalties.', 'Penalties'),
    total_pay: money('What is paid.', 'Total', 1),
    warnings: { kind: 'list', description: 'What to look at before paying.', priority: 3, optional: true },
  },
});

export const attendanceReportRow = record<AttendanceReportRow>({
  name: 'AttendanceReportRow',
  description: "One employee's attendance in the period.",
  fields: {
    ...who,
    scheduled_days: count('Scheduled days in the period.', 'Sched'),
    days_present: count('Days present.', 'Present', 1),
    days_absent: count('Days absent.', 'Absent', 1),
    late_arrivals: count('Late arrivals.', 'Times late', 2),
    late_minutes: minutes('Minutes late.', 'Late min'),
    early_departures: count('Early departures.', 'Times early', 2),
    early_departure_minutes: minutes('Minutes left early.', 'Early min'),
    work_hours: hours('Hours worked.', 'Hours'),
    overtime_hours: hours('Hours of overtime.', 'OT h'),
    missing_clock_outs: count('Days without a clock-out.', 'No out'),
  },
});

const currency: Field = { kind: 'text', description: 'ISO 4217, of every amount.', optional: true };
const timezone: Field = {
  kind: 'text',
  description: 'The IANA name of the zone whose days these are.',
  header: 'Time zone',
  optional: true,
};
const rule = (kind: Field['kind'], description: string): Field => ({ kind, description, optional: true });
const policy: Field = {
  kind: 'object',
  description: 'By what rules pay was reckoned.',
  optional: true,
  fields: {
    name: rule('text', 'What the policy is called.'),
    shift_start: rule('text', "HH:MM in the organization's zone."),
    shift_end: rule('text', "HH:MM in the organization's zone."),
    shift_minutes: rule('minutes', 'How long a shift is.'),
    grace_minutes: rule('minutes', 'Up to so many minutes late or early cost nothing.'),
    overtime_min_minutes: rule('minutes', 'Fewer minutes than these are no overtime.'),
    overtime_multiplier: rule('number', 'What overtime is paid, of the hourly rate.'),
    penalty_multiplier: rule('number', 'What a penalized minute costs, of the rate of a minute.'),
    annual_hours: rule('number', 'Hours of a year: the salary by these is the hourly rate.'),
    holidays: rule('list', 'Days on which nobody is expected, YYYY-MM-DD.'),
  },
};

const period = {
  start_date: { in: 'query', kind: 'date', flag: 'from', required: true, description: 'First day' },
  end_date: { in: 'query', kind: 'date', flag: 'to', required: true, description: 'Last day, inclusive' },
  employee_id: {
    in: 'query',
    kind: 'id',
    noun: 'employee',
    flag: 'employee',
    description: 'Only this employee: an ID',
    placeholder: 'EMPLOYEE',
  },
} as const satisfies Record<string, Param>;

export const payrollReport = endpoint<PayrollInput, PayrollRow>({
  id: 'reports.payroll',
  method: 'GET',
  path: '/reports/payroll',
  scope: 'read',
  summary: 'Calculate pay: salaries, overtime and penalties',
  params: {
    ...period,
    format: {
      in: 'query',
      kind: 'text',
      values: ['json', 'excel'],
      flag: null,
      description: 'What the API answers with',
    },
  },
  status: 200,
  answer: { shape: 'report', record: payrollRow, rows: 'employees', about: { currency, timezone, policy } },
});

export const attendanceReport = endpoint<AttendanceReportInput, AttendanceReportRow>({
  id: 'reports.attendance',
  method: 'GET',
  path: '/reports/attendance',
  scope: 'read',
  summary: 'Sum up attendance: hours, lateness and absences',
  params: period,
  status: 200,
  answer: { shape: 'report', record: attendanceReportRow, rows: 'employees', about: { timezone } },
});
