import { attendanceReport } from '../../api/reports.ts';
import type { AnyCommand } from '../../command.ts';
import { fromEndpoint } from '../from-endpoint.ts';
import { payroll } from './payroll.ts';

export const commands: readonly AnyCommand[] = [
  payroll,
  fromEndpoint(attendanceReport, {
    examples: [
      { command: 'reports attendance --month 2024-11', description: 'A month' },
      {
        command: 'reports attendance --from last-week --to last-week --employee emp_123456',
        description: 'One employee',
      },
    ],
  }),
];
