/** An event in the few words of a line. */

import type { WebhookEvent } from '../api/webhooks.ts';
import { isObject } from './event.ts';

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Whose event it is: a name where there is one, else an ID. */
export function whoOf({ event, data }: WebhookEvent): string | undefined {
  if (!isObject(data)) return undefined;
  const own = event.startsWith('employee.') ? (textOf(data['name']) ?? textOf(data['id'])) : undefined;
  return textOf(data['employee_name']) ?? own ?? textOf(data['employee_id']);
}

/** A line of the listener's table. */
export interface EventLine {
  readonly timestamp: string | null;
  readonly event: string;
  readonly who: string | null;
  readonly where: string | null;
  readonly method: string | null;
}

export function lineOf(event: WebhookEvent): EventLine {
  const data = isObject(event.data) ? event.data : {};
  return {
    timestamp: event.timestamp ?? null,
    event: event.event,
    who: whoOf(event) ?? null,
    where: textOf(data['lock_name']) ?? textOf(data['lock_id']) ?? textOf(data['department']) ?? null,
    method: textOf(data['method']) ?? textOf(data['access_method']) ?? textOf(data['type']) ?? null,
  };
}
