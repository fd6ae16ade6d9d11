/** How numbers and dates are written where they are not written plainly: a file is in one way, and a flag says which. */

import { isOnCalendar } from '../time/zone.ts';

export const DECIMALS = ['comma', 'point'] as const;
export const DATES = ['dmy', 'mdy'] as const;

export interface Writing {
  /** What stands before the cents; the other marks group thousands. Undefined: plain digits, and a point. */
  readonly decimal?: (typeof DECIMALS)[number] | undefined;
  /** Whether the day or the month comes first. Undefined: 2024-11-18 alone. */
  readonly dates?: (typeof DATES)[number] | undefined;
}

/** Thousands in groups, one mark throughout; a space may be one that does not break. */
const AMOUNTS: Readonly<Record<(typeof DECIMALS)[number], RegExp>> = {
  comma: /^(\d{1,3}(?:([. '’\u00a0\u202f])\d{3}(?:\2\d{3}){0,2})?|\d{1,12})(?:,(\d{1,2}))?$/,
  point: /^(\d{1,3}(?:([, '’\u00a0\u202f])\d{3}(?:\2\d{3}){0,2})?|\d{1,12})(?:\.(\d{1,2}))?$/,
};

/** An amount in whole units with cents; undefined for a text that is none. */
export function amountIn(text: string, decimal: Writing['decimal']): number | undefined {
  if (decimal === undefined) return /^\d{1,12}(\.\d{1,2})?$/.test(text) ? Number(text) : undefined;
  const [, whole, , cents] = AMOUNTS[decimal].exec(text) ?? [];
  return whole === undefined ? undefined : Number(`${whole.replaceAll(/\D/g, '')}.${cents ?? '0'}`);
}

const DAY = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;

/** The year first: then the month follows, whoever wrote it. */
const YEAR_FIRST = /^(\d{4})([./-])(\d{1,2})\2(\d{1,2})$/;

/** A day as YYYY-MM-DD, on the calendar or not; undefined for a text that is none. */
export function dayIn(text: string, dates: Writing['dates']): string | undefined {
  const found = YEAR_FIRST.exec(text);
  if (found) return `${found[1]}-${found[3]?.padStart(2, '0')}-${found[4]?.padStart(2, '0')}`;
  const [, first = '', , second = '', year] = DAY.exec(text) ?? [];
  if (year === undefined || dates === undefined) return undefined;
  const [month, day] = dates === 'dmy' ? [second, first] : [first, second];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Gathers over a whole file in which ways its amounts and days can be read: what fits all of them is advised. */
export class Ways {
  #decimals: readonly string[] = DECIMALS;
  #dates: readonly string[] = DATES;
  #dotted = true;

  /** Takes a text of a column of amounts; tells whether it is one that some way can read. */
  sawAmount(text: string): boolean {
    const ways = DECIMALS.filter((way) => amountIn(text, way) !== undefined);
    if (ways.length > 0) this.#decimals = this.#decimals.filter((way) => ways.some((each) => each === way));
    return ways.length > 0;
  }

  /** The same for a text that starts with a day. */
  sawDay(text: string): boolean {
    const [day = ''] = /^\S+/.exec(text) ?? [];
    const found = DAY.exec(day);
    if (!found) return false;
    const ways = DATES.filter((way) => isOnCalendar(dayIn(day, way) ?? ''));
    if (ways.length === 0) return false;
    this.#dates = this.#dates.filter((way) => ways.some((each) => each === way));
    if (found[2] !== '.') this.#dotted = false;
    return true;
  }

  /** The flag that reads all amounts; undefined where none does. */
  get decimal(): string | undefined {
    return flag('--decimal', this.#decimals);
  }

  /** The flag that reads all days. With dots between them, the day comes first wherever that is the custom. */
  get dates(): string | undefined {
    const ways = this.#dotted && this.#dates.includes('dmy') ? ['dmy'] : this.#dates;
    return flag('--dates', ways);
  }
}

function flag(name: string, ways: readonly string[]): string | undefined {
  return ways.length === 0 ? undefined : `${name} ${ways.join(' or ')}`;
}
