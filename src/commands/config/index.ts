import { type AnyCommand, type Argument, type Column, command, type Input } from '../../command.ts';

const KEY: Argument = {
  name: 'key',
  kind: 'string',
  required: true,
  complete: 'setting',
  description: 'format, timezone, max-wait, or an alias such as alias.department.eng',
};

const COLUMNS: readonly Column[] = [
  { path: 'key', kind: 'text', header: 'Setting', priority: 1 },
  { path: 'value', kind: 'text', header: 'Value', priority: 2 },
  { path: 'profile', kind: 'text', header: 'Profile', priority: 2 },
];

const ROWS = {
  kind: 'rows',
  name: 'settings',
  idField: 'key',
  columns: COLUMNS,
  whole: true,
  brief: 'always',
} as const;

/** What a verb does, loaded when it runs. */
const actions = () => import('./actions.ts');

export const commands: readonly AnyCommand[] = [
  command({
    path: ['config', 'list'],
    summary: 'List the defaults and aliases',
    description:
      'Lists what is stored, with --profile only what is for all and of that profile; `worktime whoami` shows what is in force and why.',
    examples: [{ command: 'config list', description: 'Everything that is set' }],
    effect: 'local',
    output: ROWS,
    async *run(session, input: Input) {
      yield { type: 'rows', rows: (await actions()).list(session, profileOf(input)) };
    },
  }),
  command({
    path: ['config', 'get'],
    summary: 'Print the value of a setting',
    description: 'Prints the stored value alone; nothing, and a note, where it is not set.',
    arguments: [KEY],
    examples: [{ command: 'config get timezone', description: 'For a script' }],
    effect: 'local',
    output: { kind: 'text', name: 'setting' },
    async *run(session, input) {
      const value = (await actions()).get(session, String(input['key']), profileOf(input));
      const json = input['json'] === true || input['format'] === 'json' || input['format'] === 'ndjson';
      if (json) yield { type: 'text', text: `${JSON.stringify(value ?? null)}\n` };
      else if (value !== undefined) yield { type: 'text', text: `${value}\n` };
    },
  }),
  command({
    path: ['config', 'set'],
    summary: 'Set a default or an alias',
    description:
      'Sets it for all profiles, or with --profile for one: an alias that names an ID belongs to one organization.',
    arguments: [
      {
        name: 'words',
        kind: 'string',
        required: true,
        variadic: true,
        placeholder: 'KEY=VALUE',
        complete: 'assignment',
        description: 'KEY VALUE, or any number of KEY=VALUE',
      },
    ],
    examples: [
      { command: 'config set format json', description: 'JSON unless a flag says otherwise' },
      { command: 'config set alias.department.eng=dept_eng', description: 'A short name for an ID' },
      { command: 'config set timezone=Europe/Berlin max-wait=5m', description: 'Several at once' },
    ],
    effect: 'local',
    output: ROWS,
    async *run(session, input) {
      const { set } = await actions();
      yield { type: 'rows', rows: await set(session, input['words'] as readonly string[], profileOf(input)) };
    },
  }),
  command({
    path: ['config', 'unset'],
    summary: 'Remove defaults or aliases',
    arguments: [{ ...KEY, name: 'keys', variadic: true, placeholder: 'KEY' }],
    examples: [{ command: 'config unset format', description: 'Back to the default' }],
    effect: 'local',
    output: ROWS,
    async *run(session, input) {
      const { unset } = await actions();
      yield {
        type: 'rows',
        rows: await unset(session, input['keys'] as readonly string[], profileOf(input)),
      };
    },
  }),
  command({
    path: ['config', 'path'],
    summary: 'Print the path of the configuration file',
    examples: [{ command: 'config path', description: 'Where it is, or would be' }],
    effect: 'local',
    output: { kind: 'text', name: 'path' },
    async *run(session) {
      const { configPath } = await import('../../config/read.ts');
      yield { type: 'text', text: `${configPath(session.context.directories.config)}\n` };
    },
  }),
];

/** Only a profile that is named here and now: a default meant for all must not land in one by chance. */
function profileOf(input: Input): string | undefined {
  return typeof input['profile'] === 'string' ? input['profile'] : undefined;
}
