/** What the API says happened in a period, in the form in which webhooks would have told it. */

import type { AttendanceRecord } from '../api/attendance.ts';
import type { Employee } from '../api/employees.ts';
import type { AccessEvent } from '../api/locks.ts';
import type { PayrollReport } from '../api/reports.ts';
import type { CompleteEvent } from '../api/webhooks.ts';
import type { Client } from '../client/index.ts';
import { addDays, isoDate } from '../time/zone.ts';
import { isObject } from './event.ts';

/** Two instants, ms since the epoch: from the first on, up to but not with the second. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface Happenings {
  readonly events: readonly CompleteEvent[];
  /** Everybody as they are now: whoever differs from what webhooks last told was changed unheard. */
  readonly employees: readonly Employee[];
  /** What the API does not let one tell, in words. */
  readonly gaps: readonly string[];
}

/** Reads all that can be compared. @throws what the client throws. */
export async function happenings(client: Client, window: Window, signal: AbortSignal): Promise<Happenings> {
  const options = { signal };
  const opened: AccessEvent[] = [];
  for await (const { id } of client.locks.list(options)) {
    for await (const event of client.locks.history(id, {}, options))
      opened.push({ ...event, lock_id: event.lock_id ?? id });
  }
  // A shift's date is the day on which it begins, and in the organization's zone: a day more on either side has them all.
  const days = { start_date: addDays(isoDate(window.from), -2), end_date: addDays(isoDate(window.to), 1) };
  const attendance: AttendanceRecord[] = [];
  for await (const record of client.attendance.list(days, options)) attendance.push(record);
  const employees: Employee[] = [];
  for await (const employee of client.employees.list({}, options)) employees.push(employee);
  const doors = doorsOf(opened);
  const punches = attendance
    .flatMap((record) => punchesOf(record, doors))
    .filter(({ at }) => within(window, at));
  const penalties = await penaltiesOf(punches, client, days, signal);
  return {
    events: [
      ...opened
        .filter((event) => event.success === true && within(window, event.received_at ?? event.timestamp))
        .map(openedEvent),
      ...punches.map(({ event }) => event),
      ...penalties.events,
      ...employees.flatMap((employee) => employeeEvents(employee, window)),
    ].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp)),
    employees,
    gaps: penalties.gaps,
  };
}

/** A time that is missing, or no time, is in no period. */
function within({ from, to }: Window, time: string | null | undefined): boolean {
  const instant = Date.parse(time ?? '');
  return instant >= from && instant < to;
}

const openedEvent = (event: AccessEvent): CompleteEvent => ({
  event: 'lock.opened',
  timestamp: event.timestamp,
  data: { ...event },
});

interface Punch {
  readonly at: string;
  readonly event: CompleteEvent;
  /** Minutes late or early, and which of the two. */
  readonly minutes: number;
  readonly kind: 'late_arrival' | 'early_departure';
  readonly record: AttendanceRecord;
}

/** Successful opens by who and when. */
type Doors = ReadonlyMap<string, readonly AccessEvent[]>;

const doorKey = (employee: string | null, time: string) => `${employee} ${Date.parse(time)}`;

function doorsOf(opened: readonly AccessEvent[]): Doors {
  const doors = new Map<string, AccessEvent[]>();
  for (const event of opened) {
    if (event.success !== true) continue;
    const key = doorKey(event.employee_id, event.timestamp);
    const known = doors.get(key);
    if (known) known.push(event);
    else doors.set(key, [event]);
  }
  return doors;
}

function punchesOf(record: AttendanceRecord, doors: Doors): Punch[] {
  const { clock_in, clock_out, late_minutes, early_departure_minutes } = record;
  const make = (name: string, at: string): CompleteEvent => {
    // The attendance record has one lock and no method: both are those of the door that was opened just then.
    const candidates = doors.get(doorKey(record.employee_id, at)) ?? [];
    const door = candidates.find(({ lock_id }) => lock_id === record.lock_id) ?? candidates[0];
    const data = {
      employee_id: record.employee_id,
      employee_name: record.employee_name,
      lock_id: door?.lock_id ?? record.lock_id,
      timestamp: at,
      ...(door ? { method: door.access_method } : {}),
    };
    return { event: name, timestamp: at, data };
  };
  return [
    {
      at: clock_in,
      event: make('attendance.clock_in', clock_in),
      minutes: late_minutes ?? 0,
      kind: 'late_arrival',
      record,
    },
    ...(clock_out
      ? [
          {
            at: clock_out,
            event: make('attendance.clock_out', clock_out),
            minutes: early_departure_minutes ?? 0,
            kind: 'early_departure' as const,
            record,
          },
        ]
      : []),
  ];
}

/** Penalties are not listed anywhere: they follow from the minutes and from the policy that the payroll report names. */
async function penaltiesOf(
  punches: readonly Punch[],
  client: Client,
  days: { readonly start_date: string; readonly end_date: string },
  signal: AbortSignal,
): Promise<{ events: CompleteEvent[]; gaps: string[] }> {
  const late = punches.filter(({ minutes }) => minutes > 0);
  if (late.length === 0) return { events: [], gaps: [] };
  const report = await client.reports.payroll(days, { signal });
  const grace = report.policy?.['grace_minutes'];
  if (typeof grace !== 'number') {
    return {
      events: [],
      gaps: ['penalties: the payroll report does not say from which minute on they are made'],
    };
  }
  const charged = late.filter(({ minutes }) => minutes > grace);
  return { events: charged.map((punch) => penaltyEvent(punch, report)), gaps: [] };
}

function penaltyEvent({ at, minutes, kind, record }: Punch, report: PayrollReport): CompleteEvent {
  const amount = amountOf(minutes, record.employee_id, report);
  const data = {
    employee_id: record.employee_id,
    employee_name: record.employee_name,
    type: kind,
    minutes,
    ...(amount === undefined ? {} : { amount, currency: report.currency }),
    date: record.date,
    attendance_id: record.id,
    timestamp: at,
  };
  return { event: 'penalty.created', timestamp: at, data };
}

/** In whole units, to the cent; undefined where the report does not say how it is reckoned. */
function amountOf(
  minutes: number,
  employee: string,
  { policy, employees }: PayrollReport,
): number | undefined {
  const row: unknown = employees?.find((one) => isObject(one) && one['employee_id'] === employee);
  const salary = isObject(row) ? row['annual_salary'] : undefined;
  const hours = policy?.['annual_hours'];
  const multiplier = policy?.['penalty_multiplier'];
  if (typeof salary !== 'number' || typeof hours !== 'number' || typeof multiplier !== 'number')
    return undefined;
  return Math.round((salary * 100 * multiplier * minutes) / (hours * 60)) / 100;
}

/** Fields that the API need not name, and that the sandbox or a later API may. */
type Dated = Employee & { readonly updated_at?: string | null };

function employeeEvents(employee: Dated, window: Window): CompleteEvent[] {
  const { created_at, updated_at, deleted_at } = employee;
  const make = (event: string, timestamp: string): CompleteEvent => ({
    event,
    timestamp,
    data: { ...employee },
  });
  const events: CompleteEvent[] = [];
  if (within(window, created_at)) events.push(make('employee.created', created_at));
  if (deleted_at && within(window, deleted_at)) events.push(make('employee.deleted', deleted_at));
  const changed = updated_at && updated_at !== created_at && updated_at !== deleted_at;
  if (changed && within(window, updated_at)) events.push(make('employee.updated', updated_at));
  return events;
}
