import { command } from '../../command.ts';

const MAY = {
  read: 'GET',
  write: 'GET, POST, PUT',
  full: 'everything, DELETE included',
} as const;

export const keys = command({
  path: ['sandbox', 'keys'],
  summary: 'Show the keys that open the sandbox',
  description: 'One per scope. Nothing else opens it, so that a real key is never typed into a toy.',
  effect: 'local',
  output: {
    kind: 'rows',
    name: 'keys',
    idField: 'key',
    columns: [
      { path: 'key', kind: 'id', priority: 1 },
      { path: 'scope', kind: 'text', priority: 1 },
      { path: 'may', kind: 'text', header: 'May', priority: 1 },
    ],
  },
  examples: [{ command: 'sandbox keys', description: 'A key for each scope' }],
  async *run() {
    const { KEYS } = await import('../../sandbox/config.ts');
    const rows = Object.entries(KEYS).map(([key, scope]) => ({ key, scope, may: MAY[scope] }));
    yield { type: 'rows', rows };
  },
});
