/** Values of declared fields that the API can only refuse: found before anything is sent. */

import type { Param } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { closest } from '../nearest.ts';
import { isOnCalendar } from '../time/zone.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** RFC 3339: with seconds, and with a zone. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Of `clock_in` and `clock_out`, what `in` or `clock-in` is meant to be. */
function meantBy(text: string, values: readonly string[]): string | undefined {
  const word = text.toLowerCase();
  const [part, other] = values.filter((each) => each.split('_').includes(word));
  if (part !== undefined && other === undefined) return part;
  // Of `clock` either may be meant: to name one would be a wrong punch.
  const [near, another] = closest(word, values);
  return another === undefined ? near : undefined;
}

/** A day, a time and one of several values, as they are declared; objects are looked at where they are written down. @throws UsageError */
export function checkValue(name: string, value: unknown, { kind, values, required }: Param): void {
  if (value === undefined || value === null || typeof value === 'object') return;
  // What is missing is said to be.
  if (required && value === '') return;
  if (typeof value === 'function' || typeof value === 'symbol') return;
  const text = String(value);
  const refuse = (why: string, next: string) =>
    new UsageError(`${name} ${why}`, { code: 'invalid_value', field: name, next });
  if (values !== undefined) {
    if (values.some((each) => each === value)) return;
    const meant = meantBy(text, values);
    throw refuse(
      `must be ${values.join(' or ')}`,
      meant === undefined ? 'write one of these' : `write '${meant}'`,
    );
  }
  if (kind === 'date') {
    const day = 'write YYYY-MM-DD, such as 2024-11-18';
    if (typeof value !== 'string' || !DAY.test(text)) {
      const word = /^[a-z-]+$/i.test(text) ? '; words are for the command line' : '';
      throw refuse('must be a day', `${day}${word}`);
    }
    if (!isOnCalendar(text)) throw refuse(`is no day of the calendar: ${text}`, day);
  }
  if (kind === 'time') {
    const time = 'write it with its zone, such as 2024-11-18T09:00:00Z, or take .toISOString() of a Date';
    const [, day] = (typeof value === 'string' && INSTANT.exec(text)) || [];
    if (day === undefined) throw refuse('must be a time as of RFC 3339', time);
    if (!isOnCalendar(day)) throw refuse(`is on no day of the calendar: ${day}`, time);
  }
}
