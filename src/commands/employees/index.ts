import { getEmployee, listEmployees } from '../../api/employees.ts';
import type { AnyCommand } from '../../command.ts';
import { fromEndpoint, sentAsId } from '../from-endpoint.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { exportEmployees } from './export.ts';
import { importEmployees } from './import.ts';
import { restore } from './restore.ts';
import { syncEmployees } from './sync.ts';
import { update } from './update.ts';

const list = fromEndpoint(listEmployees, {
  examples: [
    { command: 'employees list', description: 'The first page' },
    {
      command: 'employees list --department eng --status active',
      description: 'Active engineers, by an alias',
    },
    {
      command: 'employees list --all --format csv -o employees.csv',
      description: 'Everybody, into a CSV file',
    },
    { command: 'employees list --all --quiet', description: 'Every ID, a line each, for a shell loop' },
  ],
  whenEmpty: async (session, input) => {
    const { department } = input;
    if (typeof department !== 'string' || (await sentAsId(session, input, ['department']))) return;
    if (Object.values(session.settings.aliases.department).includes(department)) {
      session.report.note(`nobody matched department ${department}`);
    } else {
      session.report.warn(
        `nobody matched department "${department}": it was sent as an ID, as there is no such alias (worktime config set alias.department.NAME ID)`,
      );
    }
  },
});

const get = fromEndpoint(getEmployee, {
  examples: [
    { command: 'employees get emp_123456', description: 'One employee' },
    { command: 'employees get emp_123456 --json', description: 'The same as JSON' },
  ],
});

export const commands: readonly AnyCommand[] = [
  list,
  get,
  create,
  update,
  remove,
  restore,
  importEmployees,
  exportEmployees,
  syncEmployees,
];
