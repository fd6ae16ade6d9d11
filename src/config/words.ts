import { UsageError } from '../errors.ts';

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
    } else if (/[|&;<>`\0]/.test(char) || (char === '$' && /[\w({]/.test(line[at + 1] ?? ''))) {
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
      next: 'name a program and its arguments, such as "pass show worktime"',
    });
  }
  return words;
}
