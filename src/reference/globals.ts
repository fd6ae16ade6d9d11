/** The flags that every command takes, and what they become. */

import type { Option } from '../command.ts';
import { FORMATS } from '../config/settings.ts';

const OUTPUT = 'Output';
const CONNECTION = 'Connection';

export const globalOptions: readonly Option[] = [
  {
    name: 'format',
    kind: 'choice',
    values: FORMATS,
    description: 'Shape of the output; excel saves a workbook',
    group: OUTPUT,
  },
  { name: 'json', description: 'Short for --format json', group: OUTPUT },
  {
    name: 'output',
    short: 'o',
    kind: 'file',
    placeholder: 'FILE',
    description: 'Write to a file, whole or not at all; its ending gives the format',
    group: OUTPUT,
  },
  { name: 'force', description: 'Let -o replace an existing file', group: OUTPUT },
  {
    name: 'fields',
    kind: 'string',
    optionalValue: true,
    placeholder: 'A,B.C',
    description: 'Pick and order columns; without a value list those there are',
    group: OUTPUT,
  },
  {
    name: 'query',
    kind: 'string',
    placeholder: 'JMESPATH',
    description: 'Filter and reshape the whole result',
    group: OUTPUT,
  },
  {
    name: 'sort',
    kind: 'string',
    placeholder: 'FIELD[:desc]',
    description: 'Sort the rows that are shown by a field',
    group: OUTPUT,
  },
  { name: 'no-header', description: 'Leave out the header of a table or CSV', group: OUTPUT },
  {
    name: 'quiet',
    short: 'q',
    description: 'Print IDs alone, with --json as an array; no notes',
    group: OUTPUT,
  },
  {
    name: 'timezone',
    kind: 'string',
    placeholder: 'ZONE',
    complete: 'zone',
    description: "Whose days and times are meant; default: the organization's",
    group: OUTPUT,
  },
  {
    name: 'profile',
    kind: 'string',
    placeholder: 'NAME',
    complete: 'profile',
    description: 'Use this profile',
    group: CONNECTION,
  },
  { name: 'sandbox', description: 'Use the embedded sandbox: no account, no network', group: CONNECTION },
  {
    name: 'base-url',
    kind: 'url',
    placeholder: 'URL',
    description: 'Use another address of the API',
    group: CONNECTION,
  },
  {
    name: 'max-wait',
    kind: 'duration',
    placeholder: 'DUR',
    description: 'Longest wait for a rate limit (default 60s, 0 never)',
    group: CONNECTION,
  },
  {
    name: 'timeout',
    kind: 'duration',
    placeholder: 'DUR',
    description: 'Limit for each whole attempt (default 30s)',
    group: CONNECTION,
  },
  {
    name: 'max-body',
    kind: 'bytes',
    placeholder: 'BYTES',
    description: 'Largest answer accepted, as decoded (default 64MiB)',
    group: CONNECTION,
  },
  { name: 'no-input', description: 'Never ask anything', group: CONNECTION },
  { name: 'debug', description: 'Print each request, the key masked, and stack traces', group: CONNECTION },
];

/** Answered by the parser itself, after any command or noun. */
export const helpOption: Option = {
  name: 'help',
  short: 'h',
  description: 'Show help; with --json as data',
  group: 'About',
};
/** The same, where no command is named. */
export const versionOption: Option = {
  name: 'version',
  short: 'V',
  description: 'Show the version; with --json Node and platform too',
  group: 'About',
};

export const dryRunOption: Option = {
  name: 'dry-run',
  description: 'Print the request and send nothing',
  group: 'Safety',
};
/** Of a command that shows a plan: which it cannot make without a look at what is there. */
export const planOption: Option = {
  ...dryRunOption,
  description: 'Show the plan: it reads from the API and changes nothing',
};
export const yesOption: Option = {
  name: 'yes',
  short: 'y',
  description: 'Do not ask for confirmation',
  group: 'Safety',
};
