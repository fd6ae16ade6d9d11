/** Departments by ID, alias and name: bodies take an ID, records show a name, people write either. */

import { type Employee, listEmployees } from '../api/employees.ts';
import type { Session } from '../session.ts';
import { bulkOptions, type Calls } from './existing.ts';

/** What is known of departments. */
export interface Departments {
  /** The ID for an alias, an ID that somebody has, or a name; undefined when it is none of these. */
  idOf(text: string): string | undefined;
  /** The name that records show for an ID; asks the API for one of its people when no record tells. */
  nameOf(id: string): Promise<string | undefined>;
}

/** Learns from the employees there are. `calls` is used only where their records do not carry an ID. */
export function departmentsOf(
  session: Pick<Session, 'resolveAlias'>,
  calls: Calls,
  employees: readonly Employee[],
): Departments {
  const idByName = new Map<string, string | undefined>();
  const nameById = new Map<string, string | undefined>();
  for (const { department, department_id } of employees) {
    if (!department || !department_id) continue;
    const name = fold(department);
    // A name that two departments share says nothing.
    idByName.set(
      name,
      idByName.has(name) && idByName.get(name) !== department_id ? undefined : department_id,
    );
    nameById.set(department_id, department);
  }
  return {
    idOf(text) {
      const alias = session.resolveAlias('department', text);
      if (alias !== text || nameById.has(text)) return alias;
      return idByName.get(fold(text));
    },
    async nameOf(id) {
      if (!nameById.has(id)) {
        const answer = await calls.client.call(
          listEmployees,
          { department: id, limit: 1 },
          bulkOptions(calls),
        );
        const [one] = answer.data as unknown as readonly Employee[];
        nameById.set(id, one?.department);
      }
      return nameById.get(id);
    },
  };
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
