/**
 * Every way a command can end, and the one table that maps it to an exit code. Imports nothing, so that any
 * room may throw. Logic throws these; `main.ts` alone catches, prints and sets the exit.
 */

export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  partial: 3,
  auth: 4,
  temporary: 5,
  refused: 6,
  rateLimited: 7,
  unknown: 8,
  local: 9,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit codes in words, as `worktime help exit-codes` and the README show them. */
export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [0, 'done'],
  [1, 'a bug: unexpected error'],
  [2, 'usage or bad input; nothing was sent'],
  [3, 'partly done; the journal lists the rest'],
  [4, 'the key is missing, rejected (401) or lacks the scope (403, the needed one named)'],
  [5, 'temporary: network, DNS, TLS, timeout, 5xx after retries; safe to run again'],
  [
    6,
    'the API refused (400, 404, 409 …) or its answer is not valid (HTML, cut, cross-origin redirect, over the cap)',
  ],
  [7, 'rate limited beyond --max-wait'],
  [8, "a write's outcome is unknown"],
  [9, 'local: config, lock, disk'],
  [130, 'interrupted'],
  [143, 'terminated'],
];

/** When several errors apply to one run, the first of these decides its exit. */
const PRECEDENCE: readonly number[] = [8, 4, 9, 7, 5, 6, 3];

/** Whether a write took effect at the API. */
export type Applied = 'yes' | 'no' | 'unknown';

/** What an error knows besides its message. All of it may be shown to the user: never put a key in here. */
export interface ErrorFields {
  /** The API's own code where it gave one, else ours, in snake_case. */
  readonly code?: string | undefined;
  /** The API's own message, shown on a line of its own when it differs from ours. */
  readonly detail?: string | undefined;
  /** The field of the request that is at fault. */
  readonly field?: string | undefined;
  readonly status?: number | undefined;
  readonly method?: string | undefined;
  /** The path of the request below the base URL, without its query. */
  readonly path?: string | undefined;
  readonly applied?: Applied | undefined;
  /** One line: what to do next. */
  readonly next?: string | undefined;
  /** Further lines, such as every fault of a file that was checked. */
  readonly lines?: readonly string[] | undefined;
  readonly cause?: unknown;
}

/** The base of every error that the tool expects. `exit` is a row of the table above. */
export class WorkTimeError extends Error {
  readonly exit: ExitCode = EXIT.bug;
  readonly code: string;
  readonly detail: string | undefined;
  readonly field: string | undefined;
  readonly status: number | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly applied: Applied | undefined;
  readonly next: string | undefined;
  readonly lines: readonly string[];

  constructor(message: string, fields: ErrorFields = {}, defaultCode = 'unexpected') {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = new.target.name;
    this.code = fields.code ?? defaultCode;
    this.detail = fields.detail;
    this.field = fields.field;
    this.status = fields.status;
    this.method = fields.method;
    this.path = fields.path;
    this.applied = fields.applied;
    this.next = fields.next;
    this.lines = fields.lines ?? [];
  }
}

/** Bad flags, bad input, a bad file: found before anything was sent. */
export class UsageError extends WorkTimeError {
  override readonly exit = EXIT.usage;
  constructor(message: string, fields: ErrorFields = {}) {
    super(message, fields, 'usage');
  }
}

/** Some of the work was done and the rest was not. */
export class PartialError extends WorkTimeError {
  override readonly exit = EXIT.partial;
  constructor(message: string, fields: ErrorFields = {}) {
    super(message, fields, 'partial');
  }
}

/** No key, a rejected key (401), or a key without the scope (403). */
export class AuthError extends WorkTimeError {
  override readonly exit = EXIT.auth;
  constructor(message: string, fields: ErrorFields = {}) {
    super(message, fields, 'unauthorized');
  }
}

/** The network, DNS, TLS, a timeout, or a server fault that outlasted the retries. */
export class TemporaryError extends WorkTimeError {
  override readonly exit = EXIT.temporary;
  constructor(message: string, fields: ErrorFields = {}) {
    super(message, fields, 'temporary');
  }
}

/** The API said no (400, 404, 409 …). */
export class RefusedError extends WorkTimeError {
  override readonly exit = EXIT.refused;
  constructor(message: string, fields: ErrorFields = {}) {
    super(message, fields, 'refused');
  }
}

/** The API answered something that is not its contract: HTML, a cut body, a redirect, too many bytes. */
export class InvalidAnswerError extends WorkTimeError {
  override readonly exit = EXIT.refused;
  constructor(message: string, fields: ErrorFields = {}) {
    super(message, fields, 'invalid_answer');
  }
}

/** Rate limited for longer than may be waited (`maxWait`). `resetAt` is the instant of the reset in ms, by this machine's clock. */
export class RateLimitError extends WorkTimeError {
  override readonly exit = EXIT.rateLimited;
  readonly resetAt: number | undefined;
  constructor(message: string, fields: ErrorFields & { readonly resetAt?: number | undefined } = {}) {
    super(message, fields, 'rate_limited');
    this.resetAt = fields.resetAt;
  }
}

/** The next step where nobody can say whether a write took effect; a command line names the command that looks. */
export const LOOK_UP = 'look the record up before you send it again';

/** A write was sent and nobody can say whether it took effect. */
export class UnknownOutcomeError extends WorkTimeError {
  override readonly exit = EXIT.unknown;
  constructor(message: string, fields: ErrorFields = {}) {
    super(message, { applied: 'unknown', ...fields }, 'outcome_unknown');
  }
}

/** The configuration, a lock, or the disk of this machine. */
export class LocalError extends WorkTimeError {
  override readonly exit = EXIT.local;
  constructor(message: string, fields: ErrorFields = {}) {
    super(message, fields, 'local');
  }
}

/** Ctrl-C (130) or a termination signal (143). */
export class InterruptedError extends WorkTimeError {
  override readonly exit: ExitCode;
  /** Whether it says what became of the work. */
  readonly known: boolean;
  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' = 'SIGINT', fields: ErrorFields = {}, outcome = '') {
    const what = signal === 'SIGINT' ? 'interrupted' : 'terminated';
    super(outcome === '' ? what : `${what}; ${outcome}`, fields, 'interrupted');
    this.exit = signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    this.known = outcome !== '';
  }
}

/**
 * For a `catch` where somebody may leave: an interruption says in its line what became of the work, such as `nothing
 * was sent`. One that says so already and any other error are thrown as they are.
 */
export function leftWith(outcome: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof InterruptedError) || error.known || error.applied !== undefined) throw error;
    const signal = error.exit === EXIT.interrupted ? 'SIGINT' : 'SIGTERM';
    throw new InterruptedError(signal, { cause: error }, outcome);
  };
}

/** Standard output was closed by its reader (`| head`): a read ends quietly with 0. */
export class ClosedOutputError extends Error {
  override readonly name = 'ClosedOutputError';
}

/** The JSON form of an error, as `--format json` prints it on stderr under `error`. */
export interface ErrorDescription {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly status: number | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly applied: Applied | null;
  readonly next: string | null;
  readonly exit: ExitCode;
  /** Present only where there are further lines. */
  readonly details?: readonly string[];
}

/** Describes anything thrown. What is not ours is a bug: exit 1, its message kept. */
export function describe(error: unknown): ErrorDescription {
  const known = error instanceof WorkTimeError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: known?.code ?? 'unexpected',
    message: known?.detail ?? message,
    field: known?.field ?? null,
    status: known?.status ?? null,
    method: known?.method ?? null,
    path: known?.path ?? null,
    applied: known?.applied ?? null,
    next: known ? (known.next ?? null) : 'run it again with --debug, and report what it prints',
    exit: known?.exit ?? EXIT.bug,
    ...(known && known.lines.length > 0 ? { details: known.lines } : {}),
  };
}

/**
 * The text form of an error: what happened with method, path and status; the API's code, message and field;
 * further lines; what became of a write; and one `Next:` line. Lines are raw: the caller makes them safe to print.
 */
export function errorLines(error: unknown): string[] {
  const about = describe(error);
  const known = error instanceof WorkTimeError ? error : undefined;
  const headline = error instanceof Error ? error.message : String(error);
  const request = [
    about.method && about.path ? `${about.method} ${about.path}` : undefined,
    about.status ?? undefined,
  ];
  const where = request.filter((part) => part !== undefined).join(', ');
  const lines = [`worktime: ${headline}${where ? ` (${where})` : ''}`];
  if (known?.detail !== undefined) {
    lines.push(`  ${known.code}: ${known.detail}${known.field ? ` (field: ${known.field})` : ''}`);
  }
  // One by one: a file may have more faults than a call takes arguments.
  for (const line of known?.lines ?? []) lines.push(`  ${line}`);
  if (known?.applied !== undefined) lines.push(`Applied: ${known.applied}`);
  if (about.next) lines.push(`Next: ${about.next}`);
  return lines;
}

/** Of two errors of one run, the one whose exit code counts. */
export function graver<T extends WorkTimeError>(a: T | undefined, b: T): T {
  if (!a) return b;
  const rank = (error: T) =>
    PRECEDENCE.includes(error.exit) ? PRECEDENCE.indexOf(error.exit) : PRECEDENCE.length;
  return rank(b) < rank(a) ? b : a;
}
