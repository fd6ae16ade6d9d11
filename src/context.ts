/** The world as the rooms see it. `host.ts` makes the real one, `test/support` a made-up one. */

import type { Transport } from './client/transport.ts';

/** A place for bytes. `write` waits until they are taken; it throws ClosedOutputError when the reader has gone and LocalError when the disk is full. */
export interface OutputStream {
  readonly isTTY: boolean;
  /** Width in columns; 0 when it is not a terminal: then nothing is fitted or cut. */
  readonly columns: number;
  readonly rows: number;
  /** Whether colour may be used: a terminal, NO_COLOR and FORCE_COLOR heeded. */
  readonly color: boolean;
  write(chunk: string | Uint8Array): Promise<void>;
}

export interface InputStream {
  readonly isTTY: boolean;
  /** False for a job in the background, which its terminal would stop at the first question. */
  isForeground?(): boolean;
  /** The bytes as they come. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface Choice<T> {
  readonly name: string;
  readonly value: T;
}

/** Questions to a person. Only called where there is a terminal and `--no-input` was not given. Ctrl-C throws InterruptedError. */
export interface Prompts {
  /** Blanks around an answer are left out. */
  input(question: {
    message: string;
    default?: string;
    /** The default stands there as if it had been typed. */
    editable?: boolean;
    validate?: (value: string) => true | string;
  }): Promise<string>;
  password(question: { message: string; validate?: (value: string) => true | string }): Promise<string>;
  confirm(question: { message: string; default?: boolean }): Promise<boolean>;
  select<T>(question: { message: string; choices: readonly Choice<T>[]; default?: T }): Promise<T>;
  search<T>(question: {
    message: string;
    source: (term: string, signal: AbortSignal) => Promise<readonly Choice<T>[]>;
  }): Promise<T>;
}

/** What a child process gave back. A program that cannot be started is a LocalError. */
export interface ChildResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A child that is still running. */
export interface Child {
  readonly pid: number | undefined;
  /** Its standard output and error, line by line, as they come. */
  readonly lines: AsyncIterable<string>;
  readonly done: Promise<ChildResult>;
  kill(signal?: 'SIGTERM' | 'SIGKILL'): void;
}

export interface SpawnOptions {
  /** Given to the child on its standard input. */
  readonly input?: string | Uint8Array;
  /** The child's whole environment. The key is never in it: the caller leaves it out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether that may hold a key: the program is one that prints it. */
  readonly mayHoldKeys?: boolean;
  /** ms */
  readonly timeout?: number;
  /** Ends it early. */
  readonly signal?: AbortSignal;
  /** Let the child talk to this terminal on stderr and stdin (key commands that ask for a passphrase). */
  readonly inheritStderr?: boolean;
}

/** Where the tool keeps its files. */
export interface Directories {
  /** WORKTIME_CONFIG_DIR, or the platform's place for configuration. */
  readonly config: string;
  /** WORKTIME_STATE_DIR, or the platform's place for state: journals, cursors, caches, the sandbox. */
  readonly state: string;
}

export interface Context {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly directories: Directories;
  readonly pid: number;
  /** Node's version and the platform with its processor, such as `linux-x64`. */
  readonly runtime: { readonly node: string; readonly platform: string };
  /** Keeps the compiled code of what is loaded from here on for the next run. */
  keepCompiled?(): void;
  /** From here on this process spares memory, for a little of its time: what it does goes on for long. */
  spareMemory?(): void;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Milliseconds since the epoch, by this machine's clock. */
  now(): number;
  /** Milliseconds that only ever grow, from an arbitrary start. */
  monotonic(): number;
  /** Resolves after `ms` (however large); rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  /** Aborted by Ctrl-C or SIGTERM with an InterruptedError as its reason. */
  readonly signal: AbortSignal;
  /** HTTP to the real network. */
  readonly transport: Transport;
  prompts(): Promise<Prompts>;
  /** Runs a program without a shell and waits for it. `command[0]` is the program. */
  run(command: readonly string[], options?: SpawnOptions): Promise<ChildResult>;
  /** Starts a program without a shell. */
  start(command: readonly string[], options?: SpawnOptions): Promise<Child>;
  /** The writer of the configuration file: replaces its whole content, atomically, 0600 in a 0700 directory. */
  saveConfig(directory: string, content: Readonly<Record<string, unknown>>): Promise<void>;
}
