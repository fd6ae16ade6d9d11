/** Departments by ID, alias and name: bodies take an ID, records show a name, people write either. The API lists none. */

import { type Employee, listEmployees } from '../api/employees.ts';
import { RefusedError } from '../errors.ts';
import { closest, closestIds } from '../nearest.ts';
import type { Session } from '../session.ts';
import { bulkOptions, type Calls } from './existing.ts';

/** What is known of departments. */
export interface Departments {
  /** Whether anybody could be asked. */
  readonly known: boolean;
  /** The ID for an alias, an ID that somebody has, or a name; undefined when it is none of these. */
  idOf(text: string): string | undefined;
  /** The name that records show for an ID; asks the API for one of its people when no record tells. */
  nameOf(id: string): Promise<string | undefined>;
  /** What stands behind these IDs: asks the API where no record tells, about the first few. */
  look(ids: Iterable<string>): Promise<Strangers>;
  /** What somebody may have meant by an ID: `is it dept_eng (Engineering)?`; else those that are known; else nothing. */
  hint(id: string): string;
  /** Why a name has no ID, and what to do. `field`: where the ID is given. */
  about(name: string, field?: string): string;
}

/** IDs that nothing is known of. */
export interface Strangers {
  /** Nobody has it: a new department, or a slip. */
  readonly empty: readonly string[];
  /** The API knows no such department. */
  readonly absent: readonly string[];
  /** There was nobody to learn from, or there were too many to ask about. */
  readonly unasked: readonly string[];
}

/** IDs that are asked about, a request each: a file names few, and the hour has few. */
const ASKED = 10;
/** Names that a hint lists. */
const LISTED = 8;

/** Learns from the employees there are. `calls` is used only where their records do not carry an ID. */
export function departmentsOf(
  session: Pick<Session, 'resolveAlias' | 'settings'>,
  calls: Calls,
  employees: readonly Employee[],
): Departments {
  const idByName = new Map<string, string | undefined>();
  const nameById = new Map<string, string | undefined>();
  const names = new Set<string>();
  for (const { department, department_id } of employees) {
    if (department) names.add(department);
    if (!department || !department_id) continue;
    const name = fold(department);
    // A name that two departments share says nothing.
    idByName.set(
      name,
      idByName.has(name) && idByName.get(name) !== department_id ? undefined : department_id,
    );
    nameById.set(department_id, department);
  }
  const told = nameById.size > 0;
  const aliased = new Set(Object.values(session.settings.aliases.department));
  const ask = async (id: string) => {
    const answer = await calls.client.call(listEmployees, { department: id, limit: 1 }, bulkOptions(calls));
    const [one] = answer.data as unknown as readonly Employee[];
    nameById.set(id, one?.department);
    return one;
  };
  const nearName = (text: string): string[] => {
    const byWord = new Map([...names].map((name) => [fold(name), name]));
    return closest(fold(text), [...byWord.keys()]).flatMap((word) => byWord.get(word) ?? []);
  };
  const labelled = (id: string) => (nameById.get(id) ? `${id} (${nameById.get(id)})` : id);
  const listed = (all: readonly string[]) => {
    const more = all.length > LISTED ? ` and ${all.length - LISTED} more` : '';
    return all.length === 0 ? '' : `known are ${[...all].sort().slice(0, LISTED).join(', ')}${more}`;
  };
  return {
    known: true,
    hint(id) {
      const meant = closestIds(id, [...nameById.keys()]);
      // People write the name where the ID belongs.
      if (meant.length === 0) meant.push(...nearName(id).flatMap((name) => idByName.get(fold(name)) ?? []));
      if (meant.length > 0) return `is it ${meant.map(labelled).join(' or ')}?`;
      return listed(told ? [...nameById.keys()].map(labelled) : [...names]);
    },
    about(name, field = 'department_id') {
      const key = fold(name);
      const alias = `name it: worktime config set alias.department.${key.replaceAll(/[^\p{L}\p{N}]+/gu, '-')} ID`;
      if (idByName.has(key)) return `two departments are called "${name}"; give the ID in ${field}`;
      if ([...names].some((each) => fold(each) === key)) {
        return `the API does not show the ID of "${name}"; give it in ${field}, or ${alias}`;
      }
      const meant = nearName(name);
      const help = meant.length > 0 ? `is it ${meant.join(' or ')}?` : `give the ID in ${field}, or ${alias}`;
      return `there is no department "${name}" that is known here; ${help}`;
    },
    idOf: (text) => aliasOf(session, text) ?? (nameById.has(text) ? text : idByName.get(fold(text))),
    async nameOf(id) {
      // Where records show IDs, one that nobody has has no name.
      if (!told && !nameById.has(id)) await ask(id);
      return nameById.get(id);
    },
    async look(ids) {
      const found = { empty: [] as string[], absent: [] as string[], unasked: [] as string[] };
      let asked = 0;
      for (const id of ids) {
        if (aliased.has(id) || nameById.get(id) !== undefined) continue;
        if (told) found.empty.push(id);
        else if (names.size === 0 || asked >= ASKED) found.unasked.push(id);
        else {
          asked += 1;
          try {
            if (!(await ask(id))) found.empty.push(id);
          } catch (error) {
            if (!(error instanceof RefusedError)) throw error;
            found.absent.push(id);
          }
        }
      }
      return found;
    },
  };
}

/** What is known where nobody can be asked: aliases alone. */
export function unaskedDepartments(session: Pick<Session, 'resolveAlias'>): Departments {
  return {
    known: false,
    idOf: (text) => aliasOf(session, text),
    nameOf: async () => undefined,
    look: async () => ({ empty: [], absent: [], unasked: [] }),
    hint: () => '',
    about: () => '',
  };
}

function aliasOf(session: Pick<Session, 'resolveAlias'>, text: string): string | undefined {
  for (const word of [text, text.toLowerCase()]) {
    const id = session.resolveAlias('department', word);
    if (id !== word) return id;
  }
  return undefined;
}

/** An é is one character or two, as a keyboard or a file name writes it. */
export function fold(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
