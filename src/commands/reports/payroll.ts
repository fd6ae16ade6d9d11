import { attendanceRecord, listAttendance } from '../../api/attendance.ts';
import { type PayrollInput, payrollReport } from '../../api/reports.ts';
import { columnsOf } from '../../columns.ts';
import type { AnyCommand, Chunk, Input } from '../../command.ts';
import { InvalidAnswerError, UsageError, WorkTimeError } from '../../errors.ts';
import { formatOf } from '../../formats.ts';
import type { Session } from '../../session.ts';
import { fromEndpoint, gather } from '../from-endpoint.ts';
import { flagsOf } from '../params.ts';
import { attendanceOf } from './attendance-of.ts';
import { unfinished, warningsOf } from './notices.ts';

/** Who the workbook is of. A name is worth one request, but no report fails for want of it. */
async function organizationOf(session: Session): Promise<Readonly<Record<string, unknown>>> {
  try {
    return { organization: await session.organizationName() };
  } catch (error) {
    if (error instanceof WorkTimeError && !session.context.signal.aborted) return {};
    throw error;
  }
}

/** A sheet a person: their attendance in the period. */
async function* sheets(session: Session, values: PayrollInput): AsyncGenerator<Chunk> {
  const people = await attendanceOf(session, values);
  for (const { name, rows } of people) {
    yield { type: 'sheet', name, rows, columns: columnsOf(attendanceRecord) };
  }
}

/** The API's own workbook, byte for byte. */
async function original(session: Session, values: PayrollInput): Promise<Chunk> {
  const client = await session.client();
  const answer = await client.call(
    payrollReport,
    { ...values, format: 'excel' },
    { signal: session.context.signal },
  );
  if (!answer.bytes) {
    throw new InvalidAnswerError('the API answered JSON where its workbook was asked for', {
      method: 'GET',
      path: payrollReport.path,
      status: answer.status,
      next: 'use --format excel: worktime makes the workbook itself',
    });
  }
  return {
    type: 'bytes',
    bytes: answer.bytes,
    name: `payroll_${values.start_date}_${values.end_date}.xlsx`,
  };
}

export const payroll: AnyCommand = fromEndpoint(payrollReport, {
  description: `Calculates salaries, overtime and penalties of a period. --format excel makes a workbook: summary, payroll, departments and exceptions; --per-employee adds the attendance of each (GET ${listAttendance.path}).`,
  options: [
    ...flagsOf(payrollReport),
    { name: 'per-employee', description: 'With --format excel: a sheet a person, with their attendance' },
    { name: 'original', description: "Save the API's own Excel answer, byte for byte" },
  ],
  examples: [
    { command: 'reports payroll --from 2024-11-01 --to 2024-11-30', description: 'A month as a table' },
    {
      command: 'reports payroll --month 2024-11 --format excel',
      description: 'A workbook, payroll_2024-11-01_2024-11-30.xlsx',
    },
    {
      command: 'reports payroll --month last-month --employee emp_123456 --json',
      description: 'One employee as JSON',
    },
  ],
  brings: (input: Input) =>
    input['original'] === true ? { flag: '--original', format: 'excel' } : undefined,
  async *run(session, input) {
    const excel = formatOf(input, session.settings, input['output'] as string | undefined) === 'excel';
    if (input['perEmployee'] === true && !excel) {
      throw new UsageError('--per-employee adds sheets to a workbook', {
        code: 'usage',
        next: 'add --format excel, or -o with a name that ends in .xlsx',
      });
    }
    const values = (await gather(session, payrollReport, input)) as unknown as PayrollInput;
    if (input['original'] === true) {
      yield await original(session, values);
      return;
    }
    const client = await session.client();
    const { data } = await client.call(payrollReport, values, { signal: session.context.signal });
    yield { type: 'data', data, ...(excel ? { about: await organizationOf(session) } : {}) };
    // What a query picks is a sheet of its own, and the only one.
    const hasExceptions = excel && input['query'] === undefined;
    for (const text of [await unfinished(session, values), warningsOf(data, hasExceptions)]) {
      if (text !== undefined) yield { type: 'remark', text, warning: true };
    }
    if (input['perEmployee'] === true) yield* sheets(session, values);
  },
});
