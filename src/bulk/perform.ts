/** One action of a plan, sent. */

import { clockAttendance } from '../api/attendance.ts';
import {
  createEmployee,
  deleteEmployee,
  type Employee,
  getEmployee,
  updateEmployee,
} from '../api/employees.ts';
import type { Answered } from '../client/options.ts';
import { RefusedError } from '../errors.ts';
import { bulkOptions, type Calls } from './existing.ts';
import { differences, isUnseen } from './images.ts';
import type { Action, DeleteAction, UpdateAction } from './types.ts';

/** Something else than the plan expects is there; nothing was sent. */
export class ChangedError extends RefusedError {}

/**
 * Does an action. An update or a delete first reads the record, and is not sent when it is no longer as planned; else
 * `intend` is awaited with the record before the write leaves. Creates and punches were written down beforehand.
 * @throws ChangedError for that, and whatever the client throws
 */
export async function perform(
  action: Exclude<Action, { op: 'refuse' }>,
  calls: Calls,
  intend: (before: Employee) => Promise<void>,
): Promise<Answered<unknown>> {
  const options = bulkOptions(calls);
  switch (action.op) {
    case 'create':
      return calls.client.call(createEmployee, action.body, options);
    case 'clock':
      return calls.client.call(clockAttendance, action.body, options);
    case 'update':
      await intend(await unchanged(action, calls));
      return calls.client.call(updateEmployee, { id: action.id, ...action.body }, options);
    case 'delete':
      await intend(await unchanged(action, calls));
      return calls.client.call(deleteEmployee, { id: action.id }, options);
  }
}

/** The record as it is now, when it still is as it was planned with. */
async function unchanged(action: UpdateAction | DeleteAction, calls: Calls): Promise<Employee> {
  const { data } = await calls.client.call(getEmployee, { id: action.id }, bulkOptions(calls));
  checkUnchanged(action, data);
  return data;
}

/** Throws ChangedError where a record is another than its change was planned with, or shows that change already. */
export function checkUnchanged(action: UpdateAction | DeleteAction, now: Employee): void {
  // Of a single write nobody asked what was there: it is sent again as it was meant.
  if (isUnseen(action.before)) return;
  const fields = action.guard === 'fields' && action.op === 'update' ? Object.keys(action.body) : undefined;
  const changed = differences(action.before, now, fields);
  if (changed.length === 0) return;
  const what = isMade(action, now)
    ? action.op === 'delete'
      ? 'it was deleted already'
      : 'this change was made already'
    : 'changed since';
  throw new ChangedError(`${what}: ${changed.join(', ')}`, { code: 'changed_meanwhile', field: changed[0] });
}

function isMade(action: UpdateAction | DeleteAction, now: Employee): boolean {
  if (action.op === 'delete') return Boolean(now.deleted_at);
  const shown: Readonly<Record<string, unknown>> = { ...now };
  return Object.entries(action.body).every(([field, value]) => shown[field] === value);
}
