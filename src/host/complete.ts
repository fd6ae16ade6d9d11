/** What the launcher runs instead of the command line when a shell asks for completions. */

import { homedir } from 'node:os';
import { answer } from '../completion/answer.ts';

function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** Answers `worktime __complete …` on standard output. */
export function complete(): void {
  process.stdout.write(
    answer({
      argv: process.argv.slice(3),
      env: process.env,
      cwd: safely(() => process.cwd(), '/'),
      platform: process.platform,
      home: safely(homedir, '') || undefined,
      now: Date.now(),
    }),
  );
}
