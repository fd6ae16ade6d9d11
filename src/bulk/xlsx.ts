/** Excel workbooks: the values that a person sees in the cells, dates as the wall clock shows them. */

import type { CellValue, Worksheet } from 'exceljs';
import { UsageError } from '../errors.ts';
import { rfc3339 } from '../time/zone.ts';
import type { Parsed } from './read.ts';
import type { Cell, Row } from './types.ts';

/**
 * Reads a worksheet: the one named, else the first. The first row that is not empty is the header.
 * @throws UsageError when it is not a workbook or has no such sheet
 */
export async function readWorkbook(bytes: Buffer, name: string, sheet: string | undefined): Promise<Parsed> {
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch (error) {
    throw new UsageError(`${name} is not an Excel workbook, or it is damaged`, {
      code: 'bad_format',
      next: 'open it in a spreadsheet and save it again as .xlsx, or as CSV',
      cause: error,
    });
  }
  const found = sheet === undefined ? workbook.worksheets[0] : workbook.getWorksheet(sheet);
  if (!found) {
    const names = workbook.worksheets.map((one) => one.name).join(', ');
    throw new UsageError(
      sheet === undefined ? `${name} has no worksheet` : `${name} has no worksheet "${sheet}"`,
      {
        code: 'no_sheet',
        next: names ? `choose one of: ${names}` : 'add a sheet with rows',
      },
    );
  }
  return readSheet(found);
}

function readSheet(sheet: Worksheet): Parsed {
  const rows: Row[] = [];
  const faults: string[] = [];
  /** The name of each column by its position; empty headers have none. */
  let names: Map<number, string> | undefined;
  sheet.eachRow((row, number) => {
    if (!names) {
      const found = new Map<number, string>();
      row.eachCell((cell, at) => {
        const text = String(cellValue(cell.value) ?? '').trim();
        if (text !== '') found.set(at, text);
      });
      if (found.size > 0) names = found;
      return;
    }
    const cells: Record<string, Cell> = Object.create(null);
    let filled = false;
    row.eachCell((cell, at) => {
      const value = asFormatted(cellValue(cell.value), cell.numFmt);
      if (value === null || (typeof value === 'string' && value.trim() === '')) return;
      filled = true;
      const name = names?.get(at);
      if (name === undefined)
        faults.push(`row ${number}, column ${cell.address.replace(/\d+$/, '')}: it has no header`);
      else if (value instanceof CellFault)
        faults.push(`row ${number}, ${name}: the cell shows ${value.message}`);
      else cells[name] = value;
    });
    if (filled) rows.push({ number, cells });
  });
  return { columns: [...(names?.values() ?? [])], rows, faults };
}

/** A cell that shows an error, such as `#REF!`. */
class CellFault {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** A cell that shows a day alone is that day, and not its midnight. */
function asFormatted(value: Cell | CellFault, format: string | undefined): Cell | CellFault {
  if (!(value instanceof Date) || !format || /[hs]/i.test(format)) return value;
  const [day, time] = rfc3339(value.getTime()).split('T');
  return time === '00:00:00Z' && day !== undefined ? day : value;
}

/** Workbooks write what XML cannot hold as `_x000D_`, and a text that looks like it with its first mark so. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function cellValue(value: CellValue): Cell | CellFault {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return unescaped(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value;
  if ('error' in value) return new CellFault(String(value.error));
  if ('richText' in value) return unescaped(value.richText.map((part) => part.text).join(''));
  if ('hyperlink' in value) return cellValue(value.text as CellValue);
  // A formula is worth what it last showed; one that was never calculated is worth nothing.
  if ('formula' in value || 'sharedFormula' in value) {
    return value.result === undefined
      ? new CellFault('a formula without a value')
      : cellValue(value.result as CellValue);
  }
  return null;
}
