/** A command line that follows, an API that offers a schedule, and a clock that only moves when the tail waits. */

import type { HttpRequest, Transport } from '../../src/client/transport.ts';
import { InterruptedError } from '../../src/errors.ts';
import { main } from '../../src/main.ts';
import { START, temporaryFolder, testContext } from '../support/context.ts';
import { words } from '../support/run.ts';
import { event, type Scheduled } from './world.ts';

export const schedule: Scheduled[] = [
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
export async function follow(
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

/** The IDs of rows that were printed one a line. */
export const idsOf = (ndjson: string) =>
  ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: string }).id);
