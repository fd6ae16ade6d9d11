/** `--follow`: an endless command, from sources that can be read again and again. */

import type { Chunk } from '../command.ts';
import { EXIT, InterruptedError } from '../errors.ts';
import type { Session } from '../session.ts';
import { splitWords } from '../shell.ts';
import { createRunner, type Runner } from './exec.ts';
import { Narrator } from './narrator.ts';
import type { FollowInput } from './options.ts';
import { Pace } from './pace.ts';
import { poll } from './poll.ts';
import { checkProgram } from './program.ts';
import { shape } from './record.ts';
import type { Source } from './round.ts';
import { openStore } from './store.ts';

/** What is followed. */
export interface Followed {
  /** `locks history`: whose cursors these are. */
  readonly command: string;
  /** One record, such as `event`. */
  readonly noun: string;
  /** At least one; all of them tell records apart in the same way. */
  readonly sources: readonly [Source, ...Source[]];
  readonly matches: (record: unknown) => boolean;
}

/**
 * Yields what arrives, as rows, until it is ended: with Ctrl-C it returns, so that the command ends with 0. With `-o`
 * the rows go into the file and nothing is yielded. A row counts as shown once the next chunk is asked for.
 * @throws UsageError for an --exec that cannot be run; AuthError, LocalError and what else waiting cannot mend.
 */
export async function* follow(session: Session, what: Followed, input: FollowInput): AsyncGenerator<Chunk> {
  const { context, report } = session;
  const runner = await runnerFor(session, input.exec);
  const client = await session.client();
  const narrator = new Narrator(context, report, what.noun);
  const { memory, record, first, close } = await openStore(session, {
    command: what.command,
    sources: what.sources,
    input,
    narrator,
  });
  // A reader who has left wants to hear no summary.
  let left = true;
  try {
    const arrivals = poll(context, {
      sources: what.sources,
      matches: what.matches,
      memory,
      first,
      pace: new Pace(input.interval),
      budget: () => client.rate,
      until: input.until === undefined ? undefined : Date.parse(input.until),
      idle: input.idleTimeout,
      count: input.maxEvents,
      observer: narrator,
    });
    for await (const batch of arrivals) {
      report.status(undefined);
      if (record) await record.append(batch);
      else yield { type: 'rows', rows: batch.map(shape) };
      if (runner) for (const arrival of batch) await runner.run(shape(arrival));
    }
    // The file has everything: there is nothing to render, not even that there is nothing.
    if (record) yield { type: 'text', text: '' };
    left = false;
  } catch (error) {
    left = false;
    throw error;
  } finally {
    await close();
    if (!left) {
      const remembers = record !== undefined || input.resume !== undefined;
      narrator.summary(runner ? execSummary(runner) : [], remembers);
    }
  }
  const reason: unknown = context.signal.reason;
  if (reason instanceof InterruptedError && reason.exit !== EXIT.interrupted) throw reason;
}

async function runnerFor(
  { context, report, settings }: Session,
  exec: string | undefined,
): Promise<Runner | undefined> {
  if (exec === undefined) return undefined;
  const command = splitWords(exec, '--exec', 'invalid_command');
  await checkProgram(command, context);
  const key = settings.key?.value;
  return createRunner(command, context, report, key?.type === 'literal' ? key.key : undefined);
}

function execSummary({ failures, skipped }: Runner): string[] {
  return [`${failures} failed --exec`, ...(skipped > 0 ? [`${skipped} left without --exec`] : [])];
}
