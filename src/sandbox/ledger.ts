/** The ledger: every write that was applied and every access record as it became visible, append-only. */

import { dateOf, timestamp } from './calendar.ts';
import { employeeId } from './seed/people.ts';
import { attendanceId, type Operation, type State } from './state.ts';

interface Entry {
  readonly kind: string;
  readonly id: string;
  /** What names it in the world outside: an e-mail address; employee, type and time; lock, time, method and employee. */
  readonly key: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** A line of the ledger. */
export interface LedgerEntry extends Entry {
  /** From 1. */
  readonly seq: number;
  /** RFC 3339, by the virtual clock. */
  readonly at: string;
}

/** The lines after the first `after`, at most `limit`. */
export function ledgerOf(state: State, after = 0, limit = Number.POSITIVE_INFINITY): LedgerEntry[] {
  return state.written
    .slice(after, after + limit)
    .map(({ at, op }, nth) => ({ seq: after + nth + 1, at: timestamp(at), ...entryOf(op) }));
}

function entryOf(op: Operation): Entry {
  if (op.op === 'employee') {
    const { person } = op;
    return {
      kind: `employee.${op.verb}`,
      id: employeeId(op.index),
      key: { email: person.email },
      name: person.name,
      position: person.position,
      salary: person.salary / 100,
      status: person.active ? 'active' : 'inactive',
    };
  }
  if (op.op === 'clock') {
    return {
      kind: `attendance.${op.type}`,
      id: attendanceId(op.index, op.day),
      key: { employee_id: employeeId(op.index), type: op.type, timestamp: timestamp(op.at) },
      date: dateOf(op.day),
      lock_id: op.lock,
      ...(op.notes === undefined ? {} : { notes: op.notes }),
      repeated: op.record === undefined,
    };
  }
  const { event } = op;
  return {
    kind: 'access',
    id: event.id,
    key: {
      lock_id: event.lock,
      timestamp: timestamp(event.at),
      access_method: event.method,
      employee_id: event.index === null ? null : employeeId(event.index),
    },
    success: event.ok,
    received_at: timestamp(event.received),
  };
}
