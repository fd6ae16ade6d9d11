/** cli-table3 draws the frame of a table once; every row is then poured into the row that it drew. */

import Table from 'cli-table3';

export interface Frame {
  /** The line under the headings. */
  readonly rule: string;
  /** A line with these cells, each already as wide as its column. */
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
  const between = row.split(new RegExp(`${PLACE}+`));
  return {
    rule: rule.trimEnd(),
    line: (cells) => {
      let text = between[0] ?? '';
      for (const [index, cell] of cells.entries()) text += cell + (between[index + 1] ?? '');
      return text.trimEnd();
    },
  };
}
