import { changesOutput, runOutput } from '../../bulk/show.ts';
import type { AnyCommand, Option } from '../../command.ts';
import { confirm } from '../confirm.ts';

interface Input {
  readonly file: string;
  readonly onConflict?: 'skip' | 'update' | 'fail';
  readonly concurrency?: number;
}

export const fileArgument = {
  name: 'file',
  kind: 'file',
  required: true,
  placeholder: 'FILE',
  complete: 'file',
  description: 'CSV, Excel (.xlsx), JSON or NDJSON; - for standard input',
} as const;

/** The flags of everything that reads a file of rows. */
export const fileOptions: readonly Option[] = [
  {
    name: 'map',
    kind: 'string',
    repeat: true,
    placeholder: '"COLUMN=FIELD"',
    description: 'A column of the file is this field',
  },
  {
    name: 'default',
    kind: 'string',
    repeat: true,
    placeholder: 'FIELD=VALUE',
    description: 'For rows whose cell is empty',
  },
  { name: 'ignore-unknown', description: 'Leave out columns that are no field' },
  {
    name: 'decimal',
    kind: 'choice',
    values: ['comma', 'point'],
    description: 'Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)',
  },
  {
    name: 'dates',
    kind: 'choice',
    values: ['dmy', 'mdy'],
    description: 'Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)',
  },
  {
    name: 'encoding',
    kind: 'string',
    placeholder: 'NAME',
    description: 'Of a text that is not UTF-8, such as windows-1252',
  },
  {
    name: 'sheet',
    kind: 'string',
    placeholder: 'NAME',
    description: 'Worksheet of an Excel file; default: the first',
  },
  {
    name: 'concurrency',
    kind: 'integer',
    min: 1,
    max: 64,
    placeholder: 'N',
    description: 'Requests at once (default 8)',
  },
];

export const againOption: Option = {
  name: 'again',
  description: 'Do it once more although this file was imported already',
};

export const importEmployees: AnyCommand = {
  path: ['employees', 'import'],
  summary: 'Add employees from a file, every row once',
  description:
    'Columns: name and email, which every row needs, and department_id or department (its name), position, salary, start_date, and status (active or inactive), which counts for those who are there already. Every row is checked before anything is changed. Each write is in the journal before it leaves, so that the same command goes on where it was cut off, and `worktime runs undo` takes it back.',
  arguments: [fileArgument],
  options: [
    {
      name: 'on-conflict',
      kind: 'choice',
      values: ['skip', 'update', 'fail'],
      description: 'When the e-mail address exists already (default fail)',
    },
    ...fileOptions,
    againOption,
  ],
  examples: [
    {
      command: 'employees import people.csv --dry-run',
      description: 'The plan; nothing is changed',
    },
    {
      command: 'employees import people.xlsx --map "Full Name=name" --default department_id=dept_eng --yes',
      description: 'Columns by other names, a department for all',
    },
    {
      command: 'employees import people.csv --decimal comma --dates dmy --encoding windows-1252 --dry-run',
      description: 'As Excel writes it in much of Europe',
    },
    {
      command: 'employees import people.csv --on-conflict update --yes',
      description: 'Change those who are there already',
    },
  ],
  effect: 'delete',
  output: runOutput,
  dryRunOutput: changesOutput,
  async *run(session, input: Input) {
    const [{ importFile }, { employeesRecipe }] = await Promise.all([
      import('../../bulk/import.ts'),
      import('../../bulk/recipes.ts'),
    ]);
    yield* importFile(session, input, employeesRecipe(session, input.onConflict ?? 'fail'), confirm);
  },
};
