/** Text by the line, in time and memory that grow with the longest line alone. */

import { UsageError } from '../errors.ts';

/** In characters. What a line holds here, a row or an event, is never near it. */
const LONGEST = 4 * 1024 * 1024;

/**
 * The lines of a text that comes in chunks, without their ends; a last one without an end counts. `name` is what
 * people call the text. @throws UsageError at a line of more than 4 Mi characters: then it is no such file.
 */
export async function* linesOf(text: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  /** The line so far: joined at its end, for joining at each chunk would cost the square of its length. */
  let parts: string[] = [];
  let length = 0;
  let number = 1;
  const add = (part: string) => {
    length += part.length;
    if (length > LONGEST) {
      throw new UsageError(`${name} line ${number} has no end for ${LONGEST} characters`, {
        code: 'line_too_long',
        next: 'give a file with one object a line',
      });
    }
    parts.push(part);
  };
  for await (const chunk of text) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      add(chunk.slice(start, end));
      yield parts.join('');
      parts = [];
      length = 0;
      number += 1;
      start = end + 1;
    }
    if (start < chunk.length) add(chunk.slice(start));
  }
  if (length > 0) yield parts.join('');
}
