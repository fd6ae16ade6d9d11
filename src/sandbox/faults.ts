/** How the sandbox misbehaves on request: in shares of the requests, or for the next ones that match. */

import type { Chance } from './chance.ts';

/** What can become of a request. `hang`: it is read, and never answered. */
export const FAULTS = ['fail', 'drop_before_commit', 'drop_after_commit', 'cut_body', 'hang'] as const;
export type Fault = (typeof FAULTS)[number];

/** What `X-RateLimit-Reset` can say wrongly. */
export const RESET_HEADERS = ['absent', 'word', 'negative', 'ms', 'far'] as const;
export type ResetHeader = (typeof RESET_HEADERS)[number];

/** A fault for the next requests that match, `times` of them. */
export interface OnceRule {
  readonly fault: Fault;
  readonly method?: string | undefined;
  /** The path below the base URL begins with this. */
  readonly path?: string | undefined;
  /** For `fail`; default 500. */
  readonly status?: number | undefined;
  times: number;
}

export interface FaultSettings {
  /** ms, from and to. */
  latency: readonly [number, number];
  /** Shares of the requests, 0 to 1; drops after a commit are of the writes alone. */
  readonly shares: Record<Fault, number>;
  reset: ResetHeader | null;
  readonly once: OnceRule[];
}

export const noFaults = (): FaultSettings => ({
  latency: [0, 0],
  shares: { fail: 0, drop_before_commit: 0, drop_after_commit: 0, cut_body: 0, hang: 0 },
  reset: null,
  once: [],
});

export interface Misfortune {
  /** ms */
  readonly delay: number;
  readonly fault: Fault | null;
  /** Of a failed answer. */
  readonly status: number;
}

/** What happens to a request. A rule for the next requests goes before any share. */
export function misfortune(
  settings: FaultSettings,
  chance: Chance,
  method: string,
  path: string,
): Misfortune {
  const [from, to] = settings.latency;
  const delay = to > 0 ? from + chance.next() * (to - from) : 0;
  const rule = settings.once.find(
    (one) =>
      one.times > 0 &&
      (one.method === undefined || one.method === method) &&
      (one.path === undefined || path.startsWith(one.path)),
  );
  if (rule) {
    rule.times -= 1;
    return { delay, fault: rule.fault, status: rule.status ?? 500 };
  }
  for (const fault of FAULTS) {
    const suits = fault !== 'drop_after_commit' || method !== 'GET';
    if (suits && chance.happens(settings.shares[fault])) return { delay, fault, status: 500 };
  }
  return { delay, fault: null, status: 500 };
}

const CENTURY = 100 * 365.25 * 86_400;

/** Spoils the reset header, as asked. */
export function spoilReset(headers: Record<string, string>, kind: ResetHeader | null): void {
  const name = 'x-ratelimit-reset';
  const value = Number(headers[name]);
  if (kind === 'absent') delete headers[name];
  else if (kind === 'word') headers[name] = 'soon';
  else if (kind === 'negative') headers[name] = String(-value);
  else if (kind === 'ms') headers[name] = String(value * 1000);
  else if (kind === 'far') headers[name] = String(value + CENTURY);
}
