/** What `attendance clock` asks a person for. */

import type { Input, RefusedAnswer } from '../../command.ts';
import type { Session } from '../../session.ts';
import { thisSecond } from '../../time/zone.ts';
import { askEmployee, locks, pick } from '../choices.ts';

async function askAgain(session: Session, { field, answers, say }: RefusedAnswer): Promise<Input> {
  const { employee, lock } = answers as { employee?: string; lock?: string };
  if (field === 'employee_id' && employee !== undefined) {
    say();
    return { employee: await askEmployee(session) };
  }
  if (field !== 'lock_id' || lock === undefined) return {};
  say();
  return askLock(session, lock);
}

/** What is missing of who, in or out, and where. */
export async function askClock(session: Session, input: Input, refused?: RefusedAnswer): Promise<Input> {
  const { context } = session;
  if (refused) return askAgain(session, refused);
  const learned: Record<string, unknown> = {};
  if (input['type'] === undefined) {
    const prompts = await context.prompts();
    learned['type'] = await prompts.select({
      message: 'Clock',
      choices: [
        { name: 'in', value: 'in' },
        { name: 'out', value: 'out' },
      ],
    });
  }
  if (input['employee'] === undefined) learned['employee'] = await askEmployee(session);
  if (Object.keys(learned).length === 0) return {};
  if (input['lock'] === undefined) Object.assign(learned, await askLock(session));
  // Said at once, so that a repetition is the same event.
  if (input['at'] === undefined) learned['at'] = thisSecond(context);
  return learned;
}

async function askLock(session: Session, earlier?: string): Promise<Input> {
  const lock = await pick(session, {
    message: 'Lock',
    noun: 'lock',
    known: await locks(session),
    none: 'no lock',
    earlier,
  });
  return lock === undefined && earlier === undefined ? {} : { lock };
}
