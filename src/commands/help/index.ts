import { type AnyCommand, type Chunk, command } from '../../command.ts';
import type { Session } from '../../session.ts';

interface HelpInput {
  readonly topic?: readonly string[];
  readonly all?: boolean;
  readonly format?: string;
  readonly json?: boolean;
}

async function* run({ context }: Session, input: HelpInput): AsyncGenerator<Chunk> {
  const { nouns } = await import('../index.ts');
  const { helpText, referenceText } = await import('../../reference/help.ts');
  const path = input.topic ?? [];
  if (input.json || input.format === 'json') {
    if (path.length > 0) await helpText(path, nouns, context.stdout);
    const { commandTree } = await import('../../reference/tree.ts');
    yield { type: 'text', text: `${JSON.stringify(await commandTree(nouns, path), null, 2)}\n` };
  } else {
    const text = input.all
      ? await referenceText(nouns, context.stdout)
      : await helpText(path, nouns, context.stdout);
    yield { type: 'text', text };
  }
}

export const commands: readonly AnyCommand[] = [
  command<HelpInput>({
    path: ['help'],
    summary: 'Help on a command or a topic',
    description:
      'Topics: environment, exit-codes, formats, dates, webhooks, sandbox, scripting. With --format json the commands, flags and exit codes as data, for tools and agents.',
    arguments: [
      {
        name: 'topic',
        kind: 'string',
        variadic: true,
        complete: 'command',
        description: 'A command, such as employees list, or a topic',
      },
    ],
    options: [{ name: 'all', description: 'The whole reference' }],
    examples: [
      { command: 'help employees list', description: 'A command' },
      { command: 'help exit-codes', description: 'A topic' },
      { command: 'help --all', description: 'Everything' },
      { command: 'help --all --format json', description: 'Everything, as data' },
    ],
    effect: 'local',
    output: { kind: 'text', name: 'help' },
    run,
  }),
];
