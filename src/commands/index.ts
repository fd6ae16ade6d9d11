/**
 * The tree's first level: names and summaries alone, so that `--help` loads no command and a command loads no other.
 * The path names the file: `worktime employees list` is `commands/employees/`.
 */

import type { AnyCommand } from '../command.ts';

export interface Noun {
  readonly name: string;
  readonly summary: string;
  readonly group: 'Work' | 'Set up' | 'Webhooks and bulk work' | 'Tools';
  /** Itself a command, with no verbs below it. */
  readonly single?: boolean;
  readonly load: () => Promise<readonly AnyCommand[]>;
}

const WORK = 'Work';
const SETUP = 'Set up';
const BULK = 'Webhooks and bulk work';
const TOOLS = 'Tools';

export const nouns: readonly Noun[] = [
  {
    name: 'organization',
    summary: 'The organization that the key belongs to',
    group: WORK,
    load: async () => (await import('./organization/index.ts')).commands,
  },
  {
    name: 'employees',
    summary: 'List, show, add, change, delete, restore, import and sync employees',
    group: WORK,
    load: async () => (await import('./employees/index.ts')).commands,
  },
  {
    name: 'attendance',
    summary: 'List attendance, clock people in and out, import punches',
    group: WORK,
    load: async () => (await import('./attendance/index.ts')).commands,
  },
  {
    name: 'reports',
    summary: 'Payroll and attendance reports, as tables or Excel workbooks',
    group: WORK,
    load: async () => (await import('./reports/index.ts')).commands,
  },
  {
    name: 'locks',
    summary: 'Smart locks, and who opened them',
    group: WORK,
    load: async () => (await import('./locks/index.ts')).commands,
  },
  {
    name: 'login',
    summary: 'Save a key as a profile',
    group: SETUP,
    single: true,
    load: async () => (await import('./login/index.ts')).commands,
  },
  {
    name: 'logout',
    summary: "Forget a profile's key",
    group: SETUP,
    single: true,
    load: async () => (await import('./logout/index.ts')).commands,
  },
  {
    name: 'whoami',
    summary: 'Show the profile, organization and key in force, and where each came from',
    group: SETUP,
    single: true,
    load: async () => (await import('./whoami/index.ts')).commands,
  },
  {
    name: 'profiles',
    summary: 'List, show, choose, rename and remove profiles',
    group: SETUP,
    load: async () => (await import('./profiles/index.ts')).commands,
  },
  {
    name: 'config',
    summary: 'Defaults and aliases',
    group: SETUP,
    load: async () => (await import('./config/index.ts')).commands,
  },
  {
    name: 'doctor',
    summary: 'Check the installation, configuration, key and connection',
    group: SETUP,
    single: true,
    load: async () => (await import('./doctor/index.ts')).commands,
  },
  {
    name: 'webhooks',
    summary: 'Listen to, trigger, replay and audit webhooks',
    group: BULK,
    load: async () => (await import('./webhooks/index.ts')).commands,
  },
  {
    name: 'runs',
    summary: 'Journals of bulk work: list, show, resume, undo',
    group: BULK,
    load: async () => (await import('./runs/index.ts')).commands,
  },
  {
    name: 'sandbox',
    summary: 'The embedded API: serve, reset, status, keys, simulate',
    group: TOOLS,
    load: async () => (await import('./sandbox/index.ts')).commands,
  },
  {
    name: 'api',
    summary: 'Call any path of the API',
    group: TOOLS,
    single: true,
    load: async () => (await import('./api/index.ts')).commands,
  },
  {
    name: 'limits',
    summary: 'Show the rate limit, as last seen and now',
    group: TOOLS,
    single: true,
    load: async () => (await import('./limits/index.ts')).commands,
  },
  {
    name: 'openapi',
    summary: 'Print the OpenAPI 3.1 document of the API',
    group: TOOLS,
    single: true,
    load: async () => (await import('./openapi/index.ts')).commands,
  },
  {
    name: 'completion',
    summary: 'Print a completion script for bash, zsh, fish or PowerShell',
    group: TOOLS,
    single: true,
    load: async () => (await import('./completion/index.ts')).commands,
  },
  {
    name: 'help',
    summary: 'Help on a command or a topic',
    group: TOOLS,
    single: true,
    load: async () => (await import('./help/index.ts')).commands,
  },
];
