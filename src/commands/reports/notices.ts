/** What somebody who pays by a report must not overlook, whatever columns or format it is shown in. */

import type { PayrollReport, ReportPeriod } from '../../api/reports.ts';
import type { Session } from '../../session.ts';
import { localDate } from '../../time/zone.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** The warnings of the rows, counted, with the first of them. Undefined where there are none. */
export function warningsOf(data: unknown, inWorkbook: boolean): string | undefined {
  const { employees } = (data ?? {}) as PayrollReport;
  if (!Array.isArray(employees)) return undefined;
  const lists = employees
    .map((row) => (Array.isArray(row?.warnings) ? row.warnings.filter(isText) : []))
    .filter((warnings) => warnings.length > 0);
  const first = lists[0]?.[0];
  if (first === undefined) return undefined;
  const count = lists.reduce((sum, { length }) => sum + length, 0);
  const people = lists.length === 1 ? '1 employee has' : `${lists.length} employees have`;
  const where = inWorkbook
    ? 'the sheet Exceptions has them all'
    : '--fields employee_name,warnings shows them all';
  return `${people} ${count === 1 ? 'a warning' : `${count} warnings`}, such as "${first}"; ${where}`;
}

/** Says that days of the period are still to come, today's among them. */
export async function unfinished(session: Session, { end_date }: ReportPeriod): Promise<string | undefined> {
  const today = localDate(session.context.now(), await session.timeZone({ ask: false }));
  if (end_date < today) return undefined;
  return `the period is not over: it ends on ${end_date}, and today is ${today}`;
}
