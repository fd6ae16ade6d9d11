import { type AnyCommand, command } from '../../command.ts';

export const commands: readonly AnyCommand[] = [
  command({
    path: ['doctor'],
    summary: 'Check the installation, configuration, key and connection',
    description:
      'Works with a broken configuration: that is what it is for. Sends nothing unless --network is given, and then ' +
      'one GET /organization. Exits 0 unless it finds a problem.',
    options: [{ name: 'network', description: 'Also ask the API: connection, key, clock, rate limit' }],
    examples: [
      { command: 'doctor', description: 'What can be found out without the network' },
      { command: 'doctor --network --json', description: 'Everything, for a report' },
    ],
    effect: 'local',
    output: {
      kind: 'rows',
      name: 'checks',
      whole: true,
      idField: 'check',
      columns: [
        { path: 'check', kind: 'text', header: 'Check', priority: 1 },
        { path: 'status', kind: 'status', header: 'Status', priority: 1 },
        { path: 'detail', kind: 'text', header: 'Detail', priority: 1 },
        { path: 'next', kind: 'text', header: 'Next', priority: 2, below: true },
      ],
    },
    async *run(session, input) {
      const { examine } = await import('./examine.ts');
      yield* examine(session, input);
    },
  }),
];
