/** Compares the record with what the API says happened. */

import type { Employee } from '../api/employees.ts';
import type { CompleteEvent, WebhookEvent } from '../api/webhooks.ts';
import type { Entry } from './entry.ts';
import { isObject, timeOf } from './event.ts';
import type { Happenings, Window } from './expected.ts';

interface Expected {
  readonly event: CompleteEvent;
  arrived: boolean;
}

export interface Audit {
  /** What never arrived, in the order in which it happened. */
  readonly missing: readonly CompleteEvent[];
  /** How much should have arrived. */
  readonly expected: number;
}

/** An instant, whichever way it is written. */
const instant = (value: unknown) => {
  const at = Date.parse(String(value));
  return Number.isNaN(at) ? String(value) : at;
};

/** By what an event is known again: the vendor gives it no ID. The first key that it has counts. */
function keysOf({ event, timestamp, data }: WebhookEvent): string[] {
  if (!isObject(data)) return [];
  const at = instant(data['timestamp'] ?? timestamp);
  if (event === 'lock.opened') {
    const door = `${event} ${data['lock_id']} ${data['employee_id']} ${at}`;
    return typeof data['id'] === 'string' ? [`${event} ${data['id']}`, door] : [door];
  }
  if (event === 'penalty.created') return [`${event} ${data['employee_id']} ${data['type']} ${data['date']}`];
  if (event === 'employee.updated') return [`${event} ${data['id']} ${instant(timestamp)}`];
  if (event.startsWith('employee.')) return [`${event} ${data['id']}`];
  return [`${event} ${data['employee_id']} ${at}`];
}

/**
 * Finds what never arrived. Reads the record once; memory grows with what is expected, not with the record. `now` is in
 * ms: a window may reach beyond it.
 */
export async function audit(
  happened: Happenings,
  entries: AsyncIterable<Entry>,
  window: Window,
  now = window.to,
): Promise<Audit> {
  const expected: Expected[] = distinct(happened.events).map((event) => ({ event, arrived: false }));
  const byKey = new Map<string, Expected[]>();
  for (const one of expected) {
    for (const key of keysOf(one.event)) byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  const told = new Map<string, WebhookEvent>();
  for await (const { event, duplicate } of entries) {
    if (duplicate) continue;
    const key = keysOf(event)[0];
    const found = key === undefined ? undefined : byKey.get(key)?.find(({ arrived }) => !arrived);
    if (found) found.arrived = true;
    if (event.event.startsWith('employee.')) remember(told, event);
  }
  const missing = expected.filter(({ arrived }) => !arrived).map(({ event }) => event);
  const dated = new Set(missing.map(({ data }) => data['id']));
  const unheard = changedUnheard(happened.employees, told, Math.min(window.to, now)).filter(
    ({ data }) => !dated.has(data['id']),
  );
  return { missing: [...missing, ...unheard], expected: expected.length + unheard.length };
}

/** A lock that uploads a record twice opened its door once. */
function distinct(events: readonly CompleteEvent[]): CompleteEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => {
    const id = event.event === 'lock.opened' ? event.data['id'] : undefined;
    if (typeof id !== 'string') return true;
    const first = !seen.has(id);
    seen.add(id);
    return first;
  });
}

function remember(told: Map<string, WebhookEvent>, event: WebhookEvent): void {
  const id = isObject(event.data) ? event.data['id'] : undefined;
  if (typeof id !== 'string') return;
  const last = told.get(id);
  if (!last || timeOf(event) >= timeOf(last)) told.set(id, event);
}

/**
 * The API does not date a change. But whoever is another now than the last webhook told was changed since, and no
 * webhook told it.
 */
function changedUnheard(employees: readonly Employee[], told: ReadonlyMap<string, WebhookEvent>, to: number) {
  const unheard: CompleteEvent[] = [];
  for (const employee of employees) {
    const last = told.get(employee.id);
    if (!last || !isObject(last.data) || timeOf(last) >= to) continue;
    const { data } = last;
    const now: Record<string, unknown> = { ...employee };
    if (
      Object.keys(data).every(
        (key) => !(key in now) || JSON.stringify(data[key]) === JSON.stringify(now[key]),
      )
    )
      continue;
    unheard.push({ event: 'employee.updated', timestamp: new Date(to).toISOString(), data: now });
  }
  return unheard;
}
