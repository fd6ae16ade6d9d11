/** The seven webhook events. The API signs nothing and gives no event ID. */

export const WEBHOOK_EVENTS = [
  'employee.created',
  'employee.updated',
  'employee.deleted',
  'attendance.clock_in',
  'attendance.clock_out',
  'penalty.created',
  'lock.opened',
] as const;

export type WebhookEventName = (typeof WEBHOOK_EVENTS)[number];

/** A webhook's payload as it may come. No more than `event` is sure: what is refused is lost, so little is asked for. */
export interface WebhookEvent {
  event: WebhookEventName | (string & {});
  /** When it happened, RFC 3339. */
  timestamp?: string | null;
  /** Whatever came. Only that of `attendance.clock_in` is documented to its last field. */
  data?: Record<string, unknown> | null;
}

/** A webhook's payload as it is documented, with all its parts. */
export interface CompleteEvent extends WebhookEvent {
  timestamp: string;
  data: Record<string, unknown>;
}

/** What each event means and an example of its payload. */
export interface WebhookEventSpec {
  readonly name: WebhookEventName;
  readonly description: string;
  readonly example: CompleteEvent;
}

const timestamp = '2024-11-18T09:00:00Z';
const employee = {
  id: 'emp_123456',
  name: 'John Doe',
  email: 'john@example.com',
  department: 'Engineering',
  position: 'Senior Developer',
  salary: 75000,
  status: 'active',
  created_at: '2024-01-15T10:30:00Z',
};
const punch = {
  employee_id: 'emp_123456',
  employee_name: 'John Doe',
  lock_id: 'lock_789',
  timestamp,
  method: 'fingerprint',
};

export const webhookEvents: readonly WebhookEventSpec[] = [
  {
    name: 'employee.created',
    description: 'An employee was added.',
    example: { event: 'employee.created', timestamp, data: employee },
  },
  {
    name: 'employee.updated',
    description: "An employee's record was changed, or a deleted one restored.",
    example: { event: 'employee.updated', timestamp, data: employee },
  },
  {
    name: 'employee.deleted',
    description: 'An employee was deleted, softly.',
    example: { event: 'employee.deleted', timestamp, data: { ...employee, status: 'inactive' } },
  },
  {
    name: 'attendance.clock_in',
    description: 'An employee came in.',
    example: { event: 'attendance.clock_in', timestamp, data: punch },
  },
  {
    name: 'attendance.clock_out',
    description: 'An employee went out.',
    example: {
      event: 'attendance.clock_out',
      timestamp: '2024-11-18T17:30:00Z',
      data: { ...punch, timestamp: '2024-11-18T17:30:00Z' },
    },
  },
  {
    name: 'penalty.created',
    description: 'A late arrival or an early departure was penalized.',
    example: {
      event: 'penalty.created',
      timestamp: '2024-11-18T09:15:00Z',
      data: {
        employee_id: 'emp_123456',
        employee_name: 'John Doe',
        type: 'late_arrival',
        minutes: 15,
        amount: 8.48,
        currency: 'USD',
        date: '2024-11-18',
        attendance_id: 'att_123456',
        timestamp: '2024-11-18T09:15:00Z',
      },
    },
  },
  {
    name: 'lock.opened',
    description: 'A lock was opened.',
    example: {
      event: 'lock.opened',
      timestamp,
      data: {
        id: 'event_123456',
        lock_id: 'lock_789',
        employee_id: 'emp_123456',
        employee_name: 'John Doe',
        access_method: 'fingerprint',
        timestamp,
        success: true,
      },
    },
  },
];
