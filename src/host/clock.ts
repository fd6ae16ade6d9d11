/** This machine's clock and chance. */

import type { Clock } from '../client/clock.ts';
import { InterruptedError } from '../errors.ts';

/** The longest delay that Node's timers keep; beyond it they fire at once. */
const MAX_TIMER = 2_147_000_000;

const abortReason = (signal: AbortSignal) => signal.reason ?? new InterruptedError();

function sleepOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortReason(signal));
    const onAbort = () => {
      clearTimeout(timer);
      reject(abortReason(signal as AbortSignal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export const systemClock: Clock = {
  now: () => Date.now(),
  // `performance` would load all of node:perf_hooks.
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
  random: () => Math.random(),
  async sleep(ms, signal) {
    for (let left = ms; left > 0; left -= MAX_TIMER) await sleepOnce(Math.min(left, MAX_TIMER), signal);
    if (signal?.aborted) throw abortReason(signal);
  },
};
