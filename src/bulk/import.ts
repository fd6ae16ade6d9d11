/** `employees import`, `employees sync` and `attendance import`: from a file to a run that is done, or can be resumed. */

import type { Chunk } from '../command.ts';
import { PartialError } from '../errors.ts';
import type { Session } from '../session.ts';
import { type CheckedRow, checkRows, faultsError, type RowRules } from './check.ts';
import type { ColumnOptions } from './columns.ts';
import { CONCURRENCY, conduct, type Hold, hold } from './conduct.ts';
import { countsOf, createRun, type Journal, keyOf, type RunState, resumeRun } from './journal.ts';
import type { Plan } from './plan-employees.ts';
import { readTable } from './read.ts';
import { sameRun, summaryOf } from './runs.ts';
import { changesOf, tally } from './show.ts';
import type { Action, Counts, RunKind, Table } from './types.ts';

export interface ImportOptions extends ColumnOptions {
  readonly file: string;
  readonly sheet?: string | undefined;
  readonly concurrency?: number | undefined;
  /** Do it again although the same file was imported already. */
  readonly again?: boolean | undefined;
}

/** What one kind of file is, and how its plan is made. */
export interface Recipe {
  readonly kind: RunKind;
  readonly rules: RowRules;
  /** Rows in the plural. */
  readonly unit: string;
  /** What the person is asked: `Import 12 creates into Acme?` */
  readonly question: (what: string, organization: string) => string;
  /** Flags that make it another run. */
  readonly flags: readonly unknown[];
  /** Whether a finished run may simply be planned anew (a sync converges; an import would double). */
  readonly repeatable: boolean;
  /** Whether times in the file are wall-clock times of the organization. */
  readonly needsZone: (table: Table) => boolean;
  readonly plan: (rows: readonly CheckedRow[], held: Hold) => Promise<Plan>;
}

type Confirm = (session: Session, question: () => Promise<string>) => Promise<void>;

/**
 * Reads and checks the file, makes a plan, asks, and does it; or goes on with the run of the same file that was cut off.
 * @throws UsageError for every fault of the file, before anything is sent
 */
export async function* importFile(
  session: Session,
  options: ImportOptions,
  recipe: Recipe,
  confirm: Confirm,
): AsyncGenerator<Chunk> {
  const { context, settings, report } = session;
  const table = await readTable(options.file, context, { sheet: options.sheet });
  const timeZone = recipe.needsZone(table) ? await session.timeZone() : 'UTC';
  const checked = checkRows(table, recipe.rules, options, {
    resolveAlias: (noun, value) => session.resolveAlias(noun, value),
    timeZone,
    now: context.now(),
  });
  if (checked.faults.length > 0) throw faultsError(table.name, checked.faults);

  const held = await hold(session, `${recipe.kind.replace('.', ' ')} of ${table.name}`);
  let journal: Journal | undefined;
  try {
    const { map, default: defaults, sheet, ignoreUnknown } = options;
    const flags = [recipe.flags, map ?? [], defaults ?? [], sheet ?? null, ignoreUnknown === true];
    const { base_url, organization } = held.about;
    const key = keyOf(recipe.kind, base_url, organization?.id, table.hash, flags);
    const earlier = options.again ? undefined : await sameRun(context, key);
    const unfinished = earlier !== undefined && isUnfinished(earlier);
    if (earlier && !unfinished && !recipe.repeatable) return yield* alreadyDone(session, earlier);

    let actions: readonly Action[];
    let skipped = 0;
    if (earlier && unfinished) {
      actions = openActions(earlier);
      report.note(`going on with run ${earlier.head.id}: ${actions.length} of ${earlier.head.total} left`);
    } else {
      const plan = await recipe.plan(checked.rows, held);
      if (plan.faults.length > 0) throw faultsError(table.name, plan.faults);
      for (const note of plan.notes) report.note(note);
      ({ actions, skipped } = plan);
    }
    if (settings.dryRun) return yield* showPlan(session, actions, skipped, recipe.unit);
    if (actions.length === 0) return yield* nothingToDo(session, recipe, table, held, skipped);
    await confirm(session, async () => recipe.question(tally(actions), held.organization.name));

    const concurrency = options.concurrency ?? CONCURRENCY;
    journal =
      earlier && unfinished
        ? await resumeRun(context, earlier.head.id)
        : await createRun(
            context,
            { kind: recipe.kind, key, ...held.about, file: table.name, concurrency, skipped },
            actions,
          );
    yield* conduct(session, held, journal, { concurrency, unit: recipe.unit, file: options.file });
  } finally {
    await journal?.close();
    await held.release();
  }
}

/** Whether there is still something to do or to look up. */
export function isUnfinished(state: RunState): boolean {
  const { pending, unknown } = countsOf(state);
  return pending > 0 || unknown > 0;
}

/** What is left of a run. */
export function openActions(state: RunState): Action[] {
  return state.actions.filter((_, i) => state.states[i] !== 'done' && state.states[i] !== 'refused');
}

/** The plan as rows. */
export async function* showPlan(
  session: Session,
  actions: readonly Action[],
  skipped: number,
  unit: string,
): AsyncGenerator<Chunk> {
  const rest = skipped > 0 ? `${skipped} need nothing; ` : '';
  // That there are no changes is said by who shows them.
  const plan = actions.length > 0 ? `${tally(actions)}; ` : '';
  session.report.note(`${plan}${rest}nothing was sent`);
  yield { type: 'rows', rows: actions.flatMap((action) => [...changesOf(action)]) };
  session.report.debug(`planned ${actions.length} ${unit}`);
}

async function* alreadyDone(session: Session, earlier: RunState): AsyncGenerator<Chunk> {
  const { id } = earlier.head;
  const { refused } = countsOf(earlier);
  session.report.note(`run ${id} did this already; nothing was sent (--again does it once more)`);
  yield { type: 'data', data: { ...summaryOf(session.context, earlier), refused_file: null } };
  if (refused === 0) return;
  const next = `worktime runs show ${id} lists them; worktime runs resume ${id} tries them again`;
  yield { type: 'failure', error: new PartialError(`${refused} rows had been refused`, { next }) };
}

async function* nothingToDo(
  session: Session,
  recipe: Recipe,
  table: Table,
  held: Hold,
  skipped: number,
): AsyncGenerator<Chunk> {
  session.report.note(`nothing to do: all ${skipped} ${recipe.unit} are as the file says`);
  const counts: Counts = { total: 0, done: 0, refused: 0, unknown: 0, pending: 0, skipped };
  const at = new Date(session.context.now()).toISOString();
  const organization = held.organization.name;
  const about = { id: null, kind: recipe.kind, started_at: at, status: 'done', ...counts };
  yield { type: 'data', data: { ...about, file: table.name, organization, of: null, refused_file: null } };
}
