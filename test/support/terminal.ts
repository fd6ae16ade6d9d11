/** The built binary at a terminal of its own: a pseudo-terminal of 80 columns, by util-linux's `script`. */

import { spawn, spawnSync } from 'node:child_process';
import { BINARY } from './binary.ts';

/** Whether there can be one here; else why not. */
export const noTerminal: string | undefined =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0
    ? undefined
    : "it takes Linux and util-linux's script to make a terminal";

export const CTRL_C = '\u0003';
export const ENTER = '\r';
export const DOWN = '\u001b[B';

/** What must have been seen since the last step, and what is typed then. */
export type Step = readonly [seen: RegExp, typed: string];

export interface Visit {
  readonly code: number | null;
  /** Everything that was drawn. */
  readonly screen: string;
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** Runs the binary and plays the steps. Fails, naming what it waited for, when that is never seen. */
export async function atTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  steps: readonly Step[],
): Promise<Visit> {
  const line = [process.execPath, BINARY, ...args].map(quote).join(' ');
  const child = spawn('script', ['-qfec', `stty rows 40 cols 80; exec ${line}`, '/dev/null'], {
    env: { ...env, TERM: 'xterm', NO_COLOR: '1' },
  });
  let screen = '';
  let from = 0;
  const left = [...steps];
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const step = left[0];
    if (!step?.[0].test(screen.slice(from))) return;
    left.shift();
    from = screen.length;
    child.stdin.write(step[1]);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(late);
  if (left[0]) throw new Error(`${args.join(' ')}: ${left[0][0]} was never seen, but:\n${screen}`);
  return { code, screen };
}
