/** The built binary at a terminal of its own: a pseudo-terminal of 80 columns, by util-linux's `script`. */

import { spawn, spawnSync } from 'node:child_process';
import { BINARY } from './binary.ts';

/** Whether there can be one here; else why not. */
export const noTerminal: string | undefined =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0
    ? undefined
    : "it takes Linux and util-linux's script to make a terminal";

/** Whether there is a shell that stops jobs and goes on with them; else why not. */
export const noJobControl: string | undefined =
  noTerminal ?? (spawnSync('bash', ['--version']).status === 0 ? undefined : 'bash is not installed here');

export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
export const CTRL_Z = '\u001a';
export const ENTER = '\r';
export const DOWN = '\u001b[B';

/** What must have been seen since the last step, and what is typed then, after what is done first. */
export type Step = readonly [seen: RegExp, typed: string | (() => Promise<string>)];

export interface Visit {
  readonly code: number | null;
  /** Everything that was drawn. */
  readonly screen: string;
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** A command line of the binary, as a shell takes it. */
export const lineOf = (args: readonly string[]): string =>
  [process.execPath, BINARY, ...args].map(quote).join(' ');

/** Runs the binary and plays the steps. Fails, naming what it waited for, when that is never seen. */
export function atTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  steps: readonly Step[],
): Promise<Visit> {
  return play(lineOf(args), env, steps);
}

/** What an interactive bash asks with. */
export const READY = /@ $/;

/** Plays the steps in a bash with job control, the first where it is ready; gives the exit of what it ran last. */
export function inShell(env: Readonly<Record<string, string>>, steps: readonly Step[]): Promise<Visit> {
  return play('bash --norc --noprofile -i', { ...env, PS1: '@ ' }, [...steps, [READY, 'exit\r']]);
}

/** Runs a command line at a terminal of its own and plays the steps. */
export async function play(
  line: string,
  env: Readonly<Record<string, string>>,
  steps: readonly Step[],
): Promise<Visit> {
  const child = spawn('script', ['-qfec', `stty rows 40 cols 80; exec ${line}`, '/dev/null'], {
    env: { ...env, TERM: 'xterm', NO_COLOR: '1' },
  });
  let screen = '';
  let from = 0;
  const left = [...steps];
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  let failure: unknown;
  let turn = Promise.resolve();
  const goOn = async () => {
    const [seen, typed] = left[0] ?? [];
    if (!seen?.test(screen.slice(from)) || typed === undefined) return;
    left.shift();
    from = screen.length;
    child.stdin.write(typeof typed === 'string' ? typed : await typed());
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    turn = turn.then(goOn).catch((error: unknown) => {
      failure ??= error;
      child.kill('SIGKILL');
    });
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(late);
  await turn;
  if (failure !== undefined) throw failure;
  if (left[0]) throw new Error(`${line}: ${left[0][0]} was never seen, but:\n${screen}`);
  return { code, screen };
}
