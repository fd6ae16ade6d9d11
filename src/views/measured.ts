/** Cells of a table, each made safe and measured once. */

import { type Sized, sized } from './width.ts';

export const EMPTY: Sized = { text: '', width: 0 };

/** Cells of a column. Many hold what the row above holds: that is shown and measured once. */
export function cellsOf(text: (value: unknown) => string): (value: unknown) => Sized {
  let last: unknown;
  let cell: Sized | undefined;
  return (value) => {
    if (cell === undefined || value !== last || cell.width < 0) {
      cell = sized(text(value));
      last = value;
    }
    return cell;
  };
}

/** The widest cell of each column, at least these. */
export function widest(least: readonly number[], rows: readonly (readonly Sized[])[]): number[] {
  const widths = [...least];
  for (const row of rows) {
    for (let index = 0; index < widths.length; index += 1) {
      const width = row[index]?.width ?? 0;
      if (width > (widths[index] ?? 0)) widths[index] = width;
    }
  }
  return widths;
}
