/** Command lines without a shell: words as one takes them, and lines as it splits them. */

import { UsageError } from './errors.ts';

/** A word as a shell takes it whole: POSIX shells, or PowerShell on Windows. */
export function quoted(word: string, windows: boolean): string {
  if (/^[\w@%+=:,./-]+$/.test(word) && !(windows && word.includes('%'))) return word;
  // Every shell reads these alike.
  if (word.includes("'") && !/["$`\\!]|\p{Cc}/u.test(word)) return `"${word}"`;
  // PowerShell doubles a quote; POSIX shells leave the quotes for it.
  return windows ? `'${word.replaceAll("'", "''")}'` : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Whether an unquoted sign is one that a shell alone would obey: a pipe, a redirection, a variable. */
const isForShell = (sign: string, next: string) =>
  /[|&;<>`\0]/.test(sign) || (sign === '$' && /[\w({]/.test(next));

/**
 * A command line as the words that a program is started with. Quotes keep words together and a backslash keeps the next
 * space, quote or backslash; nothing else is special, for no shell runs.
 * `what` is how messages call it. @throws UsageError for an open quote, and for what only a shell would understand
 */
export function splitWords(line: string, what = 'the key command', code = 'invalid_key_command'): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === '\\' && quote !== "'" && /[\s"'\\]/.test(line[at + 1] ?? '')) {
      at += 1;
      word = (word ?? '') + line[at];
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (isForShell(char, line[at + 1] ?? '')) {
      throw new UsageError(`${what} has a "${char}" in it, which only a shell understands`, {
        code,
        next: what.startsWith('--')
          ? `no shell is used; write ${what} 'sh -c "…"', or quote what is an argument`
          : 'name one program and its arguments, quoted where needed; put anything longer into a script',
      });
    } else word = (word ?? '') + char;
  }
  if (quote !== undefined) {
    throw new UsageError(`${what} has an open quote (${quote})`, {
      code,
      next: 'close the quote',
    });
  }
  if (word !== undefined) words.push(word);
  if (!words[0]) {
    throw new UsageError(`${what} is empty`, {
      code,
      next: what.startsWith('--')
        ? `write it as ${what} 'program argument "an argument with spaces"'`
        : 'name a program and its arguments, such as "pass show worktime"',
    });
  }
  return words;
}
