/** What the organization has now: read whole, and read again when it changed under our eyes. */

import type { AttendanceRecord } from '../api/attendance.ts';
import { listAttendance } from '../api/attendance.ts';
import { type Employee, listEmployees } from '../api/employees.ts';
import type { Client } from '../client/index.ts';
import { daysAround } from '../client/read-back.ts';
import type { ClockAction } from './types.ts';

/** How often a list that changes while it is read is read again. */
const READS = 4;
const PAGE = 100;

/** How bulk work calls the client: after people, and settling its own writes. */
export interface Calls {
  readonly client: Client;
  readonly signal: AbortSignal;
}

export const bulkOptions = (calls: Calls) =>
  ({ signal: calls.signal, priority: 'import', settle: false }) as const;

export interface Scan<O> {
  readonly rows: readonly O[];
  /** Whether the list kept still while it was read: only then does absence prove anything. */
  readonly still: boolean;
}

/** Every employee, deleted ones included where the API lists them. */
export async function scanEmployees(calls: Calls): Promise<Scan<Employee>> {
  const filter = { limit: PAGE };
  return scan(() => calls.client.pages(listEmployees, filter, bulkOptions(calls)));
}

async function scan<O extends { id: string }>(
  read: () => AsyncIterable<{ rows: O[]; pagination?: { total: number } }>,
): Promise<Scan<O>> {
  for (let attempt = 1; ; attempt += 1) {
    const rows = new Map<string, O>();
    const totals = new Set<number>();
    for await (const page of read()) {
      for (const row of page.rows) rows.set(row.id, row);
      if (page.pagination) totals.add(page.pagination.total);
    }
    const [total = rows.size] = totals;
    const still = totals.size <= 1 && total === rows.size;
    if (still || attempt >= READS) return { rows: [...rows.values()], still };
  }
}

/** The attendance records on which these punches may be filed: one request for a day's worth of them, or one a punch. */
export async function* attendanceAround(
  calls: Calls,
  punches: readonly ClockAction[],
): AsyncGenerator<AttendanceRecord> {
  for (const filter of filtersFor(punches)) {
    for await (const page of calls.client.pages(
      listAttendance,
      { ...filter, limit: PAGE, page: 1 },
      bulkOptions(calls),
    )) {
      yield* page.rows;
    }
  }
}

interface Filter {
  readonly employee_id?: string;
  readonly start_date: string;
  readonly end_date: string;
}

/** Joins days that touch into spans; names the employee where there is but one. */
function filtersFor(punches: readonly ClockAction[]): Filter[] {
  const days = new Map<string, { end: string; employees: Set<string> }>();
  for (const { body } of punches) {
    const around = daysAround(body.timestamp);
    if (!around) continue;
    const found = days.get(around.start_date) ?? { end: around.end_date, employees: new Set<string>() };
    found.employees.add(body.employee_id);
    days.set(around.start_date, found);
  }
  const spans: { start: string; end: string; employees: Set<string> }[] = [];
  for (const [start, { end, employees }] of [...days].sort(([a], [b]) => a.localeCompare(b))) {
    const last = spans.at(-1);
    if (last && start <= last.end) {
      if (end > last.end) last.end = end;
      for (const one of employees) last.employees.add(one);
    } else spans.push({ start, end, employees: new Set(employees) });
  }
  return spans.map(({ start, end, employees }) => {
    const [only] = employees;
    const who = employees.size === 1 && only !== undefined ? { employee_id: only } : {};
    return { ...who, start_date: start, end_date: end };
  });
}
