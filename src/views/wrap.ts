/** Text over several lines. */

import { graphemes, widthOf } from './width.ts';

/** A word that no line holds, in parts of at most `width` cells, broken after a slash where there is one. */
function broken(word: string, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const piece of graphemes(word)) {
    const cells = widthOf(piece);
    if (used + cells > width && part !== '') {
      const slash = part.lastIndexOf('/') + 1;
      const end = slash > part.length / 2 ? slash : part.length;
      parts.push(part.slice(0, end));
      part = part.slice(end);
      used = widthOf(part);
    }
    part += piece;
    used += cells;
  }
  return [...parts, part];
}

/** The text in lines of at most `width` cells, nothing left out; a character wider than that stands alone. */
export function wrap(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = broken(word, Math.max(1, width));
    line = parts.pop() ?? '';
    // One by one: a huge word has more parts than a call may have arguments.
    for (const part of parts) lines.push(part);
  }
  return [...lines, line];
}

/** What a line of a message is broken between: words, where all that stands in backticks is one, for it is copied. */
const PIECES = /(?:`[^`]*`|[^ ])+/g;
/** A line that is a command and nothing else is copied as well. */
const COMMAND = /^ +worktime /;

/**
 * A message broken at spaces into lines of at most `columns` cells (0: not a terminal, as it is); what is indented hangs
 * deeper from its second line on. A word or a command in backticks that no line holds is left whole.
 */
export function messageLines(text: string, columns: number): string {
  if (columns <= 0 || COMMAND.test(text) || widthOf(text) <= columns) return text;
  const indent = /^ */.exec(text)?.[0] ?? '';
  const hanging = indent === '' ? '' : `${indent}  `;
  let lines = indent;
  let used = indent.length;
  let isStart = true;
  for (const [piece] of text.matchAll(PIECES)) {
    const width = widthOf(piece);
    if (!isStart && used + 1 + width > columns) {
      lines += `\n${hanging}`;
      used = hanging.length;
      isStart = true;
    }
    lines += isStart ? piece : ` ${piece}`;
    used += isStart ? width : width + 1;
    isStart = false;
  }
  return lines;
}
