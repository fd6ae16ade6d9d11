/** Sums of columns, in whole cents so that they tie out, and the check against the sums that the API gave. */

import type { Kind } from '../api/types.ts';
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

/**
 * Sums what is declared to be summed: whole hundredths as integers, so that money ties out to the cent; what lies below
 * a hundredth (hours as the API counts them) beside them, so that the sum is what a spreadsheet's SUM gives.
 */
export function createTotals(columns: readonly ViewColumn[]): Totals {
  const summed = [...columns.keys()].filter((index) => columns[index]?.total);
  const hundredths = columns.map(() => 0);
  const rests = columns.map(() => 0);
  const counts = columns.map(() => 0);
  /** What the API gives and the rows agree with: exact where rows were rounded one by one. */
  const given: (number | undefined)[] = columns.map(() => undefined);
  const values = () =>
    columns.map((column, index) => {
      if (!column.total || counts[index] === 0) return undefined;
      const sum = (hundredths[index] ?? 0) / 100;
      const rest = rests[index] ?? 0;
      return Math.abs(rest) < 1e-7 ? sum : Math.round((sum + rest) * 1e6) / 1e6;
    });
  return {
    add(row) {
      for (const index of summed) {
        const value = numberOf(columns[index]?.get(row));
        if (value === undefined) continue;
        const whole = cents(value);
        hundredths[index] = (hundredths[index] ?? 0) + whole;
        rests[index] = (rests[index] ?? 0) + (value - whole / 100);
        counts[index] = (counts[index] ?? 0) + 1;
      }
    },
    values: () => values().map((sum, index) => given[index] ?? sum),
    check(known, report) {
      for (const [index, sum] of values().entries()) {
        const column = columns[index];
        const total = column && numberOf(known[column.path]);
        if (!column || total === undefined) continue;
        if (!differs(column.kind, sum, total, counts[index] ?? 0)) {
          if (sum !== undefined) given[index] = total;
          continue;
        }
        const text = cellText(column.kind, 'UTC');
        report.warn(
          `the rows sum up to ${text(sum)} in ${column.path}, but the API's total is ${text(total)}`,
        );
      }
    },
  };
}

/**
 * Whether a sum of `rows` values is not the one that the API gives. Money must agree to the cent; hours that were
 * rounded row by row may lie half a hundredth a row beside hours that were counted from minutes.
 */
export function differs(kind: Kind, sum: number | undefined, given: unknown, rows: number): boolean {
  const total = numberOf(given);
  if (sum === undefined || total === undefined) return false;
  if (kind === 'hours') return Math.abs(sum - total) > 0.005 * (rows + 1) + 1e-9;
  return cents(sum) !== cents(total);
}
