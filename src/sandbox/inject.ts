/** Access records as somebody wants them: late, equal, nameless, from the future, with an ID that was there before. */

import { invalid, notFound } from './http.ts';
import { findIndex } from './people.ts';
import { DOORS } from './seed/locks.ts';
import type { Operation, StoredEvent } from './state.ts';
import { asInstant, asText, type Body, knownLock } from './validate.ts';
import type { World } from './world.ts';

/** The records as operations. Every field may be left out: a good record of John Doe at the front door, now. */
export function injected(world: World, records: readonly unknown[]): Operation[] {
  return records.map((record, nth) => {
    if (typeof record !== 'object' || record === null)
      throw invalid('Each record must be an object', `records[${nth}]`);
    return { op: 'access', event: eventOf(world, record as Body, nth) };
  });
}

function eventOf(world: World, fields: Body, nth: number): StoredEvent {
  const {
    id,
    lock_id: lock,
    employee_id: employee,
    access_method: method,
    success,
    failure_reason: reason,
  } = fields;
  const ok = success !== false;
  const at = fields.timestamp === undefined ? world.now() : asInstant(fields.timestamp, 'timestamp');
  const received =
    fields.received_at === undefined ? world.now() : asInstant(fields.received_at, 'received_at');
  return {
    id:
      id === undefined
        ? `event_${String(world.state.eventCount + 1 + nth).padStart(6, '0')}`
        : asText(id, 'id'),
    lock: lock === undefined ? (DOORS[0]?.id ?? '') : knownLock(asText(lock, 'lock_id'), 'lock_id'),
    index:
      employee === null ? null : employee === undefined ? 0 : indexOf(world, asText(employee, 'employee_id')),
    method: method === undefined ? 'fingerprint' : asText(method, 'access_method'),
    at: Math.floor(at / 1000) * 1000,
    received: Math.floor(received / 1000) * 1000,
    ok,
    ...(ok ? {} : { reason: reason === undefined ? 'unknown_credential' : asText(reason, 'failure_reason') }),
  };
}

function indexOf(world: World, id: string): number {
  const index = findIndex(world, id);
  if (index === undefined) throw notFound(`There is no employee ${JSON.stringify(id)}`, 'employee_id');
  return index;
}
