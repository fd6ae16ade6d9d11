import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sandboxOf } from './support.ts';

const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'emp_123456',
    'lock_789',
    '2024-11-18',
    '2024-02-30',
    '-1',
    '1e9',
    'NaN',
    '__proto__',
    '../..',
    '%',
    '%00',
    '\u202e',
  ),
);
const path = fc.array(
  fc.oneof(
    fc.constantFrom(
      'employees',
      'attendance',
      'clock',
      'locks',
      'history',
      'reports',
      'payroll',
      'emp_123456',
      'lock_789',
    ),
    word.map(encodeURIComponentSafely),
  ),
  { maxLength: 4 },
);
const query = fc.dictionary(
  fc.constantFrom(
    'page',
    'limit',
    'department',
    'status',
    'employee_id',
    'start_date',
    'end_date',
    'lock_id',
    'format',
  ),
  word,
  { maxKeys: 4 },
);
const field = fc.constantFrom(
  'name',
  'email',
  'department_id',
  'position',
  'salary',
  'start_date',
  'status',
  'employee_id',
  'type',
  'timestamp',
  'lock_id',
  'notes',
);
const body = fc.oneof(
  fc.string(),
  fc.dictionary(field, fc.oneof(word, fc.double(), fc.jsonValue())).map((fields) => JSON.stringify(fields)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);

function encodeURIComponentSafely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
}

describe('whatever is sent', () => {
  it('is answered in the envelope, with the budget, and never by a fault', async () => {
    const { sandbox } = await sandboxOf({ employees: 20, plan: 'enterprise' });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'),
        path,
        query,
        body,
        fc.constantFrom(
          'Bearer wt_sandbox_full',
          'Bearer wt_sandbox_read',
          'bearer  wt_sandbox_write',
          'Basic x',
          '',
        ),
        async (method, parts, fields, sent, authorization) => {
          const url = `/v1/${parts.join('/')}?${new URLSearchParams(fields)}`;
          const answer = await sandbox.handle({ method, url, headers: { authorization }, body: sent });
          expect([200, 201, 400, 401, 403, 404, 429]).toContain(answer.status);
          expect(answer.headers['x-ratelimit-limit']).toBe('10000');
          if (!String(answer.headers['content-type']).startsWith('application/json')) return;
          const envelope = JSON.parse(Buffer.from(answer.body as string | Uint8Array).toString('utf8'));
          expect(envelope.success).toBe(answer.status < 300);
          if (!envelope.success) expect(Object.keys(envelope.error).slice(0, 2)).toEqual(['code', 'message']);
        },
      ),
      { numRuns: 400 },
    );
  });
});
