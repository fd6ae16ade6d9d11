/** A program that is run once for every record, without a shell. */

import type { ChildResult, Context } from '../context.ts';
import type { Reporter } from '../session.ts';

/** Lines of its output that are shown for one record. */
const SHOWN_LINES = 20;
/** Characters of such a line. */
const SHOWN_LENGTH = 1000;

/** The environment without the key, under whatever name it is there. */
export function environmentFor(
  env: Context['env'],
  key: string | undefined,
): Readonly<Record<string, string | undefined>> {
  const secrets = new Set([env.WORKTIME_API_KEY, key].filter((value) => value !== undefined && value !== ''));
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name !== 'WORKTIME_API_KEY' && !secrets.has(value)),
  );
}

/** What a program said for one record, as lines for stderr: stdout is data. */
export function wordsOf(
  program: string,
  { stdout, stderr }: Pick<ChildResult, 'stdout' | 'stderr'>,
): string[] {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, SHOWN_LINES).map((line) => `${program}: ${line.slice(0, SHOWN_LENGTH)}`);
}

export interface Runner {
  /** Runs the program with the record on its standard input and waits for it. A failure is said and counted, not thrown. */
  run(record: unknown): Promise<void>;
  readonly failures: number;
  /** Records for which it did not run, because the tail was ended first. */
  readonly skipped: number;
}

/** Runs `command` for records. What it prints goes to stderr, for stdout is data. */
export function createRunner(
  command: readonly string[],
  context: Context,
  report: Reporter,
  key: string | undefined,
): Runner {
  const env = environmentFor(context.env, key);
  const [program = ''] = command;
  let failures = 0;
  let skipped = 0;
  return {
    get failures() {
      return failures;
    },
    get skipped() {
      return skipped;
    },
    async run(record) {
      if (context.signal.aborted) {
        skipped += 1;
        return;
      }
      const name = (record as { id?: unknown } | null)?.id ?? 'a record';
      try {
        const result = await context.run(command, { input: `${JSON.stringify(record)}\n`, env });
        for (const line of wordsOf(program, result)) report.note(line);
        if (result.exitCode === 0) return;
        failures += 1;
        report.warn(`--exec: ${program} ended with ${result.exitCode} for ${name}`);
      } catch (error) {
        failures += 1;
        const said = error instanceof Error ? error.message : String(error);
        report.warn(`--exec: ${context.signal.aborted ? `${program} was interrupted` : said}, for ${name}`);
      }
    },
  };
}
