/** From checked rows and the punches there are to what has to be sent. */

import type { AttendanceRecord, Clock } from '../api/attendance.ts';
import { type Doubt, doubtOf } from '../time/far.ts';
import type { CheckedRow } from './check.ts';
import { attendanceAround, type Calls } from './existing.ts';
import { type Fault, faultOf, rowsInWords } from './faults.ts';
import type { OnConflict } from './plan-employees.ts';
import type { Plan } from './planner.ts';
import { strangersIn } from './present.ts';
import { punchKey } from './rules.ts';
import { outOfStep } from './sequence.ts';
import type { ClockAction } from './types.ts';

const SECOND = 1000;

/** The punches there are. Servers may drop the fraction of a second: what lies closer than one is the same. */
class Recorded {
  readonly #bySecond = new Map<string, { readonly at: number; readonly id: string }>();

  add({ employee_id, id }: AttendanceRecord, type: string, timestamp: string): void {
    const at = Date.parse(timestamp);
    this.#bySecond.set(secondKey(employee_id, type, at), { at, id });
  }

  /** The record that has it. */
  find({ employee_id, type, timestamp }: Clock): string | undefined {
    const at = Date.parse(timestamp);
    for (const near of [at, at - SECOND, at + SECOND]) {
      const found = this.#bySecond.get(secondKey(employee_id, type, near));
      if (found && Math.abs(found.at - at) < SECOND) return found.id;
    }
    return undefined;
  }
}

const secondKey = (employee: string, type: string, at: number) =>
  `${employee} ${type} ${Math.floor(at / SECOND)}`;

/**
 * An import of punches. An employee or a lock that is not there is a fault. A punch that is recorded already is a
 * conflict: sent again, it would count twice. What the API will hardly take is warned of. Without `calls` nobody is asked which those are.
 */
export async function planPunches(
  rows: readonly CheckedRow[],
  calls: Calls | undefined,
  onConflict: Exclude<OnConflict, 'update'>,
  now: number,
): Promise<Plan> {
  const strangers = calls && (await strangersIn(rows, calls));
  // What has a fault has no key to be looked up by.
  const whole = rows.filter((row) => row.faulty.size === 0 && strangers?.has(row) !== true);
  const all = whole.map(({ number, values }): ClockAction => {
    const body = values as unknown as Clock;
    return { op: 'clock', row: number, key: punchKey(body.employee_id, body.type, body.timestamp), body };
  });
  const recorded = new Recorded();
  const around: AttendanceRecord[] = [];
  const employees = new Set(all.map(({ body }) => body.employee_id));
  for await (const record of calls ? attendanceAround(calls, all) : []) {
    // Spans of days bring those of others, too.
    if (!employees.has(record.employee_id)) continue;
    around.push(record);
    recorded.add(record, 'clock_in', record.clock_in);
    if (record.clock_out) recorded.add(record, 'clock_out', record.clock_out);
  }
  const actions: ClockAction[] = [];
  const faults: Fault[] = [...(strangers?.faults ?? [])];
  for (const action of all) {
    const record = recorded.find(action.body);
    if (record === undefined) actions.push(action);
    else if (onConflict === 'fail') {
      const what = `${action.body.type} of ${action.body.employee_id} at ${action.body.timestamp}`;
      const text = `${what} is recorded already (${record})`;
      faults.push(faultOf(action.row, 'timestamp', text, '--on-conflict skip'));
    }
  }
  const notes = strangers?.notes ?? [];
  // Of what is recorded already nothing is sent: there is nothing to look at.
  const remark = (what: string, is: (body: Clock) => boolean) => {
    const found = actions.filter(({ body }) => is(body));
    return found.length > 0 ? [`${what}: ${rowsInWords(found.map(({ row }) => row))}`] : [];
  };
  const doubtful = (kind: Doubt['kind'], what: string) =>
    remark(what, ({ timestamp }) => doubtOf(timestamp, now)?.kind === kind);
  const warnings = [
    ...doubtful('far-back', 'more than a year back'),
    ...(['deleted', 'inactive'] as const).flatMap((how) =>
      remark(`of an employee who is ${how}`, (body) => strangers?.leftAs(body.employee_id) === how),
    ),
    // A row with a fault may be what is missing between two others.
    ...(whole.length === rows.length ? outOfStep(actions, calls && around) : []),
    ...doubtful('ahead', 'ahead of now'),
  ];
  return { actions, skipped: all.length - actions.length, faults, notes, warnings };
}
