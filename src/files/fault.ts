/** Turns what the file system says into an error that names the path and what to do. */

import { LocalError } from '../errors.ts';

/** What a code means to a person, and what helps. */
const FAULTS: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['the disk is full', 'make room on the disk, then run it again'],
  EDQUOT: ['the disk quota is used up', 'make room within the quota, then run it again'],
  EACCES: ['permission denied', 'check who may write there, or choose another place'],
  EPERM: ['not permitted', 'check who may write there, or choose another place'],
  EROFS: ['the file system is read-only', 'choose a place that can be written'],
  ENOENT: ['no such file or directory', 'check the path, and make its folder first'],
  ENOTDIR: ['a part of the path is not a folder', 'check the path'],
  EISDIR: ['it is a folder', 'give the path of a file'],
  ELOOP: ['its symbolic links go round in a circle', 'mend the link, or give the path of the file itself'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter name'],
  EMFILE: ['too many open files', 'raise the limit (ulimit -n), then run it again'],
  EIO: ['the disk reported a fault', 'check the disk before you rely on the file'],
  ENXIO: ['it cannot be opened (a socket)', 'leave the path out, or give the path of a file'],
  EPIPE: ['its reader has gone', 'run it again with a reader that stays'],
};

/** The `code` of a system error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** A LocalError for a failed file operation: `cannot <doing> <path>: <why>`. Errors of ours pass through. */
export function diskFault(error: unknown, doing: string, path: string): LocalError {
  if (error instanceof LocalError) return error;
  const code = codeOf(error);
  const [why, next] = FAULTS[code ?? ''] ?? [
    error instanceof Error ? error.message : String(error),
    'check the path and the disk, then run it again',
  ];
  return new LocalError(`cannot ${doing} ${path}: ${why}`, {
    code: code ? code.toLowerCase() : 'local',
    next,
    cause: error,
  });
}
