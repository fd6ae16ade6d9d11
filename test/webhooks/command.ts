/** Command lines in real time: what a listener promises is about sockets. */

import { onTestFinished } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { main } from '../../src/main.ts';
import { temporaryFolder } from '../support/context.ts';
import { words } from '../support/run.ts';
import { realContext } from './support.ts';

export interface Running {
  readonly code: Promise<number>;
  readonly url: Promise<string>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly interrupt: () => void;
}

/** A command line in real time, in a home of its own unless one is given. */
export function command(line: string | readonly string[], home = temporaryFolder()): Running {
  const argv = typeof line === 'string' ? words(line) : line;
  const context = realContext({ argv, home, env: {} });
  const code = main(context);
  const found = () => /http:\/\/[^"\s]*/.exec(context.stderr.text())?.[0];
  const url = (async () => {
    let over = false;
    void code.then(() => {
      over = true;
    });
    while (!found() && !over) await new Promise((resolve) => setTimeout(resolve, 2));
    const address = found();
    if (!address) throw new Error(context.stderr.text());
    return address;
  })();
  url.catch(() => undefined);
  const interrupt = () => context.interrupt(new InterruptedError());
  onTestFinished(async () => {
    interrupt();
    await code;
  });
  return { code, url, stdout: () => context.stdout.text(), stderr: () => context.stderr.text(), interrupt };
}

/** Runs a command line to its end. */
export const ended = async (line: string | readonly string[], home?: string) => {
  const running = command(line, home);
  const code = await running.code;
  return { code, stdout: running.stdout(), stderr: running.stderr() };
};
