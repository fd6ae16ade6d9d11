import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HttpRequest, Transport } from '../../src/client/transport.ts';
import { InterruptedError } from '../../src/errors.ts';
import { main } from '../../src/main.ts';
import { START, temporaryFolder, testContext } from '../support/context.ts';
import { run, words } from '../support/run.ts';
import { event, type Scheduled, stamp } from './world.ts';

const schedule: Scheduled[] = [
  { id: 'event_1', at: -5000, arrives: -1 },
  { id: 'event_2', at: -4000, arrives: -1, method: 'card', employee: 'emp_2' },
  { id: 'event_3', at: -3000, arrives: -1, method: 'card', success: false },
  { id: 'event_4', at: 20_000, arrives: 20_000, method: 'telepathy' },
  { id: 'event_5', at: -40 * 86_400_000, arrives: 40_000 },
];

interface Answer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

/** A command line against an API that offers the schedule, until Ctrl-C at `stopAt` of the made-up clock. */
async function follow(
  line: string,
  options: {
    readonly stopAt?: number;
    readonly signal?: 'SIGINT' | 'SIGTERM';
    readonly home?: string;
    readonly answer?: (request: HttpRequest, now: number) => Answer | undefined;
    readonly env?: Record<string, string>;
    readonly closeAfter?: number;
  } = {},
) {
  const home = options.home ?? temporaryFolder();
  const requests: string[] = [];
  let context = testContext();
  const transport: Transport = async (request) => {
    requests.push(new URL(request.url).pathname + new URL(request.url).search);
    const now = context.now() - START;
    if (now >= (options.stopAt ?? 60_000)) context.interrupt(new InterruptedError(options.signal));
    const answer = options.answer?.(request, now) ?? {
      body: {
        success: true,
        data: request.url.endsWith('/locks')
          ? [{ id: 'lock_789' }, { id: 'lock_790' }]
          : schedule.filter(({ arrives }) => arrives <= now).map(event),
      },
    };
    const text = JSON.stringify(answer.body);
    return {
      status: answer.status ?? 200,
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
        date: new Date(context.now()).toUTCString(),
        ...answer.headers,
      },
      body: bytesOf(text),
    };
  };
  context = testContext({
    argv: words(line),
    home,
    env: { WORKTIME_API_KEY: 'wt_test_key', ...options.env },
    transport,
    stdout: options.closeAfter === undefined ? {} : { closeAfter: options.closeAfter },
  });
  const code = await main(context);
  const stdout = context.stdout.text();
  return { code, stdout, stderr: context.stderr.text(), requests, home, elapsed: context.now() - START };
}

const idsOf = (ndjson: string) =>
  ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: string }).id);

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
  ])('filters by itself: %s', async (flags, ids) => {
    expect(idsOf((await history(flags)).stdout)).toEqual(ids);
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
    `locks history lock_789 --follow --exec "a 'b"`,
    'locks history lock_789 --follow --exec nosuchprogram',
    'attendance list --since 2024-11-18T09:00:00Z',
    'attendance list --follow --page 2',
  ])('refuses before anything is sent: %s', async (line) => {
    const { code, requests, stdout } = await follow(line);
    expect([code, requests, stdout]).toEqual([2, [], '']);
  });
});

describe('locks history --follow', () => {
  it('starts with the newest, goes on with what arrives, marks what is late, and ends with 0 on Ctrl-C', async () => {
    const { code, stdout, stderr } = await follow(
      'locks history lock_789 --follow -n 2 --format ndjson --interval 5s',
    );
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(['event_2', 'event_3', 'event_4', 'event_5']);
    const [, , fourth, fifth] = stdout.split('\n').map((line) => (line === '' ? {} : JSON.parse(line)));
    expect(fourth).toEqual(event(schedule[3] as Scheduled));
    expect(fifth).toEqual({ ...event(schedule[4] as Scheduled), late: true });
    expect(stderr).toMatch(/4 events, 1 late, 0 gaps/);
  });

  it('shows the mark as a column of the table', async () => {
    const { stdout } = await follow('locks history lock_789 --follow -n 1 --interval 5s');
    expect(stdout).toMatch(/ Late$/m);
    expect(stdout).toMatch(/telepathy/);
    expect(stdout).toMatch(/event_5 .*yes$/m);
  });

  it('is one JSON document with --json', async () => {
    const { stdout } = await follow('locks history lock_789 --follow -n 1 --json --interval 5s');
    expect(JSON.parse(stdout)).toHaveLength(3);
  });

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
    expect(stderr).not.toMatch(/followed/);
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
    const { code, stdout, stderr } = await follow(
      'locks history lock_789 --follow --interval 5s --max-wait 1s --format ndjson -n 0',
      {
        stopAt: 1_200_000,
        answer: (_, now) => {
          if (now > 10_000 && now < 15_000) return { status: 500, body: { success: false } };
          if (now < 100_000 || now > 700_000) return undefined;
          const reset = {
            'x-ratelimit-reset': String((START + 700_000) / 1000),
            'x-ratelimit-remaining': '0',
          };
          const error = { code: 'rate_limit_exceeded', message: 'slow down' };
          return {
            status: 429,
            headers: { ...reset, 'x-ratelimit-limit': '100' },
            body: { success: false, error },
          };
        },
      },
    );
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(['event_4', 'event_5']);
    expect(stderr).toMatch(/warning: behind: .*rate limit/i);
    expect(stderr).toMatch(/caught up after 10 min/);
    expect(stderr).toMatch(/2 events, 1 late, 1 gap \(10 min\)|2 events, 1 late, 2 gaps/);
  });

  it('says an outage once, and counts it as a gap when it is still open at the end', async () => {
    const { code, stderr } = await follow('locks history lock_789 --follow --interval 5s -n 1', {
      stopAt: 120_000,
      answer: (_, now) => (now > 10_000 ? { status: 500, body: { success: false } } : undefined),
    });
    expect(code).toBe(0);
    expect(stderr.match(/GET \S+/g)).toEqual(['GET /locks/lock_789/history);']);
    expect(stderr).toMatch(/1 event, 0 late, 1 gap \(/);
    expect(stderr).toMatch(
      /still behind when it ended: what came after 2024-11-18T12:00:10Z is not shown; start again with --since/,
    );
  });

  it('polls about every ten minutes with 12 calls left in the hour, and says so', async () => {
    let left = 13;
    const { stderr, requests } = await follow('locks history lock_789 --follow --timezone UTC', {
      stopAt: 3_500_000,
      answer: (_, now) => {
        left -= 1;
        const headers = {
          'x-ratelimit-limit': '100',
          'x-ratelimit-remaining': String(left),
          'x-ratelimit-reset': String((START + 3_600_000) / 1000),
        };
        return {
          headers,
          body: { success: true, data: schedule.filter(({ arrives }) => arrives <= now).map(event) },
        };
      },
    });
    expect(stderr).toMatch(/polling every 10 min \(12 calls left for 1 h\)/);
    expect(requests.length).toBeLessThanOrEqual(7);
  });

  it('runs a program for each event, in order, and counts what fails', async () => {
    const home = temporaryFolder();
    const script = join(home, 'hook.cjs');
    writeFileSync(
      script,
      `let text = ''; process.stdin.on('data', (part) => { text += part; }).on('end', () => {
        const { id, late } = JSON.parse(text);
        console.log('got ' + id); process.exit(late ? 3 : 0); });`,
    );
    const { code, stdout, stderr } = await follow(
      `locks history lock_789 --follow -n 1 --interval 5s --format ndjson --exec "${process.execPath} '${script}'"`,
      { home },
    );
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(['event_3', 'event_4', 'event_5']);
    expect(stderr.match(/got \w+/g)).toEqual(['got event_3', 'got event_4', 'got event_5']);
    expect(stderr).toMatch(/warning: --exec: .* ended with 3 for event_5/);
    expect(stderr).toMatch(/3 events, 1 late, 0 gaps, 1 failed --exec/);
  });

  it('leaves what lies beyond --until to a later run of the same cursor', async () => {
    const line = 'locks history lock_789 --follow -n 0 --interval 5s --format ndjson --resume day';
    const today = await follow(`${line} --until 2024-11-18T12:00:20Z`, { stopAt: 300_000 });
    expect([today.stdout, today.code]).toEqual(['', 0]);
    const tomorrow = await follow(`${line} --until 2024-11-18T12:01:00Z`, {
      home: today.home,
      stopAt: 300_000,
    });
    expect(idsOf(tomorrow.stdout)).toEqual(['event_4', 'event_5']);
  });

  it('finds a lock that is connected while it runs', async () => {
    const { requests } = await follow('locks history --all-locks --follow --interval 30m', {
      stopAt: 3 * 3_600_000,
      answer: (request, now) =>
        request.url.endsWith('/locks')
          ? { body: { success: true, data: [{ id: 'lock_1' }, ...(now > 0 ? [{ id: 'lock_2' }] : [])] } }
          : { body: { success: true, data: [] } },
    });
    expect(requests.filter((path) => path === '/v1/locks')).toHaveLength(4);
    expect(requests.filter((path) => path.includes('lock_2')).length).toBeGreaterThan(3);
  });

  it('appends to -o, prints nothing, and goes on there', async () => {
    const first = await follow('locks history lock_789 --follow -n 1 --interval 5s -o doors.ndjson', {
      stopAt: 30_000,
    });
    expect(first.stdout).toBe('');
    const file = join(first.home, 'doors.ndjson');
    expect(idsOf(readFileSync(file, 'utf8'))).toEqual(['event_3', 'event_4']);
    const second = await follow('locks history lock_789 --follow --interval 5s -o doors.ndjson', {
      home: first.home,
    });
    expect(second.stdout).toBe('');
    expect(idsOf(readFileSync(file, 'utf8'))).toEqual(['event_3', 'event_4', 'event_5']);
    expect(existsSync(join(first.home, 'state', 'follow'))).toBe(true);
  });
});

describe('attendance list --follow', () => {
  it('shows a record when somebody comes, and again when they leave', async () => {
    const record = {
      id: 'att_1',
      employee_id: 'emp_1',
      clock_in: stamp(1000),
      clock_out: null as string | null,
    };
    const { stdout, requests } = await follow(
      'attendance list --employee emp_1 --from 2024-11-18 --follow --format ndjson --interval 5s',
      {
        answer: (_, now) => ({
          body: {
            success: true,
            data: now < 5000 ? [] : [{ ...record, clock_out: now < 30_000 ? null : stamp(25_000) }],
          },
        }),
      },
    );
    expect(
      stdout
        .split('\n')
        .slice(0, 2)
        .map((line) => JSON.parse(line)),
    ).toEqual([record, { ...record, clock_out: stamp(25_000) }]);
    expect(requests[0]).toBe('/v1/attendance?employee_id=emp_1&start_date=2024-11-18');
  });

  it('works on the sandbox', async () => {
    const { code, stdout } = await run('attendance list --follow -n 3 --max-events 3 --format ndjson');
    expect(code).toBe(0);
    expect(idsOf(stdout)).toHaveLength(3);
  });
});
