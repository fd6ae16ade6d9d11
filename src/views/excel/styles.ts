/** The looks of cells. One object for each look, shared by all its cells: exceljs resolves a style object once. */

import type { Style } from 'exceljs';
import type { Kind } from '../../api/types.ts';

export type Look = Partial<Style>;

const MONEY = '#,##0.00;[Red]-#,##0.00';
/** Named in every font: a font without a name is whatever the reader likes. */
const FONT = { name: 'Calibri', family: 2, size: 11 } as const;
const RULE = { style: 'thin', color: { argb: 'FF9AA5B1' } } as const;

/** `@` keeps a text a text even when somebody edits the cell. */
const TEXT: Look = { numFmt: '@', alignment: { horizontal: 'left', indent: 1 } };
const FORMATS: Partial<Record<Kind, string>> = {
  money: MONEY,
  hours: '0.00',
  minutes: '#,##0',
  integer: '#,##0',
  percent: '0"%"',
  number: 'General',
  date: 'yyyy-mm-dd',
  time: 'yyyy-mm-dd hh:mm',
  boolean: 'General',
};
const LOOKS = new Map<Kind, Look>(
  Object.entries(FORMATS).map(([kind, numFmt]) => [kind as Kind, { numFmt }]),
);

export function lookOf(kind: Kind): Look {
  return LOOKS.get(kind) ?? TEXT;
}

const TOTALS = new Map<Kind, Look>();

/** The look of a sum: that of its column, bold under a line. */
export function totalLook(kind: Kind): Look {
  let look = TOTALS.get(kind);
  if (!look) {
    look = { ...lookOf(kind), font: { ...FONT, bold: true }, border: { top: RULE } };
    TOTALS.set(kind, look);
  }
  return look;
}

const MARKED = new Map<Kind, Look>();

/** The look of a figure that does not tie out. */
export function markedLook(kind: Kind): Look {
  let look = MARKED.get(kind);
  if (!look) {
    look = {
      ...lookOf(kind),
      font: { ...FONT, bold: true, color: { argb: 'FF9C0006' } },
      fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } },
    };
    MARKED.set(kind, look);
  }
  return look;
}

const HEAD: Look = {
  numFmt: '@',
  font: { ...FONT, bold: true, color: { argb: 'FFFFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF2F4B66' } },
  alignment: { vertical: 'middle', horizontal: 'left', indent: 1, wrapText: true },
};
const HEAD_RIGHT: Look = { ...HEAD, alignment: { vertical: 'middle', horizontal: 'right', wrapText: true } };

export function headLook(right: boolean): Look {
  return right ? HEAD_RIGHT : HEAD;
}
