/** `--quiet`: IDs alone, one a line; as JSON one array of them. */

import { plainText } from './cell.ts';
import { getter, isRecord } from './columns.ts';
import { hasRows, splitReport } from './report.ts';
import { safeJson, visible } from './safe.ts';
import type { Stage, Writer } from './view.ts';

/** Prints the ID field of every row; rows without one print nothing. Rows that are no objects are their own ID. */
export function open({ spec, options, sink }: Stage): Writer {
  const get = getter(spec.idField ?? 'id');
  const array = options.format === 'json';
  const exact = (id: string) => safeJson(JSON.stringify(id));
  // One line is one ID, whatever the API put into it.
  const shown = array || options.format === 'ndjson' ? exact : visible;
  const between = array ? ',' : '\n';
  let written = 0;
  let single = false;
  const lines = async (rows: readonly unknown[]) => {
    const ids = rows.map((row) => plainText(isRecord(row) ? get(row) : row)).filter((id) => id !== '');
    if (ids.length === 0) return;
    const before = !array ? '' : written === 0 ? '[' : between;
    written += ids.length;
    await sink.write(`${before}${ids.map(shown).join(between)}${array ? '' : '\n'}`);
  };
  return {
    rows: ({ rows }) => lines(rows),
    async data({ data, projected }) {
      // One value that a query made is no list of IDs.
      if (projected && !isRecord(data) && array) {
        single = true;
        return sink.write(`${safeJson(JSON.stringify(data))}\n`);
      }
      return lines((hasRows(spec) ? splitReport(data, spec).rows : undefined) ?? [data]);
    },
    async end() {
      if (array && !single) await sink.write(written === 0 ? '[]\n' : ']\n');
    },
  };
}
