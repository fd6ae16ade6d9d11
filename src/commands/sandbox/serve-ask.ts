/** What `sandbox serve` asks a person who gave no flag for it. Enter at each question serves what `--sandbox` shows. */

import type { RefusedAnswer } from '../../command.ts';
import type { Session } from '../../session.ts';
import { DATA_FLAGS, type ServeInput } from './serve-options.ts';

type Writable<T> = { -readonly [K in keyof T]?: T[K] };

/** Which data, and on which port; another port, where the one that was chosen is taken. */
export async function askServe(
  session: Session,
  input: Partial<ServeInput>,
  refused?: RefusedAnswer<ServeInput>,
): Promise<Partial<ServeInput>> {
  if (refused) {
    if (refused.field !== 'port' || refused.answers.port === undefined) return {};
    refused.say();
    return { port: await askPort(session, 0) };
  }
  const learned: Writable<ServeInput> = {};
  if (DATA_FLAGS.every((flag) => input[flag] === undefined)) {
    Object.assign(learned, await askData(session));
  }
  if (input.port === undefined) learned.port = await askPort(session);
  return learned;
}

async function askPort(session: Session, preset = 4010): Promise<number> {
  const prompts = await session.context.prompts();
  const text = await prompts.input({
    message: 'Port, or 0 for any free one',
    default: String(preset),
    validate: (value) => (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) || 'a number from 0 to 65535',
  });
  return Number(text);
}

async function askData(session: Session): Promise<Partial<ServeInput>> {
  const prompts = await session.context.prompts();
  const data = await prompts.select({
    message: 'Data',
    choices: [
      { name: 'the sandbox that --sandbox shows, kept in files', value: 'kept' },
      { name: 'made anew, kept in memory', value: 'new' },
      { name: 'January 2024, worked to the cent by hand, in memory', value: 'january-2024' },
    ],
    default: 'kept',
  });
  if (data === 'kept') return {};
  if (data === 'january-2024') return { fixture: data };
  const number = async (message: string, preset: string, most: number, least: number) =>
    Number(
      await prompts.input({
        message,
        default: preset,
        validate: (text) =>
          (/^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most) ||
          `a number from ${least} to ${most}`,
      }),
    );
  return {
    employees: await number('How many employees', '42', 1_000_000, 1),
    seed: await number('Seed: the same gives the same data', '1', 2_147_483_647, 0),
  };
}
