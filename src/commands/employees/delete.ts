import { deleteEmployee, type Employee, getEmployee } from '../../api/employees.ts';
import type { AnyCommand, Input } from '../../command.ts';
import { InterruptedError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { confirm } from '../confirm.ts';
import { each } from '../each.ts';
import { dryRun, fromEndpoint, outputOf } from '../from-endpoint.ts';

/** Names the records and the organization, so that a slip in an ID is seen before it costs anything. */
async function question(session: Session, ids: readonly string[]): Promise<string> {
  const client = await session.client();
  const names: string[] = [];
  for (const id of ids.slice(0, 5)) {
    const { data } = await client.call(getEmployee, { id }, { signal: session.context.signal });
    const { name = '?', deleted_at: deleted } = data as Partial<Employee>;
    names.push(`${name} (${id}${deleted ? ', deleted already' : ''})`);
  }
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return `Delete ${names.join(', ')}${more} of ${await session.organizationName()}?`;
}

export const remove: AnyCommand = fromEndpoint(deleteEmployee, {
  arguments: [
    {
      name: 'id',
      kind: 'id',
      noun: 'employee',
      complete: 'active-employee',
      required: true,
      variadic: true,
      placeholder: 'EMPLOYEE',
      description: 'IDs or aliases of employees',
    },
  ],
  output: { ...outputOf(deleteEmployee), kind: 'rows', pairsForOne: true },
  examples: [
    { command: 'employees delete emp_123456 --yes', description: 'Without a question, for scripts' },
    { command: 'employees delete emp_123456 --dry-run', description: 'Look at the request first' },
  ],
  async *run(session: Session, input: Input) {
    const ids = [...new Set(input['id'] as readonly string[])];
    if (session.settings.dryRun) {
      for (const id of ids) yield* dryRun(session, deleteEmployee, { id });
      return;
    }
    await confirm(session, () =>
      question(session, ids).catch((error: unknown) => {
        // Who leaves is told so in another place.
        if (ids.length > 1 && !(error instanceof InterruptedError)) {
          session.report.warn('nobody was deleted: all of them were left alone');
        }
        throw error;
      }),
    );
    const { journaled } = await import('../../bulk/single.ts');
    const deleted: string[] = [];
    yield* each(session, ids, async (id) => {
      const { data } = await journaled(session, deleteEmployee, { id });
      deleted.push(id);
      // The API need not show whom it deleted.
      return { id, ...(data as Partial<Employee> | null | undefined) };
    });
    if (deleted.length === 0) return;
    yield { type: 'remark', text: `to take it back: \`worktime employees restore ${deleted.join(' ')}\`` };
  },
});
