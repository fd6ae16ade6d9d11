import { command, type Input } from '../../command.ts';
import { SANDBOX } from '../../config/sandbox-profile.ts';
import { UsageError } from '../../errors.ts';
import type { SandboxConfig } from '../../sandbox/config.ts';
import { rfc3339 } from '../../time/zone.ts';
import { type ShapeInput, shapeOf, shapeOptions } from './shape.ts';

const clock = (minutes: number) => new Date(minutes * 60_000).toISOString().slice(11, 16);

/** A configuration for a person. */
function configRow(config: SandboxConfig): Record<string, unknown> {
  return {
    seed: config.fixture ? null : config.seed,
    fixture: config.fixture,
    employees: config.employees,
    timezone: config.timezone,
    shift: `${clock(config.shift.start)}-${clock(config.shift.end)}`,
    holidays: config.holidays,
    plan: config.plan,
    made_at: rfc3339(Math.floor(config.epoch / 1000) * 1000),
  };
}

const configColumns = [
  { path: 'seed', kind: 'integer' },
  { path: 'fixture', kind: 'text' },
  { path: 'employees', kind: 'integer' },
  { path: 'timezone', kind: 'text', header: 'Time zone' },
  { path: 'shift', kind: 'text' },
  { path: 'holidays', kind: 'list' },
  { path: 'plan', kind: 'text' },
  { path: 'made_at', kind: 'time', header: 'Made at' },
] as const;

/** Whoever names another profile or address means what is there: that is not made anew from here. */
function checkEmbedded({ profile, baseUrl }: Input): void {
  const flag =
    profile !== undefined && profile !== SANDBOX
      ? '--profile'
      : baseUrl === undefined
        ? undefined
        : '--base-url';
  if (flag === undefined) return;
  throw new UsageError(`sandbox reset is for the embedded sandbox, and not for what ${flag} names`, {
    next: `leave ${flag} out`,
  });
}

export const reset = command<ShapeInput>({
  path: ['sandbox', 'reset'],
  summary: 'Make the sandbox anew',
  description:
    'Forgets every change and computes the data from the seed again. It holds no real data, so nothing is asked.',
  options: shapeOptions,
  effect: 'local',
  output: { kind: 'record', name: 'sandbox', idField: 'employees', columns: configColumns },
  examples: [
    { command: 'sandbox reset', description: 'Forty-two employees and ninety days of history' },
    {
      command: 'sandbox reset --seed 7 --employees 1000',
      description: 'A larger organization of other people',
    },
    {
      command: 'sandbox reset --fixture january-2024',
      description: 'The payroll example that is worked to the cent',
    },
  ],
  async *run({ context }, input) {
    checkEmbedded(input as Input);
    const { sandboxDirectory } = await import('../../sandbox/index.ts');
    const { resetState } = await import('../../sandbox/state-files.ts');
    const { forgetSandboxNames } = await import('../../completion/forget.ts');
    const config = await resetState(sandboxDirectory(context), context, await shapeOf(input));
    forgetSandboxNames(context.directories.state);
    yield { type: 'data', data: configRow(config) };
  },
});

export const status = command({
  path: ['sandbox', 'status'],
  summary: 'Show what the sandbox is made of and what has changed',
  effect: 'local',
  output: {
    kind: 'record',
    name: 'sandbox',
    idField: 'directory',
    columns: [
      { path: 'exists', kind: 'boolean' },
      { path: 'directory', kind: 'text' },
      ...configColumns,
      { path: 'history_from', kind: 'date', header: 'History from' },
      { path: 'history_to', kind: 'date', header: 'History to' },
      { path: 'employees_now', kind: 'integer', header: 'Employees now' },
      { path: 'writes', kind: 'integer', header: 'Writes since' },
    ],
  },
  examples: [{ command: 'sandbox status', description: 'Seed, size, history and writes' }],
  async *run({ context }) {
    const { sandboxDirectory } = await import('../../sandbox/index.ts');
    const { describeState } = await import('../../sandbox/status.ts');
    const directory = sandboxDirectory(context);
    const about = await describeState(directory, context);
    const row = about ? { ...configRow(about.config), ...about.facts } : {};
    yield { type: 'data', data: { exists: about !== undefined, directory, ...row } };
  },
});
