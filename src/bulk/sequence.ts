/** Whether punches can follow each other as a file has them: who is in goes out next, and the other way round. */

import type { AttendanceRecord } from '../api/attendance.ts';
import { rowsInWords } from './faults.ts';
import type { ClockAction } from './types.ts';

const HOUR = 3_600_000;
/** Nobody stays longer, in ms: beyond it a punch was forgotten, and the next one stands for itself. */
const STAY = 24 * HOUR;
/** Nor comes for another day so soon, in ms: between two arrivals lie a shift and a night's rest. */
const APART = 16 * HOUR;

interface Event {
  readonly at: number;
  readonly type: string;
  /** Undefined for what is recorded already. */
  readonly row?: number;
}

/**
 * Warnings of punches that the API will hardly take: in after in, out after out, and an out before which there is no in.
 * @param recorded what is recorded around them; undefined where nobody could be asked
 */
export function outOfStep(
  punches: readonly ClockAction[],
  recorded: Iterable<AttendanceRecord> | undefined,
): string[] {
  const events = new Map<string, Event[]>();
  for (const { row, body } of punches) {
    const event = { at: Date.parse(body.timestamp), type: body.type, row };
    const known = events.get(body.employee_id);
    if (known) known.push(event);
    else events.set(body.employee_id, [event]);
  }
  for (const { employee_id, clock_in, clock_out } of recorded ?? []) {
    const known = events.get(employee_id);
    if (clock_in) known?.push({ at: Date.parse(clock_in), type: 'clock_in' });
    if (clock_out) known?.push({ at: Date.parse(clock_out), type: 'clock_out' });
  }
  const repeated: number[] = [];
  const alone: number[] = [];
  for (const line of events.values()) {
    // Of two at the same time the one that is recorded was there before.
    line.sort((a, b) => a.at - b.at || Number(a.row !== undefined) - Number(b.row !== undefined));
    for (const [i, { at, type, row }] of line.entries()) {
      if (row === undefined) continue;
      const last = line[i - 1];
      const within = type === 'clock_in' ? APART : STAY;
      const before = last !== undefined && at - last.at <= within ? last : undefined;
      if (before?.type === type) repeated.push(row);
      else if (!before && type === 'clock_out' && recorded) alone.push(row);
    }
  }
  const remark = (what: string, rows: number[]) =>
    rows.length > 0 ? [`${what}: ${rowsInWords(rows.sort((a, b) => a - b))}`] : [];
  return [
    ...remark('in after in, or out after out', repeated),
    ...remark('out with no in within the day before', alone),
  ];
}
