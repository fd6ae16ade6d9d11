/** Unclear writes of a run, settled together by reading back: one scan answers for all of them. */

import type { AttendanceRecord } from '../api/attendance.ts';
import { type Employee, getEmployee } from '../api/employees.ts';
import type { Clock } from '../client/clock.ts';
import { findClock, findEmployee, findGone } from '../client/read-back.ts';
import type { Trace } from '../client/settle.ts';
import { attendanceAround, bulkOptions, type Calls, scanEmployees } from './existing.ts';
import type { Action, ClockAction, CreateAction, DeleteAction, UpdateAction } from './types.ts';

/** How long a server may still be at work on a request whose client has gone, in ms. */
const SLOW = 2_000;

/** Punches fewer than this are looked up one by one; more of them by days. */
const FEW = 20;

export type Unclear = ReadonlyMap<number, Action>;

/**
 * Looks whether writes took effect. What is absent at first is looked for once more after 2 s: a server may still be
 * at work on it. Throws what reading throws.
 */
export async function settleAll(unclear: Unclear, calls: Calls, clock: Clock): Promise<Map<number, Trace>> {
  const first = await look(unclear, calls);
  const missing = new Map([...unclear].filter(([i]) => first.get(i)?.state === 'absent'));
  if (missing.size === 0) return first;
  await clock.sleep(SLOW, calls.signal);
  for (const [i, trace] of await look(missing, calls)) first.set(i, trace);
  return first;
}

async function look(unclear: Unclear, calls: Calls): Promise<Map<number, Trace>> {
  const creates = pick(unclear, (action): action is CreateAction => action.op === 'create');
  const punches = pick(unclear, (action): action is ClockAction => action.op === 'clock');
  const changes = pick(
    unclear,
    (action): action is UpdateAction | DeleteAction => action.op === 'update' || action.op === 'delete',
  );
  const traces = new Map<number, Trace>();
  if (creates.length > 0) await lookForCreates(creates, calls, traces);
  if (punches.length > 0) await lookForPunches(punches, calls, traces);
  for (const [i, action] of changes) traces.set(i, await lookForChange(action, calls));
  return traces;
}

function pick<T extends Action>(unclear: Unclear, is: (action: Action) => action is T): [number, T][] {
  return [...unclear].filter((entry): entry is [number, T] => is(entry[1]));
}

async function lookForCreates(
  creates: readonly [number, CreateAction][],
  calls: Calls,
  traces: Map<number, Trace>,
): Promise<void> {
  const { rows, still } = await scanEmployees(calls);
  const byEmail = new Map<string, Employee>();
  for (const row of rows) byEmail.set(String(row.email).trim().toLowerCase(), row);
  for (const [i, { key, body }] of creates) {
    const found = byEmail.get(key);
    if (found) traces.set(i, await findEmployee(body, onePage([found])));
    else if (still) traces.set(i, { state: 'absent' });
    else
      traces.set(i, { state: 'undecidable', why: 'the list of employees kept changing while it was read' });
  }
}

async function lookForPunches(
  punches: readonly [number, ClockAction][],
  calls: Calls,
  traces: Map<number, Trace>,
): Promise<void> {
  const groups = punches.length < FEW ? punches.map((punch) => [punch]) : [punches];
  for (const group of groups) {
    const byEmployee = new Map<string, AttendanceRecord[]>();
    const actions = group.map(([, action]) => action);
    for await (const record of attendanceAround(calls, actions)) {
      const known = byEmployee.get(record.employee_id);
      if (known) known.push(record);
      else byEmployee.set(record.employee_id, [record]);
    }
    for (const [i, { body }] of group) {
      traces.set(i, await findClock(body, onePage(byEmployee.get(body.employee_id) ?? [])));
    }
  }
}

async function lookForChange(action: UpdateAction | DeleteAction, calls: Calls): Promise<Trace> {
  const read = async () => (await calls.client.call(getEmployee, { id: action.id }, bulkOptions(calls))).data;
  if (action.op === 'delete') return findGone(read);
  const now = await read();
  return showsChange(action, now) ? { state: 'applied', data: now } : { state: 'absent' };
}

/** Whether a record shows what an update sent. A department that is shown by its name alone is enough when it moved. */
function showsChange({ body, before }: UpdateAction, now: Employee): boolean {
  const shown: Readonly<Record<string, unknown>> = { ...now };
  let seen = false;
  for (const [field, value] of Object.entries(body)) {
    if (shown[field] !== undefined) {
      if (shown[field] !== value) return false;
      seen = true;
    } else if (field === 'department_id') {
      if (now.department === before.department) return false;
      seen = true;
    }
  }
  return seen;
}

async function* onePage<O>(rows: O[]): AsyncGenerator<{ rows: O[]; page: number }> {
  yield { rows, page: 1 };
}
