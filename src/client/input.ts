/** What a call is given, checked before anything is sent: a program without types has nobody else to tell it. */

import { setMaxListeners } from 'node:events';
import type { AnyEndpoint, Param } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { closest, isSlip } from '../nearest.ts';
import type { CallOptions } from './options.ts';
import { describeStranger, isPlain, type Values } from './plain.ts';
import { checkValue } from './values.ts';

/** Sent with a list whose answer has pages, whether they are documented for it or not. */
const PAGING: readonly string[] = ['page', 'limit'];

const CALL_OPTIONS = ['signal', 'settle', 'priority'] as const satisfies readonly (keyof CallOptions)[];

/** The fields of a call as an object of their own; none for none. @throws UsageError for what is no plain object */
export function fieldsOf(endpoint: AnyEndpoint, input: unknown): Values {
  if (input === undefined || input === null) return {};
  if (isPlain(input)) return input;
  const { what, next } = describeStranger(input);
  throw new UsageError(`${endpoint.id} takes an object of fields, and this is ${what}`, {
    code: 'invalid_input',
    next,
  });
}

/**
 * The fields of a call. A filter that the endpoint does not have would be passed over, and everybody listed; a field of a
 * body that is close to one that is not given is a slip. Any other field of a body passes: the API may know more.
 * `shown`: values are what the API has shown, and go back as they are.
 * @throws UsageError that names the field
 */
export function checkInput(endpoint: AnyEndpoint, given: unknown, shown = false): Values {
  const input = fieldsOf(endpoint, given);
  const params = endpoint.params as Readonly<Record<string, Param>>;
  const known = Object.keys(params);
  // `api --paginate`: what was typed is what is meant.
  if (known.length === 0) return input;
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || Object.hasOwn(params, name)) continue;
    if (name === 'signal' && value instanceof AbortSignal) {
      throw new UsageError(`${endpoint.id} takes its signal behind its fields, not among them`, {
        code: 'unknown_field',
        field: name,
        next: 'write ({ … }, { signal })',
      });
    }
    if (endpoint.method === 'GET' && PAGING.includes(name) && endpoint.answer.shape === 'list') continue;
    const free = known.filter((each) => input[each] === undefined);
    const reads = endpoint.method === 'GET';
    // A name for its ID, as a filter is called; a record that is put back whole has both.
    const names = (each: string) => endpoint.method === 'POST' && each === `${name}_id`;
    const meant =
      free.find((each) => isSlip(name, each) || names(each)) ?? (reads ? closest(name, free)[0] : undefined);
    if (!reads && meant === undefined) continue;
    throw new UsageError(`${endpoint.id} has no field "${name}"`, {
      code: 'unknown_field',
      field: name,
      next: meant === undefined ? `leave it out; there are ${known.join(', ')}` : `write ${meant}`,
    });
  }
  for (const name of shown ? [] : known) checkValue(name, input[name], params[name] as Param);
  if (endpoint.method === 'GET') checkDays(input);
  return input;
}

/** Days in the wrong order are days on which nothing was. @throws UsageError */
function checkDays({ start_date: start, end_date: end }: Values): void {
  if (typeof start !== 'string' || typeof end !== 'string' || !(start > end)) return;
  throw new UsageError(`start_date ${start} lies after end_date ${end}`, {
    code: 'invalid_value',
    field: 'start_date',
    next: 'change them over',
  });
}

export type CheckedOptions = CallOptions & { readonly signal?: AbortSignal | undefined };

/** What one call may be told besides its fields. @throws UsageError that names the option */
export function checkCallOptions(options: unknown): CheckedOptions {
  if (options === undefined || options === null) return {};
  // Nor a signal or its controller, whose own fields are none.
  if (!isPlain(options)) {
    throw new UsageError('the options of a call are an object', {
      code: 'invalid_option',
      next: 'write { signal }',
    });
  }
  const stranger = Object.keys(options).find(
    (name) => options[name] !== undefined && !CALL_OPTIONS.some((known) => known === name),
  );
  if (stranger !== undefined) {
    throw new UsageError(`a call has no option ${stranger}`, {
      code: 'unknown_option',
      field: stranger,
      next: 'a call takes { signal }; what holds for all calls is given to the client',
    });
  }
  const { signal, ...others } = options;
  // As `fetch` takes it: null is none.
  if (signal === undefined || signal === null) return others;
  if (!(signal instanceof AbortSignal)) {
    throw new UsageError('signal must be an AbortSignal', {
      code: 'invalid_option',
      field: 'signal',
      next: 'write { signal: controller.signal }',
    });
  }
  // One signal for a program's whole work is no leak, however many calls listen to it.
  try {
    setMaxListeners(0, signal);
  } catch {
    // A signal of another making, as a simulated browser has it, counts no listeners.
  }
  return { ...others, signal };
}
