import { leftWith, UsageError } from '../errors.ts';
import type { Session } from '../session.ts';

/** How a command differs from a write to the API, which has `--dry-run` and the shared `--yes`. */
interface Manner {
  readonly yes?: boolean;
  /** What a no leaves, in words. */
  readonly outcome?: string;
  /** What to do where nobody can be asked. */
  readonly next?: string;
}

/**
 * Asks before something that is hard to take back. `--yes` answers beforehand; where nobody can be asked, `--yes` is
 * needed. Throws UsageError: nothing has been done.
 */
export async function confirm(
  session: Session,
  question: () => Promise<string>,
  {
    yes = session.settings.yes,
    outcome = 'nothing was changed',
    next = 'look at it with --dry-run, then add --yes',
  }: Manner = {},
): Promise<void> {
  if (yes) return;
  if (!session.interactive) {
    throw new UsageError('this needs a confirmation, and nobody can be asked here', {
      code: 'confirmation_needed',
      next,
    });
  }
  await ask(session, question, outcome);
}

/** Asks a person. A no and an interruption end with their `outcome` in one line: that nothing was done. */
async function ask(session: Session, question: () => Promise<string>, outcome: string): Promise<void> {
  const answer = async () => {
    const message = await question();
    return (await session.context.prompts()).confirm({ message, default: false });
  };
  if (await answer().catch(leftWith(outcome))) return;
  throw new UsageError(`cancelled; ${outcome}`, { code: 'cancelled' });
}
