/** The topics of `worktime help`, as paragraphs and pairs. Text and table cannot drift: the exit codes are the table itself. */

import { EXIT_MEANINGS } from '../errors.ts';

/** A paragraph, or pairs of a term (a command, a flag, a code) and what it means. */
export type Block = string | readonly (readonly [term: string, meaning: string])[];

export interface Topic {
  readonly name: string;
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** The environment variables that the tool reads. */
export const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['WORKTIME_API_KEY', 'the key; beats the key of any profile'],
  ['WORKTIME_PROFILE', 'the profile to use; `sandbox` is built in'],
  ['WORKTIME_BASE_URL', 'another address of the API; needs a key that was meant for it'],
  ['WORKTIME_CONFIG_DIR', 'where the configuration is kept'],
  ['WORKTIME_STATE_DIR', 'where journals, cursors, caches and the sandbox are kept'],
  ['WORKTIME_FORMAT', 'table, json, ndjson, csv or excel'],
  ['WORKTIME_MAX_WAIT', 'the longest wait for a rate limit, such as 5m; 0: never'],
  ['WORKTIME_DEBUG', 'not empty, 0, false or no: as --debug'],
  ['NO_COLOR', 'not empty: no colour'],
  ['FORCE_COLOR', 'not empty: colour without a terminal'],
  ['CI', 'not empty, 0, false or no: nothing is ever asked, and no names are kept for completions'],
];

/** What a `.worktime.json` may hold. */
const PROJECT_KEYS: readonly (readonly [string, string])[] = [
  ['profile', 'the name of a profile on this machine, or sandbox'],
  ['format', 'as WORKTIME_FORMAT'],
  ['timezone', 'an IANA name, as --timezone'],
  ['max-wait', 'as WORKTIME_MAX_WAIT'],
];

export const topics: readonly Topic[] = [
  {
    name: 'environment',
    summary: 'Environment variables, .worktime.json, and what beats what',
    blocks: [
      'A flag beats the environment, that beats the .worktime.json of this folder or one above it (a profile and defaults; never a key or a base URL), that beats the profile, that beats the default. `worktime whoami` shows where each value came from.',
      ENVIRONMENT,
      'A .worktime.json, such as { "profile": "acme", "timezone": "Europe/Berlin", "max-wait": "5m" }, may hold:',
      PROJECT_KEYS,
      'It is found from this folder upwards, the nearest alone. A key or an address in it stops every command with 9; what else it holds is ignored, with a warning.',
    ],
  },
  {
    name: 'exit-codes',
    summary: 'What each exit code means',
    blocks: [
      EXIT_MEANINGS.map(([code, meaning]) => [String(code).padStart(3), meaning]),
      'When several apply: 8 > 4 > 9 > 7 > 5 > 6 > 3. Only 5 and 7 are worth trying again as they are. A closed standard output (| head) ends a read quietly with 0. A question answered with no ends with 2, a tail or a server that is ended with Ctrl-C with 0.',
    ],
  },
  {
    name: 'formats',
    summary: 'Tables, JSON, NDJSON, CSV and Excel; picking, sorting and querying',
    blocks: [
      [
        ['table', 'for people: fitted to the terminal, never cut in a pipe or a file'],
        ['json', 'the data itself, one document however many pages'],
        ['ndjson', 'a row a line, as it comes'],
        ['csv', 'RFC 4180; text that a spreadsheet would run as a formula is disarmed'],
        ['excel', 'a workbook; without -o it gets a name of its own in this folder'],
      ],
      [
        ['--fields name,salary', 'picks and orders columns; without a value lists them'],
        [
          '--query JMESPATH',
          'over the whole merged result, the same in every format; of a list, that is the page, or with --all every page',
        ],
        ['--sort salary:desc', 'sorts the rows that are shown: one page of a list, or with --all every page'],
        ['--quiet', 'prints IDs alone, one a line; with --json an array of them'],
        ['-o FILE', 'whole or not at all; an existing file needs --force'],
      ],
      'The ending of FILE gives the format where no flag does: .csv, .xlsx, .json, .ndjson or .jsonl; .txt or none is a table. Names of what is not made here (.xls, .pdf, .ods) are refused. With --follow, -o appends NDJSON.',
      'On a terminal, a table shows the columns that it has room for and says what is missing; in a pipe or a file it has them all.',
      'Standard output is data alone; notes, progress and errors go to standard error.',
    ],
  },
  {
    name: 'dates',
    summary: 'Words for dates, times and durations',
    blocks: [
      "Days are the organization's, in its time zone where it names one; --timezone overrides.",
      [
        [
          'Dates',
          '2024-11-18, today, yesterday, tomorrow, -7d, +2w, this-week, last-week, this-month, last-month, this-year, last-year, 2024-11. A longer period is its first day as --from and its last as --to; a week starts on Monday. --month 2024-11 (or this-month, last-month) is both at once.',
        ],
        [
          'Times',
          '2024-11-18T09:00:00Z, "2024-11-18 09:00", 09:00 (today), now, -15m; a word for a date is the start of its day',
        ],
        ['Durations', '500ms, 30s, 5m, 2h, 1d, 2w, 1h30m'],
      ],
    ],
  },
  {
    name: 'webhooks',
    summary: 'Receiving events, and what the API does not promise of them',
    blocks: [
      'Webhooks are set up in the web account (Settings, Webhooks): an address and the events wanted. The API signs nothing and numbers nothing, so the address itself carries a token, and events may come twice or out of order.',
      [
        ['worktime webhooks listen', 'receive, record, show'],
        ['worktime webhooks listen --forward URL', 'and hand on to a program of yours'],
        ['worktime webhooks events', 'the seven events'],
        ['worktime webhooks trigger EVENT --to URL', 'send one, to test a handler'],
        ['worktime webhooks replay --since -1h', 'send recorded ones again'],
        ['worktime webhooks audit --from -7d', 'what never arrived'],
      ],
      'An event is on disk before it is acknowledged.',
    ],
  },
  {
    name: 'sandbox',
    summary: 'Trying everything without an account',
    blocks: [
      'The sandbox is the whole API inside this tool: 42 employees, five locks, ninety days of attendance. Nothing leaves this machine.',
      [
        ['worktime --sandbox employees list', 'one command'],
        ['export WORKTIME_PROFILE=sandbox', 'every command'],
        ['worktime sandbox serve', 'over HTTP, for any client'],
        ['worktime sandbox reset', 'start afresh'],
        ['worktime sandbox keys', 'a key for each scope'],
      ],
      'Its payroll policy is a demonstration, not payroll advice.',
    ],
  },
  {
    name: 'scripting',
    summary: 'Use in scripts, cron and CI',
    blocks: [
      'Pass the key as WORKTIME_API_KEY, or --profile with a key command. Nothing is asked where there is no terminal; --no-input makes sure. Deletes need --yes.',
      [
        [
          'worktime employees list --all --quiet',
          'an ID a line, for a loop; without --all those of one page',
        ],
        ['worktime reports payroll --month last-month --json --query totals.total_pay', 'one number'],
        ['worktime attendance clock in emp_123456 --dry-run', 'the request, not sent'],
        ['worktime help --all --json', 'every command and flag, for programs'],
      ],
      'Errors go to standard error, with --json or --format ndjson as one object: code, message, field, status, method, path, applied, next, exit. A write whose outcome is unclear is read back; exit 8 means that even that did not tell. The exit codes: worktime help exit-codes',
    ],
  },
];
