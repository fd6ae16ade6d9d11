/**
 * WorkTime One as a library: the command line's own client.
 *
 * ```ts
 * import { WorkTime } from 'worktime-cli';
 *
 * const client = new WorkTime('YOUR_API_KEY');
 * const { data, pagination } = await client.employees.list({ limit: 10 });
 * for await (const employee of client.employees.list()) console.log(employee.name);
 * ```
 *
 * @module
 */

import type { WebhookEvent } from './api/webhooks.ts';
import { TIMEOUT } from './client/deadline.ts';
import { Client } from './client/index.ts';
import { UsageError } from './errors.ts';
import { systemClock } from './host/clock.ts';
import { transport } from './host/undici.ts';
import { contained, observing, trimmed } from './library/contain.ts';
import { checkOptions, type WorkTimeOptions } from './library/options.ts';
import { asEvent, parseEvent } from './webhooks/event.ts';

export type { AttendanceRecord, Clock as ClockEvent, ClockType, ListAttendance } from './api/attendance.ts';
export type {
  CreateEmployee,
  Employee,
  EmployeeStatus,
  ListEmployees,
  UpdateEmployee,
} from './api/employees.ts';
export type { AccessEvent, Lock, LockHistory } from './api/locks.ts';
export type { Organization } from './api/organization.ts';
export type {
  AttendanceReport,
  AttendanceReportInput,
  AttendanceReportRow,
  PayrollInput,
  PayrollPolicy,
  PayrollReport,
  PayrollRow,
} from './api/reports.ts';
export type { Pagination } from './api/types.ts';
export type { WebhookEvent, WebhookEventName } from './api/webhooks.ts';
export type { Clock } from './client/clock.ts';
export type {
  CallOptions,
  ClientEvents,
  ListCall,
  ListPage,
  Page,
  RateLimit,
  RawAnswer,
  RawRequest,
} from './client/index.ts';
export { type HttpResponse, TransportError } from './client/transport.ts';
export {
  AuthError,
  InvalidAnswerError,
  RateLimitError,
  RefusedError,
  TemporaryError,
  UnknownOutcomeError,
  UsageError,
  WorkTimeError,
} from './errors.ts';
export type { HttpRequest, Transport, WorkTimeOptions } from './library/options.ts';

/** Webhooks: the API signs nothing, so check a secret in the URL or the sender's address as well. */
export interface Webhooks {
  /**
   * Reads the body of a webhook: its text, its bytes, or what a framework has parsed already. `data` is whatever came.
   * Throws UsageError (`not_json`, `not_an_event`).
   */
  parse(body: string | Uint8Array | object): WebhookEvent;
}

export const webhooks: Webhooks = {
  parse(body) {
    const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
    const event = typeof text === 'string' ? parseEvent(text) : (asEvent(text) ?? 'not_an_event');
    if (event === 'not_json') throw new UsageError('the body is not JSON', { code: event });
    if (event === 'not_an_event') throw new UsageError('the body is no webhook event', { code: event });
    return event;
  },
};

/**
 * A client for one organization. `new WorkTime('YOUR_API_KEY')`, or with options.
 *
 * A list call is a promise of one page, `{ data, pagination }`, and an async iterable of every row. Reads are retried, a
 * lost write is settled by reading back, a rate limit is waited for up to `maxWait`. Every method takes `{ signal }` last
 * and throws the error classes of this module, or the signal's reason; of a write that has left, UnknownOutcomeError.
 */
export class WorkTime extends Client {
  readonly webhooks: Webhooks = webhooks;

  /** Throws UsageError for options that cannot be, and AuthError for a key that cannot. */
  constructor(keyOrOptions: string | WorkTimeOptions, ...more: []) {
    const options = checkOptions(keyOrOptions, more.length);
    const { apiKey } = options;
    super({
      ...options,
      apiKey: typeof apiKey === 'string' ? apiKey : trimmed(apiKey),
      keyTimeout: options.timeout ?? TIMEOUT,
      userAgent: options.userAgent ?? 'worktime-library',
      transport: options.transport ? contained(options.transport) : transport,
      clock: options.clock ?? systemClock,
      events: options.events && observing(options.events, (error) => process.emitWarning(error)),
    });
  }
}
