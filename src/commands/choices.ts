/** What prompts offer: employees, departments and locks with their names, fetched when somebody is there to choose. */

import { type Employee, getEmployee, listEmployees } from '../api/employees.ts';
import { listLocks } from '../api/locks.ts';
import type { Noun } from '../api/types.ts';
import { cachePath, folded, namesOf } from '../completion/names.ts';
import { sandboxProfile } from '../config/sandbox-profile.ts';
import type { Choice, Prompts } from '../context.ts';
import { AuthError, describe, InterruptedError, RefusedError } from '../errors.ts';
import { isId } from '../ids.ts';
import type { Session } from '../session.ts';

/** As many as a list shows without being searched. */
const FEW = 12;
/** Pages of employees that are fetched while somebody types: a large organization has more, and an ID can be typed. */
const MOST_PAGES = 20;
/** Matches after which no further page is fetched. */
const ENOUGH = 20;

/** An ID with its name and the alias that stands for it. */
export interface Known {
  readonly id: string;
  readonly name?: string | undefined;
}

/** The aliases of an ID, as they are set here. */
function aliasesOf(session: Session, noun: Noun, id: string): string[] {
  return Object.entries(session.settings.aliases[noun]).flatMap(([alias, of]) => (of === id ? [alias] : []));
}

/** `Front Door (lock_789, front)`. */
function labelOf(session: Session, noun: Noun, { id, name }: Known): string {
  const inside = name === undefined ? aliasesOf(session, noun, id) : [id, ...aliasesOf(session, noun, id)];
  return `${name ?? id}${inside.length > 0 ? ` (${inside.join(', ')})` : ''}`;
}

/** Every ID once, under the first name that it has, by name. */
function merged(session: Session, noun: Noun, ...lists: readonly (readonly Known[])[]): Known[] {
  const found = new Map<string, Known>();
  // The sandbox's own aliases are for its usual people: a fixture may have none of them.
  const builtIn = new Set<string>(Object.values(sandboxProfile.aliases?.[noun] ?? {}));
  const aliased = Object.values(session.settings.aliases[noun])
    .filter((id) => !builtIn.has(id))
    .map((id) => ({ id }));
  for (const each of [...lists.flat(), ...aliased]) {
    if (!found.get(each.id)?.name) found.set(each.id, each);
  }
  return [...found.values()].sort((a, b) => (a.name ?? a.id).localeCompare(b.name ?? b.id, 'en'));
}

/** What commands have shown in the last day. */
function cached(session: Session, noun: Noun): Known[] {
  const { directories, now } = session.context;
  return namesOf(cachePath(directories.state, session.settings), noun, now()).map((line) => {
    const [id = '', name] = line.split('\t');
    return { id, name: name || undefined };
  });
}

/** Without a good key every further question would be asked in vain; anything else costs names alone. */
function orNothing({ report }: Session, names: string): (error: unknown) => readonly never[] {
  return (error) => {
    if (error instanceof AuthError || error instanceof InterruptedError) throw error;
    report.warn(`${names} cannot be listed (${describe(error).message}): type an ID`);
    return [];
  };
}

/** The departments that employees, this machine's cache and aliases name: the API lists none. */
export async function departments(session: Session): Promise<Known[]> {
  const client = await session.client();
  const people = await client
    .call(listEmployees, { limit: 100 }, { signal: session.context.signal })
    .then(({ data }) => data as unknown as readonly Employee[], orNothing(session, 'departments'));
  const named = people.flatMap(({ department_id: id, department: name }) =>
    typeof id === 'string' && isId(id) ? [{ id, name: typeof name === 'string' ? name : undefined }] : [],
  );
  return merged(session, 'department', named, cached(session, 'department'));
}

/** The organization's locks. */
export async function locks(session: Session): Promise<Known[]> {
  const client = await session.client();
  const found = await client
    .call(listLocks, {}, { signal: session.context.signal })
    .then(({ data }) => data as unknown as readonly Known[], orNothing(session, 'locks'));
  return found.length > 0 ? merged(session, 'lock', found) : merged(session, 'lock', cached(session, 'lock'));
}

export interface Picking {
  readonly message: string;
  readonly noun: Noun;
  readonly known: readonly Known[];
  /** What the answer without one is called. */
  readonly none: string;
  /** The ID that was picked before. */
  readonly earlier?: string | undefined;
}

/** Lets one of the known be picked, an ID be typed, or none be taken: then it gives undefined. */
export async function pick(session: Session, picking: Picking): Promise<string | undefined> {
  const { message, noun, known, none, earlier } = picking;
  const prompts = await session.context.prompts();
  const choices = known.map((each) => ({ name: labelOf(session, noun, each), value: each.id }));
  // What was typed before is there to be mended.
  const wasTyped = earlier !== undefined && known.every(({ id }) => id !== earlier);
  const first = wasTyped ? OTHER : earlier;
  const answer = choices.length > 0 ? await pickFrom(prompts, message, choices, none, first) : OTHER;
  if (answer === NONE) return undefined;
  if (answer !== OTHER) return answer;
  const meant = (text: string) => {
    const named = known.filter(({ name }) => name !== undefined && folded(name) === folded(text));
    return named.length === 1 && named[0] ? named[0].id : session.resolveAlias(noun, text);
  };
  const typed = await prompts.input({
    message: `${message}: ID, alias or name (empty: ${none})`,
    ...(wasTyped ? { default: earlier, editable: true } : {}),
    validate: (text) => text === '' || isId(meant(text)) || 'that is no ID, and no name that is known here',
  });
  return typed === '' ? undefined : meant(typed);
}

/** No ID can be these: they have a space in them. */
const NONE = ' none';
const OTHER = ' other';

function pickFrom(
  prompts: Prompts,
  message: string,
  choices: readonly Choice<string>[],
  none: string,
  earlier: string | undefined,
): Promise<string> {
  const all = [{ name: none, value: NONE }, ...choices, { name: 'another ID …', value: OTHER }];
  if (choices.length <= FEW) return prompts.select({ message, choices: all, default: earlier ?? NONE });
  return prompts.search({
    message: `${message} (name or ID)`,
    source: async (term) => all.filter(({ name, value }) => value === OTHER || matches(name, term)),
  });
}

const matches = (text: string, term: string) => folded(text).includes(folded(term.trim()));

/** An ID that was typed, with its name where that can be had; undefined where there is nobody, and it is said. */
async function lookUp(session: Session, id: string): Promise<Known | undefined> {
  const client = await session.client();
  try {
    const { data } = await client.call(getEmployee, { id }, { signal: session.context.signal });
    const { name } = data as Partial<Employee>;
    return { id, name: typeof name === 'string' ? name : undefined };
  } catch (error) {
    if (error instanceof AuthError || error instanceof InterruptedError) throw error;
    if (!(error instanceof RefusedError)) return { id };
    session.report.warn(error.detail ?? error.message);
    return undefined;
  }
}

/** Looks an employee up as the person types. Pages are fetched as far as matches are wanted, each once. */
export async function askEmployee(session: Session): Promise<Known> {
  const { context } = session;
  const client = await session.client();
  const pages = client
    .pages(listEmployees, { status: 'active', limit: 100 }, { signal: context.signal })
    [Symbol.asyncIterator]();
  const people: (Known & { readonly department?: string | undefined })[] = [];
  let fetched = 0;
  let ended = false;
  let turn: Promise<void> = Promise.resolve();
  const fetchMore = async () => {
    const page = await pages.next();
    fetched += 1;
    ended = page.done === true || fetched >= MOST_PAGES;
    if (!page.done)
      people.push(...page.value.rows.map(({ id, name, department }) => ({ id, name, department })));
  };
  const stop = (error: unknown) => {
    ended = true;
    if (context.signal.aborted) return;
    session.report.warn(
      `the other employees cannot be listed (${describe(error).message}): type the ID of who is missing`,
    );
  };
  try {
    // What makes every question vain, such as a wrong key, is said before the first.
    await fetchMore();
    const prompts = await context.prompts();
    const ask = () =>
      prompts.search({ message: 'Employee (name or ID)', source: (term, stale) => offered(term, stale) });
    const offered = async (term: string, stale: AbortSignal) => {
      const fitting = () => {
        const found = people
          .map((one) => ({ ...one, label: labelOf(session, 'employee', one) }))
          .filter(({ label }) => matches(label, term));
        const namesakes = (name: string | undefined) => found.filter((one) => one.name === name).length > 1;
        return found.map(({ id, name, department, label }) => ({
          name: department && namesakes(name) ? `${label}, ${department}` : label,
          value: id,
        }));
      };
      while (!ended && !stale.aborted && fitting().length < ENOUGH) {
        // One fetch at a time, whoever asks; without the page that fails, those there are can still be picked.
        turn = turn.then(() => (ended ? undefined : fetchMore())).catch(stop);
        await turn;
      }
      const found = fitting();
      const typed = term.trim();
      const exact = session.resolveAlias('employee', typed);
      if (isId(typed) && found.every(({ value }) => value !== exact)) {
        return [...found, { name: `${typed}, as an ID or alias`, value: exact }];
      }
      return found;
    };
    for (;;) {
      const id = await ask();
      const one = people.find((each) => each.id === id) ?? (await lookUp(session, id));
      if (one) return one;
    }
  } finally {
    await pages.return?.(undefined).catch(() => undefined);
  }
}
