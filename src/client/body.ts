/** Bodies as JSON, and nothing that JSON would leave out or change unsaid. */

import { UsageError } from '../errors.ts';
import { DATES, describeStranger, isPlain, tagOf } from './plain.ts';

/** What a value is that no body can hold, and what to do; undefined for what it can. `sent` is what its toJSON made of it. */
function faultOf(value: unknown, sent: unknown, within: unknown): readonly [string, string?] | undefined {
  switch (typeof value) {
    case 'bigint':
      return ['is a BigInt: give a number'];
    case 'number':
      return Number.isFinite(value) ? undefined : ['is not a number'];
    case 'function':
    case 'symbol':
      return [`is a ${typeof value}: it would be left out`];
    case 'undefined':
      return Array.isArray(within) ? ['is undefined within a list: it would be sent as null'] : undefined;
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return undefined;
  if (tagOf(value) === 'Date') return ['is a Date', DATES];
  if (sent === null || sent === undefined) return ['says itself that it is nothing in JSON'];
  if (typeof sent !== 'object') return sent === value ? undefined : faultOf(sent, sent, within);
  if (!ArrayBuffer.isView(value) && (Array.isArray(sent) || isPlain(sent))) return undefined;
  const { what, next } = describeStranger(value);
  return [`is ${what}: JSON has no words for it`, next];
}

/** A body as JSON. @throws UsageError for what JSON has no words for: it would be left out, or sent as null */
export function toJson(body: unknown): string {
  const cannot = (what: string, field?: string, next?: string) =>
    new UsageError(`${field === undefined || field === '' ? 'the body' : field} ${what}`, {
      code: 'invalid_body',
      field: field === '' ? undefined : field,
      next,
    });
  let text: string | undefined;
  try {
    text = JSON.stringify(body, function (this: Readonly<Record<string, unknown>>, name, sent: unknown) {
      // Its toJSON has run already, which makes null of a date that is none.
      const fault = faultOf(this[name], sent, this);
      if (fault) throw cannot(fault[0], name, fault[1]);
      return sent;
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannot('cannot be written as JSON: it may hold itself');
  }
  if (text === undefined) throw cannot('cannot be written as JSON');
  return text;
}
