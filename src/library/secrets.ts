/** Whether something that was thrown holds the key: a transport was given it to send, and its errors may show all they have. */

import { inspect } from 'node:util';

/** More than this no error needs to say; whatever holds more is not looked through, and not shown. */
const MOST = 2_000;
const DEEPEST = 12;

/** What is shorter is no secret, and stands in the path of many a file: a test's key. */
const SECRET = 8;

/** How much of an object whose text alone is worth a look. */
const INSPECT = { depth: DEEPEST, showHidden: true, maxArrayLength: null, maxStringLength: null } as const;

/** Whether the bytes hold the key, one letter a byte. */
function bytesHold(view: ArrayBufferView, key: string): boolean {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).includes(key, 0, 'latin1');
}

/** Whether the own values of anything hold the key, or are too many to tell. Runs no getter; a proxy's traps may throw. */
function search(root: unknown, key: string): boolean {
  const seen = new Set<unknown>();
  const queue: (readonly [unknown, number])[] = [[root, 0]];
  for (const [value, depth] of queue) {
    if (typeof value === 'string' && value.includes(key)) return true;
    if (typeof value === 'symbol' && String(value).includes(key)) return true;
    const holds = typeof value === 'function' || (typeof value === 'object' && value !== null);
    if (!holds || seen.has(value)) continue;
    if (depth > DEEPEST || seen.size > MOST || queue.length > 10 * MOST) return true;
    seen.add(value);
    if (ArrayBuffer.isView(value)) {
      if (bytesHold(value, key)) return true;
      continue;
    }
    if (value instanceof ArrayBuffer && bytesHold(new Uint8Array(value), key)) return true;
    for (const name of Reflect.ownKeys(value)) {
      const own = Object.getOwnPropertyDescriptor(value, name);
      queue.push([name, depth], [own?.value, depth + 1]);
    }
    if (value instanceof Map) for (const pair of value) queue.push([[...pair], depth + 1]);
    if (value instanceof Set) for (const each of value) queue.push([each, depth + 1]);
  }
  return false;
}

/** Whether what was thrown holds the key, at any place where printing it would show it. What cannot be looked through may. */
export function mayHold(thrown: unknown, key: string): boolean {
  if (key.length < SECRET) return false;
  try {
    // The second finds what is kept privately and shown all the same, such as the headers of a Request; the first, that it is small.
    return search(thrown, key) || inspect(thrown, INSPECT).includes(key);
  } catch {
    return true;
  }
}

/** Of an error that holds the key what says the same without it: its message, its name and its code. */
export function masked(thrown: unknown, message: string, key: string): Error {
  const hide = (text: string) => text.replaceAll(key, '***');
  const error = new Error(hide(message));
  try {
    const { name, code } = thrown as { name?: unknown; code?: unknown };
    if (typeof name === 'string') error.name = hide(name);
    if (typeof code === 'string') Object.assign(error, { code: hide(code) });
  } catch {
    // What cannot even be asked for its name has said enough.
  }
  return error;
}
