import { describe, expect, it } from 'vitest';
import { START } from '../support/context.ts';
import { follow, idsOf, schedule } from './command-world.ts';
import { event } from './world.ts';

describe('locks history --follow', () => {
  it('ends with 143 when it is terminated, after its summary', async () => {
    const { code, stderr } = await follow('locks history lock_789 --follow --interval 5s', {
      signal: 'SIGTERM',
    });
    expect(code).toBe(143);
    expect(stderr).toMatch(/0 gaps/);
  });

  it('ends with 0 and without a word when its reader has gone', async () => {
    const { code, stderr } = await follow('locks history lock_789 --follow --interval 5s', {
      closeAfter: 10,
    });
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/followed|behind|worktime:/);
  });

  it('ends with 4 and the words of the API when the key is wrong', async () => {
    const error = { code: 'unauthorized', message: 'The API key is not valid' };
    const { code, stderr } = await follow('locks history lock_789 --follow --interval 5s', {
      answer: (_, now) => (now > 10_000 ? { status: 401, body: { success: false, error } } : undefined),
    });
    expect(code).toBe(4);
    expect(stderr).toMatch(/The API key is not valid/);
  });

  it('ends with 6 when there is no such lock', async () => {
    const { code } = await follow('locks history lock_0 --follow', {
      answer: () => ({
        status: 404,
        body: { success: false, error: { code: 'not_found', message: 'No such lock' } },
      }),
    });
    expect(code).toBe(6);
  });

  it('lives through a server fault and a rate limit beyond --max-wait, and says both', async () => {
    const reset = START + 700_000;
    const rate = (remaining: number, resetAt: number) => ({
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(resetAt / 1000),
    });
    const refused = (code: string, message: string) => ({ success: false, error: { code, message } });
    const { code, stdout, stderr } = await follow(
      'locks history lock_789 --follow --interval 5s --max-wait 1s --format ndjson -n 0',
      {
        stopAt: 1_200_000,
        answer: (_, now) => {
          if (now === 10_000) return { status: 500, body: refused('server_error', 'out of order') };
          if (now >= 100_000 && now < 700_000) {
            const body = refused('rate_limit_exceeded', 'slow down');
            return { status: 429, headers: rate(0, reset), body };
          }
          const body = { success: true, data: schedule.filter(({ arrives }) => arrives <= now).map(event) };
          return { headers: now < 100_000 ? rate(900, reset) : rate(900, reset + 3_600_000), body };
        },
      },
    );
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(['event_4', 'event_5']);
    expect(stderr).toMatch(/warning: behind: the API failed/);
    expect(stderr).toMatch(/warning: behind: .*rate limit/i);
    expect(stderr.match(/caught up after [^:]+/g)).toEqual(['caught up after 7 s', 'caught up after 10 min']);
    expect(stderr).toMatch(/2 events, 1 late, 2 gaps \(10 min, read back\)$/m);
  });

  it('says an outage once, and counts it as a gap when it is still open at the end', async () => {
    const { code, stderr } = await follow('locks history lock_789 --follow --interval 5s -n 1', {
      stopAt: 120_000,
      answer: (_, now) => (now > 10_000 ? { status: 500, body: { success: false } } : undefined),
    });
    expect(code).toBe(0);
    expect(stderr.match(/GET \S+/g)).toEqual(['GET /locks/lock_789/history);']);
    expect(stderr).toMatch(/1 event, 0 late, 1 gap \([^,)]*\)$/m);
    expect(stderr).toMatch(
      /still behind when it ended: what came after 2024-11-18T12:00:10Z is not shown; start again with --since/,
    );
  });

  it('polls about every ten minutes with 12 calls left in the hour, and says so', async () => {
    const polls: number[] = [];
    const { stderr } = await follow('locks history lock_789 --follow --timezone UTC', {
      stopAt: 3_500_000,
      answer: (_, now) => {
        polls.push(Math.round(now / 60_000));
        const headers = {
          'x-ratelimit-limit': '100',
          'x-ratelimit-remaining': String(13 - polls.length),
          'x-ratelimit-reset': String((START + 3_600_000) / 1000),
        };
        return {
          headers,
          body: { success: true, data: schedule.filter(({ arrives }) => arrives <= now).map(event) },
        };
      },
    });
    expect(stderr).toMatch(/polling every 10 min \(12 calls left for 1 h\)/);
    expect(stderr).not.toMatch(/behind/);
    expect(polls).toEqual([0, 10, 20, 30, 40, 50, 60]);
  });
});
