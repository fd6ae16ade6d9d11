/** `--quiet`: IDs alone, one a line. */

import { plainText } from './cell.ts';
import { getter, isRecord } from './columns.ts';
import { hasRows, splitReport } from './report.ts';
import { visible } from './safe.ts';
import type { Stage, Writer } from './view.ts';

/** Prints the ID field of every row; rows without one print nothing. Rows that are no objects are their own ID. */
export function open({ spec, sink }: Stage): Writer {
  const get = getter(spec.idField ?? 'id');
  const lines = async (rows: readonly unknown[]) => {
    const ids = rows.map((row) => plainText(isRecord(row) ? get(row) : row)).filter((id) => id !== '');
    // One line is one ID, whatever the API put into it.
    if (ids.length > 0) await sink.write(`${ids.map(visible).join('\n')}\n`);
  };
  return {
    rows: ({ rows }) => lines(rows),
    data: ({ data }) => lines((hasRows(spec) ? splitReport(data, spec).rows : undefined) ?? [data]),
    end: async () => undefined,
  };
}
