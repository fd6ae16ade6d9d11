/** What `attendance clock` asks a person for. */

import type { Input, RefusedAnswer } from '../../command.ts';
import type { Session } from '../../session.ts';
import { doubtOf } from '../../time/far.ts';
import { type Twice, twiceInWords } from '../../time/wall.ts';
import { parseTime } from '../../time/words.ts';
import { rfc3339, zoneOffset } from '../../time/zone.ts';
import { orElse, passes } from '../answers.ts';
import { askEmployee, type Known, locks, pick } from '../choices.ts';
import { isRight } from '../look-over.ts';

async function askAgain(session: Session, { field, answers, say }: RefusedAnswer): Promise<Input> {
  const { employee, lock, at } = answers as { employee?: string; lock?: string; at?: string };
  if (field === 'employee_id' && employee !== undefined) {
    say();
    return { employee: (await askEmployee(session)).id };
  }
  if (field === 'timestamp' && at !== undefined) {
    say();
    return { at: await askTime(session, at) };
  }
  if (field !== 'lock_id' || lock === undefined) return {};
  say();
  return askLock(session, lock);
}

/** The answer that was refused, and whether it is right now. */
async function mended(session: Session, input: Input, refused: RefusedAnswer): Promise<Input> {
  for (;;) {
    const learned = await askAgain(session, refused);
    if (Object.keys(learned).length === 0 || session.settings.dryRun) return learned;
    const all: Input = { ...input, ...refused.answers, ...learned };
    const question = await summary(session, all, { id: String(all['employee']) });
    if (await isRight(session, question, { ...refused.answers, ...learned })) return learned;
  }
}

/** What is missing of who, in or out, when, and where; and whether it is right, for no punch can be taken back. */
export async function askClock(session: Session, input: Input, refused?: RefusedAnswer): Promise<Input> {
  if (refused) return mended(session, input, refused);
  const missing = (name: string) => input[name] === undefined;
  if (!missing('type') && !missing('employee')) return {};
  let learned: Input = {};
  for (;;) {
    const { at, lock } = learned as { at?: string; lock?: string };
    const type = missing('type') ? { type: await askType(session, learned['type']) } : {};
    const who = missing('employee') ? await askEmployee(session) : { id: String(input['employee']) };
    learned = {
      ...type,
      ...(missing('employee') ? { employee: who.id } : {}),
      ...(missing('at') ? { at: await askTime(session, at) } : {}),
      ...(missing('lock') ? await askLock(session, lock) : {}),
    };
    if (session.settings.dryRun) return learned;
    const question = await summary(session, { ...input, ...learned }, who);
    if (await isRight(session, question, learned)) return learned;
  }
}

async function askType(session: Session, earlier: unknown): Promise<unknown> {
  const prompts = await session.context.prompts();
  return prompts.select({
    message: 'Clock',
    choices: [
      { name: 'in', value: 'in' },
      { name: 'out', value: 'out' },
    ],
    ...(earlier === undefined ? {} : { default: earlier as string }),
  });
}

/** `Clock in John Doe (emp_123456) at 2024-11-18 12:00, UTC?` */
async function summary(session: Session, { type, at }: Input, { id, name }: Known): Promise<string> {
  // It is shown alone: whoever gave --at is not to be kept from a punch by a zone that cannot be had.
  const zone = await session.timeZone().catch(orElse('UTC'));
  const instant = Date.parse(String(at));
  const wall = rfc3339(instant + zoneOffset(instant, zone))
    .replace(/(:00)?Z$/, '')
    .replace('T', ' ');
  return `Clock ${type} ${name === undefined ? id : `${name} (${id})`} at ${wall}, ${zone}?`;
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
