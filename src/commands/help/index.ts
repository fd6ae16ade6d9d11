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
  const { helpText, referenceText, WIDTH } = await import('../../reference/help.ts');
  const { topics } = await import('../../reference/topics.ts');
  const path = input.topic ?? [];
  if (input.json || input.format === 'json') {
    const { commandTree } = await import('../../reference/tree.ts');
    yield { type: 'text', text: `${JSON.stringify(await commandTree(nouns, path), null, 2)}\n` };
    return;
  }
  if (input.all) {
    yield { type: 'text', text: await referenceText(nouns) };
    return;
  }
  const topic = path.length === 1 ? topics.find(({ name }) => name === path[0]) : undefined;
  const width = Math.min(context.stdout.columns || WIDTH, 100);
  yield { type: 'text', text: topic ? topic.text(width) : await helpText(path, nouns, context.stdout) };
}

export const commands: readonly AnyCommand[] = [
  command<HelpInput>({
    path: ['help'],
    summary: 'Help on a command or a topic',
    description: 'Topics: environment, exit-codes, formats, dates, webhooks, sandbox, scripting.',
    arguments: [
      { name: 'topic', kind: 'string', variadic: true, complete: 'command', description: 'A command, such as employees list, or a topic' },
    ],
    options: [{ name: 'all', description: 'The whole reference; with --format json the command tree, for tools' }],
    examples: [
      { command: 'help employees list', description: 'A command' },
      { command: 'help exit-codes', description: 'A topic' },
      { command: 'help --all', description: 'Everything' },
    ],
    effect: 'local',
    output: { kind: 'text', name: 'help' },
    run,
  }),
];
