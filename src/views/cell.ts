/** Values as a person reads them in a table, by kind. The texts are raw: the table makes them safe. */

import type { Kind } from '../api/types.ts';
import { formatDuration } from '../time/duration.ts';
import { formatInstant } from './instant.ts';

const NUMERIC = /^-?\d+(\.\d+)?$/;

/** A digit string with separators between thousands. */
export function grouped(digits: string): string {
  const point = digits.indexOf('.');
  const whole = point < 0 ? digits : digits.slice(0, point);
  const rest = point < 0 ? '' : digits.slice(point);
  return (whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole) + rest;
}

/** Money in units as a count of cents, rounded half away from zero. */
export function cents(value: number): number {
  const scaled = Math.abs(value) * 100;
  // The epsilon undoes what binary fractions do to a half: 1.005 is meant as 1.005.
  return Math.sign(value) * Math.round(scaled + scaled * Number.EPSILON * 2);
}

function fixed2(value: number): string {
  if (Math.abs(value) >= 1e13) return String(value);
  const count = cents(value);
  const magnitude = Math.abs(count);
  const text = `${grouped(String(Math.floor(magnitude / 100)))}.${String(magnitude % 100).padStart(2, '0')}`;
  return count < 0 ? `-${text}` : text;
}

/** The number that a value is or spells out; undefined for anything else, NaN and the infinities too. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && NUMERIC.test(value) ? Number(value) : undefined;
}

/** Any value as one text: scalars as they are, lists of scalars joined, the rest as JSON. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')) {
    return value.map((item) => (item === null ? '' : String(item))).join('; ');
  }
  return JSON.stringify(value);
}

/** JSON in one line, with a space where a line may be broken. */
function spacedJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n */g, ' ');
}

/** Kinds whose cells stand on the right. */
export function isNumeric(kind: Kind): boolean {
  return (
    kind === 'money' ||
    kind === 'hours' ||
    kind === 'minutes' ||
    kind === 'seconds' ||
    kind === 'integer' ||
    kind === 'number' ||
    kind === 'percent'
  );
}

/** How a kind is shown. Missing values are `-`. */
export function cellText(kind: Kind, timeZone: string): (value: unknown) => string {
  const number = (show: (value: number) => string) => (value: unknown) => {
    const count = numberOf(value);
    if (count !== undefined) return show(count);
    return value === null || value === undefined ? '-' : plainText(value);
  };
  switch (kind) {
    case 'money':
    case 'hours':
      return number(fixed2);
    case 'minutes':
    case 'integer':
      return number((value) => grouped(String(value)));
    case 'seconds':
      return number((value) => formatDuration(Number(value) * 1000));
    case 'percent':
      return number((value) => `${value}%`);
    case 'number':
      return number(String);
    case 'time':
      return (value) =>
        (typeof value === 'string' ? formatInstant(value, timeZone) : plainText(value)) || '-';
    case 'boolean':
      return (value) => (value === true ? 'yes' : value === false ? 'no' : plainText(value) || '-');
    case 'object':
      return (value) =>
        typeof value === 'object' && value !== null ? spacedJson(value) : plainText(value) || '-';
    default:
      return (value) => plainText(value) || '-';
  }
}
