/** How to find an ID: the very command, for whoever knows a name alone. */

import type { Noun } from './api/types.ts';
import type { Input } from './command.ts';
import { quoted } from './shell.ts';

/** What a person would call somebody or something, and no ID that is known of has the form of: a name, an address. */
export function isName(text: string): boolean {
  return text.length <= 80 && /\p{L}/u.test(text) && /^[\p{L}\p{M}'’. -]+$|@/u.test(text);
}

/** The longest part of a name that needs no escape in a query in quotes, in small letters. */
function part(text: string): string {
  const parts = text.toLowerCase().match(/[\p{L}\p{M}\p{N}@._+-]+(?: [\p{L}\p{M}\p{N}@._+-]+)*/gu) ?? [];
  return [...parts].sort((a, b) => b.length - a.length)[0] ?? '';
}

/** The flags that say which organization is meant, as they were given, each with a space before it. `platform` is Node's. */
export function connection(flags: Input, platform: string): string {
  const windows = platform.startsWith('win32');
  const given = [
    flags['sandbox'] === true ? ['--sandbox'] : [],
    typeof flags['profile'] === 'string' ? ['--profile', flags['profile']] : [],
    typeof flags['baseUrl'] === 'string' ? ['--base-url', flags['baseUrl']] : [],
  ].flat();
  return given.map((word) => ` ${quoted(word, windows)}`).join('');
}

/**
 * The command that finds the ID of what `text` names, in backticks; a text that is no name: the command that lists all.
 * `flags` are those of the command line, `platform` is Node's.
 */
export function findCommand(noun: Noun, text: string, flags: Input, platform: string): string {
  const list = noun === 'lock' ? 'locks list' : 'employees list --all';
  const wanted = isName(text) || /\s/.test(text) ? part(text) : '';
  const field = noun === 'department' ? 'department' : wanted.includes('@') ? 'email' : 'name';
  const contains = `contains(lower(${field}), '${wanted}')`;
  const query =
    wanted === ''
      ? ''
      : noun === 'department'
        ? // Somebody may have none. All in it have the same ID.
          ` --query "[?department && ${contains}] | [0].department_id"`
        : ` --query "[?${contains}]"`;
  return `\`worktime ${list}${query}${connection(flags, platform)}\``;
}

/** The next step for whoever gave a name where an ID belongs. */
export function findIt(noun: Noun, text: string, flags: Input, platform: string): string {
  const command = findCommand(noun, text, flags, platform);
  // The API has no list of departments, and need not name their IDs.
  const otherwise = noun === 'department' ? ', where the API tells it, or in the web account' : '';
  return `find the ID with ${command}${otherwise}`;
}
