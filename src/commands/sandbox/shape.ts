/** The flags from which a sandbox is made, shared by `reset` and `serve`. */

import type { Option } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import type { Fixture, Plan, Shape } from '../../sandbox/config.ts';

const DATA = 'Data';

export const shapeOptions: readonly Option[] = [
  {
    name: 'seed',
    kind: 'integer',
    min: 0,
    max: 2_147_483_647,
    placeholder: 'N',
    group: DATA,
    description: 'The same seed gives the same data (default 1)',
  },
  {
    name: 'employees',
    kind: 'integer',
    min: 1,
    max: 1_000_000,
    placeholder: 'N',
    group: DATA,
    description: 'How many employees (default 42)',
  },
  {
    name: 'fixture',
    kind: 'choice',
    values: ['january-2024'],
    group: DATA,
    description: 'A month worked to the cent by hand, instead of a seed',
  },
  {
    name: 'timezone',
    kind: 'string',
    placeholder: 'ZONE',
    complete: 'zone',
    group: DATA,
    description: "The organization's time zone (default UTC)",
  },
  {
    name: 'shift',
    kind: 'string',
    placeholder: 'FROM-TO',
    group: DATA,
    description: 'Working hours (default 09:00-17:30); an end before the start is on the next day',
  },
  {
    name: 'holiday',
    kind: 'string',
    repeat: true,
    placeholder: 'DATE',
    group: DATA,
    description: 'A holiday, 2024-12-25 or 12-25 for every year (default 01-01)',
  },
  {
    name: 'plan',
    kind: 'choice',
    values: ['free', 'paid', 'enterprise'],
    group: DATA,
    description:
      'Whose hourly rate limit: 100, 1000 or 10000 requests (default paid; enterprise above 20000 employees)',
  },
];

export interface ShapeInput {
  readonly seed?: number;
  readonly employees?: number;
  readonly fixture?: Fixture;
  readonly timezone?: string;
  readonly shift?: string;
  readonly holiday?: readonly string[];
  readonly plan?: Plan;
}

/** The flags as a shape. Throws UsageError. */
export async function shapeOf(input: ShapeInput): Promise<Shape> {
  const { seed, employees, fixture, timezone, plan } = input;
  if (fixture !== undefined && (seed !== undefined || employees !== undefined)) {
    throw new UsageError('--fixture has its own employees: --seed and --employees do not go with it', {
      next: 'leave out --fixture, or the other two',
    });
  }
  if (timezone !== undefined) (await import('../../time/zone.ts')).checkTimeZone(timezone);
  return {
    seed,
    employees,
    fixture,
    timezone,
    plan,
    shift: shiftOf(input.shift),
    holidays: holidaysOf(input.holiday),
  };
}

function shiftOf(text: string | undefined): Shape['shift'] {
  if (text === undefined) return undefined;
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!match) {
    throw new UsageError(`--shift: "${text}" is not a shift`, {
      next: 'write it as 09:00-17:30 or 22:00-06:00',
    });
  }
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  return { start: fromHour * 60 + fromMinute, end: toHour * 60 + toMinute };
}

function holidaysOf(dates: readonly string[] | undefined): readonly string[] | undefined {
  for (const date of dates ?? []) {
    // 2024 has every day that a month can have.
    const full = date.length === 5 ? `2024-${date}` : date;
    const instant = /^\d{4}-\d{2}-\d{2}$/.test(full) ? Date.parse(`${full}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== full) {
      throw new UsageError(`--holiday: "${date}" is not a date`, {
        next: 'write it as 2024-12-25, or 12-25 for every year',
      });
    }
  }
  return dates;
}
