import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../support/run.ts';
import { KEY } from './setup-world.ts';

/** `check status` of every row. */
export const rows = ({ stdout }: Result) => {
  const found = JSON.parse(stdout) as {
    check: string;
    status: string;
    detail: string;
    next: string | null;
  }[];
  return Object.fromEntries(found.map((row) => [row.check, row]));
};

export function breakConfig(home: string, content = `{"profiles":{"a":{"key":"${KEY}"`): void {
  mkdirSync(join(home, 'config'), { mode: 0o700 });
  writeFileSync(join(home, 'config', 'config.json'), content, { mode: 0o600 });
}
