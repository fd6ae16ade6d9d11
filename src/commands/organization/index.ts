import { getOrganization } from '../../api/organization.ts';
import type { AnyCommand } from '../../command.ts';
import { fromEndpoint } from '../from-endpoint.ts';

export const commands: readonly AnyCommand[] = [
  fromEndpoint(getOrganization, {
    path: ['organization', 'show'],
    // Times in its table are in its own zone, which the same answer tells.
    async *run(session) {
      yield { type: 'data', data: await session.organization() };
    },
    examples: [
      { command: 'organization show', description: 'Name, size and time zone' },
      { command: 'organization show --json --query name', description: 'Its name alone, as JSON' },
    ],
  }),
];
