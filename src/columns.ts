import type { RecordSpec } from './api/types.ts';
import type { Column } from './command.ts';

/** The columns of a record, in the order in which it declares its fields. */
export function columnsOf(record: RecordSpec): readonly Column[] {
  const fields = record.fields as Readonly<Record<string, import('./api/types.ts').Field>>;
  return Object.entries(fields).map(([path, field]) => ({
    path,
    kind: field.kind,
    ...(field.header === undefined ? {} : { header: field.header }),
    ...(field.priority === undefined ? {} : { priority: field.priority }),
    ...(field.total === undefined ? {} : { total: field.total }),
  }));
}
