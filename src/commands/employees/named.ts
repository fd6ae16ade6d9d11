/** A department by its name on the command line. The API takes IDs and lists no departments: names come from employees. */

import { type Employee, listEmployees } from '../../api/employees.ts';
import { departmentsOf, fold } from '../../bulk/departments.ts';
import { describe, InterruptedError, UsageError } from '../../errors.ts';
import { isId } from '../../ids.ts';
import { isName } from '../../lookup.ts';
import type { Session } from '../../session.ts';

/** So many employees are read for a name, 100 a request. */
const READ = 1000;

/** `R&D`, `HR/Admin`: names that no ID can be, nor a way to another place. */
const SIGNED = /^\p{L}[\p{L}\p{M}]*(?:[&/+,]\p{L}[\p{L}\p{M}]*)+$/u;

interface Given {
  /** The flag. */
  readonly name: string;
  readonly writes: boolean;
}

/**
 * The ID of the department that `text` names; undefined where it may be an ID: the API knows it as one, or nobody is in a
 * department of that name, which is said before a write. @throws UsageError for a name whose ID cannot be told
 */
export async function departmentNamed(
  session: Session,
  text: string,
  { name, writes }: Given,
): Promise<string | undefined> {
  const { aliases, dryRun } = session.settings;
  const spaced = / /.test(text) && /\p{L}/u.test(text) && !/\p{Cc}/u.test(text);
  if (!(isName(text) || spaced || SIGNED.test(text)) || Object.values(aliases.department).includes(text))
    return undefined;
  try {
    return await lookedUp(session, text, { name, writes });
  } catch (error) {
    // A dry run shows the request without a key, and without a network.
    if (!(writes && dryRun) || error instanceof UsageError || error instanceof InterruptedError) throw error;
    session.report.warn(
      `${name}: "${text}" is taken for an ID: it was not looked up (${describe(error).message})`,
    );
    return undefined;
  }
}

async function lookedUp(
  session: Session,
  text: string,
  { name, writes }: Given,
): Promise<string | undefined> {
  const calls = { client: await session.client(), signal: session.context.signal };
  const people: Employee[] = [];
  for await (const { rows } of calls.client.pages(listEmployees, { limit: 100 }, { signal: calls.signal })) {
    people.push(...rows);
    // It is an ID: then names are of no account.
    if (rows.some(({ department_id: id }) => id === text)) return undefined;
    if (people.length >= READ) break;
  }
  const known = departmentsOf(session, calls, people);
  const id = known.idOf(text);
  if (id !== undefined) {
    if (id !== text) session.report.note(`${name}: ${text.trim()} is ${id}`);
    return id;
  }
  const word = fold(text);
  const about = known.about(text.trim(), name);
  if (!people.some(({ department }) => department !== undefined && fold(department) === word)) {
    // Nobody has it as an ID either.
    if (!isId(text)) throw unknown(name, about);
    if (writes) session.report.warn(about);
    return undefined;
  }
  // Where records show no IDs, a department may be called as its ID is.
  const { empty, absent, unasked } = await known.look([text]);
  if (empty.length + absent.length + unasked.length === 0) return undefined;
  throw unknown(name, about);
}

function unknown(name: string, about: string): UsageError {
  const [message = about, ...next] = about.split('; ');
  return new UsageError(`${name}: ${message}`, { code: 'invalid_value', next: next.join('; ') });
}
