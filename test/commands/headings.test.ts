/** Minutes and counts stand in one and the same business: no heading may leave open which of them it is over. */

import { expect, it } from 'vitest';
import { attendanceRecord } from '../../src/api/attendance.ts';
import { attendanceReportRow, payrollRow } from '../../src/api/reports.ts';
import type { Field } from '../../src/api/types.ts';

it('a heading over minutes says min, and one over how many times says times', () => {
  const records = [attendanceRecord, payrollRow, attendanceReportRow];
  const fields = records.flatMap(({ fields: each }) => Object.entries(each as Record<string, Field>));
  const late = fields.filter(([path]) => /^(late|early)/.test(path));
  expect(late.length).toBeGreaterThan(6);
  for (const [path, { kind, header }] of late) {
    if (kind === 'minutes') expect(header, path).toMatch(/ min$/);
    if (kind === 'integer') expect(header, path).toMatch(/^Times /);
  }
});
