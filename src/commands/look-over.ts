/** The last question before what was asked for is sent. */

import type { Input } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Session } from '../session.ts';

/** Somebody left at the last question; what was answered until then is not lost. */
export class LeftError extends UsageError {
  readonly answers: Input;
  constructor(answers: Input) {
    super('cancelled; nothing was sent', { code: 'cancelled' });
    this.answers = answers;
  }
}

/**
 * Whether it is right as it stands; false where the answers are to be changed. A choice and no y/N: what is typed by
 * mistake sends nothing. Throws LeftError where the person leaves: nothing has been sent.
 */
export async function isRight(session: Session, message: string, answers: Input): Promise<boolean> {
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
  if (answer === 'leave') throw new LeftError(answers);
  return answer === 'yes';
}
