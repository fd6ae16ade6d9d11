/** What makes a record itself, and when it happened. */

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (record: unknown): Fields =>
  typeof record === 'object' && record !== null ? (record as Fields) : {};

/** The ID as it is, for ten thousand of them are looked up at a time; undefined where the record has none. */
function idOf({ id }: Fields): string | undefined {
  if (typeof id === 'string' && id !== '') return id;
  return typeof id === 'number' ? String(id) : undefined;
}

/** Of a record in another shape nothing is known but that the same text is the same record. */
const wholeOf = (record: unknown) => `whole ${JSON.stringify(record)}`;

/** An access event: its ID, else lock, time, method and employee. `lockId` is the lock that was asked. */
export function eventKey(record: unknown, lockId: string): string {
  const fields = fieldsOf(record);
  const id = idOf(fields);
  if (id !== undefined) return id;
  if (fields.timestamp === undefined) return wholeOf(record);
  return JSON.stringify([
    fields.lock_id ?? lockId,
    fields.timestamp,
    fields.access_method,
    fields.employee_id,
  ]);
}

/** When an access event happened, in ms; NaN where it does not say. */
export function eventTime(record: unknown): number {
  return timeOf(fieldsOf(record).timestamp);
}

/**
 * An attendance record in one state: it is made when somebody comes and changes when they leave, and a tail that
 * knew it by its ID alone would lose every departure.
 */
export function attendanceKey(record: unknown): string {
  const fields = fieldsOf(record);
  if (fields.clock_in === undefined && fields.clock_out === undefined) return wholeOf(record);
  const id = idOf(fields) ?? JSON.stringify([fields.lock_id, fields.date, fields.employee_id]);
  return `${id} ${fields.clock_in ?? ''} ${fields.clock_out ?? ''}`;
}

/** The latest time in an attendance record, in ms; NaN where it does not say. */
export function attendanceTime(record: unknown): number {
  const fields = fieldsOf(record);
  return timeOf(fields.clock_out ?? fields.clock_in);
}

function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}
