/** The rows that the API refused, as a file that can be mended and run again. */

import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { createAtomicFile } from '../files/atomic.ts';
import { guardFormula } from '../formula.ts';
import type { RunState } from './journal.ts';
import { reasonText } from './reason.ts';

/** More than this many older files of the same name, and something else is wrong. */
const MAX_COPIES = 1000;

/**
 * Writes a CSV of the refused rows with the fields that were sent and the reason as the last column.
 * @param file the file that was imported, `-` for standard input
 * @returns its path, beside the imported file (that of an earlier file which says the same, where there is one); undefined when nothing that a file could hold was refused
 */
export async function writeRefused(state: RunState, file: string, cwd: string): Promise<string | undefined> {
  const rows: Record<string, unknown>[] = [];
  for (const [i, action] of state.actions.entries()) {
    if (state.states[i] !== 'refused' || action.op === 'refuse' || action.op === 'delete') continue;
    const reason = reasonText(state.results.get(i)?.reason);
    rows.push({ ...(action.op === 'update' ? { id: action.id } : {}), ...action.body, reason });
  }
  if (rows.length === 0) return undefined;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'reason');
  const lines = [
    [...columns, 'reason'],
    ...rows.map((row) => [...columns.map((name) => guarded(row[name])), safe(row['reason'])]),
  ];
  const text = lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');

  const folder = file === '-' ? cwd : dirname(resolve(cwd, file));
  const name = file === '-' ? 'stdin' : basename(file, extname(file)).replace(/\.refused(-\d+)?$/, '');
  for (let copy = 1; ; copy += 1) {
    const path = join(folder, `${name}.refused${copy === 1 ? '' : `-${copy}`}.csv`);
    try {
      const output = await createAtomicFile(path, { mode: 0o600, force: false });
      await output.write(text);
      await output.commit();
      return path;
    } catch (error) {
      // A run that was gone on with leaves no second file that says the same.
      if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return path;
      const taken = error instanceof UsageError || (error as { code?: string }).code === 'file_exists';
      if (!taken || copy >= MAX_COPIES) throw error;
    }
  }
}

function quoted(value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The file is there to be mended in a spreadsheet, which must not run what is in it. An import takes the guard off again. */
const guarded = (value: unknown) => (typeof value === 'string' ? guardFormula(value) : value);

/** The reason comes from the API. */
function safe(reason: unknown): string {
  return guardFormula(String(reason ?? '').replaceAll(/\p{Cc}+/gu, ' '));
}
