import { payrollReport } from '../../api/reports.ts';
import type { AnyCommand } from '../../command.ts';
import { InvalidAnswerError } from '../../errors.ts';
import { fromEndpoint, gather } from '../from-endpoint.ts';
import { flagsOf } from '../params.ts';

export const payroll: AnyCommand = fromEndpoint(payrollReport, {
  options: [
    ...flagsOf(payrollReport),
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
  async *run(session, input) {
    const values = await gather(session, payrollReport, input);
    const client = await session.client();
    const { signal } = session.context;
    if (input['original'] !== true) {
      yield { type: 'data', data: (await client.call(payrollReport, values as never, { signal })).data };
      return;
    }
    const answer = await client.call(payrollReport, { ...(values as object), format: 'excel' } as never, {
      signal,
    });
    if (!answer.bytes) {
      throw new InvalidAnswerError('the API answered JSON where its workbook was asked for', {
        method: 'GET',
        path: '/reports/payroll',
        status: answer.status,
        next: 'use --format excel: worktime makes the workbook itself',
      });
    }
    const name = `payroll_${String(values['start_date'])}_${String(values['end_date'])}.xlsx`;
    yield { type: 'bytes', bytes: answer.bytes, name };
  },
});
