/** Asks one question at its terminal. argv: which prompt. Prints the answer, or what was thrown, as JSON on stdout. */
import { writeFileSync } from 'node:fs';
import { createPrompts } from '../../../src/host/prompts.ts';

const [, , kind = '', report = ''] = process.argv;
const controller = new AbortController();
process.on('SIGTERM', () => controller.abort(new Error('terminated')));
const prompts = createPrompts(controller.signal);

const questions: Record<string, () => Promise<unknown>> = {
  input: () =>
    prompts.input({
      message: 'Question',
      default: 'preset',
      validate: (text) => text !== 'bad' || 'not that',
    }),
  password: () => prompts.password({ message: 'Question' }),
  confirm: () => prompts.confirm({ message: 'Question' }),
  select: () =>
    prompts.select({
      message: 'Question',
      choices: [
        { name: 'First', value: 1 },
        { name: 'Second', value: 2 },
      ],
    }),
  hostile: () =>
    prompts.select({
      message: 'Question \u001b]0;owned\u0007',
      choices: [{ name: 'First\u001b[2J', value: 1, description: '\u202e' }],
    }),
  search: () =>
    prompts.search({
      message: 'Question',
      source: async (term) =>
        ['anna', 'bert'].filter((name) => name.includes(term ?? '')).map((name) => ({ name, value: name })),
    }),
};

const outcome = await questions[kind]?.().then(
  (answer) => ({ answer }),
  (error: { message: string; exit?: number }) => ({ thrown: error.message, exit: error.exit }),
);
writeFileSync(report, JSON.stringify({ ...outcome, raw: process.stdin.isRaw }));
