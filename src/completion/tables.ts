/** Lookup tables that bash and PowerShell share: a key of words, and one word of code for what Tab offers. */

import type { Flag, Source, Tree } from './model.ts';

/**
 * A source in a text: `=a b` one of the words, `,a b` several of them, `@employee` asked of the tool, `/` a file,
 * `:a b` one of them and a direction, `%a b` a command or topic, `-` a value that nobody can guess. A leading `?` says that the value may be left out.
 */
export function codeOf(source: Source): string {
  switch (source.type) {
    case 'none':
      return '-';
    case 'file':
      return '/';
    case 'words':
      return `=${source.words.join(' ')}`;
    case 'list':
      return `,${source.words.join(' ')}`;
    case 'sort':
      return `:${source.words.join(' ')}`;
    case 'command':
      return `%${source.words.join(' ')}`;
    case 'ask':
      return `@${source.kind}`;
  }
}

export interface Tables {
  readonly nouns: readonly string[];
  /** Noun → its verbs, where it has any. */
  readonly verbs: ReadonlyMap<string, readonly string[]>;
  /** Path → flags of its own, long names; `worktime` → those where no command is named. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** `employees list --status` → code; a flag that is not here is a switch. */
  readonly values: ReadonlyMap<string, string>;
  /** `employees get 0` → code; `employees delete *` for a variadic one. */
  readonly slots: ReadonlyMap<string, string>;
  readonly globals: readonly string[];
  /** `--format` → code. */
  readonly globalValues: ReadonlyMap<string, string>;
  /** `employees list --header`: the flags that may be given more than once. */
  readonly repeated: ReadonlySet<string>;
}

function valueCode(flag: Flag): string | undefined {
  if (!flag.value) return undefined;
  return `${flag.optional ? '?' : ''}${codeOf(flag.value)}`;
}

/** Brings the tree into tables. */
export function tablesOf({ globals, root, branches }: Tree): Tables {
  const leaves = branches.flatMap((branch) => branch.leaves);
  const shared = new Set(globals.map(({ name }) => name));
  const entries = leaves.flatMap((leaf) => leaf.flags.map((flag) => ({ path: leaf.path.join(' '), flag })));
  const valuesOf = (flag: Flag, prefix: string) => {
    const code = valueCode(flag);
    if (code === undefined) return [];
    return [flag.name, flag.short].flatMap((name) => (name ? [[`${prefix}${name}`, code] as const] : []));
  };
  return {
    nouns: branches.map(({ name }) => name),
    verbs: new Map(
      branches
        .filter(({ single }) => !single)
        .map(({ name, leaves: below }) => [name, below.map(({ path }) => path.slice(1).join(' '))]),
    ),
    flags: new Map([
      ['worktime', root.map(({ name }) => name)],
      ...leaves.map(
        (leaf) =>
          [
            leaf.path.join(' '),
            leaf.flags.map(({ name }) => name).filter((name) => !shared.has(name)),
          ] as const,
      ),
    ]),
    values: new Map(entries.flatMap(({ path, flag }) => valuesOf(flag, `${path} `))),
    slots: new Map(
      leaves.flatMap((leaf) =>
        leaf.slots.map((slot, at) => [
          `${leaf.path.join(' ')} ${slot.variadic ? '*' : at}`,
          codeOf(slot.source),
        ]),
      ),
    ),
    globals: globals.map(({ name }) => name),
    globalValues: new Map(globals.flatMap((flag) => valuesOf(flag, ''))),
    repeated: new Set(
      entries.filter(({ flag }) => flag.repeat).map(({ path, flag }) => `${path} ${flag.name}`),
    ),
  };
}

/** The columns' order of a help page matters less here than that a diff is small: keys with the same value are one case. */
export function grouped(
  table: ReadonlyMap<string, string>,
): readonly (readonly [readonly string[], string])[] {
  const groups = new Map<string, string[]>();
  for (const [key, value] of table) groups.set(value, [...(groups.get(value) ?? []), key]);
  return [...groups].map(([value, keys]) => [keys, value]);
}
