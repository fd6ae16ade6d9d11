import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimitError, TemporaryError } from '../../src/errors.ts';
import type { Observer } from '../../src/follow/poll.ts';
import { START, seededRandom, testContext } from '../support/context.ts';
import { event, followUntil, idOf, lockWith, type Scheduled, tailOf } from './world.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Late by up to 40 days, equal, from the future, before and after the tail begins. */
const anySchedule = fc
  .array(
    fc.record({
      at: fc.oneof(
        fc.integer({ min: -40 * DAY, max: 5 * MINUTE }),
        fc.constantFrom(-DAY, 0, 1000, 2000),
        fc.integer({ min: 0, max: MINUTE }),
      ),
      arrives: fc.oneof(fc.integer({ min: -1000, max: MINUTE }), fc.constantFrom(-1, 0, 1000)),
    }),
    { maxLength: 60 },
  )
  .map((records): Scheduled[] => records.map((record, index) => ({ ...record, id: `event_${index}` })));

/** An answer in any order, with some of its records twice. */
const arrangedBy = (seed: number) => (records: unknown[], number: number) => {
  const random = seededRandom(seed + number);
  return [...records, ...records.filter(() => random() < 0.3)]
    .map((record) => ({ record, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ record }) => record);
};

describe('a tail', () => {
  it('shows each record once, whatever the order, however late, equal, repeated or from the future', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySchedule,
        fc.integer(),
        fc.integer({ min: 1, max: 7 }),
        async (schedule, seed, pageSize) => {
          const context = testContext();
          const lock = lockWith(context, schedule, { arrange: arrangedBy(seed), pageSize });
          const shown = await followUntil(context, 2 * MINUTE, tailOf([lock]));
          const expected = schedule.filter(({ arrives }) => arrives > 0).map(({ id }) => id);
          expect(shown.map(idOf).sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 150 },
    );
  });

  it('shows each record once through faults, cut answers and sleep', async () => {
    await fc.assert(
      fc.asyncProperty(anySchedule, fc.integer(), async (schedule, seed) => {
        const context = testContext();
        const random = seededRandom(seed);
        const lock = lockWith(context, schedule, {
          arrange: arrangedBy(seed),
          pageSize: 3,
          before: () => {
            if (random() < 0.3) throw new TemporaryError('connection reset');
            if (random() < 0.1) throw new RateLimitError('slow down', { resetAt: context.now() + 5000 });
          },
          cut: () => (random() < 0.2 ? new TemporaryError('the answer was cut short') : undefined),
        });
        const shown = await followUntil(
          context,
          30 * MINUTE,
          tailOf([lock], { first: { since: START - 90 * DAY } }),
        );
        expect(shown.map(idOf).sort()).toEqual(schedule.map(({ id }) => id).sort());
      }),
      { numRuns: 100 },
    );
  });

  it('marks exactly the records that are older than one shown before', async () => {
    await fc.assert(
      fc.asyncProperty(anySchedule, async (schedule) => {
        const context = testContext();
        const since = START - 90 * DAY;
        const lock = lockWith(context, schedule);
        const shown = await followUntil(context, 2 * MINUTE, tailOf([lock], { first: { since } }));
        let newest = Number.NEGATIVE_INFINITY;
        for (const { time, late } of shown) {
          expect(late).toBe(time < newest);
          newest = Math.max(newest, time);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('shows a record no later than one interval after it arrived', async () => {
    const context = testContext();
    const schedule = Array.from({ length: 50 }, (_, index) => ({
      id: `event_${index}`,
      at: index * 777,
      arrives: index * 777,
    }));
    const seenAt = new Map<string | undefined, number>();
    const observer: Observer = {
      shown: (arrivals) => {
        for (const arrival of arrivals) seenAt.set(idOf(arrival), context.now() - START);
      },
    };
    await followUntil(
      context,
      MINUTE,
      tailOf([lockWith(context, schedule)], { observer, first: { last: 1 } }),
    );
    expect(seenAt.size).toBe(50);
    for (const { id, arrives } of schedule) expect((seenAt.get(id) ?? 0) - arrives).toBeLessThanOrEqual(1000);
  });

  it('tells records without an ID apart by lock, time, method and employee', async () => {
    const context = testContext();
    const schedule = [
      { at: 0, arrives: 1 },
      { at: 0, arrives: 2 },
      { at: 0, arrives: 3, method: 'card' },
      { at: 0, arrives: 4, employee: 'emp_2' },
      { at: 1, arrives: 5 },
    ];
    const shown = await followUntil(context, MINUTE, tailOf([lockWith(context, schedule)]));
    expect(shown).toHaveLength(4);
  });

  it('starts with the newest N of all locks, oldest first, and none of the rest comes later', async () => {
    const context = testContext();
    const past = (id: string, at: number) => ({ id, at, arrives: -1 });
    const front = lockWith(context, [past('a', -5), past('c', -3), past('e', -1)], { id: 'front' });
    const back = lockWith(context, [past('b', -4), past('d', -2)], { id: 'back' });
    const shown = await followUntil(context, MINUTE, tailOf([front, back], { first: { last: 3 } }));
    expect(shown.map(idOf)).toEqual(['c', 'd', 'e']);
    expect(shown.map(({ late }) => late)).toEqual([false, false, false]);
  });

  it('shows a record that two locks offer once', async () => {
    const context = testContext();
    const schedule = [
      { id: 'x', at: 0, arrives: -1 },
      { id: 'y', at: 0, arrives: 5000 },
    ];
    const locks = ['front', 'back'].map((id) => lockWith(context, schedule, { id }));
    const shown = await followUntil(context, MINUTE, tailOf(locks, { first: { last: 5 } }));
    expect(shown.map(idOf)).toEqual(['x', 'y']);
  });

  it('does not show again what was missing from an answer and is offered once more', async () => {
    const context = testContext();
    const lock = lockWith(
      context,
      [
        { id: 'x', at: 0, arrives: 500 },
        { id: 'y', at: 0, arrives: 700 },
      ],
      {
        arrange: (records, number) => (number % 3 === 0 ? [] : records),
      },
    );
    expect((await followUntil(context, MINUTE, tailOf([lock]))).map(idOf)).toEqual(['x', 'y']);
  });

  it('keeps one lock going while another fails, and shows what that one held back', async () => {
    const context = testContext();
    const good = lockWith(context, [{ id: 'a', at: 2000, arrives: 2000 }], { id: 'good' });
    const bad = lockWith(context, [{ id: 'b', at: 1000, arrives: 1000 }], {
      id: 'bad',
      before: (number) => {
        if (number > 1 && context.now() < START + 30_000) throw new TemporaryError('fault', { status: 500 });
      },
    });
    const shown = await followUntil(context, MINUTE, tailOf([bad, good]));
    expect(shown.map((one) => [idOf(one), one.late])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });
});

describe('an answer that is not what it should be', () => {
  it('is shown as it comes: unknown fields, unknown methods, no time, no object', async () => {
    const context = testContext();
    const odd: unknown[] = [{ id: 'a', access_method: 'telepathy', more: [1] }, { id: 7 }, 'text', null];
    const lock = {
      ...lockWith(context, []),
      async *read() {
        yield context.now() > START ? odd : [event({ id: 'old', at: 0, arrives: 0 })];
      },
    };
    const shown = await followUntil(context, MINUTE, tailOf([lock]));
    expect(shown.map(({ record }) => record)).toEqual(odd);
    expect(shown.every(({ late }) => !late)).toBe(true);
  });
});
