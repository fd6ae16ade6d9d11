/** Departments by their names, which the API is asked about: once all else has been found right, for bad input sends nothing. */

import type { AnyCommand, Input } from '../command.ts';
import { checkId, isId } from '../ids.ts';
import { optionKey } from '../reference/names.ts';
import type { Session } from '../session.ts';
import type { ValueContext } from './values.ts';

export interface Departments {
  /** For the values of flags: whether a word waits for `resolve`. */
  readonly later: NonNullable<ValueContext['departmentNamed']>;
  /** The values with IDs for names. Throws UsageError for a name whose ID cannot be told. */
  resolve(values: Input): Promise<Input>;
}

export function departmentsFor(
  command: AnyCommand,
  session: Session,
  findIt: NonNullable<ValueContext['findIt']>,
): Departments {
  const waiting = new Map<string, string>();
  const writes = command.effect === 'write' || command.effect === 'delete';
  return {
    later(text, name) {
      // No script that gives an ID is to wait for it.
      if (command.effect === 'local' || /^\S*[\d_]\S*$/.test(text)) return false;
      waiting.set(name, text);
      return true;
    },
    async resolve(values) {
      const found: Record<string, unknown> = { ...values };
      for (const [name, text] of waiting) {
        const { departmentNamed } = await import('../commands/employees/named.ts');
        const id = (await departmentNamed(session, text, { name, writes })) ?? text;
        const next = isId(id) ? undefined : await findIt('department', id);
        found[optionKey(name.replace(/^--/, ''))] = checkId(id, name, next);
      }
      waiting.clear();
      return found;
    },
  };
}
