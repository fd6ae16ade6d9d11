/** What only the API can tell: one GET /organization. */

import { getOrganization } from '../../api/organization.ts';
import { withDeadline } from '../../client/deadline.ts';
import { explain } from '../../client/failure.ts';
import { DEFAULT_BASE_URL } from '../../client/url.ts';
import type { Input } from '../../command.ts';
import { FLAGS } from '../../compose.ts';
import { checkAddress } from '../../config/connection.ts';
import { TIMEOUT } from '../../config/resolve.ts';
import { AuthError, InvalidAnswerError, RateLimitError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { formatDuration } from '../../time/duration.ts';
import { machineTime } from '../../time/zone.ts';
import { type Finding, ok, problem, skipped, warning } from './finding.ts';

/** A clock that is off by more than this makes dates and waits wrong, in ms. */
const SKEW = 60_000;
const LOOK_AT_ADDRESS = 'check the base URL: `worktime whoami` shows it, and where it comes from';

export async function* network(session: Session, input: Input): AsyncGenerator<Finding> {
  const { context } = session;
  const settings = settingsOf(session);
  const usable = settings?.key && settings.key.value.type !== 'withheld';
  if (!usable) {
    try {
      const timeout = typeof input['timeout'] === 'number' ? input['timeout'] : TIMEOUT;
      yield* unkeyed(session, settings?.baseUrl.value ?? baseUrlOf(session, input), timeout);
    } catch (error) {
      yield problem('connection', error);
    }
    yield skipped('key accepted', settings ? 'there is no key to try' : 'the settings do not tell the key');
    return;
  }
  const where = settings.sandbox ? 'the embedded sandbox' : new URL(settings.baseUrl.value).origin;
  const started = context.monotonic();
  try {
    const client = await session.client();
    const answer = await client.call(getOrganization, {}, { signal: context.signal });
    const took = Math.round(context.monotonic() - started);
    const { id, name }: Readonly<Record<string, unknown>> = { ...answer.data };
    // Anything in an envelope would do otherwise: another API's status page, say.
    if (typeof id !== 'string' && typeof id !== 'number') throw noOrganization();
    yield ok('connection', `${where} answered in ${took} ms${tls(where)}`);
    yield ok('key accepted', `by ${typeof name === 'string' ? name : id}`);
    yield clock(answer.headers['date'], context.now());
    const { limit, remaining, resetAt } = answer.rate ?? {};
    if (limit === undefined && remaining === undefined)
      yield skipped('rate limit', 'the answer did not tell');
    else {
      const reset = resetAt === undefined ? '' : `, reset at ${machineTime(resetAt)}`;
      yield ok('rate limit', `${remaining ?? '?'} of ${limit ?? '?'} requests left${reset}`);
    }
  } catch (error) {
    yield* failure(error, where);
  }
}

/** What went wrong, at the check that it belongs to. */
function* failure(error: unknown, where: string): Generator<Finding> {
  const { status } = error as { status?: number };
  const answered = status === undefined ? where : `${where} answered (${status})`;
  const reached =
    status === undefined
      ? skipped('connection', 'nothing was sent')
      : ok('connection', answered + tls(where));
  if (error instanceof AuthError) {
    yield reached;
    yield problem('key accepted', error);
    for (const check of ['clock', 'rate limit']) yield skipped(check, 'told with a key that is accepted');
  } else if (error instanceof RateLimitError) {
    yield reached;
    yield skipped('key accepted', 'the API did not say');
    yield problem('rate limit', error);
  } else {
    yield unreached(error, answered);
    yield skipped('key accepted', 'the API did not say');
  }
}

/** The same words with and without a key. */
function unreached(error: unknown, where: string): Finding {
  const found = problem('connection', error);
  return { ...found, detail: `${where}: ${found.detail}` };
}

const noOrganization = () =>
  new InvalidAnswerError('the answer names no organization', {
    status: 200,
    next: LOOK_AT_ADDRESS,
  });

/** Without a key: any answer at all proves that the way there and its certificate are good, a refusal that it is the API. */
async function* unkeyed({ context }: Session, baseUrl: string, timeout: number): AsyncGenerator<Finding> {
  const { origin } = new URL(baseUrl);
  const [method, path] = ['GET', '/organization'] as const;
  const request = { method, url: `${baseUrl}${path}`, headers: { accept: 'application/json' } };
  const started = context.monotonic();
  try {
    const response = await withDeadline(context.transport, timeout)({ ...request, signal: context.signal });
    for await (const _ of response.body) break;
    const took = Math.round(context.monotonic() - started);
    const answered = `${origin} answered in ${took} ms (${response.status}, without a key)${tls(origin)}`;
    const asksForKey = response.status === 401 || response.status === 403;
    yield asksForKey
      ? ok('connection', answered)
      : warning('connection', `${answered}; the API would ask for a key`, LOOK_AT_ADDRESS);
    yield clock(response.headers['date'], context.now());
  } catch (error) {
    yield unreached(explain(error, { ...request, path, baseUrl, wording: FLAGS }), origin);
  }
}

const tls = (where: string) => (where.startsWith('https:') ? ', its certificate is good' : '');

/** The server's clock tells to the second. */
function clock(date: string | undefined, now: number): Finding {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) return skipped('clock', 'the answer had no Date');
  const skew = now - server;
  const size = formatDuration(Math.abs(skew));
  if (Math.abs(skew) <= SKEW) return ok('clock', `within ${formatDuration(SKEW)} of the server's`);
  const way = skew > 0 ? 'ahead of' : 'behind';
  return warning(
    'clock',
    `this machine is ${size} ${way} the server`,
    'set the clock (NTP): dates such as "today" follow it',
  );
}

function settingsOf(session: Session): Session['settings'] | undefined {
  try {
    return session.settings;
  } catch {
    return undefined;
  }
}

/** Where requests would go were the configuration whole. */
function baseUrlOf({ context }: Session, input: Input): string {
  const flag = input['baseUrl'];
  const [given, source] =
    flag === undefined ? [context.env['WORKTIME_BASE_URL'], 'WORKTIME_BASE_URL'] : [flag, '--base-url'];
  return typeof given === 'string' && given !== '' ? checkAddress(given, source) : DEFAULT_BASE_URL;
}
