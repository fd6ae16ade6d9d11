/** Sums of columns, in whole cents so that they tie out, and the check against the sums that the API gave. */

import type { Reporter } from '../session.ts';
import { cellText, cents, numberOf } from './cell.ts';
import type { ViewColumn } from './columns.ts';

export interface Totals {
  add(row: unknown): void;
  /** The sum of each column in its own unit; undefined where a column is not summed or had nothing to sum. */
  values(): readonly (number | undefined)[];
  /** Warns of every sum that the API gives differently. */
  check(known: Readonly<Record<string, unknown>>, report: Reporter): void;
}

/** Sums what is declared to be summed: money and hours in hundredths, the rest as it is. */
export function createTotals(columns: readonly ViewColumn[]): Totals {
  const sums = columns.map(() => 0);
  const counts = columns.map(() => 0);
  const exact = (column: ViewColumn) => column.kind === 'money' || column.kind === 'hours';
  const values = () =>
    columns.map((column, index) => {
      if (!column.total || counts[index] === 0) return undefined;
      const sum = sums[index] ?? 0;
      return exact(column) ? sum / 100 : sum;
    });
  return {
    add(row) {
      for (const [index, column] of columns.entries()) {
        if (!column.total) continue;
        const value = numberOf(column.get(row));
        if (value === undefined) continue;
        sums[index] = (sums[index] ?? 0) + (exact(column) ? cents(value) : value);
        counts[index] = (counts[index] ?? 0) + 1;
      }
    },
    values,
    check(known, report) {
      for (const [index, sum] of values().entries()) {
        const column = columns[index];
        const given = column && numberOf(known[column.path]);
        if (!column || sum === undefined || given === undefined || cents(sum) === cents(given)) continue;
        const text = cellText(column.kind, 'UTC');
        report.warn(
          `the rows sum up to ${text(sum)} in ${column.path}, but the API's total is ${text(given)}`,
        );
      }
    },
  };
}
