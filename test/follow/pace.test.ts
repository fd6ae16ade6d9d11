import { describe, expect, it } from 'vitest';
import { describePace } from '../../src/follow/narrator.ts';
import { type Budget, Pace } from '../../src/follow/pace.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** An hour of polls with nobody else about: how many there were. */
function pollsInAnHour(limit: number, remaining: number, cost = 1): number {
  const pace = new Pace();
  let left = remaining - cost;
  let polls = 1;
  for (let now = 0; ; ) {
    now += pace.next(now, { limit, remaining: left, resetAt: HOUR }, cost).delay;
    if (now >= HOUR) return polls;
    polls += 1;
    left -= cost;
    expect(left).toBeGreaterThanOrEqual(0);
  }
}

describe('the pace of a tail', () => {
  it('polls about every ten minutes with 12 calls left in an hour, and says so', () => {
    const budget: Budget = { limit: 100, remaining: 12, resetAt: HOUR };
    const pacing = new Pace().next(0, budget, 1);
    expect(pacing.delay).toBe(10 * MINUTE);
    expect(describePace(pacing, 0)).toBe('polling every 10 min (12 calls left for 1 h)');
    const status = `9999 events, 999 late; ${describePace(pacing, 0)}`;
    expect(status.length).toBeLessThan(77);
  });

  it.each([
    [100, 100],
    [1000, 1000],
    [10_000, 10_000],
    [100, 12],
    [100, 3],
  ])('leaves most of the hour to people: of %i calls, %i left', (limit, remaining) => {
    const polls = pollsInAnHour(limit, remaining);
    expect(polls - 1).toBeLessThanOrEqual(remaining / 2);
    expect(polls).toBeLessThanOrEqual(limit / 4 + 1);
  });

  it('counts what a poll of several locks costs', () => {
    expect(pollsInAnHour(1000, 1000, 5) * 5).toBeLessThanOrEqual(255);
  });

  it('slows down as people use the calls up, and never polls on the last ones', () => {
    const pace = new Pace();
    const first = pace.next(0, { limit: 100, remaining: 80, resetAt: HOUR }, 1).delay;
    const second = pace.next(MINUTE, { limit: 100, remaining: 10, resetAt: HOUR }, 1).delay;
    expect(second).toBeGreaterThan(first);
    expect(pace.next(2 * MINUTE, { limit: 100, remaining: 1, resetAt: HOUR }, 1)).toMatchObject({
      delay: 58 * MINUTE,
      reason: 'spent',
    });
  });

  it('is quicker where the plan allows it, down to a second', () => {
    const delay = (limit: number) => new Pace().next(0, { limit, remaining: limit, resetAt: HOUR }, 1).delay;
    expect(delay(1000)).toBe(14_400);
    expect(delay(10_000)).toBe(1440);
    expect(delay(1_000_000)).toBe(1000);
  });

  it('begins anew after the reset', () => {
    const pace = new Pace();
    pace.next(0, { limit: 100, remaining: 2, resetAt: MINUTE }, 1);
    const budget = { limit: 100, remaining: 99, resetAt: MINUTE + HOUR };
    expect(pace.next(MINUTE, budget, 1).delay).toBeCloseTo(HOUR / 25, 0);
  });

  it.each([
    undefined,
    { limit: 100, remaining: undefined, resetAt: HOUR },
    { limit: 100, remaining: 5, resetAt: undefined },
    { limit: 100, remaining: 5, resetAt: -1 },
  ])('does not guess where the API says nothing: %j', (budget) => {
    expect(new Pace().next(0, budget, 1)).toEqual({ delay: 15_000, reason: 'unknown' });
  });

  it('is what --interval says', () => {
    const budget = { limit: 100, remaining: 0, resetAt: HOUR };
    expect(new Pace(500).next(0, budget, 1)).toEqual({ delay: 500, reason: 'interval' });
  });
});
