/** Notices the IDs and names that a command shows, on their way from it to the view. */

import type { Noun } from '../api/types.ts';
import type { AnyCommand, Chunk } from '../command.ts';
import { isOn } from '../config/resolve.ts';
import type { Settings } from '../config/settings.ts';
import type { Context } from '../context.ts';
import { cachePath, harmless, isInsertable, isStatus, MOST, type Name, saveNames } from './names.ts';

type Seen = Omit<Name, 'seenAt'>;

/** Whose ID and name a row has under `id` and `name`, by the first word of the command. */
const NOUN: Readonly<Record<string, Noun>> = { employees: 'employee', locks: 'lock' };

/** Where rows of any kind name others. */
const REFERENCES: readonly (readonly [Noun, id: string, name: string])[] = [
  ['employee', 'employee_id', 'employee_name'],
  ['department', 'department_id', 'department'],
];

function rowsOf(chunk: Chunk, rowsAt: string | undefined): readonly unknown[] {
  if (chunk.type === 'rows') return chunk.rows;
  if (chunk.type !== 'data') return [];
  const within = rowsAt === undefined ? undefined : (chunk.data as Record<string, unknown> | null)?.[rowsAt];
  return Array.isArray(within) ? within : [chunk.data];
}

/** The names in one row. */
function namesIn(row: unknown, noun: Noun | undefined): Seen[] {
  if (typeof row !== 'object' || row === null) return [];
  const fields = row as Readonly<Record<string, unknown>>;
  const found: Seen[] = [];
  const add = (whose: Noun, id: unknown, name: unknown, status?: unknown) => {
    if (typeof id === 'string' && typeof name === 'string' && isInsertable(id)) {
      const known = whose === 'employee' && isStatus(status) ? { status } : {};
      found.push({ noun: whose, id, name: harmless(name), ...known });
    }
  };
  if (noun) add(noun, fields['id'], fields['name'], fields['status']);
  for (const [whose, id, name] of REFERENCES) add(whose, fields[id], fields[name]);
  return found;
}

/**
 * Passes every chunk on as it is, and at the end puts the names it saw where Tab finds them. A command without an
 * endpoint shows nothing of the API's; a CI has nobody who presses Tab.
 */
export async function* noticeNames(
  chunks: AsyncIterable<Chunk>,
  command: AnyCommand,
  settings: Settings | undefined,
  context: Pick<Context, 'env' | 'directories' | 'now'>,
): AsyncGenerator<Chunk> {
  if (!settings || command.endpoint === undefined || settings.dryRun || isOn(context.env['CI'])) {
    yield* chunks;
    return;
  }
  const noun = NOUN[command.path[0] ?? ''];
  const seen = new Map<string, Seen>();
  for await (const chunk of chunks) {
    if (seen.size < MOST) {
      for (const row of rowsOf(chunk, command.output.rowsAt)) {
        for (const name of namesIn(row, noun)) {
          const key = `${name.noun} ${name.id}`;
          seen.set(key, { status: seen.get(key)?.status, ...name });
        }
        if (seen.size >= MOST) break;
      }
    }
    yield chunk;
  }
  if (seen.size > 0) {
    saveNames(cachePath(context.directories.state, settings), [...seen.values()], context.now());
  }
}
