/** What a delivery's bytes say. */

import type { WebhookEvent } from '../api/webhooks.ts';
import { isTooDeep } from '../client/nesting.ts';

/** Why bytes are not an event; shown to the sender. */
export type EventFault = 'not_json' | 'not_an_event';

/**
 * Reads an event. Lenient where the vendor may add or leave out: only `event`, a non-empty string, is asked for, and
 * unknown names are taken as they come, since what is refused is lost.
 */
export function parseEvent(text: string): WebhookEvent | EventFault {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return 'not_json';
  }
  return asEvent(value) ?? 'not_an_event';
}

/** A parsed value as an event, where it is one. */
export function asEvent(value: unknown): WebhookEvent | undefined {
  if (!isObject(value)) return undefined;
  const { event, timestamp, data } = value;
  if (typeof event !== 'string' || event === '') return undefined;
  if (timestamp !== undefined && timestamp !== null && typeof timestamp !== 'string') return undefined;
  if (data !== undefined && data !== null && !isObject(data)) return undefined;
  // No event is nested so deeply, and printing one would run out of stack.
  if (isTooDeep(value)) return undefined;
  return value as unknown as WebhookEvent;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** When an event happened by its own word, ms since the epoch; NaN where it does not say. */
export const timeOf = ({ timestamp }: WebhookEvent): number => Date.parse(timestamp ?? '');

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Events of one lane keep their order: an employee's, else a lock's, else those that name nobody. */
export function laneOf(event: WebhookEvent): string {
  const data = isObject(event.data) ? event.data : {};
  const own = event.event.startsWith('employee.') ? textOf(data['id']) : undefined;
  return textOf(data['employee_id']) ?? own ?? textOf(data['lock_id']) ?? '';
}

/** Whether an event is wanted. An empty filter wants all; `attendance.*` wants a family. */
export type EventFilter = (event: WebhookEvent) => boolean;

/** `a,b` or `attendance.*` as a filter; names that are not known are taken too, since the vendor may add some. */
export function eventFilter(names: readonly string[]): EventFilter {
  if (names.length === 0) return () => true;
  const exact = new Set(names.filter((name) => !name.endsWith('*')));
  const families = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return ({ event }) => exact.has(event) || families.some((family) => event.startsWith(family));
}
