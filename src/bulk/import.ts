/** `employees import`, `employees sync` and `attendance import`: from a file to a run that is done, or can be resumed. */

import type { Chunk } from '../command.ts';
import { AuthError, describe, leftWith, TemporaryError, type UsageError } from '../errors.ts';
import type { Session } from '../session.ts';
import { type CheckedRow, checkRows, type RowRules } from './check.ts';
import type { ColumnOptions } from './columns.ts';
import { CONCURRENCY, conduct, type Hold, hold, UNTOUCHED } from './conduct.ts';
import { type Fault, faultsError } from './faults.ts';
import { countsOf, createRun, isThrough, type Journal, keyOf, type RunState, resumeRun } from './journal.ts';
import { refusedError, wereRefused } from './outcome.ts';
import type { Plan } from './planner.ts';
import { type ReadOptions, readTable } from './read.ts';
import { sameRun, summaryOf } from './runs.ts';
import { changesOf, intent, tally } from './show.ts';
import type { Action, Counts, RunKind, Table } from './types.ts';
import type { Writing } from './writing.ts';

export interface ImportOptions extends ColumnOptions, ReadOptions, Writing {
  readonly file: string;
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
  /** Flags that make it another run. */
  readonly flags: readonly unknown[];
  /** Whether a finished run may simply be planned anew (a sync converges; an import would double). */
  readonly repeatable: boolean;
  /** Whether times in the file are wall-clock times of the organization. */
  readonly needsZone: (table: Table) => boolean;
  readonly plan: (rows: readonly CheckedRow[], held: Hold) => Promise<Plan>;
  /** What the plan asks the API, in words. */
  readonly asks: string;
  /** The plan where nobody can be asked; a sync has none. */
  readonly unasked?: (rows: readonly CheckedRow[]) => Promise<Plan>;
}

type Confirm = (session: Session, question: () => Promise<string>) => Promise<void>;

/** A file that was read, and what it says in itself. */
interface Draft {
  readonly table: Table;
  readonly rows: readonly CheckedRow[];
  readonly faults: readonly Fault[];
  /** Why nobody could tell the organization's zone, where the file needs it. */
  readonly zoneless?: unknown;
}

/**
 * Reads and checks the file, makes a plan, asks, and does it; or goes on with the run of the same file that was cut off.
 * @throws UsageError for every fault of the file, before anything is changed
 */
export async function* importFile(
  session: Session,
  options: ImportOptions,
  recipe: Recipe,
  confirm: Confirm,
): AsyncGenerator<Chunk> {
  const { context, settings, report } = session;
  const draft = await readDraft(session, options, recipe);
  const { table } = draft;
  let held: Hold;
  try {
    if (draft.zoneless !== undefined) throw draft.zoneless;
    held = await hold(session, `${recipe.kind.replace('.', ' ')} of ${table.name}`);
  } catch (error) {
    return yield* withoutApi(session, recipe, draft, error);
  }
  let journal: Journal | undefined;
  try {
    const planned = planOnce(recipe, draft, held);
    if (draft.faults.length > 0) await checkFaults(session, recipe, draft, planned);
    const { base_url, organization } = held.about;
    const generation = await session.generation();
    const place = [base_url, organization?.id, ...(generation === undefined ? [] : [generation])];
    const key = keyOf(recipe.kind, ...place, table.hash, flagsOf(options, recipe));
    const earlier = options.again ? undefined : await sameRun(context, key);
    const unfinished = earlier !== undefined && isUnfinished(earlier);
    if (earlier && !unfinished && !recipe.repeatable && !(await isGone(recipe, draft, planned, earlier)))
      return yield* alreadyDone(session, recipe, earlier);

    const plan =
      earlier && unfinished ? leftOf(session, earlier) : await planned().catch(leftWith(UNTOUCHED));
    const { actions, skipped } = plan;
    if (plan.faults.length > 0) throw faultsError(table.name, plan.faults);
    for (const note of plan.notes) report.note(note);
    if (settings.dryRun) return yield* showPlan(session, plan, recipe.unit);
    for (const warning of plan.warnings) report.warn(warning);
    if (actions.length === 0) return yield* nothingToDo(session, recipe, table, held, skipped);
    await confirm(session, async () => `${intent(actions)} in ${held.organization.name}?`);

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

type Planned = () => Promise<Plan>;

/** The plan, which reads the organization, for whoever asks for it first and for all others. */
function planOnce(recipe: Recipe, { rows }: Draft, held: Hold): Planned {
  let plan: Promise<Plan> | undefined;
  return () => {
    plan ??= recipe.plan(rows, held);
    return plan;
  };
}

/**
 * Whether nobody is there whom an earlier run made: the organization was made anew, as a sandbox is. Of employees alone:
 * their e-mail addresses keep them from being made twice, and punches have nothing like it.
 */
async function isGone(recipe: Recipe, draft: Draft, planned: Planned, earlier: RunState): Promise<boolean> {
  if (recipe.kind !== 'employees.import' || countsOf(earlier).done === 0) return false;
  const { actions, faults } = await planned().catch(leftWith(UNTOUCHED));
  return faults.length === 0 && actions.length === draft.rows.length;
}

/** What is left of a run that was cut off, as a plan. */
function leftOf({ report }: Session, earlier: RunState): Plan {
  const actions = openActions(earlier);
  report.note(`going on with run ${earlier.head.id}: ${actions.length} of ${earlier.head.total} left`);
  return { actions, skipped: 0, faults: [], notes: [], warnings: [] };
}

async function readDraft(session: Session, options: ImportOptions, recipe: Recipe): Promise<Draft> {
  const { context } = session;
  const table = await readTable(options.file, context, options);
  for (const warning of table.warnings ?? []) session.report.warn(warning);
  let timeZone = 'UTC';
  let zoneless: unknown;
  try {
    if (recipe.needsZone(table)) timeZone = await session.timeZone();
  } catch (error) {
    zoneless = error;
  }
  const checked = checkRows(table, recipe.rules, options, {
    resolveAlias: (noun, value) => session.resolveAlias(noun, value),
    timeZone,
    now: context.now(),
  });
  for (const warning of checked.warnings) session.report.warn(warning);
  return { table, ...checked, ...(zoneless === undefined ? {} : { zoneless }) };
}

/** What makes another run of the same file. */
function flagsOf(options: ImportOptions, recipe: Recipe): readonly unknown[] {
  const { map, default: defaults, sheet, ignoreUnknown, decimal, dates, encoding } = options;
  return [recipe.flags, map ?? [], defaults ?? [], sheet ?? null, ignoreUnknown === true].concat(
    decimal || dates || encoding ? [decimal ?? null, dates ?? null, encoding ?? null] : [],
  );
}

/**
 * Throws the faults of the file in itself and those that the organization finds as one list, so that it is mended once;
 * but not where all of them are what the organization itself has.
 */
async function checkFaults(session: Session, recipe: Recipe, draft: Draft, planned: Planned): Promise<void> {
  const { table, faults } = draft;
  const plan = await planned().catch((error: unknown) => {
    throw withoutLook(session, recipe, draft, error);
  });
  const own = faults.filter((fault) => !plan.excused?.has(fault));
  if (own.length === 0) return;
  for (const warning of plan.warnings) session.report.warn(warning);
  throw faultsError(table.name, [...own, ...plan.faults]);
}

function withoutLook(session: Session, recipe: Recipe, { table, faults }: Draft, error: unknown): UsageError {
  if (session.context.signal.aborted) leftWith(UNTOUCHED)(error);
  session.report.warn(unaskedText(recipe, error));
  return faultsError(table.name, faults);
}

const unaskedText = ({ asks }: Recipe, error: unknown) => `not checked: ${asks} (${describe(error).message})`;

/** Without a key or a network a dry run still tells what the file itself says. */
async function* withoutApi(
  session: Session,
  recipe: Recipe,
  draft: Draft,
  error: unknown,
): AsyncGenerator<Chunk> {
  if (draft.faults.length > 0) throw withoutLook(session, recipe, draft, error);
  const offline =
    error instanceof TemporaryError || (error instanceof AuthError && error.code === 'missing_key');
  if (!session.settings.dryRun || !offline || !recipe.unasked) throw error;
  const plan = await recipe.unasked(draft.rows);
  if (plan.faults.length > 0) throw faultsError(draft.table.name, plan.faults);
  const warnings = [unaskedText(recipe, error)];
  if (draft.zoneless !== undefined) warnings.push('times without an offset are taken as UTC here');
  yield* showPlan(session, { ...plan, warnings }, recipe.unit);
}

/** Whether there is still something to do or to look up. */
export function isUnfinished(state: RunState): boolean {
  const counts = countsOf(state);
  return !isThrough(counts) || counts.unknown > 0;
}

/** What is left of a run. */
export function openActions(state: RunState): Action[] {
  return state.actions.filter((_, i) => state.states[i] !== 'done' && state.states[i] !== 'refused');
}

/** The plan as rows, and below them what it comes to. */
export async function* showPlan(
  session: Session,
  { actions, skipped = 0, warnings = [] }: Pick<Plan, 'actions'> & Partial<Plan>,
  unit: string,
): AsyncGenerator<Chunk> {
  yield { type: 'rows', rows: actions.flatMap((action) => [...changesOf(action)]) };
  for (const text of warnings) yield { type: 'remark', text, warning: true };
  const rest = skipped > 0 ? `${skipped} need nothing; ` : '';
  // That there are no changes is said by who shows them.
  const plan = actions.length > 0 ? `${tally(actions)}; ` : '';
  yield { type: 'remark', text: `${plan}${rest}nothing was changed` };
  session.report.debug(`planned ${actions.length} ${unit}`);
}

async function* alreadyDone(session: Session, recipe: Recipe, earlier: RunState): AsyncGenerator<Chunk> {
  const { id } = earlier.head;
  const { refused, total } = countsOf(earlier);
  // What it prints is that run's: whoever wants few words is told so all the same.
  session.report.warn(`run ${id} did this already; nothing was changed (--again does it once more)`);
  // What a dry run shows is what is left to do.
  if (session.settings.dryRun) return yield { type: 'rows', rows: [] };
  yield { type: 'data', data: { ...summaryOf(session.context, earlier), refused_file: null } };
  if (refused === 0) return;
  const next = `\`worktime runs show ${id}\` lists what was refused; \`worktime runs resume ${id}\` tries it again`;
  yield { type: 'failure', error: refusedError(wereRefused(refused, total, recipe.unit), earlier, next) };
}

async function* nothingToDo(
  session: Session,
  recipe: Recipe,
  table: Table,
  held: Hold,
  skipped: number,
): AsyncGenerator<Chunk> {
  session.report.note(`nothing to do: of ${skipped} ${recipe.unit} none needs anything`);
  const counts: Counts = { total: 0, done: 0, refused: 0, unclear: 0, unknown: 0, pending: 0, skipped };
  const at = new Date(session.context.now()).toISOString();
  const organization = held.organization.name;
  const base = { base_url: held.about.base_url };
  const about = { id: null, kind: recipe.kind, started_at: at, status: 'done', ...counts };
  yield {
    type: 'data',
    data: { ...about, file: table.name, organization, ...base, of: null, refused_file: null },
  };
}
