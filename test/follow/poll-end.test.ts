import { describe, expect, it } from 'vitest';
import { TemporaryError } from '../../src/errors.ts';
import { Pace } from '../../src/follow/pace.ts';
import { type Ending, poll } from '../../src/follow/poll.ts';
import { START, type TestContext, testContext } from '../support/context.ts';
import { lockWith, tailOf } from './world.ts';

const MINUTE = 60_000;

describe('the end of a tail', () => {
  const arriving = (context: TestContext, ...times: number[]) =>
    lockWith(
      context,
      times.map((at, index) => ({ id: `event_${index}`, at, arrives: at })),
    );
  const end = async (context: TestContext, ...parameters: Parameters<typeof tailOf>) => {
    const endings: Ending[] = [];
    const shown: unknown[] = [];
    const options = tailOf(...parameters);
    for await (const batch of poll(context, {
      ...options,
      observer: { ended: (ending) => endings.push(ending) },
    }))
      shown.push(...batch);
    return { ending: endings[0], shown: shown.length, after: context.now() - START };
  };

  it('comes with --until, after a last look', async () => {
    const context = testContext();
    const outcome = await end(context, [arriving(context, 1000, 89_000)], {
      until: START + 90_000,
      pace: new Pace(MINUTE),
    });
    expect(outcome).toEqual({ ending: 'until', shown: 2, after: 90_000 });
  });

  it('comes when nothing came for the idle time, counted from the last record', async () => {
    const context = testContext();
    expect(await end(context, [arriving(context, 4500)], { idle: 30_000 })).toEqual({
      ending: 'idle',
      shown: 1,
      after: 35_000,
    });
  });

  it('comes after the number of records, and the rest is not counted as shown', async () => {
    const context = testContext();
    const options = tailOf([arriving(context, -3, -2, -1)], { first: { last: 10 } });
    const outcome = await end(context, options.sources, { ...options, count: 2 });
    expect(outcome).toEqual({ ending: 'count', shown: 2, after: 0 });
    expect(options.memory.known.size).toBe(2);
  });

  it('is a fault when the API cannot be asked for what came before it', async () => {
    const context = testContext();
    const lock = lockWith(context, [], {
      before: () => {
        if (context.now() > START) throw new TemporaryError('refused');
      },
    });
    await expect(end(context, [lock], { until: START + MINUTE })).rejects.toThrow(TemporaryError);
    const idle = testContext();
    const dead = lockWith(idle, [], {
      before: () => {
        throw new TemporaryError('refused');
      },
    });
    await expect(end(idle, [dead], { idle: MINUTE })).rejects.toThrow(TemporaryError);
  });
});
