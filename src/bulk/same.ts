/** Whether a file has what a record has: each of them writes it in its own way. */

import { visibleText } from '../visible.ts';

const NUMBER = /^-?\d+(\.\d+)?$/;
/** What follows a day where an API writes the moment with which it begins. */
const MIDNIGHT = /^[T ]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$/i;

/**
 * Whether a cell, or the value that was made of it, is what the record has. A cell has no blanks around it, and in a
 * workbook of ours no CR and no character that could not be seen; a number may be a text on either side, and a day a
 * moment in the record.
 */
export function isSame(value: unknown, recorded: unknown): boolean {
  if (value === recorded) return true;
  if (typeof value === 'number' || typeof recorded === 'number') {
    const [one, other] = [numberIn(value), numberIn(recorded)];
    return one !== undefined && other !== undefined && asShown(one) === asShown(other);
  }
  if (typeof value !== 'string' || typeof recorded !== 'string') return false;
  const [text, there] = [value.trim(), recorded.trim()];
  if (text === there || text === visibleText(recorded.replaceAll('\r\n', '\n')).trim()) return true;
  return /^\d{4}-\d\d-\d\d$/.test(text) && there.startsWith(text) && MIDNIGHT.test(there.slice(text.length));
}

/** The same for a cell of which no value could be made: as a text, 65.000 need not be the 65 of the record. */
export const isOwn = (cell: unknown, recorded: unknown) =>
  typeof cell === 'string' && typeof recorded === 'number'
    ? cell === String(recorded)
    : isSame(cell, recorded);

/** A number to the 15 digits that spreadsheets show: 55000 × 1.1 is 60500, and not 60500.00000000001. */
export const asShown = (number: number) => Number(number.toPrecision(15));

function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : undefined;
}
