import { UsageError, unsent } from '../errors.ts';
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
  const prompts = await session.context.prompts();
  const message = await question();
  const sure = await prompts.confirm({ message, default: false }).catch((error: unknown) => {
    throw unsent(error);
  });
  if (sure) return;
  throw new UsageError('cancelled; nothing was sent', { code: 'cancelled' });
}
