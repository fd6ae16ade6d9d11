/** Plans and runs as rows to be shown. */

import type { Column, OutputSpec } from '../command.ts';
import type { RunState } from './journal.ts';
import { reasonText } from './reason.ts';
import type { Action } from './types.ts';

// In 80 columns the old value stays, which a dry run is made for: the row and the ID go first, and the key shows the record.
const changeColumns: readonly Column[] = [
  { path: 'row', kind: 'integer', priority: 3 },
  { path: 'action', kind: 'text', priority: 1 },
  { path: 'key', kind: 'text', priority: 1, comfort: 27 },
  { path: 'id', kind: 'id', priority: 4 },
  { path: 'field', kind: 'text', priority: 1, comfort: 13 },
  { path: 'from', kind: 'text', priority: 2, comfort: 12 },
  { path: 'to', kind: 'object', priority: 1, comfort: 14 },
];

const runColumns: readonly Column[] = [
  { path: 'id', kind: 'id', priority: 1 },
  { path: 'kind', kind: 'text', priority: 1 },
  // The ID tells it too.
  { path: 'started_at', kind: 'time', header: 'Started', priority: 4 },
  { path: 'status', kind: 'status', priority: 1 },
  // Its beginning is enough, where there are counts to be read.
  { path: 'file', kind: 'text', priority: 1, comfort: 10 },
  { path: 'total', kind: 'integer', priority: 4 },
  { path: 'done', kind: 'integer', priority: 3 },
  { path: 'refused', kind: 'integer', priority: 2 },
  // What may have taken effect is never left out.
  { path: 'unclear', kind: 'integer', priority: 1 },
  { path: 'unknown', kind: 'integer', priority: 1 },
  { path: 'pending', kind: 'integer', priority: 2 },
  { path: 'skipped', kind: 'integer', priority: 4 },
  { path: 'organization', kind: 'text', priority: 4 },
  { path: 'base_url', kind: 'text', header: 'Base URL', priority: 0 },
  { path: 'of', kind: 'id', header: 'Takes back', priority: 4 },
];

const rowColumns: readonly Column[] = [
  { path: 'row', kind: 'integer', priority: 1 },
  { path: 'action', kind: 'text', priority: 1 },
  { path: 'key', kind: 'text', priority: 1 },
  { path: 'state', kind: 'status', priority: 1 },
  { path: 'id', kind: 'id', priority: 2 },
  { path: 'reason', kind: 'text', priority: 1 },
  // A person is told once, for all rows.
  { path: 'next', kind: 'text', priority: 0 },
];

/** A plan: a row for each field of a change, and one for whatever is new, with what will be sent. */
export const changesOutput: OutputSpec = {
  kind: 'rows',
  name: 'changes',
  whole: true,
  columns: changeColumns,
  idField: 'key',
};
/** A run in short. */
export const runOutput: OutputSpec = { kind: 'record', name: 'run', columns: runColumns, brief: true };
export const runsOutput: OutputSpec = { kind: 'rows', name: 'runs', columns: runColumns, brief: true };
/** The rows of a run. */
const runRowsOutput: OutputSpec = {
  kind: 'rows',
  name: 'rows',
  columns: rowColumns,
  idField: 'key',
  whole: true,
};

/** One run with its rows; what is said of the run itself is called as in the list of runs. */
export const runWithRowsOutput: OutputSpec = {
  ...runRowsOutput,
  kind: 'report',
  rowsAt: 'rows',
  brief: true,
  columns: [
    ...rowColumns,
    ...runColumns
      .filter(({ path }) => ['started_at', 'base_url', 'of'].includes(path))
      .map((column) => ({ ...column, priority: 0 })),
  ],
};

const WORDS: Readonly<Record<Action['op'], string>> = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  clock: 'clock',
  refuse: 'refuse',
};

/** The key as a person reads it: a punch with its time. */
function shownKey(action: Action): string {
  if (action.op !== 'clock') return action.key;
  const { employee_id, type, timestamp } = action.body;
  return `${employee_id} ${type} ${timestamp}`;
}

/** Which run it is, and what it was: `run ID (employees import of people.csv)`. */
export function namedRun({ head, actions }: RunState): string {
  const { id, kind, file, of } = head;
  const [only] = actions;
  const what = of ?? file ?? (only && shownKey(only));
  const verb = of === undefined ? kind.replace('.', ' ') : 'undo';
  return `run ${id} (${verb}${what === undefined ? '' : ` of ${what}`})`;
}

/** What an action changes, field by field. */
export function* changesOf(action: Action): Generator<Record<string, unknown>> {
  const about = { row: action.row || null, action: WORDS[action.op], key: shownKey(action) };
  switch (action.op) {
    case 'update': {
      const before: Readonly<Record<string, unknown>> = { ...action.before };
      for (const [field, to] of Object.entries(action.body)) {
        // Where the API does not show the department's ID, its name is what there was.
        const from = before[field] ?? (field === 'department_id' ? action.before.department : null);
        yield { ...about, id: action.id, field, from: from ?? null, to };
      }
      return;
    }
    case 'delete':
      yield { ...about, id: action.id, field: 'status', from: action.before.status, to: 'deleted' };
      return;
    case 'refuse':
      yield { ...about, id: null, field: null, from: null, to: reasonText(action.reason) };
      return;
    default:
      yield { ...about, id: null, field: null, from: null, to: action.body };
  }
}

const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** How many of each: `3 creates, 1 update`. */
export function tally(actions: readonly Action[]): string {
  const counts = new Map<string, number>();
  for (const { op } of actions) counts.set(op, (counts.get(op) ?? 0) + 1);
  const names = { create: 'create', update: 'update', delete: 'delete', clock: 'punch', refuse: 'refusal' };
  const plural = (name: string, count: number) =>
    count === 1 ? name : name === 'punch' ? 'punches' : `${name}s`;
  return [...counts]
    .map(([op, count]) => `${grouped(count)} ${plural(names[op as Action['op']], count)}`)
    .join(', ');
}

const people = (count: number) => `${grouped(count)} employee${count === 1 ? '' : 's'}`;

/** The days of the punches among them: ` of 2024-11-18`, ` of 2024-11-18 to 2024-11-19`. */
function daysOf(actions: readonly Action[]): string {
  const instants = actions.flatMap((action) =>
    action.op === 'clock' ? [Date.parse(action.body.timestamp)] : [],
  );
  // One by one: as arguments of a call so many would be too many.
  const day = (pick: (a: number, b: number) => number) =>
    new Date(instants.reduce(pick, instants[0] ?? 0)).toISOString().slice(0, 10);
  if (instants.length === 0 || instants.some(Number.isNaN)) return '';
  const [first, last] = [day((a, b) => Math.min(a, b)), day((a, b) => Math.max(a, b))];
  return first === last ? ` of ${first}` : ` of ${first} to ${last}`;
}

/** What is to be done, as a question begins: `Create 3 employees, delete 1 employee`. */
export function intent(actions: readonly Action[]): string {
  const counts = new Map<string, number>();
  for (const { op } of actions) counts.set(op, (counts.get(op) ?? 0) + 1);
  const parts = [...counts].map(([op, count]) =>
    op === 'clock'
      ? `record ${grouped(count)} ${count === 1 ? 'punch' : 'punches'}${daysOf(actions)}`
      : `${op} ${people(count)}`,
  );
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What an undo of a run will do: `Undo this import: delete 1 employee that it created`. Each knows its action there. */
export function undoing({ head, actions: made }: RunState, actions: readonly Action[]): string {
  const counts = new Map<string, number>();
  for (const { op, row, of = row - 1 } of actions) {
    const what = op === 'refuse' ? op : (made[of]?.op ?? op);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const words: Readonly<Record<string, (count: number) => string>> = {
    create: (count) => `delete ${people(count)} that it created`,
    update: (count) => `restore the former values of ${people(count)} that it changed`,
    delete: (count) => `restore ${people(count)} that it deleted`,
    refuse: (count) => `leave ${people(count)} as they are`,
  };
  const parts = [...counts].flatMap(([what, count]) => words[what]?.(count) ?? []);
  return `Undo this ${head.kind.split('.').at(-1)}: ${parts.join(', ')}`;
}

/** Why a row counts as unclear. */
const UNCLEAR = 'unclear: no answer came';

const HELP: Readonly<Record<string, string>> = {
  pending: 'resume the run',
  sent: 'resume the run: it is looked up first',
  unknown: 'look it up; resume the run to look it up again',
};

/** What can be done about the rows of a run, each said once. */
export function* adviceFor({ head: { id }, actions, states }: RunState): Generator<string> {
  const counts = new Map<string, number>();
  for (const i of actions.keys()) {
    const now = states[i] ?? 'pending';
    counts.set(now, (counts.get(now) ?? 0) + 1);
  }
  const [unknown = 0, sent = 0, pending = 0, refused = 0] = (
    ['unknown', 'sent', 'pending', 'refused'] as const
  ).map((state) => counts.get(state));
  if (unknown > 0) yield 'look up in the organization what is unknown';
  const steps = [
    unknown + sent > 0 ? 'looks up what was sent' : '',
    pending > 0 ? 'sends what is left' : '',
    refused > 0 ? 'sends again what was refused, as it is' : '',
  ].filter((step) => step !== '');
  if (steps.length > 0) yield `\`worktime runs resume ${id}\` ${steps.join(', ')}`;
}

/** The rows of a run: all of them, or with `open` those that are not done. */
export function* rowsOf(state: RunState, open: boolean): Generator<Record<string, unknown>> {
  for (const [i, action] of state.actions.entries()) {
    const now = state.states[i] ?? 'pending';
    if (open && now === 'done') continue;
    const result = state.results.get(i);
    yield {
      row: action.row || null,
      action: WORDS[action.op],
      key: shownKey(action),
      state: now,
      id: result?.id ?? ('id' in action ? action.id : null),
      reason: result?.reason ? reasonText(result.reason) : now === 'sent' ? UNCLEAR : null,
      next: HELP[now] ?? null,
    };
  }
}
