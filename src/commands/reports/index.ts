import { type AttendanceReportInput, attendanceReport } from '../../api/reports.ts';
import type { AnyCommand } from '../../command.ts';
import { fromEndpoint, gather, outputOf, send } from '../from-endpoint.ts';
import { attendanceOf } from './attendance-of.ts';
import { payroll } from './payroll.ts';

const attendance = fromEndpoint(attendanceReport, {
  output: {
    ...outputOf(attendanceReport),
    charts: [
      {
        name: 'weekday',
        title: 'Lateness by weekday',
        by: 'date',
        bucket: 'weekday',
        value: 'late_minutes',
        unit: 'minutes',
      },
      {
        name: 'hours',
        title: 'Hours by employee',
        by: 'employee_name',
        id: 'employee_id',
        value: 'work_hours',
        unit: 'hours',
      },
    ],
  },
  examples: [
    { command: 'reports attendance --month 2024-11', description: 'A month' },
    {
      command: 'reports attendance --from last-week --to last-week --employee emp_123456',
      description: 'One employee',
    },
    {
      command: 'reports attendance --month last-month --chart weekday',
      description: 'Lateness by weekday, as bars',
    },
  ],
  async *run(session, input) {
    const values = await gather(session, attendanceReport, input);
    // The report has no days: lateness by weekday is drawn of the records themselves.
    if (input['chart'] === 'weekday') {
      for (const { rows } of await attendanceOf(session, values as unknown as AttendanceReportInput)) {
        yield { type: 'rows', rows };
      }
      return;
    }
    yield { type: 'data', data: await send(session, attendanceReport, values) };
  },
});

export const commands: readonly AnyCommand[] = [payroll, attendance];
