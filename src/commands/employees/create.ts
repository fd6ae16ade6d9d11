import { createEmployee } from '../../api/employees.ts';
import type { AnyCommand, Input } from '../../command.ts';
import type { Choice } from '../../context.ts';
import type { Session } from '../../session.ts';
import { dryRun, fromEndpoint, gather } from '../from-endpoint.ts';

/** The API lists no departments: those that have an alias are offered, and any ID may be typed. */
async function askDepartment(session: Session): Promise<string | undefined> {
  const prompts = await session.context.prompts();
  const choices: Choice<string>[] = Object.entries(session.settings.aliases.department).map(
    ([alias, id]) => ({
      name: alias === id ? id : `${alias} (${id})`,
      value: id,
    }),
  );
  const picked =
    choices.length === 0
      ? 'type'
      : await prompts.select({
          message: 'Department',
          choices: [...choices, { name: 'another ID …', value: 'type' }, { name: 'none', value: 'none' }],
        });
  if (picked === 'none') return undefined;
  if (picked !== 'type') return picked;
  return (await prompts.input({ message: 'Department ID (empty: none)' })) || undefined;
}

function isDay(text: string): boolean {
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

async function ask(session: Session, input: Input): Promise<Input> {
  if (input['data'] !== undefined || (input['name'] !== undefined && input['email'] !== undefined)) return {};
  const prompts = await session.context.prompts();
  const text = async (key: string, message: string, validate: (value: string) => true | string) =>
    typeof input[key] === 'string' ? (input[key] as string) : await prompts.input({ message, validate });
  const name = await text('name', 'Full name', (value) => value.trim() !== '' || 'a name is needed');
  const email = await text(
    'email',
    'E-mail',
    (value) => /^\S+@\S+\.\S+$/.test(value) || 'write it as jane@example.com',
  );
  const department = (input['department'] as string | undefined) ?? (await askDepartment(session));
  const position = await text('position', 'Position (empty: none)', () => true);
  const salary =
    input['salary'] ??
    (await prompts.input({
      message: "A year's salary (empty: none)",
      validate: (value) => /^(\d{1,12}(\.\d{1,2})?)?$/.test(value) || 'plain digits, such as 65000',
    }));
  const start = await text(
    'startDate',
    'First working day (empty: none)',
    (value) => value === '' || isDay(value) || 'write a day of the calendar as 2024-02-01',
  );
  return {
    name: name.trim(),
    email,
    ...(department ? { department } : {}),
    ...(position ? { position } : {}),
    ...(salary === '' ? {} : { salary: Number(salary) }),
    ...(start ? { startDate: start } : {}),
  };
}

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
  ask,
  async *run(session, input) {
    const values = await gather(session, createEmployee, input);
    if (session.settings.dryRun) return yield* dryRun(session, createEmployee, values);
    const { journaled } = await import('../../bulk/single.ts');
    yield { type: 'data', data: await journaled(session, createEmployee, values) };
  },
});
