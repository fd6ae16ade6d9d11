/** What has changed since the seed: the only part of the sandbox that takes memory. Made by applying operations in order. */

import type { Person } from './seed/people.ts';

export type EmployeeVerb = 'created' | 'updated' | 'deleted' | 'restored';
export type ClockType = 'clock_in' | 'clock_out';

/** A day's attendance as it was clocked. Instants in ms. */
export interface StoredRecord {
  readonly in: number;
  readonly out: number | null;
  readonly lock: string | null;
}

/** An attempt to open a door that was not seeded. */
export interface StoredEvent {
  readonly id: string;
  readonly lock: string;
  /** null: the record names nobody. */
  readonly index: number | null;
  readonly method: string;
  /** By the lock's clock, in ms. */
  readonly at: number;
  /** When the service received it, in ms. */
  readonly received: number;
  readonly ok: boolean;
  readonly reason?: string;
}

/** One operation, as the log keeps it. `seeded`: part of a fixture, not a write that someone made. */
export type Operation =
  | { readonly op: 'employee'; readonly verb: EmployeeVerb; readonly index: number; readonly person: Person }
  | {
      readonly op: 'clock';
      readonly type: ClockType;
      readonly index: number;
      readonly day: number;
      readonly at: number;
      readonly lock: string | null;
      readonly method: string;
      readonly notes?: string | undefined;
      /** Absent when the very same punch was there already. */
      readonly record?: StoredRecord | undefined;
      readonly seeded?: true;
    }
  | { readonly op: 'access'; readonly event: StoredEvent; readonly seeded?: true };

/** One write: all of its operations take effect, or none. */
export interface Change {
  /** By the virtual clock, in ms. */
  readonly at: number;
  readonly ops: readonly Operation[];
}

/** An operation that somebody's write made, and when by the virtual clock. */
export interface Written {
  readonly at: number;
  readonly op: Operation;
}

export class State {
  /** Employees that were created or changed, by index. */
  readonly people = new Map<number, Person>();
  /** Grows with every change of an employee. */
  peopleVersion = 0;
  created = 0;
  /** Clocked days by day, then employee. */
  readonly records = new Map<number, Map<number, StoredRecord>>();
  readonly events = new Map<string, StoredEvent[]>();
  eventCount = 0;
  /** All that the ledger tells, in its order. */
  readonly written: Written[] = [];
  /** Grows with every change. */
  version = 0;
  readonly #emails = new Map<string, number>();
  readonly #employees: number;

  /** `employees`: how many are seeded. */
  constructor(employees: number) {
    this.#employees = employees;
  }

  apply(change: Change): void {
    this.version += 1;
    for (const op of change.ops) this.#applyOne(op, change.at);
  }

  /** The changed or created employee with an e-mail address, in lower case. */
  indexOfEmail(email: string): number | undefined {
    return this.#emails.get(email);
  }

  record(index: number, day: number): StoredRecord | undefined {
    return this.records.get(day)?.get(index);
  }

  #applyOne(op: Operation, at: number): void {
    if (op.op === 'employee') this.#employee(op.index, op.person);
    else if (op.op === 'clock') this.#clock(op.index, op.day, op.record);
    else this.#access(op.event);
    if (!('seeded' in op)) this.written.push({ at, op });
  }

  #employee(index: number, person: Person): void {
    const before = this.people.get(index);
    if (before) this.#emails.delete(before.email.toLowerCase());
    this.people.set(index, person);
    this.#emails.set(person.email.toLowerCase(), index);
    this.created = Math.max(this.created, index - this.#employees + 1);
    this.peopleVersion += 1;
  }

  #clock(index: number, day: number, record: StoredRecord | undefined): void {
    if (!record) return;
    let records = this.records.get(day);
    if (!records) {
      records = new Map();
      this.records.set(day, records);
    }
    records.set(index, record);
  }

  #access(event: StoredEvent): void {
    let events = this.events.get(event.lock);
    if (!events) {
      events = [];
      this.events.set(event.lock, events);
    }
    // Kept in the order of the doors' clocks; most come in that order, a late one is put where it belongs.
    if ((events[events.length - 1]?.at ?? 0) <= event.at) events.push(event);
    else events.splice(firstAfter(events, event.at), 0, event);
    this.eventCount += 1;
  }
}

/** How many of the events, sorted by time, are not after an instant. */
export function firstAfter(events: readonly StoredEvent[], at: number, from = 0): number {
  let low = from;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One record a day and employee, so the two make its ID. */
export const attendanceId = (index: number, day: number): string =>
  `att_${day}${String(index).padStart(7, '0')}`;
