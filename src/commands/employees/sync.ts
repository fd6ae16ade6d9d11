import { changesOutput, runOutput } from '../../bulk/show.ts';
import type { AnyCommand } from '../../command.ts';
import { confirm } from '../confirm.ts';
import { fileArgument, fileOptions } from './import.ts';

interface Input {
  readonly file: string;
  readonly prune?: boolean;
  readonly concurrency?: number;
}

export const syncEmployees: AnyCommand = {
  path: ['employees', 'sync'],
  summary: 'Make the organization what a file says: creates, updates and, with --prune, deletes',
  description:
    'Rows are matched by id, else by e-mail address. Only fields that differ are sent; an empty cell changes nothing. Start from `worktime employees export`.',
  arguments: [fileArgument],
  options: [
    { name: 'prune', description: 'Delete active employees that the file does not name' },
    ...fileOptions,
  ],
  examples: [
    {
      command: 'employees sync people.csv --dry-run',
      description: 'The differences, field by field',
    },
    {
      command: 'employees sync people.csv --prune --yes',
      description: 'With deletes, for scripts',
    },
  ],
  effect: 'delete',
  output: runOutput,
  dryRunOutput: changesOutput,
  async *run(session, input: Input) {
    const [{ importFile }, { syncRecipe }] = await Promise.all([
      import('../../bulk/import.ts'),
      import('../../bulk/recipes.ts'),
    ]);
    yield* importFile(session, input, syncRecipe(session, input.prune === true), confirm);
  },
};
