import { DEFAULT_BASE_URL } from '../../client/url.ts';
import { type AnyCommand, type Argument, type Column, command, type Input } from '../../command.ts';
import type { Session } from '../../session.ts';

const NAME: Argument = {
  name: 'name',
  kind: 'string',
  required: true,
  complete: 'profile',
  description: 'Name of a profile',
};

const COLUMNS: readonly Column[] = [
  { path: 'name', kind: 'text', header: 'Profile', priority: 1 },
  { path: 'in_use', kind: 'boolean', header: 'In use', priority: 1 },
  { path: 'organization', kind: 'text', header: 'Organization', priority: 1 },
  { path: 'organization_id', kind: 'id', header: 'Organization ID', priority: 4 },
  // The vendor's has room for it whole: nobody reads a host that is broken in two.
  { path: 'base_url', kind: 'text', header: 'Base URL', priority: 2, comfort: DEFAULT_BASE_URL.length },
  { path: 'key', kind: 'text', header: 'Key', priority: 1 },
];

const SCOPE: Column = { path: 'scope', kind: 'text', header: 'Scope' };

const RECORD = { kind: 'record', name: 'profile', idField: 'name', columns: [...COLUMNS, SCOPE] } as const;

/** What a verb does, loaded when it runs. */
const actions = () => import('./actions.ts');
const nameOf = (input: Input) => String(input['name']);

export const commands: readonly AnyCommand[] = [
  command({
    path: ['profiles', 'list'],
    summary: 'List the profiles',
    examples: [{ command: 'profiles list', description: 'Whose keys there are, and which is in use' }],
    effect: 'local',
    // Most keys' scope nobody knows: in a list at a terminal that is no column unless asked for.
    output: {
      kind: 'rows',
      name: 'profiles',
      idField: 'name',
      columns: [...COLUMNS, { ...SCOPE, priority: 0 }],
      whole: true,
    },
    async *run(session) {
      yield { type: 'rows', rows: (await actions()).list(session) };
    },
  }),
  command({
    path: ['profiles', 'show'],
    summary: 'Show a profile',
    description: 'Shows the profile in use where no name is given. The key is masked.',
    arguments: [{ ...NAME, required: false }],
    examples: [{ command: 'profiles show sandbox', description: 'The built-in one' }],
    effect: 'local',
    output: RECORD,
    async *run(session, input) {
      const name = typeof input['name'] === 'string' ? input['name'] : undefined;
      yield { type: 'data', data: (await actions()).show(session, name) };
    },
  }),
  command({
    path: ['profiles', 'use'],
    summary: 'Choose the profile that commands use',
    arguments: [NAME],
    examples: [{ command: 'profiles use sandbox', description: 'Practise on the sandbox from now on' }],
    effect: 'local',
    output: RECORD,
    async *run(session, input) {
      yield { type: 'data', data: await (await actions()).use(session, nameOf(input)) };
    },
  }),
  command({
    path: ['profiles', 'rename'],
    summary: 'Give a profile another name',
    arguments: [NAME, { name: 'to', kind: 'string', required: true, description: 'Its new name' }],
    examples: [
      { command: 'profiles rename default acme', description: 'A better name', untested: 'needs a profile' },
    ],
    effect: 'local',
    output: RECORD,
    async *run(session: Session, input: Input) {
      yield {
        type: 'data',
        data: await (await actions()).rename(session, nameOf(input), String(input['to'])),
      };
    },
  }),
  command({
    path: ['profiles', 'remove'],
    summary: 'Remove a profile with its key, aliases and defaults',
    arguments: [NAME],
    options: [{ name: 'yes', short: 'y', description: 'Do not ask for confirmation', group: 'Safety' }],
    examples: [
      {
        command: 'profiles remove staging --yes',
        description: 'Without a question',
        untested: 'needs a profile',
      },
    ],
    effect: 'local',
    output: {
      kind: 'record',
      name: 'profile',
      idField: 'name',
      columns: [
        { path: 'name', kind: 'text', header: 'Profile' },
        { path: 'removed', kind: 'boolean', header: 'Removed' },
      ],
    },
    async *run(session, input) {
      yield {
        type: 'data',
        data: await (await actions()).remove(session, nameOf(input), input['yes'] === true),
      };
    },
  }),
];
