/** Methods that a filter names and no record has: a slip in one must not look like an all-clear. */

import { ACCESS_METHODS } from '../../api/locks.ts';
import type { Chunk } from '../../command.ts';
import { closest } from '../../nearest.ts';

/** So many different methods are named at most. */
const MOST = 20;

const isDocumented = (method: string) => (ACCESS_METHODS as readonly string[]).includes(method);
const quoted = (methods: readonly string[]) => methods.map((method) => `"${method}"`).join(' or ');

function meant(methods: readonly string[], there: readonly string[]): string {
  const near = methods.flatMap((method) => closest(method, there));
  return near.length > 0 ? `; did you mean ${[...new Set(near)].join(' or ')}?` : '';
}

/** Watches which of the wanted methods records have, whatever other filters let through. */
export class MethodWatch {
  readonly #lacking: Set<string>;
  readonly #seen = new Set<string>();

  constructor(wanted: readonly string[]) {
    this.#lacking = new Set(wanted);
  }

  add(records: readonly unknown[]): void {
    for (const record of records) {
      const method = (record as { readonly access_method?: unknown } | null)?.access_method;
      if (typeof method !== 'string') continue;
      this.#lacking.delete(method);
      if (this.#seen.size < MOST) this.#seen.add(method);
    }
  }

  /** What to say once everything is read: a warning where a method is not documented either. */
  remark(): (Chunk & { type: 'remark' }) | undefined {
    const lacking = [...this.#lacking];
    const unknown = lacking.filter((method) => !isDocumented(method));
    if (lacking.length === 0) return undefined;
    const seen = [...this.#seen].sort();
    const there = seen.length > 0 ? `seen: ${seen.join(', ')}` : 'there is none with a method at all';
    const near = meant(unknown, [...new Set([...seen, ...ACCESS_METHODS])]);
    return {
      type: 'remark',
      text: `no record has the method ${quoted(lacking)}; ${there}${near}`,
      warning: unknown.length > 0,
    };
  }
}

/** For a tail, which cannot know what will come: the methods that are not documented. Undefined where all are. */
export function undocumented(wanted: readonly string[]): string | undefined {
  const unknown = wanted.filter((method) => !isDocumented(method));
  if (unknown.length === 0) return undefined;
  return `the method ${quoted(unknown)} is not among those documented, ${ACCESS_METHODS.join(', ')}${meant(unknown, ACCESS_METHODS)}`;
}
