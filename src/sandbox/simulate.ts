/** People come and go: one happening at a time, each an access record and what it causes. */

import { dateOf, timestamp } from './calendar.ts';
import type { Chance } from './chance.ts';
import { punch } from './clock.ts';
import { countOf, isActive, personAt } from './people.ts';
import { presenceOn } from './presence.ts';
import { DOORS, doorOf } from './seed/locks.ts';
import { CLASSES, type Person } from './seed/people.ts';
import type { Operation, StoredEvent } from './state.ts';
import type { Decision } from './store.ts';
import type { World } from './world.ts';

/** Shares of the access records that are not as they should be, 0 to 1. */
export interface RecordFaults {
  /** Uploaded up to forty days after the door opened. */
  late: number;
  /** Uploaded twice. */
  duplicate: number;
  /** By a lock whose clock is a few seconds fast. */
  future: number;
  /** A little older than the one before. */
  reordered: number;
  /** Without an employee. */
  nameless: number;
  /** By a method that nobody has heard of. */
  unknown: number;
}

export const noRecordFaults = (): RecordFaults => ({
  late: 0,
  duplicate: 0,
  future: 0,
  reordered: 0,
  nameless: 0,
  unknown: 0,
});

const METHODS = [
  'fingerprint',
  'card',
  'app',
  'face',
  'passcode',
  'palm_vein',
  'qr_code',
  'wristband',
  'remote',
] as const;
const NAMELESS = ['gateway', 'mechanical_key', 'inside', 'auto_lock'] as const;
const UNKNOWN = ['iris', 'vein_scan_v2', 'uwb'] as const;
const FORTY_DAYS = 40 * 86_400_000;
/** One in so many happenings is a failed attempt; one in so many a change of the staff. */
const FAILED = 50;
const STAFF = 60;
/** So many people are looked at for one who may still come or go; a crowd that has all gone home just opens doors. */
const TRIES = 24;

/** One happening. Nothing is decided before the store asks, so that no two see the same person at the door. */
export function happening(world: World, chance: Chance, faults: RecordFaults): Decision<Operation[]> {
  const kind = chance.next();
  if (kind < 1 / STAFF) return whole(staffChange(world, chance));
  const failed = kind > 1 - 1 / FAILED;
  const now = Math.floor(world.now() / 1000) * 1000;
  const index = someone(world, chance);
  const normal = access(world, chance, index, now, failed);
  const event = spoil(chance, faults, normal);
  const twice = chance.happens(faults.duplicate);
  const records: Operation[] = [
    { op: 'access', event },
    ...(twice ? [{ op: 'access', event } as const] : []),
  ];
  // Only a record that says who came and when makes attendance.
  if (failed || event !== normal) return whole(records);
  const clocked = clock(world, chance, index, event);
  return whole([...records, ...clocked]);
}

const whole = (ops: Operation[]): Decision<Operation[]> => ({ ops, result: ops });

/** An active employee, rather one who has not yet come and gone today. */
function someone(world: World, chance: Chance): number {
  const today = world.today();
  let found = 0;
  for (let nth = 0; nth < TRIES; nth += 1) {
    const index = chance.pick(countOf(world));
    if (!isActive(world, index)) continue;
    found = index;
    const presence = presenceOn(world, index, today);
    if (!presence || presence.out === null) break;
  }
  return found;
}

function access(world: World, chance: Chance, index: number, at: number, failed: boolean): StoredEvent {
  const { state } = world;
  return {
    id: `event_${String(state.eventCount + 1).padStart(6, '0')}`,
    lock: chance.pick(5) === 0 ? (DOORS[chance.pick(DOORS.length)]?.id ?? '') : doorOf(index % CLASSES),
    index,
    method: METHODS[chance.pick(METHODS.length)] ?? 'card',
    at,
    received: at,
    ok: !failed,
    ...(failed ? { reason: 'unknown_credential' } : {}),
  };
}

/** The record as a lock in the field would upload it; the very same one where nothing is wrong with it. */
function spoil(chance: Chance, faults: RecordFaults, event: StoredEvent): StoredEvent {
  const { at } = event;
  if (chance.happens(faults.late))
    return { ...event, at: at - 3_600_000 - chance.pick(FORTY_DAYS / 1000) * 1000 };
  if (chance.happens(faults.future)) return { ...event, at: at + 1000 + chance.pick(30) * 1000 };
  if (chance.happens(faults.reordered)) return { ...event, at: at - 1000 - chance.pick(120) * 1000 };
  if (chance.happens(faults.nameless)) {
    return { ...event, index: null, method: NAMELESS[chance.pick(NAMELESS.length)] ?? 'gateway' };
  }
  if (chance.happens(faults.unknown))
    return { ...event, method: UNKNOWN[chance.pick(UNKNOWN.length)] ?? 'iris' };
  return event;
}

/** The first access of a day clocks in; a later one clocks out, one time in two. */
function clock(world: World, chance: Chance, index: number, event: StoredEvent): Operation[] {
  const day = world.zone.day(event.at);
  const presence = presenceOn(world, index, day);
  if (presence && (presence.out !== null || event.at <= presence.in || chance.happens(0.5))) return [];
  const type = presence ? 'clock_out' : 'clock_in';
  const { lock, method, at } = event;
  try {
    return [punch(world, { index, type, at, lock, method }).op];
  } catch {
    // A night shift's people may be out of turn: then it was only a door that opened.
    return [];
  }
}

/** Someone is hired, promoted, or goes for good. */
function staffChange(world: World, chance: Chance): Operation[] {
  const now = world.now();
  const kind = chance.pick(4);
  if (kind === 0) {
    const index = countOf(world);
    const person: Person = {
      name: `New Colleague ${index}`,
      email: `colleague.new${index}@example.com`,
      department: 'dept_ops',
      position: 'Trainee',
      salary: 4_200_000,
      active: true,
      created: timestamp(now),
      start: dateOf(world.today()),
      left: null,
      deleted: null,
    };
    return [{ op: 'employee', verb: 'created', index, person }];
  }
  const index = 1 + chance.pick(Math.max(1, countOf(world) - 1));
  if (index >= countOf(world)) return [];
  const before = personAt(world, index);
  if (kind === 1 && before.active && index >= world.config.employees) {
    const left = dateOf(world.today());
    const person = { ...before, active: false, left, deleted: timestamp(now) };
    return [{ op: 'employee', verb: 'deleted', index, person }];
  }
  const position = before.position.startsWith('Senior ') ? before.position : `Senior ${before.position}`;
  return [{ op: 'employee', verb: 'updated', index, person: { ...before, position } }];
}
