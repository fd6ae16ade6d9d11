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
  // Of a single write nobody asked what was there: it is sent again as it was meant.
  if (isUnseen(action.before)) return data;
  const fields = action.guard === 'fields' && action.op === 'update' ? Object.keys(action.body) : undefined;
  const changed = differences(action.before, data, fields);
  if (changed.length === 0) return data;
  throw new ChangedError(`it was changed by someone else meanwhile: ${changed.join(', ')}`, {
    code: 'changed_meanwhile',
    field: changed[0],
  });
}
