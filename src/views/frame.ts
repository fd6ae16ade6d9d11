/** cli-table3 draws the frame of a table once; every row is then poured into the row that it drew. */

import Table from 'cli-table3';

export interface Frame {
  /** The line under the headings. */
  readonly rule: string;
  /** A line with these cells, each already as wide as its column; the last may be shorter. */
  line(cells: readonly string[]): string;
}

/** Spaces between columns. */
export const GAP = 2;

/** No borders but a line under the head: it copies well, and a pipe's `awk` reads it. */
const CHARS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '─',
  'mid-mid': ' '.repeat(GAP),
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};

const INK = /[\x21-\x7e]$/;

/** Stands for a cell in the drawn row; no data ever meets it. */
const PLACE = '\ue000';

/**
 * The frame for columns of these widths. cli-table3 measures and colours every cell again each time it draws, which
 * takes most of a long listing's time and counts some scripts wrong, so it draws one row of placeholders.
 */
export function drawFrame(widths: readonly number[]): Frame {
  const table = new Table({
    chars: CHARS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    head: widths.map(() => ''),
    colWidths: [...widths],
  });
  table.push(widths.map((width) => PLACE.repeat(width)));
  const [, rule = '', row = ''] = table.toString().split('\n');
  const gap = /[^\ue000]+/.exec(row)?.[0] ?? '';
  return {
    rule: rule.trimEnd(),
    // To trim copies the whole line, and most end in a letter or a digit.
    line: (cells) => (INK.test(cells.at(-1) ?? '') ? cells.join(gap) : cells.join(gap).trimEnd()),
  };
}
