import type { LockOptions } from '../../../src/files/lock.ts';

/** The real clock and chance, for workers that are processes of their own. */
export function realContext(): LockOptions['context'] {
  return {
    pid: process.pid,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: () => Math.random(),
    signal: new AbortController().signal,
  };
}
