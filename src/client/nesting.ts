/** What an answer would cost to read, found out before it is paid: deep or crumbled JSON takes a hundred times its size. */

/** Deeper than this no answer is nested, and a reader that recurses would run out of stack. */
const DEEPEST = 100;

/** More objects and lists than this no answer has: records of the API take some 200 bytes each. */
const MOST = 2_000_000;

/** A larger body is looked at before it is parsed, in bytes. Below it even the worst one costs little. */
const LARGE = 4 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether the bytes of a body are many and, as JSON, nested too deeply or made of too many pieces. One pass, no memory. */
export function costsTooMuch(bytes: Uint8Array): boolean {
  const end = bytes.length;
  if (end <= LARGE) return false;
  let depth = 0;
  let count = 0;
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at += 1;
      for (let inside = bytes[at]; at < end && inside !== QUOTE; inside = bytes[at]) {
        at += inside === BACKSLASH ? 2 : 1;
      }
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      count += 1;
      if (depth > DEEPEST || count > MOST) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}

/** Whether a value is nested too deeply. For small bodies: values cost a tenth of a look at the text. */
export function isTooDeep(value: object, depth = 1): boolean {
  if (depth > DEEPEST) return true;
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === 'object' && item !== null && isTooDeep(item, depth + 1));
  }
  for (const key in value) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof item === 'object' && item !== null && isTooDeep(item, depth + 1)) return true;
  }
  return false;
}
