/** Text from elsewhere, made safe to look at: what a terminal would obey or hide is written out instead. */

const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * Control characters (C0, DEL, C1), line and paragraph separators, marks that turn or hide text, tags, lone
 * surrogates and code points that are no characters. Joiners (U+200C, U+200D) and variation selectors stay: scripts and emoji need them.
 */
const HOSTILE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}\p{Cs}]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** The text on one line, every control, escape and bidi character in it written out (`\x1b`, `\u202e`, `\n`). */
export function visible(text: string): string {
  return PRINTABLE.test(text) ? text : text.replace(HOSTILE, escapeCharacter);
}

/** As `visible`, but line feeds and tabs stay: for texts of our own that carry words from elsewhere. */
export function visibleText(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(visible).join('\t'))
    .join('\n');
}

/** What JSON.stringify leaves raw although a terminal may obey or hide it. */
const RAW_IN_JSON =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|\udb40[\udc00-\udc7f]/g;

/** JSON text in which such characters are `\uXXXX`: the same value, safe on a screen. */
export function safeJson(json: string): string {
  return json.replace(RAW_IN_JSON, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
