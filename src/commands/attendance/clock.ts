import { clockAttendance } from '../../api/attendance.ts';
import type { AnyCommand } from '../../command.ts';
import { thisSecond } from '../../time/zone.ts';
import { dryRun, fromEndpoint } from '../from-endpoint.ts';
import { flagsOf } from '../params.ts';

export const clock: AnyCommand = fromEndpoint(clockAttendance, {
  arguments: [
    {
      name: 'type',
      kind: 'choice',
      values: ['in', 'out'],
      required: true,
      placeholder: 'in|out',
      description: 'In or out',
    },
    {
      name: 'employee',
      kind: 'id',
      noun: 'employee',
      required: true,
      placeholder: 'EMPLOYEE',
      description: "The employee's ID or alias",
    },
  ],
  examples: [
    { command: 'attendance clock in emp_123456', description: 'Now' },
    {
      command: 'attendance clock out emp_123456 --at 17:30 --notes "Forgot"',
      description: 'At a time of today',
    },
    {
      command: 'attendance clock in emp_123456 --at 2024-11-18T09:00:00Z --lock lock_789 --dry-run',
      description: 'Look at the request first',
    },
  ],
  ask: async (session, input, refused) => (await import('./clock-ask.ts')).askClock(session, input, refused),
  options: flagsOf(clockAttendance).filter(({ name }) => name !== 'data'),
  async *run(session, input) {
    const { at = thisSecond(session.context), type, employee, lock, notes } = input;
    const values = {
      employee_id: employee as string,
      type: type === 'in' ? 'clock_in' : 'clock_out',
      timestamp: at as string,
      ...(lock === undefined ? {} : { lock_id: lock as string }),
      ...(notes === undefined ? {} : { notes: notes as string }),
    };
    if (session.settings.dryRun) return yield* dryRun(session, clockAttendance, values);
    const { journaled } = await import('../../bulk/single.ts');
    yield { type: 'data', data: await journaled(session, clockAttendance, values) };
  },
});
