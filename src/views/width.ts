/** How many terminal cells a text takes. Common scripts are counted here; string-width is loaded only for the rest. */

import { visible } from './safe.ts';

/** Text in which every character is one cell: ASCII, Latin, Greek, Cyrillic, Armenian, Arabic and Hebrew letters without marks, box drawing. */
const NARROW =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0556\u05d0-\u05ea\u0621-\u064a\u0671-\u06d3\u1e00-\u1fff\u2010-\u2015\u2018-\u201f\u2026\u20a0-\u20bf\u2500-\u25a0]*$/;
/** The same, with characters that are two cells: kana, Han, Hangul syllables, full-width forms. */
const NARROW_OR_WIDE =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0556\u05d0-\u05ea\u0621-\u064a\u0671-\u06d3\u1e00-\u1fff\u2010-\u2015\u2018-\u201f\u2026\u20a0-\u20bf\u2500-\u25a0\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u30fb-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/;
const WIDE =
  /[\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u30fb-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]/g;

/** Code units that are taken apart at a time: V8 goes through the whole text for each character of it. */
const WINDOW = 512;

/** The characters of a text as people see them. */
export function* graphemes(text: string): Generator<string> {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (let start = 0; start < text.length; ) {
    let until = start + WINDOW;
    if (/[\ud800-\udbff]/.test(text.charAt(until - 1))) until += 1;
    const window = text.slice(start, until);
    const whole = until >= text.length;
    let end = 0;
    for (const { segment, index } of segmenter.segment(window)) {
      end = index + segment.length;
      // The last may go on behind the window, unless it fills it: then it is no character that anybody reads.
      if (!whole && end === window.length && index > 0) {
        end = index;
        break;
      }
      yield segment;
    }
    start += end;
  }
}

let measure: ((text: string) => number) | undefined;
/** A text was met that only string-width can measure, and it is not loaded. */
let lacking = false;

function quickWidth(text: string): number | undefined {
  if (NARROW.test(text)) return text.length;
  if (NARROW_OR_WIDE.test(text)) return text.length + (text.match(WIDE)?.length ?? 0);
  return undefined;
}

/** By string-width, where it is loaded; a long text character by character. */
function slowWidth(text: string): number | undefined {
  if (!measure || text.length <= WINDOW) return measure?.(text);
  let width = 0;
  for (const character of graphemes(text)) width += measure(character);
  return width;
}

/** Loads what `widthOf` needs for these texts. Call it with everything that will be measured. */
export async function prepareWidths(texts: Iterable<string>): Promise<void> {
  if (measure) return;
  for (const text of texts) {
    if (quickWidth(text) !== undefined) continue;
    measure = (await import('string-width')).default;
    return;
  }
}

/** A text as it is shown, safe to print, with its width in cells; -1 where that is not known yet. */
export interface Sized {
  readonly text: string;
  readonly width: number;
}

/** Makes a text of elsewhere safe and measures it. */
export function sized(text: string): Sized {
  if (isPlain(text)) return { text, width: text.length };
  const safe = visible(text);
  const width = quickWidth(safe) ?? slowWidth(safe) ?? -1;
  if (width < 0) lacking = true;
  return { text: safe, width };
}

/** Printable ASCII alone. A loop: for the short texts of cells it takes a third of what an expression does. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

/** Makes what consists of sized texts; again, where one of them needed string-width and that had to be loaded first. */
export async function withWidths<T>(make: () => T): Promise<T> {
  lacking = false;
  const made = make();
  if (!lacking) return made;
  measure ??= (await import('string-width')).default;
  return make();
}

/** The width in cells. */
export function widthOf(text: string): number {
  return quickWidth(text) ?? slowWidth(text) ?? text.length;
}

/** The text cut to at most `width` cells, with an ellipsis where something is missing; never inside a character. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 1) return width === 1 ? '…' : '';
  if (/^[\x20-\x7e]*$/.test(text)) return `${text.slice(0, width - 1)}…`;
  let kept = '';
  let used = 0;
  for (const segment of graphemes(text)) {
    const cells = widthOf(segment);
    if (used + cells > width - 1) break;
    kept += segment;
    used += cells;
  }
  return `${kept}…`;
}

/** The text filled up with spaces to `width` cells. */
export function pad(text: string, width: number, right: boolean): string {
  return padBy(text, width - widthOf(text), right);
}

const BLANKS: string[] = [];

/** The text with this many spaces before or after it. */
export function padBy(text: string, fill: number, right: boolean): string {
  if (fill <= 0) return text;
  BLANKS[fill] ??= ' '.repeat(fill);
  return right ? BLANKS[fill] + text : text + BLANKS[fill];
}
