/** One sheet of rows: a header, cells by kind, a line of sums, a filter, bars where they help. */

import type { Worksheet } from 'exceljs';
import { isNumeric, numberOf, plainText } from '../cell.ts';
import { type ViewColumn, words } from '../columns.ts';
import { createTotals, differs } from '../totals.ts';
import type { Book } from './book.ts';
import { cellMaker, type Faults } from './cells.ts';
import { letters } from './names.ts';
import { headLook, markedLook, totalLook } from './styles.ts';

interface TableSheet {
  add(rows: readonly unknown[]): void;
  /** The last row that is written. */
  readonly last: number;
  /** Writes the sums and ends the sheet. `known`: the sums that the API gave; one that differs is marked. */
  finish(known?: Readonly<Record<string, unknown>>): void;
}

export interface SheetOptions {
  readonly timeZone: string;
  readonly faults: Faults;
  /** Bars on the columns that compare people. */
  readonly bars?: boolean;
}

const PLAIN = { kind: 'text', path: '', declared: false } as const;
/** Excel's last row, less two for the sums and the API's. */
const LAST_ROW = 1_048_576 - 2;
const WIDEST = 60;

/** The heading in words; times say in which zone they are. */
function heading(column: ViewColumn, timeZone: string): string {
  const text = words(column.path);
  return column.kind === 'time' ? `${text} (${timeZone})` : text;
}

/** A width that fits the first rows; long headings wrap. */
function widthOf(column: ViewColumn, sample: readonly unknown[], title: string): number {
  const longestWord = Math.max(...title.split(' ').map((word) => word.length)) + 2.5;
  if (column.kind === 'time') return Math.max(18, longestWord);
  if (column.kind === 'date') return Math.max(12, longestWord);
  if (isNumeric(column.kind)) return Math.max(column.kind === 'money' ? 13 : 9, longestWord);
  let longest = 8;
  for (const row of sample) {
    longest = Math.max(longest, plainText(column.get(row)).length + 3);
  }
  return Math.min(WIDEST, Math.max(longest, longestWord));
}

export interface RowsSheet {
  /** Resolves once the rows are on their way to the file. */
  add(rows: readonly unknown[]): Promise<void>;
  /** Writes the sums and ends the sheet. `known`: the sums that the API gave; one that differs is marked. */
  finish(known?: Readonly<Record<string, unknown>>): void;
}

/** Starts a sheet for rows of these columns, and another one past the last row; `sample` decides widths. */
export function startRows(
  book: Book,
  wish: string,
  columns: readonly ViewColumn[],
  sample: readonly unknown[],
  options: SheetOptions,
  lastRow = LAST_ROW,
): RowsSheet {
  let sheet = startSheet(book, wish, columns, sample, options);
  return {
    async add(rows) {
      for (let at = 0; at < rows.length; ) {
        if (sheet.last >= lastRow) {
          sheet.finish();
          sheet = startSheet(book, wish, columns, sample, options);
        }
        // A turn of the loop for every few hundred rows lets the zip keep up.
        const part = rows.slice(at, at + Math.min(500, lastRow - sheet.last));
        sheet.add(part);
        at += part.length;
        await book.drained();
      }
    },
    finish: (known) => sheet.finish(known),
  };
}

/** Starts a sheet for rows of these columns; `sample` decides widths. */
function startSheet(
  book: Book,
  wish: string,
  columns: readonly ViewColumn[],
  sample: readonly unknown[],
  options: SheetOptions,
): TableSheet {
  const sheet = book.addSheet(wish);
  const makers = columns.map((column) => cellMaker(column, options.timeZone, options.faults));
  const titles = columns.map((column) => heading(column, options.timeZone));
  sheet.columns = columns.map((column, index) => ({ width: widthOf(column, sample, titles[index] ?? '') }));
  writeHead(sheet, columns, titles, options.faults);
  const totals = createTotals(columns);
  let last = 1;

  return {
    get last() {
      return last;
    },
    add(rows) {
      for (const data of rows) {
        last += 1;
        const row = sheet.getRow(last);
        for (const [index, column] of columns.entries()) {
          const cell = makers[index]?.(column.get(data));
          if (!cell || cell.value === null) continue;
          const target = row.getCell(index + 1);
          target.value = cell.value;
          target.style = cell.look;
        }
        row.commit();
        totals.add(data);
      }
    },
    finish(known) {
      const sums = totals.values();
      if (columns.length > 0) sheet.autoFilter = `A1:${letters(columns.length)}${last}`;
      if (sums.some((sum) => sum !== undefined)) writeSums(sheet, columns, sums, last, known);
      if (options.bars && last > 2) addBars(book, sheet, columns, last);
      sheet.commit();
    },
  };
}

function writeHead(
  sheet: Worksheet,
  columns: readonly ViewColumn[],
  titles: readonly string[],
  faults: Faults,
): void {
  const row = sheet.getRow(1);
  const maker = cellMaker(PLAIN, 'UTC', faults);
  for (const [index, column] of columns.entries()) {
    const target = row.getCell(index + 1);
    target.value = maker(titles[index]).value;
    target.style = headLook(isNumeric(column.kind));
  }
  const lines = columns.map((column, index) => {
    const width = sheet.columns[index]?.width ?? 10;
    return Math.ceil(((titles[index] ?? column.path).length + 3) / width);
  });
  row.height = 15 * Math.min(4, Math.max(1, ...lines)) + 3;
  row.commit();
}

/** SUM formulas with the sums in them, so that a reader that does not calculate sees them too. */
function writeSums(
  sheet: Worksheet,
  columns: readonly ViewColumn[],
  sums: readonly (number | undefined)[],
  last: number,
  known: Readonly<Record<string, unknown>> | undefined,
): void {
  const line = sheet.getRow(last + 1);
  label(line, columns, 'Total');
  for (const [index, column] of columns.entries()) {
    const sum = sums[index];
    const target = line.getCell(index + 1);
    target.style = totalLook(column.kind);
    if (sum === undefined) continue;
    const letter = letters(index + 1);
    target.value = { formula: `SUM(${letter}2:${letter}${last})`, result: sum };
  }
  line.commit();
  if (!known) return;
  const differing = columns.map((column, index) =>
    differs(column.kind, sums[index], known[column.path], last - 1),
  );
  if (!differing.includes(true)) return;
  const row = sheet.getRow(last + 2);
  label(row, columns, "API's total differs");
  for (const [index, column] of columns.entries()) {
    const given = numberOf(known[column.path]);
    if (!differing[index] || given === undefined) continue;
    const target = row.getCell(index + 1);
    target.value = given;
    target.style = markedLook(column.kind);
  }
  row.commit();
}

function label(row: ReturnType<Worksheet['getRow']>, columns: readonly ViewColumn[], text: string): void {
  if (columns[0] === undefined || columns[0].total) return;
  const target = row.getCell(1);
  target.value = text;
  target.style = totalLook('text');
}

/** Bars from 0 on hours, minutes, percents and the last column of money (what is paid). */
function addBars(book: Book, sheet: Worksheet, columns: readonly ViewColumn[], last: number): void {
  const paid = columns.findLastIndex((column) => column.kind === 'money' && column.total);
  const bars = columns.flatMap((column, index) => {
    const compared = column.total && (column.kind === 'hours' || column.kind === 'minutes');
    if (!compared && column.kind !== 'percent' && index !== paid) return [];
    const letter = letters(index + 1);
    return [
      {
        ref: `${letter}2:${letter}${last}`,
        color: index === paid ? 'FF9CC3E6' : 'FFC6DDB9',
        full: column.kind === 'percent' ? 100 : undefined,
      },
    ];
  });
  book.addBars(sheet, bars);
}
