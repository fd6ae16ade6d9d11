/** How to find out whether a write took effect: by reading what it should have left behind. */

import type { AttendanceRecord, Clock as ClockEvent } from '../api/attendance.ts';
import type { CreateEmployee, Employee } from '../api/employees.ts';
import { RefusedError } from '../errors.ts';
import { isObject } from './envelope.ts';
import type { Page } from './options.ts';
import type { Trace } from './settle.ts';

type Fields = Readonly<Record<string, unknown>>;

const DAY = 86_400_000;
const ABSENT: Trace = { state: 'absent' };

function fold(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

/** Names of the fields that the record shows with another value than the one sent. */
function differing(sent: Fields, record: Fields): string[] {
  return Object.keys(sent).filter(
    (name) =>
      sent[name] !== undefined && record[name] !== undefined && fold(sent[name]) !== fold(record[name]),
  );
}

/** Finds a created employee by e-mail. One that differs from what was sent may be another's: undecidable. */
export async function findEmployee(
  sent: CreateEmployee,
  pages: AsyncIterable<Page<Employee>>,
): Promise<Trace> {
  if (typeof sent.email !== 'string') return { state: 'undecidable', why: 'it has no e-mail to look for' };
  for await (const { rows } of pages) {
    for (const row of rows) {
      if (fold(row.email) !== fold(sent.email)) continue;
      const others = differing({ ...sent }, { ...row });
      if (others.length === 0) return { state: 'applied', data: row };
      return { state: 'undecidable', why: `${row.id} has this e-mail, but another ${others.join(', ')}` };
    }
  }
  return ABSENT;
}

/** The days on which an event may be filed, whatever the organization's time zone. */
export function daysAround(timestamp: string): { start_date: string; end_date: string } | undefined {
  const at = Date.parse(timestamp);
  if (Number.isNaN(at)) return undefined;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { start_date: day(at - DAY), end_date: day(at + DAY) };
}

/** Finds a clock event by employee, type and time. A record that would hide it makes it undecidable. */
export async function findClock(
  sent: ClockEvent,
  pages: AsyncIterable<Page<AttendanceRecord>>,
): Promise<Trace> {
  const at = Date.parse(sent.timestamp);
  let hidden: string | undefined;
  for await (const { rows } of pages) {
    for (const row of rows) {
      if (row.employee_id !== sent.employee_id) continue;
      const into = Date.parse(row.clock_in ?? '');
      const out = Date.parse(row.clock_out ?? '');
      // Servers may drop the fraction of a second.
      if (Math.abs((sent.type === 'clock_in' ? into : out) - at) < 1000)
        return { state: 'applied', data: row };
      const inside = into < at && (sent.type === 'clock_in' ? !(out <= at) : out > at);
      if (inside) hidden = row.id;
    }
  }
  return hidden === undefined
    ? ABSENT
    : { state: 'undecidable', why: `the record ${hidden} spans that time and would not show it` };
}

/** Compares a changed record with what was sent. A field that the record does not show counts as not applied. */
export async function findChange(sent: unknown, read: () => Promise<unknown>): Promise<Trace> {
  const record = await read();
  if (!isObject(sent) || !isObject(record)) return { state: 'undecidable', why: 'the record is no object' };
  const shown = Object.keys(sent).every((name) => record[name] !== undefined);
  return shown && differing(sent, record).length === 0 ? { state: 'applied', data: record } : ABSENT;
}

/** Looks whether a record is gone: not found, or softly deleted. */
export async function findGone(read: () => Promise<unknown>): Promise<Trace> {
  try {
    const record = await read();
    if (!isObject(record)) return { state: 'undecidable', why: 'the record is no object' };
    const deleted = record['status'] === 'inactive' || typeof record['deleted_at'] === 'string';
    return deleted ? { state: 'applied', data: record } : ABSENT;
  } catch (error) {
    if (error instanceof RefusedError && error.status === 404) return { state: 'applied', data: {} };
    throw error;
  }
}
