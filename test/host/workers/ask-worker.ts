/** Asks one question at its terminal. argv: which prompt. Prints the answer, or what was thrown, as JSON on stdout. */
import { writeFileSync } from 'node:fs';
import { createPrompts } from '../../../src/host/prompts.ts';

const [, , kind = '', report = ''] = process.argv;
const controller = new AbortController();
process.on('SIGTERM', () => controller.abort(new Error('terminated')));
const beside: Parameters<typeof createPrompts>[2] = {};
const prompts = createPrompts(controller.signal, undefined, beside);

const questions: Record<string, () => Promise<unknown>> = {
  input: () =>
    prompts.input({
      message: 'Question',
      default: 'preset',
      validate: (text) => text !== 'bad' || 'not that',
    }),
  password: () =>
    prompts.password({
      message: 'Question',
      validate: (text) => /^\S+$/.test(text) || 'not a key',
    }),
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
      choices: [{ name: 'First\u001b[2J\u202e', value: 1 }],
    }),
  search: () =>
    prompts.search({
      message: 'Question',
      source: async (term) =>
        ['anna', 'bert'].filter((name) => name.includes(term)).map((name) => ({ name, value: name })),
    }),
  told: () =>
    prompts.search({
      message: 'Question',
      source: async (term) => {
        if (term !== '') beside.say?.('a note\n');
        if (term === 'xx') throw new Error('not \u001b]0;owned\u0007 today');
        return [{ name: 'anna', value: 'anna' }];
      },
    }),
};

const outcome = await questions[kind]?.().then(
  (answer) => ({ answer }),
  (error: { message: string; exit?: number }) => ({ thrown: error.message, exit: error.exit }),
);
writeFileSync(report, JSON.stringify({ ...outcome, raw: process.stdin.isRaw }));
