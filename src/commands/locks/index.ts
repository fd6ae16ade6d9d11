import { listLocks } from '../../api/locks.ts';
import type { AnyCommand } from '../../command.ts';
import { fromEndpoint } from '../from-endpoint.ts';
import { history } from './history.ts';

export const commands: readonly AnyCommand[] = [
  fromEndpoint(listLocks, {
    options: [],
    examples: [
      { command: 'locks list', description: 'Every lock, its battery and when it was last heard of' },
    ],
  }),
  history,
];
