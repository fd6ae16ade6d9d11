/** What a sandbox is made from. All else follows from it and from the changes since. */

export type Plan = 'free' | 'paid' | 'enterprise';
export type Fixture = 'january-2024';

export const PLANS: Readonly<Record<Plan, number>> = { free: 100, paid: 1000, enterprise: 10_000 };
export const FIXTURES: readonly Fixture[] = ['january-2024'];
export const MAX_EMPLOYEES = 1_000_000;
export const HISTORY_DAYS = 90;

/** The keys that open it, one per scope. Anything else is refused, so that a real key is never typed into a toy. */
export const KEYS = {
  wt_sandbox_read: 'read',
  wt_sandbox_write: 'write',
  wt_sandbox_full: 'full',
} as const;

export const ORGANIZATION_ID = 'org_123456';

export interface SandboxConfig {
  readonly version: 1;
  /** Names the log of this state: a reset makes another. */
  readonly generation: string;
  readonly seed: number;
  readonly employees: number;
  readonly fixture: Fixture | null;
  /** The instant to which the seeded dates are relative, in ms. */
  readonly epoch: number;
  /** IANA name. */
  readonly timezone: string;
  /** Minutes after local midnight; an end at or before the start is on the next day. */
  readonly shift: { readonly start: number; readonly end: number };
  /** `YYYY-MM-DD`, or `MM-DD` for every year. */
  readonly holidays: readonly string[];
  readonly plan: Plan;
}

export interface Shape {
  readonly seed?: number | undefined;
  readonly employees?: number | undefined;
  readonly fixture?: Fixture | undefined;
  readonly timezone?: string | undefined;
  readonly shift?: { readonly start: number; readonly end: number } | undefined;
  readonly holidays?: readonly string[] | undefined;
  readonly plan?: Plan | undefined;
}

/** The configuration for a wish, at an instant. An organization of tens of thousands is on the plan that fits it. */
export function configFor(shape: Shape, now: number, generation: string): SandboxConfig {
  const fixture = shape.fixture ?? null;
  const employees = fixture ? 2 : (shape.employees ?? 42);
  return {
    version: 1,
    generation,
    seed: shape.seed ?? 1,
    employees,
    fixture,
    epoch: now,
    timezone: shape.timezone ?? 'UTC',
    shift: shape.shift ?? { start: 9 * 60, end: 17 * 60 + 30 },
    holidays: shape.holidays ?? ['01-01'],
    plan: shape.plan ?? (employees > 20_000 ? 'enterprise' : 'paid'),
  };
}
