/** The checks of a request body that came from `--data`, before anything is sent. */

import type { AnyEndpoint, Param } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { checkId } from '../ids.ts';
import { parseDate } from '../time/words.ts';

const NUMBERS: ReadonlySet<Param['kind']> = new Set([
  'money',
  'hours',
  'minutes',
  'integer',
  'number',
  'percent',
]);

function faultOf(name: string, value: unknown, param: Param): string | undefined {
  if (NUMBERS.has(param.kind)) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return `"${name}" is not a number`;
    if (param.kind === 'integer' && !Number.isInteger(value)) return `"${name}" is not a whole number`;
    if (param.min !== undefined && value < param.min) return `"${name}" is less than ${param.min}`;
    return undefined;
  }
  if (typeof value !== 'string') return `"${name}" is not text`;
  if (param.required && value === '') return `"${name}" is empty`;
  if (param.values && !param.values.includes(value))
    return `"${name}" is not one of ${param.values.join(', ')}`;
  if (param.kind === 'date') {
    // A body goes as it is: words that a flag takes mean nothing to the API.
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return `"${name}" is not a date as 2024-11-18`;
    parseDate(value, { now: 0, timeZone: 'UTC', name });
  }
  if (param.kind === 'id') checkId(value, name);
  return undefined;
}

/**
 * Checks the fields that the endpoint knows; those it does not know, and nulls, pass: the API may know more.
 * Throws UsageError naming the field.
 */
export function checkBody(
  endpoint: AnyEndpoint,
  body: Readonly<Record<string, unknown>>,
  source: string,
): void {
  for (const [name, param] of Object.entries(endpoint.params as Readonly<Record<string, Param>>)) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (param.in === 'path') {
      throw new UsageError(`${source}: "${name}" belongs on the command line, not in the body`, {
        field: name,
      });
    }
    const fault = faultOf(name, value, param);
    if (fault)
      throw new UsageError(`${source}: ${fault}`, {
        code: 'invalid_body',
        field: name,
        next: 'mend the file and run it again',
      });
  }
}
