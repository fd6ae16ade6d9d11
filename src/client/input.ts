/** What a call is given, checked before anything is sent: a program without types has nobody else to tell it. */

import type { AnyEndpoint, Param } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { closest } from '../nearest.ts';
import type { CallOptions } from './options.ts';

/** Sent with a list whose answer has pages, whether they are documented for it or not. */
const PAGING: readonly string[] = ['page', 'limit'];

const CALL_OPTIONS = ['signal', 'settle', 'priority'] as const satisfies readonly (keyof CallOptions)[];

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The fields of a call. A filter that the endpoint does not have would be passed over, and everybody listed; a field of a
 * body that is close to one that is not given is a slip. Any other field of a body passes: the API may know more.
 * @throws UsageError that names the field
 */
export function checkInput(endpoint: AnyEndpoint, input: unknown): Values {
  if (input === undefined || input === null) return {};
  if (!isObject(input)) {
    throw new UsageError(`${endpoint.id} takes an object of fields`, { code: 'invalid_input' });
  }
  const params = endpoint.params as Readonly<Record<string, Param>>;
  const known = Object.keys(params);
  // `api --paginate`: what was typed is what is meant.
  if (known.length === 0) return input;
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || Object.hasOwn(params, name)) continue;
    if (endpoint.method === 'GET' && PAGING.includes(name) && endpoint.answer.shape === 'list') continue;
    const [meant] = closest(
      name,
      known.filter((each) => input[each] === undefined),
    );
    if (endpoint.method !== 'GET' && meant === undefined) continue;
    throw new UsageError(`${endpoint.id} has no field "${name}"`, {
      code: 'unknown_field',
      field: name,
      next: meant === undefined ? `leave it out; there are ${known.join(', ')}` : `write ${meant}`,
    });
  }
  return input;
}

/** What one call may be told besides its fields. @throws UsageError that names the option */
export function checkCallOptions(options: unknown): CallOptions {
  if (options === undefined || options === null) return {};
  if (options instanceof AbortSignal || !isObject(options)) {
    throw new UsageError('the options of a call are an object', {
      code: 'invalid_option',
      next: 'write { signal }',
    });
  }
  const stranger = Object.keys(options).find((name) => !CALL_OPTIONS.some((known) => known === name));
  if (stranger !== undefined) {
    throw new UsageError(`a call has no option ${stranger}`, {
      code: 'unknown_option',
      field: stranger,
      next: 'a call takes { signal }; what holds for all calls is given to the client',
    });
  }
  const signal = options['signal'];
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new UsageError('signal must be an AbortSignal', {
      code: 'invalid_option',
      field: 'signal',
      next: 'write { signal: controller.signal }',
    });
  }
  return options;
}

/** A body as JSON. @throws UsageError for what JSON has no words for: it would be left out, or sent as null */
export function toJson(body: unknown): string {
  const cannot = (what: string, field?: string) =>
    new UsageError(`${field === undefined || field === '' ? 'the body' : field} ${what}`, {
      code: 'invalid_body',
      field: field === '' ? undefined : field,
    });
  let text: string | undefined;
  try {
    text = JSON.stringify(body, (name, value: unknown) => {
      if (typeof value === 'bigint') throw cannot('is a BigInt: give a number', name);
      if (typeof value === 'number' && !Number.isFinite(value)) throw cannot('is not a number', name);
      return value;
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannot('cannot be written as JSON: it may hold itself');
  }
  if (text === undefined) throw cannot('cannot be written as JSON');
  return text;
}
