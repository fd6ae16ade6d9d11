/** One JSON value a line, as it comes. */

import { hasRows, splitReport } from './report.ts';
import { safeJson } from './safe.ts';
import type { Stage, Writer } from './view.ts';

/** Rows and the rows of a report are a line each; any other answer is one line. */
export function open({ spec, sink }: Stage): Writer {
  const lines = async (items: readonly unknown[]) => {
    if (items.length === 0) return;
    let text = '';
    for (const item of items) text += `${JSON.stringify(item ?? null)}\n`;
    await sink.write(safeJson(text));
  };
  return {
    rows: ({ rows, texts }) => (texts ? sink.write(safeJson(`${texts.join('\n')}\n`)) : lines(rows)),
    data: ({ data }) => lines((hasRows(spec) ? splitReport(data, spec).rows : undefined) ?? [data]),
    end: async () => undefined,
  };
}
