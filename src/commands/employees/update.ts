import { updateEmployee } from '../../api/employees.ts';
import type { AnyCommand } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import { dryRun, fromEndpoint, gather } from '../from-endpoint.ts';

export const update: AnyCommand = fromEndpoint(updateEmployee, {
  examples: [
    { command: 'employees update emp_123456 --salary 78000', description: 'A raise' },
    {
      command: 'employees update emp_123456 --department ops --dry-run',
      description: 'Look at the request first',
    },
  ],
  async *run(session, input) {
    const values = await gather(session, updateEmployee, input);
    if (Object.keys(values).length < 2) {
      throw new UsageError('there is nothing to change', {
        code: 'missing_value',
        next: 'give at least one field, such as --salary 78000, or --data FILE',
      });
    }
    if (session.settings.dryRun) return yield* dryRun(session, updateEmployee, values);
    const { journaled } = await import('../../bulk/single.ts');
    yield { type: 'data', data: (await journaled(session, updateEmployee, values)).data };
  },
});
