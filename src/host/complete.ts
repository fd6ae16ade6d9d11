/** What the launcher runs instead of the command line when a shell asks for completions. */

import { writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { answer } from '../completion/answer.ts';

function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** Writes all of it. process.stdout would be kinder to slow readers, and costs as much to load as all the rest. */
function print(text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
  } catch {
    // The shell has stopped listening.
  }
}

/** Answers `worktime __complete …` on standard output. */
export function complete(): void {
  print(
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
