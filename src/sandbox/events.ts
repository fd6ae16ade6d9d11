/** The webhook events that a write causes, in the order in which the real service would notice them. */

import type { CompleteEvent } from '../api/webhooks.ts';
import { timestamp } from './calendar.ts';
import { eventRow } from './doors.ts';
import { penaltyOf } from './penalties.ts';
import { employeeRow, nameAt } from './people.ts';
import { assess } from './policy/day.ts';
import { employeeId } from './seed/people.ts';
import type { Change, Operation } from './state.ts';
import type { World } from './world.ts';

const EMPLOYEE_EVENTS = {
  created: 'employee.created',
  updated: 'employee.updated',
  restored: 'employee.updated',
  deleted: 'employee.deleted',
} as const;

export function eventsOf(world: World, change: Change): CompleteEvent[] {
  return change.ops.flatMap((op) => ofOperation(world, op, change.at));
}

function ofOperation(world: World, op: Operation, at: number): CompleteEvent[] {
  if (op.op === 'employee') {
    const data = employeeRow(world, op.index, op.person);
    return [{ event: EMPLOYEE_EVENTS[op.verb], timestamp: timestamp(at), data }];
  }
  if (op.op === 'access') {
    const { event } = op;
    return event.ok
      ? [{ event: 'lock.opened', timestamp: timestamp(event.at), data: eventRow(world, event) }]
      : [];
  }
  // The same punch again changes nothing that anyone would be told of.
  if (!op.record) return [];
  const when = timestamp(op.at);
  const data = {
    employee_id: employeeId(op.index),
    employee_name: nameAt(world, op.index),
    lock_id: op.lock,
    timestamp: when,
    method: op.method,
  };
  const figures = assess(world.policy, world.zone, op.day, op.record);
  const type = op.type === 'clock_in' ? 'late_arrival' : 'early_departure';
  const penalty = penaltyOf(world, op.index, op.day, figures, type, op.at);
  return [
    { event: `attendance.${op.type}`, timestamp: when, data },
    ...(penalty ? [{ event: 'penalty.created', timestamp: when, data: penalty }] : []),
  ];
}
