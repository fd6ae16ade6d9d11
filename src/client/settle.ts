/** Writes whose outcome is unclear: read back, and repeated only when that shows that they did not take effect. */

import {
  InterruptedError,
  InvalidAnswerError,
  LOOK_UP,
  RefusedError,
  TemporaryError,
  UnknownOutcomeError,
} from '../errors.ts';
import type { Clock } from './clock.ts';
import { isServerFault, isUnsent } from './failure.ts';
import type { ClientEvents } from './options.ts';
import { backoff } from './retry.ts';
import { TransportError } from './transport.ts';

/** What reading back shows. `undecidable` says why in words. */
export type Trace =
  | { readonly state: 'applied'; readonly data: unknown }
  | { readonly state: 'absent' }
  | { readonly state: 'undecidable'; readonly why: string };

export interface Write<T> {
  readonly method: string;
  readonly path: string;
  /** Sends it once. */
  readonly attempt: () => Promise<T>;
  /** Whether any attempt has left. */
  readonly wasSent: () => boolean;
  /** Looks whether it took effect; undefined when nothing can tell. */
  readonly readBack: (() => Promise<Trace>) | undefined;
  /** What a write that was found applied answers. */
  readonly found: (data: unknown) => T;
  /** How often it may be sent in all. */
  readonly sends: number;
  readonly signal: AbortSignal | undefined;
}

/** How long a server may still be at work on a request whose client has gone, before absence is believed. */
const SLOW = 2_000;

/** Whether an error leaves open if the write took effect: a broken wire, a server fault, a success nobody can read. */
function isUnclear(error: unknown): boolean {
  if (error instanceof TransportError) return !isUnsent(error);
  if (error instanceof TemporaryError) return true;
  if (!(error instanceof InvalidAnswerError)) return false;
  const { status = 0 } = error;
  return (status >= 200 && status < 300) || isServerFault(status);
}

/** For a caller that settles its own writes: an unclear failure as an UnknownOutcomeError, any other as it is. */
export function unsettled(
  error: unknown,
  request: { readonly method: string; readonly path: string },
): unknown {
  return isUnclear(error) ? unknownOutcome(request, error, 'its answer was lost') : error;
}

/**
 * Sends a write and settles it: done when it is answered or found applied; repeated when it is found absent, up to
 * `sends` in all. Throws the API's refusal; the last failure with `applied: no` when it is absent to the end; and
 * UnknownOutcomeError when nobody can say.
 */
export async function settle<T>(write: Write<T>, clock: Clock, events: ClientEvents): Promise<T> {
  for (let sent = 1; ; sent++) {
    let failure: unknown;
    try {
      return await write.attempt();
    } catch (error) {
      if (write.signal?.aborted) throw interrupted(error, write);
      const refusedAgain = sent > 1 && error instanceof RefusedError;
      if (!isUnclear(error) && !refusedAgain) throw error;
      failure = error;
    }
    const trace = await trackDown(write, failure, sent, clock, events);
    if (trace.state === 'applied') return write.found(trace.data);
    if (trace.state === 'undecidable') throw unknownOutcome(write, failure, trace.why);
    if (failure instanceof RefusedError) throw failure;
    if (sent >= write.sends) throw notApplied(failure);
    events.retry?.({ ...describe(write), attempt: sent, reason: 'it did not take effect', delay: 0 });
  }
}

async function trackDown<T>(
  write: Write<T>,
  failure: unknown,
  sent: number,
  clock: Clock,
  events: ClientEvents,
): Promise<Trace> {
  const { readBack, signal } = write;
  if (!readBack) return { state: 'undecidable', why: 'nothing can be read back that would show it' };
  const reason = failure instanceof Error ? failure.message : 'no answer';
  try {
    events.readBack?.({ ...describe(write), reason });
    await clock.sleep(backoff(clock, sent), signal);
    const trace = await readBack();
    if (trace.state !== 'absent') return trace;
    await clock.sleep(SLOW, signal);
    return await readBack();
  } catch (error) {
    if (signal?.aborted) throw interrupted(error, write);
    return {
      state: 'undecidable',
      why: `reading back failed: ${error instanceof Error ? error.message : error}`,
    };
  }
}

function describe({ method, path }: { readonly method: string; readonly path: string }) {
  return { method, path };
}

function unknownOutcome(
  write: { readonly method: string; readonly path: string },
  failure: unknown,
  why: string,
): UnknownOutcomeError {
  return new UnknownOutcomeError(`nobody can say whether the write took effect: ${why}`, {
    ...describe(write),
    cause: failure,
    next: LOOK_UP,
  });
}

/** The failure, saying that nothing was changed. An error of the wire is explained later. */
function notApplied(failure: unknown): unknown {
  return failure instanceof Error ? Object.assign(failure, { applied: 'no' }) : failure;
}

/** A call that was ended: by its signal's reason alone while nothing had left, else the write may have taken effect. */
function interrupted<T>(error: unknown, write: Write<T>): unknown {
  const reason: unknown = write.signal?.reason;
  if (!write.wasSent() || isUnsent(error)) return reason;
  if (!(reason instanceof InterruptedError)) {
    return unknownOutcome(write, reason, 'the call was ended before its answer came');
  }
  return new InterruptedError(reason.exit === 130 ? 'SIGINT' : 'SIGTERM', {
    ...describe(write),
    applied: 'unknown',
    next: LOOK_UP,
  });
}
