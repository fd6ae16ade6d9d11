/** What `employees create` asks a person for. */

import type { Input, RefusedAnswer } from '../../command.ts';
import type { Session } from '../../session.ts';
import { type DateContext, isRelative, parseDate } from '../../time/words.ts';
import { orElse, passes } from '../answers.ts';
import { departments, type Known, pick } from '../choices.ts';
import { isRight } from '../look-over.ts';

interface Question {
  /** The API's name of the field. */
  readonly field: string;
  readonly message: string;
  readonly validate?: (value: string) => true | string;
  /** What an answer stands for. Throws UsageError. */
  readonly read?: (text: string, context: DateContext) => unknown;
}

/** By the name of the flag, in the order in which they are asked. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  name: {
    field: 'name',
    message: 'Full name',
    validate: (value) => value !== '' || 'a name is needed',
  },
  email: {
    field: 'email',
    message: 'E-mail',
    validate: (value) => /^\S+@\S+\.\S+$/.test(value) || 'write it as jane@example.com',
  },
  department: { field: 'department_id', message: 'Department' },
  position: { field: 'position', message: 'Position (empty: none)' },
  salary: {
    field: 'salary',
    message: "A year's salary (empty: not given)",
    validate: (value) =>
      /^(\d{1,12}(\.\d{1,2})?)?$/.test(value) ||
      (/^\d{13,}(\.\d*)?$/.test(value) ? 'at most 999999999999.99' : 'plain digits, such as 65000'),
    read: Number,
  },
  startDate: {
    field: 'start_date',
    message: 'First working day (such as 2024-02-01, today; empty: not given)',
    read: (text, context) => parseDate(text, { ...context, name: 'First working day', edge: 'start' }),
  },
};

async function askOne(
  session: Session,
  key: string,
  question: Question,
  earlier: unknown,
  known: readonly Known[],
): Promise<unknown> {
  const { message, validate = () => true, read = String } = question;
  if (key === 'department') {
    const id = earlier as string | undefined;
    return pick(session, { message, noun: 'department', known, none: 'none', earlier: id });
  }
  const value = (text: string, timeZone = 'UTC') =>
    text === '' ? undefined : read(text, { now: session.context.now(), timeZone });
  const prompts = await session.context.prompts();
  // What was refused is there to be mended.
  const preset = earlier === undefined ? {} : { default: String(earlier), editable: true };
  const valid = (text: string) => {
    const verdict = validate(text);
    return verdict === true ? passes(() => value(text)) : verdict;
  };
  const text = await prompts.input({ message, ...preset, validate: valid });
  // Only a word for a day needs to know whose day it is.
  return value(
    text,
    key === 'startDate' && text !== '' && isRelative(text) ? await zoneOf(session) : undefined,
  );
}

function zoneOf(session: Session): Promise<string> {
  return session.timeZone().catch(orElse('UTC'));
}

/** The host, where a key may not ask for its organization. */
function nameOf(session: Session): Promise<string> {
  return session.organizationName().catch(orElse(new URL(session.settings.baseUrl.value).host));
}

/**
 * Asks for the rest where something is missing that an employee needs: name, e-mail or department.
 */
export async function askCreate(session: Session, input: Input, refused?: RefusedAnswer): Promise<Input> {
  if (input['data'] !== undefined) return {};
  const { field: again, answers = {} } = refused ?? {};
  const missing = (key: string) => input[key] === undefined;
  const asks = missing('name') || missing('email') || missing('department');
  const wanted = Object.entries(QUESTIONS).filter(([key, { field }]) =>
    again === undefined ? asks && missing(key) : field === again && answers[key] !== undefined,
  );
  // Fetched once, and first: without a good key every answer would be typed in vain.
  const needed = again === undefined ? wanted.length > 0 : again === 'department_id';
  const known = needed ? await departments(session) : [];
  if (wanted.length > 0) refused?.say();
  const learned: Record<string, unknown> = {};
  for (;;) {
    for (const [key, question] of wanted) {
      const answer = await askOne(session, key, question, learned[key] ?? answers[key], known);
      if (answer !== undefined || again !== undefined) learned[key] = answer;
      else delete learned[key];
    }
    if (wanted.length === 0 || session.settings.dryRun) return learned;
    const all = { ...input, ...answers, ...learned };
    const answered = { ...answers, ...learned };
    if (await isRight(session, await summary(session, all, known), answered)) return learned;
  }
}

const amount = (salary: number) =>
  salary.toLocaleString('en-US', { minimumFractionDigits: Number.isInteger(salary) ? 0 : 2 });

/** Who it is, what is said of them, and where they come to be. */
async function summary(session: Session, all: Input, known: readonly Known[]): Promise<string> {
  const { name, email, department: id, position, salary, startDate } = all;
  const department = known.find((each) => each.id === id)?.name ?? id ?? 'no department';
  const about = [
    department,
    ...(position === undefined || position === '' ? [] : [position]),
    salary === undefined ? 'no salary' : `${amount(Number(salary))} a year`,
    ...(startDate === undefined ? [] : [`from ${startDate}`]),
  ];
  return `Create ${name} (${email}; ${about.join(', ')}) in ${await nameOf(session)}?`;
}
