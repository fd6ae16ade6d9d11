import { LocalError, WorkTimeError } from '../../errors.ts';

/** One line of the report. */
export interface Finding {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'problem' | 'skipped';
  readonly detail: string;
  readonly next: string | null;
  /** Of a problem: what the run ends with. */
  readonly error?: WorkTimeError;
}

export const ok = (check: string, detail: string): Finding => ({ check, status: 'ok', detail, next: null });

export const skipped = (check: string, detail: string): Finding => ({
  check,
  status: 'skipped',
  detail,
  next: null,
});

export const warning = (check: string, detail: string, next: string): Finding => ({
  check,
  status: 'warning',
  detail,
  next,
});

/** Whatever was thrown, as a problem. Bugs are not caught here. */
export function problem(check: string, thrown: unknown): Finding {
  if (!(thrown instanceof WorkTimeError)) throw thrown;
  const { message, detail, next = null } = thrown;
  const told = detail === undefined ? message : `${message}: ${detail}`;
  return { check, status: 'problem', detail: told, next, error: thrown };
}

/** A problem that nothing threw. */
export const trouble = (check: string, detail: string, next: string): Finding =>
  problem(check, new LocalError(detail, { next }));
