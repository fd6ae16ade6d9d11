/** The filters of a lock's history. The API offers none, so they are applied here. */

import { eventTime } from './identity.ts';

/** Times are RFC 3339. */
export interface HistoryFilter {
  /** From this time on; in a tail it says where to start, and keeps nothing out that comes later. */
  readonly since?: string | undefined;
  /** Before this time. */
  readonly until?: string | undefined;
  readonly method?: readonly string[] | undefined;
  readonly failed?: boolean | undefined;
  readonly employee?: string | undefined;
}

/** Whether a record passes. A time that cannot be read is kept: evidence is not thrown away on a guess. */
export function historyFilter(filter: HistoryFilter): (record: unknown) => boolean {
  const since = filter.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(filter.since);
  const until = filter.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(filter.until);
  const { method, failed, employee } = filter;
  return (record) => {
    const fields = (record ?? {}) as Readonly<Record<string, unknown>>;
    const time = eventTime(record);
    return !(
      time < since ||
      time >= until ||
      (method !== undefined && !method.includes(String(fields.access_method))) ||
      (failed === true && fields.success !== false) ||
      (employee !== undefined && fields.employee_id !== employee)
    );
  };
}
