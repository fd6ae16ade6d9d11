import { endpoint, record } from './types.ts';

/** The organization that a key belongs to. */
export interface Organization {
  /** @example "org_123456" */
  id: string;
  name: string;
  employees_count: number;
  /** RFC 3339. */
  created_at: string;
  /** IANA name. Not documented; the sandbox names it. */
  timezone?: string;
  /** ISO 4217. Not documented; the sandbox names it. */
  currency?: string;
}

export const organization = record<Organization>({
  name: 'Organization',
  description: 'The organization that a key belongs to.',
  fields: {
    id: { kind: 'id', description: 'Its ID.', priority: 1, example: 'org_123456' },
    name: { kind: 'text', description: 'Its name.', priority: 1, example: 'Acme Corporation' },
    employees_count: {
      kind: 'integer',
      description: 'How many employees it has.',
      header: 'Employees',
      example: 42,
    },
    timezone: {
      kind: 'text',
      description: 'Its IANA time zone, where the API names one.',
      header: 'Time zone',
      optional: true,
      example: 'UTC',
    },
    currency: {
      kind: 'text',
      description: 'Its ISO 4217 currency, where the API names one.',
      optional: true,
      example: 'USD',
    },
    created_at: {
      kind: 'time',
      description: 'When it was created.',
      header: 'Created',
      example: '2024-01-15T10:30:00Z',
    },
  },
});

export const getOrganization = endpoint<Record<never, never>, Organization>({
  id: 'organization.get',
  method: 'GET',
  path: '/organization',
  scope: 'read',
  summary: 'Show the organization that the key belongs to',
  params: {},
  status: 200,
  answer: { shape: 'record', record: organization },
});
