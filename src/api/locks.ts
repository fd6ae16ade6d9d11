import { endpoint, record } from './types.ts';

/** A connected TTLock smart lock. The reference does not show its shape: all but `id` may be absent. */
export interface Lock {
  /** @example "lock_789" */
  id: string;
  name?: string;
  location?: string;
  status?: string;
  /** Percent, 0 to 100. */
  battery_level?: number;
  /** Without one its events arrive late. */
  has_gateway?: boolean;
  /** RFC 3339. */
  last_seen_at?: string | null;
  /** RFC 3339. */
  created_at?: string;
}

/** One attempt to open a lock. */
export interface AccessEvent {
  /** @example "event_123456" */
  id: string;
  lock_id: string;
  /** Null where it is not known who it was. */
  employee_id: string | null;
  employee_name: string | null;
  /** `app`, `passcode`, `card`, `fingerprint`, `face` …; one we do not know is shown as it comes. */
  access_method: string;
  /** RFC 3339, by the lock's clock. */
  timestamp: string;
  /** Whether it opened. */
  success: boolean;
  /** When the service received the record, RFC 3339: locks without a gateway upload late. Not documented. */
  received_at?: string;
  /** Not documented. */
  failure_reason?: string;
}

export interface LockHistory {
  id: string;
  /** Not documented for history: sent only when given. */
  page?: number | undefined;
  /** Not documented for history: sent only when given. */
  limit?: number | undefined;
}

/** The access methods that TTLock documents. */
export const ACCESS_METHODS = [
  'app',
  'passcode',
  'card',
  'fingerprint',
  'wristband',
  'face',
  'palm_vein',
  'qr_code',
  'remote',
  'gateway',
  'mechanical_key',
  'inside',
  'auto_lock',
] as const;

export const lock = record<Lock>({
  name: 'Lock',
  description: 'A connected TTLock smart lock.',
  fields: {
    id: { kind: 'id', description: "The lock's ID.", priority: 1, example: 'lock_789' },
    name: { kind: 'text', description: 'Its name.', optional: true, priority: 1, example: 'Front Door' },
    location: { kind: 'text', description: 'Where it is.', optional: true, priority: 3 },
    status: {
      kind: 'status',
      description: 'Whether it is reachable.',
      optional: true,
      priority: 1,
      example: 'online',
    },
    battery_level: {
      kind: 'percent',
      description: 'Battery, in percent.',
      header: 'Battery',
      optional: true,
      priority: 2,
      example: 87,
    },
    has_gateway: {
      kind: 'boolean',
      description: 'Whether records arrive at once; without a gateway they are uploaded late.',
      header: 'Gateway',
      optional: true,
      priority: 3,
    },
    last_seen_at: {
      kind: 'time',
      description: 'When it was last heard of.',
      header: 'Last seen',
      optional: true,
      nullable: true,
      priority: 2,
    },
    created_at: {
      kind: 'time',
      description: 'When it was connected.',
      header: 'Created',
      optional: true,
      priority: 4,
    },
  },
});

export const accessEvent = record<AccessEvent>({
  name: 'AccessEvent',
  description: 'One attempt to open a lock.',
  fields: {
    timestamp: {
      kind: 'time',
      description: "When, by the lock's clock.",
      header: 'Time',
      priority: 1,
      example: '2024-11-18T09:00:00Z',
    },
    lock_id: { kind: 'id', description: "The lock's ID.", header: 'Lock', priority: 2, example: 'lock_789' },
    employee_id: {
      kind: 'id',
      description: "The employee's ID; null for a method that names nobody.",
      header: 'Employee',
      nullable: true,
      priority: 3,
      example: 'emp_123456',
    },
    employee_name: {
      kind: 'text',
      description: "The employee's name.",
      header: 'Name',
      nullable: true,
      priority: 1,
      example: 'John Doe',
    },
    access_method: {
      kind: 'text',
      description: 'How it was opened.',
      header: 'Method',
      priority: 1,
      example: 'fingerprint',
    },
    success: {
      kind: 'boolean',
      description: 'Whether it opened.',
      header: 'Opened',
      priority: 1,
      example: true,
    },
    failure_reason: {
      kind: 'text',
      description: 'Why it did not open.',
      header: 'Reason',
      optional: true,
      priority: 3,
    },
    received_at: {
      kind: 'time',
      description: 'When the service received the record.',
      header: 'Received',
      optional: true,
      priority: 4,
    },
    id: { kind: 'id', description: "The event's ID.", priority: 3, example: 'event_123456' },
  },
});

export const listLocks = endpoint<Record<never, never>, Lock>({
  id: 'locks.list',
  method: 'GET',
  path: '/locks',
  scope: 'read',
  summary: 'List the connected smart locks',
  params: {},
  paging: 'if-answered',
  status: 200,
  answer: { shape: 'list', record: lock },
});

export const lockHistory = endpoint<LockHistory, AccessEvent>({
  id: 'locks.history',
  method: 'GET',
  path: '/locks/:id/history',
  scope: 'read',
  summary: 'Show who opened a lock, when and how',
  params: {
    id: {
      in: 'path',
      kind: 'id',
      noun: 'lock',
      required: true,
      description: "The lock's ID",
      placeholder: 'LOCK',
    },
    page: {
      in: 'query',
      kind: 'integer',
      min: 1,
      flag: null,
      description: 'Which page, where the API pages this list',
    },
    limit: {
      in: 'query',
      kind: 'integer',
      min: 1,
      max: 100,
      flag: null,
      description: 'Rows a page, where the API pages this list',
    },
  },
  paging: 'if-answered',
  status: 200,
  answer: { shape: 'list', record: accessEvent },
});
