/** Bytes from a file or standard input, as `--data FILE|-` names them. */

import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseJsonFile } from '../config/json.ts';
import type { Context } from '../context.ts';
import { LocalError, UsageError } from '../errors.ts';

/** A request body larger than this is a mistake. */
const MAX_DATA = 16 * 1024 * 1024;
const JSON_HELP = 'give one JSON object, such as {"name": "Jane Smith"}';

const tooLarge = (name: string) =>
  new UsageError(`${name}: larger than 16 MiB`, { code: 'file_too_large', next: 'send a smaller body' });

async function readStdin(context: Context): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of context.stdin.bytes()) {
    size += chunk.length;
    if (size > MAX_DATA) throw tooLarge('standard input');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The bytes of a regular file, or of standard input for `-`. Throws UsageError. */
export async function readBytes(context: Context, file: string): Promise<Uint8Array> {
  if (file === '-') return readStdin(context);
  try {
    const path = resolve(context.cwd, file);
    const about = await stat(path);
    if (!about.isFile()) {
      throw new UsageError(`${file}: not a regular file`, {
        code: 'not_a_file',
        next: 'name a file, or - for standard input',
      });
    }
    if (about.size > MAX_DATA) throw tooLarge(file);
    return await readFile(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`cannot read ${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`, {
      code: 'file_unreadable',
      cause: error,
      next: /^\s*[{[]/.test(file)
        ? '--data takes a file: pipe the JSON in with --data -'
        : 'check the name and its permissions',
    });
  }
}

/** The JSON of a file or of standard input. Throws UsageError where it is not UTF-8 or not JSON. */
export async function readJson(context: Context, file: string): Promise<unknown> {
  const name = file === '-' ? 'standard input' : file;
  const bytes = await readBytes(context, file);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`${name}: not UTF-8 text`, { code: 'invalid_json', cause, next: JSON_HELP });
  }
  try {
    return parseJsonFile(text, name, JSON_HELP);
  } catch (error) {
    // What the tool's own files get wrong is local; what a person hands in is bad input.
    if (error instanceof LocalError)
      throw new UsageError(error.message, { code: 'invalid_json', next: JSON_HELP });
    throw error;
  }
}

/** The JSON object of a file or of standard input. Throws UsageError for anything else. */
export async function readObject(context: Context, file: string): Promise<Record<string, unknown>> {
  const value = await readJson(context, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw new UsageError(
      `${file === '-' ? 'standard input' : file}: found ${found} where an object belongs`,
      {
        code: 'invalid_json',
        next: JSON_HELP,
      },
    );
  }
  return value as Record<string, unknown>;
}
