import { type AnyCommand, command } from '../../command.ts';

export const commands: readonly AnyCommand[] = [
  command({
    path: ['whoami'],
    summary: 'Show the profile, organization and key in force, and where each came from',
    description:
      'Reads what is stored and asks the API only where the organization is not known, as with a key from the ' +
      'environment. The key is shown masked.',
    examples: [
      { command: 'whoami', description: 'What the next command would use' },
      { command: 'whoami --json --query organization', description: 'The organization alone, for a script' },
    ],
    effect: 'local',
    output: {
      kind: 'record',
      name: 'whoami',
      idField: 'profile',
      brief: true,
      columns: [
        { path: 'profile', kind: 'text', header: 'Profile' },
        { path: 'profile_source', kind: 'text', header: '  from', of: 'profile' },
        { path: 'organization', kind: 'text', header: 'Organization' },
        { path: 'organization_id', kind: 'id', header: 'Organization ID' },
        { path: 'organization_source', kind: 'text', header: '  from', of: 'organization' },
        { path: 'base_url', kind: 'text', header: 'Base URL' },
        { path: 'base_url_source', kind: 'text', header: '  from', of: 'base_url' },
        { path: 'key', kind: 'text', header: 'Key' },
        { path: 'key_source', kind: 'text', header: '  from', of: 'key' },
        { path: 'scope', kind: 'text', header: 'Scope' },
        { path: 'shadowed_key', kind: 'text', header: 'Shadowed key' },
        { path: 'timezone', kind: 'text', header: 'Time zone' },
        { path: 'timezone_source', kind: 'text', header: '  from', of: 'timezone' },
        { path: 'format', kind: 'text', header: 'Format' },
        { path: 'format_source', kind: 'text', header: '  from', of: 'format' },
        { path: 'max_wait', kind: 'text', header: 'Longest wait' },
        { path: 'max_wait_source', kind: 'text', header: '  from', of: 'max_wait' },
        { path: 'project_file', kind: 'text', header: 'Project file' },
        { path: 'config_file', kind: 'text', header: 'Configuration' },
      ],
    },
    async *run(session) {
      const { whoami } = await import('./whoami.ts');
      yield* whoami(session);
    },
  }),
];
