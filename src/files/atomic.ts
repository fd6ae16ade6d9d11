/** Files that are either whole or not there: written beside the target, synced, then renamed over it. */

import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, readlink, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LocalError, UsageError } from '../errors.ts';
import { directFile, writeAll } from './direct.ts';
import { codeOf, diskFault } from './fault.ts';

export interface AtomicOptions {
  /** Permissions of the file. Default: those of the file it replaces, else 0600 (the content may be payroll). */
  readonly mode?: number;
  /** An existing file may be replaced. Default true. */
  readonly force?: boolean;
  /** Ends the wait for the reader of a FIFO. */
  readonly signal?: AbortSignal | undefined;
}

export interface AtomicFile {
  /** Where the bytes are until `commit`. The target itself when that is a pipe or a device. */
  readonly temporaryPath: string;
  /** Appends; resolves once the bytes are taken. A failed write removes the temporary file. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Makes the content durable and gives it its final name. */
  commit(): Promise<void>;
  /** Removes what was written. Harmless after a commit and when called twice. */
  abort(): Promise<void>;
}

/** Links are followed by hand, for the last of them may name a file that is yet to be made. */
const MAX_LINKS = 40;

/** A file behind a name of an open descriptor belongs to whoever opened it: replacing it would cut them off. */
const DESCRIPTOR = /^\/(dev\/(stdin|stdout|stderr|fd\/|null$)|proc\/[^/]+\/fd\/)/;

/**
 * Writes a whole file at once: afterwards the target has the old content or the new, never a part.
 * @throws UsageError when it exists and `force` is false; LocalError for the disk.
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  options: AtomicOptions = {},
): Promise<void> {
  const file = await createAtomicFile(path, options);
  await file.write(data);
  await file.commit();
}

/**
 * Starts a file that appears under its name only when committed. A symbolic link stays and its target is replaced;
 * pipes and devices (`/dev/stdout`, `/dev/null`, a FIFO) are written directly.
 * @throws UsageError when it exists and `force` is false (also checked by `commit`, atomically); LocalError for the disk.
 */
export async function createAtomicFile(path: string, options: AtomicOptions = {}): Promise<AtomicFile> {
  const force = options.force ?? true;
  try {
    const target = await finalTarget(path);
    const existing = await stat(target).catch(ignoreMissing);
    if (existing?.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    if (existing && (!existing.isFile() || DESCRIPTOR.test(target))) {
      return await directFile(target, existing.isFIFO(), options.signal);
    }
    if (existing && !force) throw existsError(path);

    const mode = options.mode ?? (existing ? existing.mode & 0o777 : 0o600);
    const temporaryPath = join(dirname(target), temporaryName(target));
    const handle = await open(temporaryPath, 'wx', mode);
    try {
      await handle.chmod(mode);
      if (existing) await handle.chown(existing.uid, existing.gid).catch(() => undefined);
    } catch (error) {
      await handle.close();
      await unlink(temporaryPath).catch(() => undefined);
      throw error;
    }
    return temporaryFile({ path, target, temporaryPath, handle, force });
  } catch (error) {
    if (error instanceof UsageError || options.signal?.aborted) throw error;
    throw diskFault(error, 'write', path);
  }
}

interface Parts {
  readonly path: string;
  readonly target: string;
  readonly temporaryPath: string;
  readonly handle: FileHandle;
  readonly force: boolean;
}

function temporaryFile({ path, target, temporaryPath, handle, force }: Parts): AtomicFile {
  let state: 'open' | 'committed' | 'gone' = 'open';
  const abort = async () => {
    if (state !== 'open') return;
    state = 'gone';
    await handle.close().catch(() => undefined);
    await unlink(temporaryPath).catch(() => undefined);
  };
  const guarded = async (work: () => Promise<void>) => {
    if (state !== 'open') throw new LocalError(`cannot write ${path}: it is already closed`);
    try {
      await work();
    } catch (error) {
      await abort();
      throw diskFault(error, 'write', path);
    }
  };
  return {
    temporaryPath,
    write: (chunk) => guarded(() => writeAll(handle, chunk)),
    commit: () =>
      guarded(async () => {
        await handle.sync();
        if (force) await rename(temporaryPath, target);
        else await publishNew(temporaryPath, target, path);
        state = 'committed';
        await handle.close();
        await syncDirectory(dirname(target));
      }),
    abort,
  };
}

/** Names a new file, atomically refusing one that has appeared meanwhile: link(), unlike rename(), never replaces. */
async function publishNew(temporaryPath: string, target: string, path: string): Promise<void> {
  try {
    await link(temporaryPath, target);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') throw appearedError(path);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
    // A file system without hard links: reserve the name, then rename over the reservation.
    const reserved = await open(target, 'wx').catch((fault: unknown) => {
      throw codeOf(fault) === 'EEXIST' ? appearedError(path) : fault;
    });
    await reserved.close();
    await rename(temporaryPath, target);
    return;
  }
  await unlink(temporaryPath);
}

/** Makes a new name in a directory durable. Where directories cannot be opened or synced, the system does it its own way. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EIO' || code === 'ENOSPC') throw error;
  }
}

/** The file at the end of a chain of symbolic links, which need not exist. */
async function finalTarget(path: string): Promise<string> {
  let at = resolve(path);
  for (let hops = 0; hops <= MAX_LINKS; hops += 1) {
    if (DESCRIPTOR.test(at)) return at;
    const found = await lstat(at).catch(ignoreMissing);
    if (!found?.isSymbolicLink()) return at;
    at = resolve(dirname(at), await readlink(at));
  }
  throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
}

/** Hidden, short enough for any file system, and never one that another process made. */
function temporaryName(target: string): string {
  return `.${basename(target).slice(0, 40)}.${randomBytes(6).toString('hex')}.tmp`;
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function existsError(path: string): UsageError {
  return new UsageError(`${path} exists already`, {
    code: 'file_exists',
    next: 'choose another name, or give --force to replace it',
  });
}

function appearedError(path: string): LocalError {
  return new LocalError(`${path} was made by someone else meanwhile; it was left as it is`, {
    code: 'file_exists',
    next: 'choose another name, or give --force to replace it',
  });
}
