/** Days and periods to be paid for. */

import { type Asked, sandboxOf } from './support.ts';

/** The payroll report of a period, of all or of one. */
export const payroll = async ({ get }: Asked, from: string, to: string, employee?: string) =>
  (
    await get(
      `/reports/payroll?start_date=${from}&end_date=${to}${employee ? `&employee_id=${employee}` : ''}`,
    )
  ).data;

export const JANUARY = ['2024-01-01', '2024-01-31'] as const;

/** An organization of two whose days are all made by the test. */
export const empty = (now = '2024-07-01T00:00:00Z') => sandboxOf({ fixture: 'january-2024' }, { now });

/** Clocks somebody in, and out again; gives the day's attendance record. */
export async function day(asked: Asked, employee: string, clockIn: string, clockOut?: string) {
  const punch = async (type: string, timestamp: string) => {
    const { status, body } = await asked.ask('POST', '/attendance/clock', {
      employee_id: employee,
      type,
      timestamp,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.data;
  };
  const came = await punch('clock_in', clockIn);
  return clockOut === undefined ? came : await punch('clock_out', clockOut);
}
