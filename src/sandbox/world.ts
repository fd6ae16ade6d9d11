/** A sandbox at one moment: its configuration, what follows from the seed, and what has changed since. */

import { type Zone, zoneOf } from './calendar.ts';
import { HISTORY_DAYS, type SandboxConfig } from './config.ts';
import { type Policy, policyOf } from './policy/policy.ts';
import { type Planner, planner } from './seed/days.ts';
import type { State } from './state.ts';

export interface World {
  readonly config: SandboxConfig;
  readonly policy: Policy;
  readonly zone: Zone;
  readonly state: State;
  readonly plan: Planner;
  /** The day to which seeded dates are relative. */
  readonly epochDay: number;
  /** The first day of the seeded history. */
  readonly historyStart: number;
  /** Whether the seeded history ends where it was when this began. */
  readonly pinned: boolean;
  /** The day on which the seeded history stops, itself not part of it. */
  historyEnd(): number;
  /** By the virtual clock, in ms. */
  now(): number;
  /** The local day of now. */
  today(): number;
}

/** The seeded overtime ends this many minutes after the shift at the latest. */
const LATEST = 125;

/**
 * `pinned`: the seeded history ends where it was when this began, as a server needs whose ledger must tell all that
 * became visible. Else it moves on with the clock: each night the day that is over is filled in for the seeded staff.
 */
export function createWorld(config: SandboxConfig, state: State, now: () => number, pinned: boolean): World {
  const zone = zoneOf(config.timezone);
  const policy = policyOf(config);
  const epochDay = zone.day(config.epoch);
  const historyStart = epochDay - HISTORY_DAYS;
  const last = (policy.end <= policy.start ? policy.end + 1440 : policy.end) + LATEST;
  const tail = Math.max(0, last - 1440) * 60_000;
  const end = (at: number) => (config.fixture ? historyStart : Math.max(historyStart, zone.day(at - tail)));
  const opened = end(now());
  return {
    config,
    policy,
    zone,
    state,
    plan: planner(config, policy, zone),
    epochDay,
    historyStart,
    pinned,
    historyEnd: pinned ? () => opened : () => end(now()),
    now,
    today: () => zone.day(now()),
  };
}

/** Whether a day without a record may count as absence for an employee: not while the seed has yet to fill it in. */
export function mayBeAbsent(world: World, index: number, day: number): boolean {
  return (
    world.pinned ||
    world.config.fixture !== null ||
    index >= world.config.employees ||
    day < world.historyEnd()
  );
}
