/** Where a person was asked: what was typed is not lost when the work fails. */

import type { AnyCommand, Chunk, Input, RefusedAnswer } from '../command.ts';
import { LeftError } from '../commands/look-over.ts';
import { EXIT, InterruptedError, leftWith, RefusedError, WorkTimeError } from '../errors.ts';
import { optionKey } from '../reference/names.ts';
import type { Session } from '../session.ts';
import { quoted } from '../shell.ts';

/** What the person typed and answered, as the command line that asks for nothing. */
export function commandLine(
  command: AnyCommand,
  answers: Input,
  context: Pick<Session['context'], 'argv' | 'runtime'>,
): string {
  const flags = (command.options ?? []).flatMap(({ name }) => {
    const value = answers[optionKey(name)];
    return value === undefined ? [] : value === true ? [`--${name}`] : [`--${name}`, String(value)];
  });
  const words = (command.arguments ?? []).flatMap(({ name }) => {
    const value = answers[name];
    return value === undefined ? [] : [String(value)];
  });
  // After a lone `--` everything is an argument.
  const end = context.argv.indexOf('--');
  const given = end < 0 ? context.argv : context.argv.slice(0, end);
  const rest = end < 0 ? [] : context.argv.slice(end);
  const windows = context.runtime.platform.startsWith('win32');
  return ['worktime', ...given, ...flags, ...rest, ...words].map((word) => quoted(word, windows)).join(' ');
}

/** Where the same command may do better the next time: the network, the key, this machine, or somebody who left. */
const PASSING: readonly number[] = [
  EXIT.temporary,
  EXIT.rateLimited,
  EXIT.auth,
  EXIT.local,
  EXIT.interrupted,
];

/** What the line that holds the answers is called: what was just refused is not recommended. */
function titleOf(error: unknown, refused: boolean): string {
  const passing = !(error instanceof WorkTimeError) || PASSING.includes(error.exit);
  return passing && !refused ? 'The same without questions:' : 'Your answers as a command:';
}

function sayBack({ report, context }: Session, title: string, command: AnyCommand, answers: Input): void {
  report.note(title);
  report.note(`  ${commandLine(command, answers, context)}`);
}

/** Asks what a command asks. Who leaves a write there is told that nothing was sent; after a refusal, that nothing was changed. */
export async function askOf(
  command: AnyCommand,
  session: Session,
  given: Input,
  refused?: RefusedAnswer,
): Promise<Input | undefined> {
  const asked = command.ask?.(session, given, refused).catch((error: unknown) => {
    // After a refusal they are said back with it.
    if (refused === undefined && error instanceof LeftError)
      sayBack(session, titleOf(error, false), command, error.answers);
    throw error;
  });
  const outcome = refused === undefined ? 'nothing was sent' : 'nothing was changed';
  return command.effect === 'write' ? asked?.catch(leftWith(outcome)) : asked;
}

/** The field to ask for again: it was refused, and nothing was done. */
function refusedField(error: WorkTimeError): string | undefined {
  const done = error.applied === 'yes' || error.applied === 'unknown';
  return (error instanceof RefusedError || error.exit === EXIT.local) && !done ? error.field : undefined;
}

/**
 * Runs a command with what was answered. What is refused for one of the answers is asked for again, the others kept;
 * after any other failure the whole is said back as a command line.
 */
export async function* withAnswers(
  session: Session,
  command: AnyCommand,
  given: Input,
  learned: Input,
): AsyncGenerator<Chunk> {
  let answers = learned;
  let begun = false;
  let refused = false;
  try {
    for (;;) {
      try {
        for await (const chunk of command.run(session, { ...given, ...answers })) {
          begun = true;
          yield chunk;
        }
        return;
      } catch (error) {
        const field = error instanceof WorkTimeError && !begun ? refusedField(error) : undefined;
        if (field === undefined || !(error instanceof WorkTimeError)) throw error;
        refused = true;
        const say = () => session.report.warn(error.detail ?? error.message);
        const mended = (await askOf(command, session, given, { field, answers, say })) ?? {};
        if (Object.keys(mended).length === 0) throw error;
        answers = { ...answers, ...mended };
        refused = false;
      }
    }
  } catch (error) {
    // A signal while it runs is how some commands end.
    if (!begun && !(error instanceof InterruptedError && session.context.signal.aborted)) {
      sayBack(session, titleOf(error, refused), command, answers);
    }
    throw error;
  }
}
