/** A whole command line, in process, with the sandbox behind it: no port, no mocks. */

import { main } from '../../src/main.ts';
import { type TestContext, type TestContextOptions, testContext } from './context.ts';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly context: TestContext;
}

/** Splits a command line at spaces; quotes keep words together. */
export function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/**
 * Runs a command line to its end. Without a key or profile of its own it runs on the sandbox, whose state lives in the
 * context's home: pass the same `home` to go on where another run ended.
 */
export async function run(
  line: string | readonly string[],
  options: TestContextOptions = {},
): Promise<Result> {
  const argv = typeof line === 'string' ? words(line) : [...line];
  const env = options.env ?? { WORKTIME_PROFILE: 'sandbox' };
  const context = testContext({ ...options, env, argv });
  const code = await main(context);
  return { code, stdout: context.stdout.text(), stderr: context.stderr.text(), context };
}
