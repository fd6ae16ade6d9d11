import { leftWith, UsageError } from '../errors.ts';
import type { Session } from '../session.ts';

/**
 * Asks before something that is hard to take back. `--yes` answers beforehand; where nobody can be asked, `--yes` is
 * needed. Throws UsageError: nothing has been sent.
 */
export async function confirm(session: Session, question: () => Promise<string>): Promise<void> {
  if (session.settings.yes) return;
  if (!session.interactive) {
    throw new UsageError('this needs a confirmation, and nobody can be asked here', {
      code: 'confirmation_needed',
      next: 'look at it with --dry-run, then add --yes',
    });
  }
  await ask(session, question, 'nothing was changed');
}

/** Asks a person. A no and an interruption end with their `outcome` in one line: that nothing was done. */
export async function ask(session: Session, question: () => Promise<string>, outcome: string): Promise<void> {
  const answer = async () => {
    const message = await question();
    return (await session.context.prompts()).confirm({ message, default: false });
  };
  if (await answer().catch(leftWith(outcome))) return;
  throw new UsageError(`cancelled; ${outcome}`, { code: 'cancelled' });
}
