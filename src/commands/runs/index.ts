import type { RunSummary } from '../../bulk/runs.ts';
import { changesOutput, runOutput, runsOutput, runWithRowsOutput } from '../../bulk/show.ts';
import type { AnyCommand, Argument } from '../../command.ts';
import { confirm } from '../confirm.ts';

const run: Argument = {
  name: 'run',
  kind: 'string',
  required: true,
  placeholder: 'RUN',
  complete: 'run',
  description: 'ID of the run, the start of one, or last (the newest of all): see `worktime runs list`',
};

const list: AnyCommand = {
  path: ['runs', 'list'],
  summary: 'List imports, syncs, undos, and single creates and punches, the newest first',
  options: [
    { name: 'limit', kind: 'integer', min: 1, placeholder: 'N', description: 'How many (default 50)' },
    { name: 'all', description: 'Every run there is' },
  ],
  examples: [{ command: 'runs list', description: 'What was done here, and how it ended' }],
  effect: 'local',
  output: runsOutput,
  async *run(session, input: { readonly limit?: number; readonly all?: boolean }) {
    const { listRuns } = await import('../../bulk/runs.ts');
    const most = input.all ? Number.POSITIVE_INFINITY : (input.limit ?? 50);
    const rows: RunSummary[] = [];
    for await (const summary of listRuns(session.context)) {
      if (rows.length >= most) {
        session.report.note('there are older runs; --all lists every one');
        break;
      }
      rows.push(summary);
    }
    yield { type: 'rows', rows };
    const addresses = new Set(rows.map(({ base_url }) => base_url));
    // Of a single write the organization may not be known.
    const names = new Set(rows.flatMap(({ organization }) => organization ?? []));
    if (addresses.size < 2 && names.size < 2) return;
    const fields = 'id,kind,status,organization,base_url';
    yield {
      type: 'remark',
      text: `these are runs of several organizations: --fields ${fields} tells them apart`,
    };
  },
};

const show: AnyCommand = {
  path: ['runs', 'show'],
  summary: 'Show a run and its rows that are not done, each with what to do',
  arguments: [run],
  options: [{ name: 'all', description: 'The rows that are done as well' }],
  examples: [{ command: 'runs show last', description: 'The newest run' }],
  effect: 'local',
  output: runWithRowsOutput,
  async *run(session, input: { readonly run: string; readonly all?: boolean }) {
    const [{ findRun, summaryOf }, { adviceFor, rowsOf }] = await Promise.all([
      import('../../bulk/runs.ts'),
      import('../../bulk/show.ts'),
    ]);
    const state = await findRun(session.context, input.run);
    const summary = summaryOf(session.context, state);
    const rows = [...rowsOf(state, !input.all)];
    if (rows.length === 0) session.report.note(`no row is open; --all lists those that are done`);
    yield { type: 'data', data: { ...summary, rows } };
    if (summary.status === 'running' || summary.status === 'undone') return;
    for (const text of adviceFor(state)) yield { type: 'remark', text };
  },
};

const resume: AnyCommand = {
  path: ['runs', 'resume'],
  summary: 'Go on with a run: what is left, what is unclear, and what was refused',
  arguments: [{ ...run, complete: 'resumable' }],
  options: [
    {
      name: 'yes',
      short: 'y',
      description: 'Taken as by the other verbs: going on asks nothing',
      group: 'Safety',
    },
  ],
  examples: [
    {
      command: 'runs resume last',
      description: 'After a reboot: the newest run',
      untested: 'needs a run that was cut short',
    },
  ],
  effect: 'write',
  output: runOutput,
  dryRunOutput: changesOutput,
  async *run(session, input: { readonly run: string }) {
    const { resumeByName } = await import('../../bulk/resume.ts');
    yield* resumeByName(session, input.run);
  },
};

const undo: AnyCommand = {
  path: ['runs', 'undo'],
  summary: 'Take a run back: created → deleted, updated → put back, deleted → restored',
  description:
    'A record that somebody changed since is left as it is, and listed; --dry-run looks for those, too. Where the last run is an undo, name the run that is meant.',
  arguments: [{ ...run, complete: 'undoable' }],
  examples: [
    { command: 'runs undo last --dry-run', description: 'What undoing the newest run would change' },
    { command: 'runs undo last --yes', description: 'Without a question' },
  ],
  effect: 'delete',
  output: runOutput,
  dryRunOutput: changesOutput,
  async *run(session, input: { readonly run: string }) {
    const { undoRun } = await import('../../bulk/undo.ts');
    yield* undoRun(session, input.run, confirm);
  },
};

export const commands: readonly AnyCommand[] = [list, show, resume, undo];
