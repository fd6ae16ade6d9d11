/** The seeded history: what each class of employees did on a day. Plans are computed at use and a bounded number is kept. */

import type { Zone } from '../calendar.ts';
import type { SandboxConfig } from '../config.ts';
import { assess, type Figures } from '../policy/day.ts';
import { isScheduled, type Policy } from '../policy/policy.ts';
import { ABOUT, hash } from './hash.ts';
import { doorOf } from './locks.ts';
import { CLASSES } from './people.ts';

/** A seeded day of one class. */
export interface PlannedDay {
  /** Instants in ms. */
  readonly in: number;
  readonly out: number | null;
  readonly lock: string;
  readonly method: string;
  /** A failed attempt before it opened. */
  readonly failed: { readonly at: number; readonly reason: string } | null;
  readonly figures: Figures;
}

const METHODS = [
  'fingerprint',
  'fingerprint',
  'card',
  'app',
  'face',
  'passcode',
  'card',
  'palm_vein',
  'qr_code',
  'wristband',
  'remote',
] as const;
const REASONS = ['unknown_credential', 'wrong_passcode', 'outside_hours', 'expired_credential'] as const;
const KEPT = 800;

/** The plan of a class for a day; null when it is absent, or the day is not a working day. */
export type Planner = (day: number, klass: number) => PlannedDay | null;

export function planner(config: SandboxConfig, policy: Policy, zone: Zone): Planner {
  const days = new Map<number, (PlannedDay | null | undefined)[]>();
  return (day, klass) => {
    let plans = days.get(day);
    if (!plans) {
      if (days.size >= KEPT) days.clear();
      plans = new Array<PlannedDay | null | undefined>(Math.min(CLASSES, config.employees));
      days.set(day, plans);
    }
    const known = plans[klass];
    if (known !== undefined) return known;
    const made = isScheduled(policy, day) ? plan(config, policy, zone, day, klass) : null;
    plans[klass] = made;
    return made;
  };
}

/** One in fifty is absent: on each day another fiftieth of the classes. */
const absent = (seed: number, day: number, klass: number) =>
  (klass + hash(seed, ABOUT.absent, day)) % 50 === 0;
/** One in twenty-five comes in only at the second try, which makes about one attempt in fifty fail. */
const fails = (seed: number, day: number, klass: number) =>
  (klass + hash(seed, ABOUT.failed, day)) % 25 === 0;

function plan(
  config: SandboxConfig,
  policy: Policy,
  zone: Zone,
  day: number,
  klass: number,
): PlannedDay | null {
  const { seed } = config;
  if (absent(seed, day, klass)) return null;
  const kind = hash(seed, ABOUT.day, day, klass);
  const arrive = arrival(kind % 100, hash(seed, ABOUT.arrive, day, klass));
  const depart = departure((kind >>> 8) % 100, hash(seed, ABOUT.depart, day, klass));
  const end = (policy.end <= policy.start ? policy.end + 1440 : policy.end) * 60;
  const inAt = zone.instant(day, Math.max(0, policy.start * 60 + arrive));
  const outAt = depart === null ? null : zone.instant(day, end + depart);
  const by = hash(seed, ABOUT.method, klass);
  const presence = { in: inAt, out: outAt };
  return {
    ...presence,
    lock: doorOf(klass),
    method: METHODS[(by + (kind % 9 === 0 ? kind : 0)) % METHODS.length] ?? 'card',
    failed: fails(seed, day, klass)
      ? {
          at: inAt - 4000 - (kind % 26) * 1000,
          reason: REASONS[kind % REASONS.length] ?? 'unknown_credential',
        }
      : null,
    figures: assess(policy, zone, day, presence),
  };
}

/** Seconds from the start of the shift: mostly a little early, some within the grace, some late. */
function arrival(kind: number, chance: number): number {
  if (kind < 74) return -(chance % 300);
  if (kind < 86) return 30 + (chance % 270);
  return 360 + (chance % 2700);
}

/** Seconds from the end of the shift; null: nobody clocked out. */
function departure(kind: number, chance: number): number | null {
  if (kind < 76) return chance % 330;
  if (kind < 82) return -(360 + (chance % 3240));
  if (kind < 98) return 1200 + (chance % 6000);
  return kind === 98 ? null : -(chance % 300);
}
