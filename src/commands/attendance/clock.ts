import { clockAttendance } from '../../api/attendance.ts';
import { listEmployees } from '../../api/employees.ts';
import type { AnyCommand, Input } from '../../command.ts';
import type { Session } from '../../session.ts';
import { rfc3339 } from '../../time/zone.ts';
import { dryRun, fromEndpoint } from '../from-endpoint.ts';
import { flagsOf } from '../params.ts';

/** Looks an employee up as the person types. The list is fetched once. */
async function askEmployee(session: Session): Promise<string> {
  const client = await session.client();
  const prompts = await session.context.prompts();
  let people: { name: string; id: string }[] | undefined;
  return prompts.search({
    message: 'Employee',
    source: async (term, signal) => {
      if (!people) {
        people = [];
        for await (const page of client.pages(listEmployees, { status: 'active', limit: 100 }, { signal })) {
          people.push(...page.rows);
        }
      }
      const wanted = (term ?? '').toLowerCase();
      return people
        .filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted))
        .slice(0, 20)
        .map(({ id, name }) => ({ name: `${name} (${id})`, value: id }));
    },
  });
}

async function ask(session: Session, input: Input): Promise<Input> {
  const prompts = await session.context.prompts();
  const type =
    (input['type'] as string | undefined) ??
    (await prompts.select({
      message: 'Clock',
      choices: [
        { name: 'in', value: 'in' },
        { name: 'out', value: 'out' },
      ],
    }));
  return { type, employee: (input['employee'] as string | undefined) ?? (await askEmployee(session)) };
}

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
  ask: async (session, input) =>
    input['type'] !== undefined && input['employee'] !== undefined ? {} : ask(session, input),
  options: flagsOf(clockAttendance).filter(({ name }) => name !== 'data'),
  async *run(session, input) {
    const now = rfc3339(Math.floor(session.context.now() / 1000) * 1000);
    const { at = now, type, employee, lock, notes } = input;
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
