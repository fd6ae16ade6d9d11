/** Time and chance as the client needs them; a Context is one. */
export interface Clock {
  /** ms since the epoch */
  now(): number;
  /** ms that only grow */
  monotonic(): number;
  /** Resolves after `ms`, rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
}
