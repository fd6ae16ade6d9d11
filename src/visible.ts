/** What a screen would obey or hide, written out instead. Loads nothing. */

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
