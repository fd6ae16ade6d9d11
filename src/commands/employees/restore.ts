import { updateEmployee } from '../../api/employees.ts';
import type { AnyCommand, Input } from '../../command.ts';
import type { Session } from '../../session.ts';
import { each } from '../each.ts';
import { dryRun, fromEndpoint, outputOf } from '../from-endpoint.ts';
import { remove } from './delete.ts';

export const restore: AnyCommand = fromEndpoint(updateEmployee, {
  path: ['employees', 'restore'],
  summary: 'Bring deleted employees back',
  arguments: (remove.arguments ?? []).map((each) => ({ ...each, complete: 'inactive-employee' })),
  options: [],
  output: { ...outputOf(updateEmployee), kind: 'rows', pairsForOne: true },
  examples: [{ command: 'employees restore emp_123456', description: 'Take a delete back' }],
  async *run(session: Session, input: Input) {
    const ids = [...new Set(input['id'] as readonly string[])];
    const values = (id: string) => ({ id, status: 'active' as const });
    if (session.settings.dryRun) {
      for (const id of ids) yield* dryRun(session, updateEmployee, values(id));
      return;
    }
    const { journaled } = await import('../../bulk/single.ts');
    yield* each(session, ids, async (id) => (await journaled(session, updateEmployee, values(id))).data);
  },
});
