/** Texts that a server may send to do harm. */

/** The 65 control characters: C0, DEL and C1. */
export const CONTROLS = [
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)),
  ...Array.from({ length: 33 }, (_, code) => String.fromCharCode(0x7f + code)),
];

/** Marks that turn text around or hide it. */
export const BIDI = [
  ...'\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b\u2028\u2029\u{e0041}\u{e007f}',
];

/** Sets the clipboard, clears the screen, retitles the window, goes back to the start of the line. */
export const SEQUENCES = [
  '\u001b]52;c;cm0gLXJmIC8=\u0007',
  '\u001b[2J\u001b[H',
  '\u001b]0;title\u001b\\',
  '\u009d52;c;eA==\u009c',
  'nice\rEVIL',
  '\u0090q\u009c',
];

export const HOSTILE = [...CONTROLS, ...BIDI, ...SEQUENCES];

/** What must never reach a screen from a server's text. */
export const RAW =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
