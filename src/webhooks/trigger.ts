/** Events made here, after the documented examples, to try a handler with. */

import { type CompleteEvent, webhookEvents } from '../api/webhooks.ts';
import { UsageError } from '../errors.ts';
import { closest } from '../nearest.ts';
import { isObject } from './event.ts';

/** A value to be set: where, and the words of the command line. */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What there is, after what may have been meant. */
function oneOf(verb: string, word: string, known: readonly string[]): string {
  const meant = closest(word, known);
  const all = `one of ${known.join(', ')}`;
  const [first = '', ...rest] = verb;
  return meant.length === 0
    ? `${verb} ${all}`
    : `did you mean ${meant.join(' or ')}? ${first.toUpperCase()}${rest.join('')} ${all}`;
}

/** The example of an event. @throws UsageError that names those there are. */
export function exampleOf(name: string): CompleteEvent {
  const spec = webhookEvents.find((one) => one.name === name);
  if (spec) return spec.example;
  const names = webhookEvents.map((one) => one.name);
  throw new UsageError(`there is no event "${name}"`, {
    code: 'unknown_event',
    next: oneOf('choose', name, names),
  });
}

/**
 * `data.employee_id=emp_1` as a change of this example. Numbers and booleans stay what they are in the example; `null`
 * is null. @throws UsageError where the example has no such path, or the value is of another type.
 */
export function parseChange(text: string, example: CompleteEvent): Change {
  const at = text.indexOf('=');
  if (at <= 0) {
    throw new UsageError(`--set: "${text}" has no value`, {
      code: 'invalid_value',
      next: 'write --set data.employee_id=emp_123456',
    });
  }
  const name = text.slice(0, at);
  const path = name.split('.');
  const known = pathsOf(example);
  if (!known.includes(name)) {
    throw new UsageError(`--set: ${example.event} has no "${name}"`, {
      code: 'unknown_path',
      next: oneOf('set', name, known),
    });
  }
  return { path, value: valueLike(read(example, path), text.slice(at + 1), name) };
}

function pathsOf(value: unknown, prefix = ''): string[] {
  if (!isObject(value)) return [prefix.slice(0, -1)];
  return Object.entries(value).flatMap(([key, below]) => pathsOf(below, `${prefix}${key}.`));
}

function read(value: unknown, path: readonly string[]): unknown {
  return path.reduce((at, key) => (isObject(at) ? at[key] : undefined), value);
}

function valueLike(example: unknown, text: string, name: string): unknown {
  if (text === 'null' && name.startsWith('data.')) return null;
  if (typeof example === 'string') return text;
  const value = parseJson(text);
  // A number that JSON would round, or could not write, is not the one that was meant.
  const exact =
    typeof value !== 'number' || (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER);
  if (typeof value === typeof example && exact) return value;
  throw new UsageError(`--set: ${name} is a ${typeof example}, "${text}" is not`, {
    code: 'invalid_value',
    next: `write --set ${name}=${String(example)}`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * An event as it would happen at `now` (ms), with the changes made. A millisecond apart, two are never the same bytes.
 */
export function makeEvent(example: CompleteEvent, changes: readonly Change[], now: number): CompleteEvent {
  const timestamp = new Date(now).toISOString();
  const event = structuredClone(example);
  event.timestamp = timestamp;
  if ('timestamp' in event.data) event.data['timestamp'] = timestamp;
  if ('date' in event.data) event.data['date'] = timestamp.slice(0, 10);
  for (const { path, value } of changes) {
    const parent = read(event, path.slice(0, -1));
    const key = path.at(-1);
    if (isObject(parent) && key !== undefined) parent[key] = value;
  }
  return event;
}
