/** Renders chunks into memory, as a terminal of some width or as a pipe. */

import { employee } from '../../src/api/employees.ts';
import { payrollRow } from '../../src/api/reports.ts';
import { columnsOf } from '../../src/columns.ts';
import type { Chunk, OutputSpec } from '../../src/command.ts';
import { createReporter, render } from '../../src/views/index.ts';
import type { OutputOptions } from '../../src/views/options.ts';
import { type StreamOptions, type TestContext, testContext } from '../support/context.ts';

export const employees: OutputSpec = { kind: 'rows', name: 'employees', columns: columnsOf(employee) };
export const employeeSpec: OutputSpec = { ...employees, kind: 'record' };
export const payroll: OutputSpec = {
  kind: 'report',
  name: 'payroll',
  columns: columnsOf(payrollRow),
  rowsAt: 'employees',
  idField: 'employee_id',
};

export function options(changes: Partial<OutputOptions> = {}): OutputOptions {
  return { format: 'table', force: false, header: true, quiet: false, timeZone: 'UTC', ...changes };
}

export const rows = (list: readonly unknown[], total?: number): Chunk => ({
  type: 'rows',
  rows: list,
  ...(total === undefined ? {} : { total }),
});
export const data = (value: unknown): Chunk => ({ type: 'data', data: value });

export async function* stream(chunks: readonly Chunk[]): AsyncGenerator<Chunk> {
  yield* chunks;
}

export interface Rendered {
  readonly out: string;
  readonly err: string;
  readonly context: TestContext;
}

/** What `render` prints for these chunks. */
export async function rendered(
  chunks: readonly Chunk[] | AsyncIterable<Chunk>,
  spec: OutputSpec,
  changes: Partial<OutputOptions> = {},
  terminal: StreamOptions = {},
): Promise<Rendered> {
  const context = testContext({ stdout: terminal });
  const source = Symbol.asyncIterator in chunks ? chunks : stream(chunks);
  await render(source, spec, options(changes), context, createReporter(context, { debug: false }));
  return { out: context.stdout.text(), err: context.stderr.text(), context };
}

export const JOHN = {
  id: 'emp_123456',
  name: 'John Doe',
  email: 'john@example.com',
  department: 'Engineering',
  position: 'Senior Developer',
  salary: 75_000,
  status: 'active',
  created_at: '2024-01-15T10:30:00Z',
};

/** The month of January 2024 as the sandbox answers it. */
export const JANUARY = {
  period: { start_date: '2024-01-01', end_date: '2024-01-31' },
  currency: 'USD',
  timezone: 'UTC',
  policy: { grace_minutes: 5, overtime_multiplier: 1.5 },
  employees: [
    january(
      'emp_123456',
      'John Doe',
      'Engineering',
      'Senior Developer',
      75_000,
      6250,
      114.54,
      284.09,
      8.48,
      22.62,
      6049.35,
    ),
    january(
      'emp_234567',
      'Jane Smith',
      'Marketing',
      'Marketing Manager',
      65_000,
      5416.67,
      99.27,
      246.21,
      7.35,
      19.61,
      5242.77,
    ),
  ],
  totals: {
    base_pay: 11_666.67,
    overtime_pay: 213.81,
    absence_deduction: 530.3,
    total_penalties: 58.06,
    total_pay: 11_292.12,
  },
};

function january(
  employee_id: string,
  employee_name: string,
  department: string,
  position: string,
  annual_salary: number,
  base_pay: number,
  overtime_pay: number,
  absence_deduction: number,
  late_penalty: number,
  early_departure_penalty: number,
  total_pay: number,
) {
  return {
    employee_id,
    employee_name,
    department,
    position,
    annual_salary,
    scheduled_days: 22,
    days_worked: 21,
    days_absent: 1,
    work_hours: 180.0166,
    overtime_hours: 2.25,
    late_minutes: 15,
    early_departure_minutes: 40,
    base_pay,
    overtime_pay,
    absence_deduction,
    late_penalty,
    early_departure_penalty,
    total_penalties: Math.round((late_penalty + early_departure_penalty) * 100) / 100,
    total_pay,
    warnings: employee_name === 'Jane Smith' ? ['no clock-out on 2024-01-03'] : [],
  };
}

export const things: OutputSpec = { kind: 'rows', name: 'things' };
export const json = (changes: Partial<OutputOptions> = {}) => ({ format: 'json', ...changes }) as const;
export const three = [
  { id: 'a', name: 'Zoë', salary: 2, team: { lead: 'x' } },
  { id: 'b', name: 'adam', salary: 10, team: { lead: 'y' } },
  { id: 'c', name: null, salary: 1 },
];

/** Chunks that tell whether anybody asked for them. */
export function watched(chunks: readonly Chunk[]) {
  const seen = { asked: 0, closed: false };
  async function* source(): AsyncGenerator<Chunk> {
    try {
      for (const chunk of chunks) {
        seen.asked += 1;
        yield chunk;
      }
    } finally {
      seen.closed = true;
    }
  }
  return { seen, source: source() };
}

export function go(
  source: AsyncIterable<Chunk>,
  spec: OutputSpec,
  changes: Partial<OutputOptions>,
  context = testContext(),
) {
  return render(source, spec, options(changes), context, createReporter(context, { debug: false }));
}
