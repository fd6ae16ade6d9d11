/** RFC 4180: a header, CRLF, quotes where they are needed, UTF-8 without a mark. */

import type { Kind } from '../api/types.ts';
import { guardFormula } from '../formula.ts';
import { isNumeric, numberOf, plainText } from './cell.ts';
import { lateFields, resolveColumns, type ViewColumn } from './columns.ts';
import { hasRows, splitReport } from './report.ts';
import { visible } from './safe.ts';
import type { Page, Stage, Writer } from './view.ts';

/** Cells for which something must be done: quotes, or a formula kept from running. */
const SPECIAL = /^['=+\-@\t\uff1d\uff0b\uff0d\uff20]|[",\r\n]/;
const QUOTED = /[",\r\n]/;

function quote(text: string): string {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textCell(text: string): string {
  return SPECIAL.test(text) ? quote(guardFormula(text)) : text;
}

/** The cell of a value. Numbers are never guarded, nor are texts that are numbers in a column of numbers. */
function cell(value: unknown, kind: Kind): string {
  switch (typeof value) {
    case 'string':
      return isNumeric(kind) && numberOf(value) !== undefined ? value : textCell(value);
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return value === null || value === undefined ? '' : textCell(plainText(value));
  }
}

/**
 * The header is decided by the first page: the known columns, then what else it has. A field that comes only later
 * is named on stderr, for a header that is written cannot grow.
 */
export function open({ spec, options, report, sink }: Stage): Writer {
  let columns: readonly ViewColumn[] | undefined;
  let late: ((rows: readonly unknown[]) => string[]) | undefined;
  const missed: string[] = [];
  // A terminal would obey what a file must keep.
  const shown = sink.isTTY
    ? (text: string) => text.split('\r\n').map(visible).join('\r\n')
    : (text: string) => text;

  const page = async (given: Page) => {
    let text = '';
    if (!columns) {
      columns = resolveColumns(given, spec, options);
      if (!Array.isArray(options.fields)) late = lateFields(columns);
      if (options.header) text = `${columns.map((column) => textCell(column.path)).join(',')}\r\n`;
    } else if (late) missed.push(...late(given.rows));
    const count = columns.length;
    for (const row of given.rows) {
      let line = '';
      for (let index = 0; index < count; index += 1) {
        const column = columns[index];
        if (!column) continue;
        if (index > 0) line += ',';
        line += cell(column.get(row), column.kind);
      }
      // A line of one empty cell would read as no line at all.
      text += `${line === '' ? '""' : line}\r\n`;
    }
    if (text !== '') await sink.write(shown(text));
  };

  return {
    rows: page,
    data: ({ data, projected }) => {
      const rows = (hasRows(spec) ? splitReport(data, spec).rows : undefined) ?? [data];
      return page({ rows, ...(projected ? { projected } : {}) });
    },
    async end() {
      if (!columns) await page({ rows: [] });
      if (missed.length > 0) {
        report.warn(
          `fields that only later ${spec.name} have are not in the header and were left out: ${missed.join(', ')} (name them with --fields to have them)`,
        );
      }
    },
  };
}
