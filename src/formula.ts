/** Texts that a spreadsheet would run, kept from running, and given back as they were. Loads nothing. */

/** What a spreadsheet takes for the start of a formula, full-width forms too. A text that already looks guarded is guarded again, so that every text can be told from its guarded form. */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const GUARDED = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** The text with an apostrophe before it where a spreadsheet would run it as a formula. */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text as it was before `guardFormula`. For readers of our own files. */
export function unguardFormula(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
