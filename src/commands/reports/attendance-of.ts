import { type AttendanceRecord, listAttendance } from '../../api/attendance.ts';
import type { ReportPeriod } from '../../api/reports.ts';
import type { Session } from '../../session.ts';

/** The attendance records of a period, by person, in the order in which people first appear. */
export async function attendanceOf(
  session: Session,
  { start_date, end_date, employee_id }: ReportPeriod & { readonly employee_id?: string | undefined },
): Promise<readonly { readonly name: string; readonly rows: readonly AttendanceRecord[] }[]> {
  const client = await session.client();
  const asked = { start_date, end_date, ...(employee_id === undefined ? {} : { employee_id }) };
  const people = new Map<string, { name: string; rows: AttendanceRecord[] }>();
  for await (const page of client.pages(listAttendance, asked, { signal: session.context.signal })) {
    for (const record of page.rows) {
      const person = people.get(record.employee_id) ?? {
        name: record.employee_name ?? record.employee_id,
        rows: [],
      };
      people.set(record.employee_id, person);
      person.rows.push(record);
    }
  }
  return [...people.values()];
}
