/** Text in two columns, fitted to a width. */

/** Breaks a text into lines of at most `width` columns, at spaces. Help is ASCII, so a character is a column. */
export function wrap(text: string, width: number): string[] {
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

/** Pairs as `  left   right`, the right column wrapped and aligned; a long left side has a line of its own. */
export function twoColumns(
  pairs: readonly (readonly [string, string])[],
  width: number,
  limit = 30,
): string[] {
  const left = Math.min(limit, Math.max(...pairs.map(([name]) => name.length)));
  const indent = ' '.repeat(left + 4);
  return pairs.flatMap(([name, text]) => {
    const lines = wrap(text, Math.max(24, width - left - 4));
    if (name.length > left) return [`  ${name}`, ...lines.map((line) => indent + line)];
    return lines.map((line, at) => (at === 0 ? `  ${name.padEnd(left)}  ${line}` : indent + line));
  });
}
