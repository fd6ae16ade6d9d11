import { type AnyCommand, command } from '../../command.ts';
import { UsageError } from '../../errors.ts';

export const commands: readonly AnyCommand[] = [
  command({
    path: ['login'],
    summary: 'Save a key as a profile',
    description:
      'Asks for the base URL, for the key (without showing it) and for a name; checks the key with GET /organization and ' +
      'saves it as a profile. Where the profile has another key, it asks first at a terminal, and warns elsewhere. ' +
      'The first profile comes into use; `worktime profiles use` chooses another. ' +
      'The key is never an argument: arguments are seen by every user of the machine.',
    options: [
      { name: 'key-stdin', description: 'Read the key from standard input' },
      {
        name: 'key-command',
        kind: 'string',
        placeholder: 'COMMAND',
        description:
          'Store no key, but a program that prints it; run without a shell whenever a key is needed',
      },
    ],
    examples: [
      { command: 'login', description: 'Ask for everything', untested: 'asks at a terminal' },
      {
        command: 'login --profile staging --key-stdin < key.txt',
        description: 'From a file or a pipe',
        untested: 'needs a key',
      },
      {
        command: 'login --key-command "pass show worktime"',
        description: 'Leave the key in a password manager',
        untested: 'needs a password manager',
      },
    ],
    effect: 'local',
    output: {
      kind: 'record',
      name: 'login',
      idField: 'profile',
      columns: [
        { path: 'profile', kind: 'text', header: 'Profile' },
        { path: 'organization', kind: 'text', header: 'Organization' },
        { path: 'organization_id', kind: 'id', header: 'Organization ID' },
        { path: 'base_url', kind: 'text', header: 'Base URL' },
        { path: 'key', kind: 'text', header: 'Key' },
        { path: 'scope', kind: 'text', header: 'Scope' },
        { path: 'in_use', kind: 'boolean', header: 'In use' },
      ],
    },
    tooMany(words) {
      const isKey = words.some((word) => word.startsWith('wt_') || word.length >= 20);
      const next = isKey
        ? 'delete that key under Settings → API Keys, as the history of your shell has it now; make another, and give it to `worktime login` when it asks'
        : 'run `worktime login`, which asks for the key; a name goes with --profile';
      return new UsageError('login takes no argument: a key is never one, as others on this machine see it', {
        code: 'excess_arguments',
        next,
      });
    },
    check(input) {
      if (input['keyStdin'] && input['keyCommand'] !== undefined) {
        throw new UsageError('--key-stdin and --key-command do not go together', {
          next: 'give one of them',
        });
      }
    },
    async *run(session, input) {
      const { login } = await import('./login.ts');
      yield { type: 'data', data: await login(session, input) };
    },
  }),
];
