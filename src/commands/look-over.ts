/** The last question before what was asked for is sent. */

import { UsageError } from '../errors.ts';
import type { Session } from '../session.ts';

/**
 * Whether it is right as it stands; false where the answers are to be changed. A choice and no y/N: what is typed by
 * mistake sends nothing. Throws UsageError where the person leaves: nothing has been sent.
 */
export async function isRight(session: Session, message: string): Promise<boolean> {
  const prompts = await session.context.prompts();
  const answer = await prompts.select({
    message,
    choices: [
      { name: 'yes', value: 'yes' },
      { name: 'change the answers', value: 'change' },
      { name: 'leave, and send nothing', value: 'leave' },
    ],
    default: 'yes',
  });
  if (answer === 'leave') throw new UsageError('cancelled; nothing was sent', { code: 'cancelled' });
  return answer === 'yes';
}
