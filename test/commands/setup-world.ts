import type { HttpRequest, Transport } from '../../src/client/transport.ts';
import { type TestContextOptions, temporaryFolder } from '../support/context.ts';
import { type Result, run } from '../support/run.ts';

export const KEY = 'wt_live_canary_0123456789';

/** An API on the network that knows one key and answers GET /organization. */
export function api(organization: Record<string, unknown> = {}) {
  const requests: HttpRequest[] = [];
  const transport: Transport = async (request) => {
    requests.push(request);
    const good = request.headers['authorization'] === `Bearer ${KEY}`;
    const body = good
      ? {
          success: true,
          data: {
            id: 'org_9',
            name: 'Nine Ltd',
            employees_count: 3,
            created_at: '2024-01-15T10:30:00Z',
            ...organization,
          },
        }
      : { success: false, error: { code: 'unauthorized', message: 'Invalid API key' } };
    return {
      status: good ? 200 : 401,
      headers: {
        'content-type': 'application/json',
        date: 'Mon, 18 Nov 2024 12:00:00 GMT',
        'x-ratelimit-limit': '1000',
        'x-ratelimit-remaining': '995',
        'x-ratelimit-reset': '1731934800',
      },
      body: (async function* () {
        yield Buffer.from(JSON.stringify(body));
      })(),
    };
  };
  return { requests, transport };
}

/** A machine of its own: what one command leaves, the next finds. */
export function machine(options: TestContextOptions = {}) {
  const home = temporaryFolder();
  const world = api();
  return {
    home,
    requests: world.requests,
    run: (line: string | readonly string[], more: TestContextOptions = {}): Promise<Result> =>
      run(line, { home, transport: world.transport, env: {}, ...options, ...more }),
  };
}

/** At a terminal: both ends are one. */
export const terminal: TestContextOptions = { stdinIsTTY: true, stderr: { columns: 80 } };
