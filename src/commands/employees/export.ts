import { employee, listEmployees } from '../../api/employees.ts';
import { columnsOf } from '../../columns.ts';
import type { AnyCommand } from '../../command.ts';
import { list } from '../list.ts';
import { flagsOf } from '../params.ts';

interface Input {
  readonly file?: string;
  readonly department?: string;
  readonly status?: string;
}

/** The fields that `sync` knows: what else the API sends could not be read back. */
function known(row: unknown): unknown {
  return Object.fromEntries(
    Object.entries(row as object).filter(([field]) => Object.hasOwn(employee.fields, field)),
  );
}

export const exportEmployees: AnyCommand = {
  path: ['employees', 'export'],
  summary: 'Save every employee in a file that `employees sync` reads',
  arguments: [
    {
      name: 'file',
      kind: 'file',
      placeholder: 'FILE',
      complete: 'file',
      description: 'Where to: .csv, .xlsx, .json or .ndjson; default: CSV on standard output',
    },
  ],
  options: flagsOf(listEmployees).filter(({ name }) => name === 'department' || name === 'status'),
  examples: [
    { command: 'employees export people.csv', description: 'Everybody, to be edited and synced' },
    {
      command: 'employees export --status active --format ndjson',
      description: 'A line each, to standard output',
    },
  ],
  effect: 'read',
  output: { kind: 'rows', name: 'employees', columns: columnsOf(employee) },
  // A table for people is the one thing that `sync` cannot read.
  format: 'csv',
  outputFile: ({ file }: Input) => (file === '-' ? undefined : file),
  async *run(session, { department, status }: Input) {
    const filter = {
      ...(department === undefined ? {} : { department }),
      ...(status === undefined ? {} : { status }),
      limit: 100,
    };
    for await (const page of list(session, listEmployees, filter, { all: true, unit: 'employees' })) {
      yield page.type === 'rows' ? { ...page, rows: page.rows.map(known) } : page;
    }
  },
};
