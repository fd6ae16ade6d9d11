/** Values as cells: text that stays text, real dates, numbers unrounded. Nothing from outside becomes a formula. */

import type { Kind } from '../../api/types.ts';
import { isNumeric, numberOf, plainText } from '../cell.ts';
import { localTime } from '../instant.ts';
import { visibleText } from '../safe.ts';
import type { Look } from './styles.ts';
import { lookOf } from './styles.ts';

export type CellValue = string | number | boolean | null;

export interface Cell {
  readonly value: CellValue;
  readonly look: Look;
}

/** What a sheet could not show as it came; counted, and said once at the end. */
export interface Faults {
  /** Texts over the limit of a cell. */
  cut: number;
  /** By column: numbers that are missing or are none. */
  readonly missing: Map<string, number>;
}

/** The most characters that Excel keeps in a cell. */
export const MAX_TEXT = 32_767;
/** Excel's day 0 in days before 1970, and the first day that it counts rightly. */
const EPOCH = 25_569;
const FIRST_DAY = 61;
const DAY = 86_400_000;

const PLAIN = /^[\x20-\x5e\x60-\x7e]*$/;
/** What Excel reads as an escaped character: `_x0041_` would come out as `A`. */
const ESCAPED = /_(?=x[0-9a-fA-F]{4}_)/g;

/** A text as a cell holds it: line feeds and tabs kept, other control and bidi characters written out, cut at the limit. */
export function cellText(text: string, faults: Faults): string {
  if (text.length <= MAX_TEXT && PLAIN.test(text)) return text;
  let legal = visibleText(text.replace(/\r\n/g, '\n'));
  if (legal.length > MAX_TEXT) {
    faults.cut += 1;
    legal = `${legal.slice(0, MAX_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
  }
  return legal.replace(ESCAPED, '_x005F_');
}

/** Excel's serial number of a wall-clock time given as ms in UTC; undefined before its calendar is right. */
export function serial(ms: number): number | undefined {
  const days = ms / DAY + EPOCH;
  return days >= FIRST_DAY && days < 2_958_466 ? days : undefined;
}

function dateSerial(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  const ms = Date.parse(`${value}T00:00:00Z`);
  // Date.parse takes 31 February for 2 March; a date that is none stays a text.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== value) return undefined;
  return serial(ms);
}

function timeSerial(value: unknown, timeZone: string): number | undefined {
  const ms = typeof value === 'string' ? localTime(value, timeZone) : undefined;
  return ms === undefined ? undefined : serial(ms);
}

/** How the values of one column become cells. Missing numbers are empty cells, counted in `faults`; never 0. */
export function cellMaker(
  { kind, path, declared }: { readonly kind: Kind; readonly path: string; readonly declared: boolean },
  timeZone: string,
  faults: Faults,
): (value: unknown) => Cell {
  const look = lookOf(kind);
  const asText = lookOf('text');
  const empty: Cell = { value: null, look };
  const text = (value: unknown): Cell => {
    const words = plainText(value);
    return words === '' ? empty : { value: cellText(words, faults), look: asText };
  };
  if (isNumeric(kind)) {
    const miss = () => faults.missing.set(path, (faults.missing.get(path) ?? 0) + 1);
    return (value) => {
      const count = numberOf(value);
      if (count !== undefined) return { value: count, look };
      // A field that nobody promised may be absent.
      if (declared || value !== undefined) miss();
      return typeof value === 'number' ? empty : text(value);
    };
  }
  if (kind === 'date' || kind === 'time') {
    const convert = kind === 'date' ? dateSerial : (value: unknown) => timeSerial(value, timeZone);
    return (value) => {
      const day = convert(value);
      return day === undefined ? text(value) : { value: day, look };
    };
  }
  if (kind === 'boolean') return (value) => (typeof value === 'boolean' ? { value, look } : text(value));
  return text;
}
