import { describe, expect, it } from 'vitest';
import { follow, idsOf } from './command-world.ts';

describe('locks history', () => {
  const history = (flags: string) => follow(`locks history lock_789 --format ndjson ${flags}`);

  it('shows all that the API offers, in its order, and sends no filter', async () => {
    const { stdout, requests } = await history('--since 2024-11-18T11:59:56Z --method card --failed');
    expect(idsOf(stdout)).toEqual(['event_3']);
    expect(requests).toEqual(['/v1/locks/lock_789/history']);
    expect(idsOf((await history('')).stdout)).toEqual(['event_1', 'event_2', 'event_3']);
  });

  it.each([
    ['--since 2024-11-18T11:59:56Z', ['event_2', 'event_3']],
    ['--until 2024-11-18T11:59:56Z', ['event_1']],
    ['--method card --method fingerprint', ['event_1', 'event_2', 'event_3']],
    ['--failed', ['event_3']],
    ['--employee emp_2', ['event_2']],
    ['-n 2', ['event_2', 'event_3']],
    ['-n 1 --method fingerprint', ['event_1']],
    ['--limit 2', ['event_2', 'event_3']],
  ])('filters by itself: %s', async (flags, ids) => {
    expect(idsOf((await history(flags)).stdout)).toEqual(ids);
  });

  it('takes --limit for the number of records, and asks for no more pages than without', async () => {
    expect((await history('--limit 2')).requests).toEqual(['/v1/locks/lock_789/history']);
    expect((await history('--limit 2 -n 2')).code).toBe(2);
  });

  it('warns of a method that is neither seen nor documented: it must not look like an all-clear', async () => {
    const { stdout, stderr, code } = await history('--method finger --since 2024-11-18T11:59:56Z');
    expect([stdout, code]).toEqual(['', 0]);
    expect(stderr).toBe(
      'warning: no record has the method "finger"; seen: card, fingerprint; did you mean fingerprint?\n',
    );
  });

  it('notes a method that is documented and that no record has, and nothing of one that a filter keeps out', async () => {
    expect((await history('--method face --method card')).stderr).toBe(
      'no record has the method "face"; seen: card, fingerprint\n',
    );
    expect((await history('--method fingerprint --failed')).stderr).toBe('');
  });

  it('says at the start of a tail which method is not documented, for nobody knows what will come', async () => {
    const { stdout, stderr } = await history('--follow --interval 5s --method telepathy --method fase');
    expect(idsOf(stdout)).toEqual(['event_4']);
    expect(stderr).toMatch(
      /^warning: the method "telepathy" or "fase" is not among those documented, app, .*; did you mean face\?\n/,
    );
  });

  it('reads several locks, or all of them', async () => {
    const { requests } = await follow('locks history --all-locks --format ndjson');
    expect(requests).toEqual(['/v1/locks', '/v1/locks/lock_789/history', '/v1/locks/lock_790/history']);
    const named = await follow('locks history lock_1 lock_2 lock_1 --format ndjson');
    expect(named.requests).toEqual(['/v1/locks/lock_1/history', '/v1/locks/lock_2/history']);
  });

  it.each([
    'locks history',
    'locks history lock_789 --interval 5s',
    'locks history lock_789 --resume x',
    'locks history lock_789 --follow --resume ../x',
    'locks history lock_789 --follow --interval 1ms',
    'locks history lock_789 --follow --last 3 --since 2024-11-18T09:00:00Z',
    'locks history lock_789 --since 09:00 --until 08:00 --timezone UTC',
    'locks history lock_789 --follow --sort timestamp',
    'locks history lock_789 --follow --query [].id',
    'locks history lock_789 --follow -o x.csv --format csv',
    'locks history --all-locks --follow -o x.csv',
    'locks history lock_789 --follow -o x.xlsx',
    'attendance list --follow -o x.pdf',
    `locks history lock_789 --follow --exec "a 'b"`,
    'locks history lock_789 --follow --exec nosuchprogram',
    'attendance list --since 2024-11-18T09:00:00Z',
    'attendance list --follow --page 2',
  ])('refuses before anything is sent: %s', async (line) => {
    const { code, requests, stdout } = await follow(line);
    expect([code, requests, stdout]).toEqual([2, [], '']);
  });
});
