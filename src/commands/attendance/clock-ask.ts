/** What `attendance clock` asks a person for. */

import type { Input, RefusedAnswer } from '../../command.ts';
import type { Session } from '../../session.ts';
import { doubtOf } from '../../time/far.ts';
import { type Twice, twiceInWords } from '../../time/wall.ts';
import { parseTime } from '../../time/words.ts';
import { passes } from '../answers.ts';
import { askEmployee, locks, pick } from '../choices.ts';

async function askAgain(session: Session, { field, answers, say }: RefusedAnswer): Promise<Input> {
  const { employee, lock, at } = answers as { employee?: string; lock?: string; at?: string };
  if (field === 'employee_id' && employee !== undefined) {
    say();
    return { employee: await askEmployee(session) };
  }
  if (field === 'timestamp' && at !== undefined) {
    say();
    return { at: await askTime(session, at) };
  }
  if (field !== 'lock_id' || lock === undefined) return {};
  say();
  return askLock(session, lock);
}

/** What is missing of who, in or out, when, and where. */
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
  if (input['at'] === undefined) learned['at'] = await askTime(session);
  if (input['lock'] === undefined) Object.assign(learned, await askLock(session));
  return learned;
}

/** When, as `--at` takes it. An instant at once, so that a repetition is the same event. */
async function askTime(session: Session, earlier?: string): Promise<string> {
  const timeZone = await session.timeZone();
  const now = session.context.now();
  const read = (text: string, twice: (both: Twice) => void = () => undefined) =>
    parseTime(text, { now, timeZone, name: 'When', moment: true, twice });
  const prompts = await session.context.prompts();
  const text = await prompts.input({
    message: 'When (such as 09:00, -15m)',
    default: earlier ?? 'now',
    ...(earlier === undefined ? {} : { editable: true }),
    validate: (typed) => {
      const passed = passes(() => read(typed));
      const doubt = passed === true ? doubtOf(read(typed), now) : undefined;
      return doubt?.kind === 'far-ahead' ? `it ${doubt.text}` : passed;
    },
  });
  return read(text, (both) => session.report.warn(twiceInWords(both)));
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
