import type { WorkTimeError } from '../errors.ts';
import type { Reason } from './types.ts';

/** An error as the journal keeps it. */
export function reasonOf(error: WorkTimeError): Reason {
  return {
    code: error.code,
    message: error.detail ?? error.message,
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error.status === undefined ? {} : { status: error.status }),
  };
}

/** In a line: `"x" is taken (email, 400)`. */
export function reasonText(reason: Reason | undefined): string {
  if (!reason) return '';
  // What was changed since is named in the message, every field of it.
  const field = reason.code === 'changed_meanwhile' ? undefined : reason.field;
  const about = [field, reason.status].filter((part) => part !== undefined).join(', ');
  return about === '' ? reason.message : `${reason.message} (${about})`;
}
