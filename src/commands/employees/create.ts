import { createEmployee } from '../../api/employees.ts';
import type { AnyCommand } from '../../command.ts';
import { dryRun, fromEndpoint, gather } from '../from-endpoint.ts';

const FIELDS: Readonly<Record<string, string>> = { '--department': 'department_id', '--salary': 'salary' };

export const create: AnyCommand = fromEndpoint(createEmployee, {
  examples: [
    {
      command:
        'employees create --name "Jane Smith" --email jane@example.com --department mkt --position "Marketing Manager" --salary 65000 --start-date 2024-02-01',
      description: 'Add an employee',
    },
    {
      command: 'employees create --data jane.json --dry-run',
      description: 'Look at the request first',
    },
  ],
  ask: async (session, input, refused) =>
    (await import('./create-ask.ts')).askCreate(session, input, refused),
  async *run(session, input) {
    const values = await gather(session, createEmployee, input);
    if (session.settings.dryRun) return yield* dryRun(session, createEmployee, values);
    const { journaled } = await import('../../bulk/single.ts');
    const { data, run } = await journaled(session, createEmployee, values);
    yield { type: 'data', data };
    // Payroll counts what the API makes of them.
    const left = ['--department', '--salary'].filter((flag) => values[FIELDS[flag] ?? ''] === undefined);
    if (left.length > 0) yield { type: 'remark', text: `not given: ${left.join(' and ')}`, warning: true };
    // A script that creates one after the other wants no word about each; without an ID there is no way back.
    const { stderr, runtime } = session.context;
    if (!stderr.isTTY || run === undefined || typeof data.id !== 'string') return;
    const { connection } = await import('../../lookup.ts');
    const text = `to take it back: \`worktime runs undo ${run}${connection(input, runtime.platform)}\``;
    yield { type: 'remark', text };
  },
});
