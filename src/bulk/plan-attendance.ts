/** From checked rows and the punches there are to what has to be sent. */

import type { Clock } from '../api/attendance.ts';
import type { CheckedRow } from './check.ts';
import { attendanceAround, type Calls } from './existing.ts';
import type { OnConflict, Plan } from './plan-employees.ts';
import { punchKey } from './rules.ts';
import type { ClockAction } from './types.ts';

/** An import of punches. One that is recorded already is a conflict: sent again, it would count twice. */
export async function planPunches(
  rows: readonly CheckedRow[],
  calls: Calls,
  onConflict: Exclude<OnConflict, 'update'>,
): Promise<Plan> {
  const all = rows.map(({ number, values }): ClockAction => {
    const body = values as unknown as Clock;
    return { op: 'clock', row: number, key: punchKey(body.employee_id, body.type, body.timestamp), body };
  });
  const recorded = new Map<string, string>();
  for await (const record of attendanceAround(calls, all)) {
    recorded.set(punchKey(record.employee_id, 'clock_in', record.clock_in), record.id);
    if (record.clock_out)
      recorded.set(punchKey(record.employee_id, 'clock_out', record.clock_out), record.id);
  }
  const actions: ClockAction[] = [];
  const faults: string[] = [];
  for (const action of all) {
    const record = recorded.get(action.key);
    if (record === undefined) actions.push(action);
    else if (onConflict === 'fail') {
      const what = `${action.body.type} of ${action.body.employee_id} at ${action.body.timestamp}`;
      faults.push(`row ${action.row}, timestamp: ${what} is recorded already (${record}); see --on-conflict`);
    }
  }
  return { actions, skipped: all.length - actions.length, faults, notes: [] };
}
