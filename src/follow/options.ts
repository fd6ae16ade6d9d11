/** The flags of a tail, the same for every command that has one. */

import type { Column, Option } from '../command.ts';
import { UsageError } from '../errors.ts';
import { formatIn, isForeign, renamed } from '../formats.ts';

/** What the flags say. Times are RFC 3339, durations ms. */
export interface FollowInput {
  readonly follow?: boolean;
  readonly last?: number;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly interval?: number;
  readonly idleTimeout?: number;
  readonly maxEvents?: number;
  readonly exec?: string;
  readonly resume?: string;
  /** Global flags that a tail understands in its own way, or not at all. */
  readonly output?: string;
  readonly format?: string;
  readonly query?: string;
  readonly sort?: string;
}

const FOLLOWING = 'Following';

export const followOptions: readonly Option[] = [
  {
    name: 'follow',
    short: 'f',
    description: 'Go on with what arrives, each record once; -o FILE is appended to (NDJSON)',
    group: FOLLOWING,
  },
  {
    name: 'interval',
    kind: 'duration',
    description: "Time between polls; default: a fair share of the rate limit's calls",
    group: FOLLOWING,
  },
  {
    name: 'idle-timeout',
    kind: 'duration',
    description: 'End after so long without a record',
    group: FOLLOWING,
  },
  {
    name: 'max-events',
    kind: 'integer',
    min: 1,
    description: 'End after so many records, counting those that it starts with (-n 0: new ones alone)',
    group: FOLLOWING,
  },
  {
    name: 'exec',
    kind: 'string',
    placeholder: 'COMMAND',
    description: 'Run a program for each record, without a shell: the record on its standard input',
    group: FOLLOWING,
  },
  {
    name: 'resume',
    kind: 'string',
    placeholder: 'NAME',
    complete: 'resume',
    description: 'Remember under this name what was shown, and go on there next time',
    group: FOLLOWING,
  },
];

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SHORTEST_INTERVAL = 50;

const usage = (message: string, next: string) => new UsageError(message, { code: 'usage', next });

/** Checks what can be wrong with the flags together. @throws UsageError */
export function checkFollow(input: FollowInput): void {
  const alone = (['interval', 'idleTimeout', 'maxEvents', 'exec', 'resume'] as const).find(
    (key) => input[key] !== undefined,
  );
  if (!input.follow && alone !== undefined) {
    const flag = alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw usage(`--${flag} goes with --follow`, `add --follow, or leave out --${flag}`);
  }
  if (input.last !== undefined && input.since !== undefined && input.follow) {
    throw usage('--last and --since both say where to start', 'give one of them');
  }
  if (Date.parse(input.since ?? '') > Date.parse(input.until ?? '')) {
    throw usage(`--since ${input.since} lies after --until ${input.until}`, 'swap the two');
  }
  if (input.interval !== undefined && input.interval < SHORTEST_INTERVAL) {
    throw usage(`--interval is shorter than ${SHORTEST_INTERVAL} ms`, 'give a longer one, such as 5s');
  }
  if (input.resume !== undefined && !NAME.test(input.resume)) {
    throw usage(
      `--resume: "${input.resume}" is not a name`,
      'use letters, digits, dots, dashes and underscores, at most 64',
    );
  }
}

/** Whether the tail itself writes what `-o` names. */
export const ownsOutput = ({ follow, output }: FollowInput): boolean =>
  follow === true && output !== undefined && output !== '-';

/** Checks the flags that all commands share, for what cannot be done with an output that never ends. @throws UsageError */
export function checkShared(input: FollowInput, warn: (text: string) => void): void {
  for (const flag of ['query', 'sort'] as const) {
    if (input[flag] === undefined) continue;
    throw usage(
      `--${flag} needs the whole result, and --follow has no end`,
      `leave out --${flag}, or --follow`,
    );
  }
  if (ownsOutput(input) && input.format !== undefined && !input.format.endsWith('json')) {
    throw usage(
      `-o with --follow appends NDJSON, not ${input.format}`,
      'leave out --format; convert the file when it is done',
    );
  }
  const file = ownsOutput(input) ? (input.output ?? '') : '';
  const named = formatIn(file);
  if (isForeign(file) || named === 'csv' || named === 'excel') {
    throw usage(
      `-o with --follow appends NDJSON, and the name ${file} says something else`,
      `name it ${renamed(file, 'ndjson')}; convert the file when it is done`,
    );
  }
  if (named === 'json') {
    warn(
      `-o with --follow appends NDJSON, and the name ${file} says JSON; ${renamed(file, 'ndjson')} would say it`,
    );
  }
}

/** Marks a record that is older than one shown before it: the last column, narrow, as few rows have it. */
export const lateColumn: Column = { path: 'late', kind: 'boolean', header: 'Late', priority: 1 };
