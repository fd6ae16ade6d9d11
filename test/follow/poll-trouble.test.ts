import { describe, expect, it } from 'vitest';
import { AuthError, RateLimitError, RefusedError, TemporaryError } from '../../src/errors.ts';
import { Pace } from '../../src/follow/pace.ts';
import { type Observer, poll } from '../../src/follow/poll.ts';
import { START, type TestContext, testContext } from '../support/context.ts';
import { followUntil, lockWith, tailOf } from './world.ts';

const MINUTE = 60_000;

describe('a tail in trouble', () => {
  const scripted = (context: TestContext, faults: Readonly<Record<number, () => unknown>>) =>
    lockWith(context, [{ id: 'x', at: 0, arrives: 1 }], {
      before: (number) => {
        const fault = faults[number]?.();
        if (fault) throw fault;
      },
    });
  const heard = () => {
    const said: string[] = [];
    const observer: Observer = {
      behind: ({ error, delay }) =>
        said.push(`behind: ${(error as Error).message}, ${Math.round(delay / 1000)} s`),
      caughtUp: ({ gap }) => said.push(`caught up after ${Math.round(gap / 1000)} s`),
      slept: (ms) => said.push(`slept ${Math.round(ms / 1000)} s`),
    };
    return { said, observer };
  };

  it('says that it is behind, waits for the reset of the rate limit, catches up and says so', async () => {
    const context = testContext();
    const { said, observer } = heard();
    const resetAt = START + 600_000;
    const lock = scripted(context, { 2: () => new RateLimitError('limit exceeded', { resetAt }) });
    const shown = await followUntil(context, 11 * MINUTE, tailOf([lock], { observer }));
    expect(said[0]).toMatch(/^behind: limit exceeded, (599|600) s$/);
    expect(said[1]).toMatch(/^caught up after 60[01] s$/);
    expect(shown).toHaveLength(1);
  });

  it('backs off up to a minute, and never hammers', async () => {
    const context = testContext();
    let polls = 0;
    const lock = lockWith(context, [], {
      before: () => {
        if (context.now() >= START + 60 * MINUTE) return;
        polls += 1;
        throw new TemporaryError('refused');
      },
    });
    await followUntil(context, 61 * MINUTE, tailOf([lock]));
    expect(polls).toBeLessThan(100);
    expect(polls).toBeGreaterThan(60);
  });

  it('waits after a fault however long the fault took to show', async () => {
    const context = testContext();
    let polls = 0;
    const lock = lockWith(context, [], {
      before: () => {
        polls += 1;
        context.advance(90_000);
        throw new TemporaryError('no answer in time');
      },
    });
    await followUntil(context, 60 * MINUTE, tailOf([lock], { until: START + 60 * MINUTE })).catch(
      () => undefined,
    );
    expect(context.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(polls * 15_000);
  });

  it('is not kept by a passing fault from saying that another lock was never there', async () => {
    const context = testContext();
    const failing = (id: string, error: Error) =>
      lockWith(context, [], {
        id,
        before: () => {
          throw error;
        },
      });
    const locks = [
      failing('busy', new TemporaryError('fault', { status: 500 })),
      failing('gone', new RefusedError('no such lock', { status: 404 })),
    ];
    await expect(followUntil(context, MINUTE, tailOf(locks))).rejects.toThrow('no such lock');
  });

  it('notices that the machine slept, and polls at once', async () => {
    const context = testContext();
    const { said, observer } = heard();
    let polls = 0;
    const lock = lockWith(context, [{ id: 'x', at: 0, arrives: 1000 }], {
      before: () => {
        polls += 1;
      },
    });
    const steady = context.monotonic;
    let asleep = 0;
    const sleepy: TestContext = {
      ...context,
      monotonic: () => steady() - asleep,
      sleep: async (ms, signal) => {
        await context.sleep(ms, signal);
        if (asleep === 0 && context.now() > START + 20 * MINUTE) {
          context.advance(3 * 60 * MINUTE);
          asleep = 3 * 60 * MINUTE;
        }
      },
    };
    await followUntil(sleepy, 215 * MINUTE, tailOf([lock], { observer, pace: new Pace(30 * MINUTE) }));
    expect(said[0]).toBe(`slept ${3 * 3600} s`);
    expect(said[1]).toMatch(/^caught up after/);
    expect(polls).toBe(3);
  });

  it('ends at once with a wrong key, after it has shown what the other locks gave', async () => {
    const context = testContext();
    const good = lockWith(context, [{ id: 'x', at: 0, arrives: -1 }], { id: 'good' });
    const bad = lockWith(context, [], {
      id: 'bad',
      before: () => {
        throw new AuthError('invalid key');
      },
    });
    const shown: unknown[] = [];
    const following = async () => {
      for await (const batch of poll(context, tailOf([good, bad], { first: { last: 5 } })))
        shown.push(...batch);
    };
    await expect(following()).rejects.toThrow(AuthError);
    expect(shown).toHaveLength(1);
  });

  it('ends when a lock was never there, and waits when it was', async () => {
    const context = testContext();
    const gone = () => new RefusedError('no such lock', { status: 404 });
    await expect(followUntil(context, MINUTE, tailOf([scripted(context, { 1: gone })]))).rejects.toThrow(
      RefusedError,
    );
    const later = testContext();
    expect(await followUntil(later, MINUTE, tailOf([scripted(later, { 2: gone })]))).toHaveLength(1);
  });
});
