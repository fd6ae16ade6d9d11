/** The bytes of an import file, whatever may be wrong with the file itself. */

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';

/** What standard input is called. */
export const STDIN = 'standard input';

/** No spreadsheet of people is larger than this; a larger file is the wrong file. */
const MAX_BYTES = 512 * 1024 * 1024;

export interface Source {
  /** As a person calls it. */
  readonly name: string;
  /** The bytes, hashed as they pass. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** SHA-256 in hex, once all bytes have passed. */
  hash(): string;
}

/**
 * Opens a file, or standard input for `-`.
 * @throws UsageError for a missing file, a folder, a pipe or a device, and for one that may not be read.
 */
export async function openSource(path: string, context: Pick<Context, 'cwd' | 'stdin'>): Promise<Source> {
  const hash = createHash('sha256');
  const finish = () => hash.digest('hex');
  if (path === '-') {
    if (context.stdin.isTTY) {
      throw new UsageError('standard input is a terminal', {
        next: 'pipe the file into it, or name the file',
      });
    }
    return {
      name: STDIN,
      bytes: hashed(context.stdin.bytes(), hash, STDIN),
      hash: finish,
    };
  }
  const full = resolve(context.cwd, path);
  const found = await stat(full).catch((error: NodeJS.ErrnoException) => {
    throw fileFault(path, error);
  });
  if (found.isDirectory()) {
    throw new UsageError(`${path} is a folder`, { code: 'not_a_file', next: 'name the file inside it' });
  }
  if (!found.isFile()) {
    throw new UsageError(`${path} is not a regular file but a pipe, a socket or a device`, {
      code: 'not_a_file',
      next: 'give - as the file and pipe the rows into standard input',
    });
  }
  return { name: basename(path), bytes: hashed(readFile(full, path), hash, path), hash: finish };
}

async function* readFile(full: string, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(full);
  } catch (error) {
    throw fileFault(path, error as NodeJS.ErrnoException);
  }
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: Hash,
  name: string,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new UsageError(`${name} is larger than 512 MiB`, {
        code: 'too_large',
        next: 'split it into smaller files',
      });
    }
    hash.update(chunk);
    yield chunk;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'you may not read it',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links go round in a circle',
};

function fileFault(path: string, error: NodeJS.ErrnoException): UsageError {
  const words = WORDS[error.code ?? ''] ?? error.message;
  return new UsageError(`${path} cannot be read: ${words}`, {
    code: 'unreadable_file',
    next: 'check the path and its permissions',
    cause: error,
  });
}

/** Reads all of it. */
export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
