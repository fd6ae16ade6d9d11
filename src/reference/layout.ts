/** Text in two columns, fitted to a width. */

/** The widest left column: what is longer has a line of its own. */
const WIDEST = 30;

/** Breaks a text into lines of at most `width` columns, at spaces. Help is ASCII, so a character is a column. */
export function wrap(text: string, width: number): string[] {
  // A line that starts with a space is laid out already.
  if (text.startsWith(' ')) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A command line broken at spaces outside quotes, each line but the last ending in a backslash: it can be pasted. */
export function wrapCommand(command: string, width: number): string[] {
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width - 2)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `  ${word}`);
  }
  return lines.map((line, at) => (at < lines.length - 1 ? `${line} \\` : line));
}

/** How wide a left column is that names of these lengths fit, but for those that are too long for any. */
export function leftWidth(names: readonly string[], limit = WIDEST): number {
  return Math.max(0, ...names.map((name) => name.length).filter((length) => length <= limit));
}

/** Pairs as `  left   right`, the right column wrapped and aligned; a long left side has a line of its own. */
export function twoColumns(
  pairs: readonly (readonly [string, string])[],
  width: number,
  left: number = leftWidth(pairs.map(([name]) => name)),
): string[] {
  const indent = ' '.repeat(left + 4);
  return pairs.flatMap(([name, text]) => {
    const lines = wrap(text, Math.max(24, width - left - 4));
    if (name.length > left) return [`  ${name}`, ...lines.map((line) => indent + line)];
    return lines.map((line, at) => (at === 0 ? `  ${name.padEnd(left)}  ${line}` : indent + line));
  });
}
