import { changesOutput, runOutput } from '../../bulk/show.ts';
import type { AnyCommand } from '../../command.ts';
import { confirm } from '../confirm.ts';
import { againOption, fileArgument, fileOptions } from '../employees/import.ts';

interface Input {
  readonly file: string;
  readonly onConflict?: 'skip' | 'fail';
  readonly concurrency?: number;
}

export const importAttendance: AnyCommand = {
  path: ['attendance', 'import'],
  summary: 'Record punches from a file, every row once',
  description:
    'Columns: employee_id, type (in or out; also clock_in, clock_out and the names of events), timestamp, lock_id, notes. Every employee and lock is looked up before the first punch is sent. A time without an offset is the wall clock of the organization; one that its clocks go forward over is refused, and of one that they show twice the first is taken, with a warning. A punch that is recorded already is never sent again. The API has no call that removes one: look at it with --dry-run first.',
  arguments: [fileArgument],
  options: [
    {
      name: 'on-conflict',
      kind: 'choice',
      values: ['skip', 'fail'],
      description: 'When a punch is recorded already (default fail)',
    },
    ...fileOptions,
    againOption,
  ],
  examples: [
    {
      command: 'attendance import punches.csv --dry-run',
      description: 'The plan; nothing is changed',
    },
    {
      command: 'attendance import punches.xlsx --map "Badge=employee_id" --on-conflict skip --yes',
      description: 'Only what is not recorded yet',
    },
  ],
  effect: 'delete',
  output: runOutput,
  dryRunOutput: changesOutput,
  async *run(session, input: Input) {
    const [{ importFile }, { attendanceRecipe }] = await Promise.all([
      import('../../bulk/import.ts'),
      import('../../bulk/recipes.ts'),
    ]);
    yield* importFile(session, input, attendanceRecipe(session, input.onConflict ?? 'fail'), confirm);
  },
};
