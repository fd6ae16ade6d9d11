/** JSON files that people edit: where one is wrong is said by line and column, never by quoting it, for it may hold a key. */

import { LocalError } from '../errors.ts';

/** Parses the text of a JSON file; a byte order mark is tolerated. @throws LocalError naming file, line and column. */
export function parseJsonFile(text: string, path: string, next: string): unknown {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return JSON.parse(plain);
  } catch {
    // Without the cause: V8 quotes the text around the fault.
    const before = plain.slice(0, faultAt(plain)).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    const what = plain.trim() === '' ? 'is empty' : `is not valid JSON at line ${line}, column ${column}`;
    throw new LocalError(`${path} ${what}`, { code: 'invalid_json', next });
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class Fault {
  readonly at: number;
  constructor(at: number) {
    this.at = at;
  }
}

/** The index of the first character at which a text stops being JSON. */
function faultAt(text: string): number {
  try {
    const end = skip(text, value(text, skip(text, 0), 0));
    return end;
  } catch (error) {
    return error instanceof Fault ? error.at : 0;
  }
}

/** Deeper than anybody nests by hand; what is wrong further in is said to be here. */
const MAX_DEPTH = 200;

function value(text: string, at: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new Fault(at);
  const first = text[at];
  if (first === '"') return token(text, at, /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y);
  if (first !== '{' && first !== '[') {
    return token(text, at, /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y);
  }
  const close = first === '{' ? '}' : ']';
  let next = skip(text, at + 1);
  if (text[next] === close) return next + 1;
  for (;;) {
    if (first === '{') {
      if (text[next] !== '"') throw new Fault(next);
      next = skip(text, value(text, next, depth + 1));
      if (text[next] !== ':') throw new Fault(next);
      next = skip(text, next + 1);
    }
    next = skip(text, value(text, next, depth + 1));
    if (text[next] === close) return next + 1;
    if (text[next] !== ',') throw new Fault(next);
    next = skip(text, next + 1);
  }
}

function token(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw new Fault(at);
  return pattern.lastIndex;
}

function skip(text: string, at: number): number {
  let next = at;
  while (next < text.length && ' \t\r\n'.includes(text[next] ?? '')) next += 1;
  return next;
}
