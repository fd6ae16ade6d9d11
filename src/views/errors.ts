/** Errors as people and scripts read them: lines of text, or one JSON object, on stderr. */

import type { Format } from '../config/settings.ts';
import type { Context } from '../context.ts';
import { describe, errorLines } from '../errors.ts';
import { safeJson, visible } from './safe.ts';
import { painter } from './theme.ts';
import { messageLines } from './wrap.ts';

export interface ErrorOptions {
  /** Adds the stack. */
  readonly debug?: boolean;
}

/**
 * Prints an error on stderr: as text, or with `--format json` as the one object `{"error":{…}}` on one line.
 * Never fails: an stderr that is closed or full has nobody to tell.
 */
export async function printError(
  error: unknown,
  format: Format | undefined,
  context: Context,
  options: ErrorOptions = {},
): Promise<void> {
  const stack = options.debug && error instanceof Error && error.stack ? error.stack.split('\n') : [];
  try {
    if (format === 'json') {
      const about = { ...describe(error), ...(stack.length > 0 ? { stack } : {}) };
      await context.stderr.write(`${safeJson(JSON.stringify({ error: about }))}\n`);
      return;
    }
    const { stderr } = context;
    const paint = painter(stderr.color);
    const lines = errorLines(error).map((line) =>
      messageLines(visible(line), stderr.isTTY ? stderr.columns : 0),
    );
    const painted = lines.map((line, index) => {
      if (index === 0) return line.replace(/^worktime:/, paint.bad('worktime:'));
      return line.startsWith('Next: ') ? paint.strong(line) : line;
    });
    const text = [...painted, ...stack.map((line) => paint.faint(visible(line)))].join('\n');
    await context.stderr.write(`${text}\n`);
  } catch {
    // Nobody reads stderr.
  }
}
