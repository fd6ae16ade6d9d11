/** The script for bash 3.2 and newer: tables as `case` statements, and a small engine that reads them. */

import { ENGINE } from './bash-engine.ts';
import type { Tree } from './model.ts';
import { grouped, tablesOf } from './tables.ts';

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The patterns of a case; many of them have a line each, so that a diff shows what changed. */
const alternatives = (patterns: readonly string[]) =>
  patterns.join(patterns.length > 4 ? ' | \\\n    ' : ' | ');

/** A function that looks a key up and leaves what it finds in `found`. */
function lookup(
  name: string,
  key: string,
  table: ReadonlyMap<string, string>,
  otherwise = "found=''",
): string {
  const cases = grouped(table).map(
    ([keys, value]) => `    ${alternatives(keys.map(pattern))}) found=${quote(value)} ;;`,
  );
  return [`${name}() {`, `  case ${key} in`, ...cases, `    *) ${otherwise} ;;`, '  esac', '}'].join('\n');
}

/** A key whose last word is `*` fits any last word. */
const pattern = (key: string) => (key.endsWith(' *') ? `${quote(key.slice(0, -1))}*` : quote(key));

const joined = (table: ReadonlyMap<string, readonly string[]>) =>
  new Map([...table].map(([key, words]) => [key, words.join(' ')]));

/** The whole script. */
export function bashScript(tree: Tree): string {
  const tables = tablesOf(tree);
  const globals = grouped(tables.globalValues).map(
    ([keys, value]) => `${alternatives(keys.map(quote))}) found=${quote(value)} ;;`,
  );
  const repeated = [...tables.repeated].map(pattern).join(' | ');
  return `# worktime completion for bash 3.2 and newer. Generated from the command tree: do not edit.
#
# In this shell:     source <(worktime completion bash)
# In every shell:    echo 'source <(worktime completion bash)' >> ~/.bashrc
# Loaded on demand (with the package bash-completion):
#   mkdir -p ~/.local/share/bash-completion/completions
#   worktime completion bash > ~/.local/share/bash-completion/completions/worktime

__worktime_nouns=${quote(tables.nouns.join(' '))}
__worktime_globals=${quote(tables.globals.join(' '))}

# noun → verbs
${lookup('__worktime_verbs', '$1', joined(tables.verbs))}

# command → its own flags
${lookup('__worktime_flags', '$1', joined(tables.flags))}

# command, position → what belongs there:
# =words, @asked of worktime itself, /file, %command, - anything
${lookup('__worktime_slot', '$1', tables.slots)}

# command, flag → what its value may be; empty: a switch; ? it may be left out
${lookup('__worktime_value', '"$1 $2"', tables.values, `__worktime_global_value "$2"`)}

__worktime_global_value() {
  case $1 in
    ${globals.join('\n    ')}
    *) found='' ;;
  esac
}

__worktime_repeated() {
  case $1 in ${repeated === '' ? "''" : repeated}) return 0 ;; *) return 1 ;; esac
}
${ENGINE}`;
}
