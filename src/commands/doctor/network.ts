/** What only the API can tell: one GET /organization. */

import { getOrganization } from '../../api/organization.ts';
import { checkBaseUrl, DEFAULT_BASE_URL } from '../../client/url.ts';
import type { Input } from '../../command.ts';
import { named } from '../../config/sources.ts';
import { AuthError, InvalidAnswerError, RateLimitError, TemporaryError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { formatDuration } from '../../time/duration.ts';
import { machineTime } from '../../time/zone.ts';
import { type Finding, ok, problem, skipped, warning } from './finding.ts';

/** A clock that is off by more than this makes dates and waits wrong, in ms. */
const SKEW = 60_000;
const LOOK_AT_ADDRESS = 'check the base URL: `worktime whoami` shows it, and where it comes from';
/** For the question without a key, in ms. */
const TIMEOUT = 15_000;

export async function* network(session: Session, input: Input): AsyncGenerator<Finding> {
  const { context } = session;
  const settings = settingsOf(session);
  const usable = settings?.key && settings.key.value.type !== 'withheld';
  if (!usable) {
    try {
      yield* unkeyed(session, settings?.baseUrl.value ?? baseUrlOf(session, input));
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
    const found = problem('connection', error);
    yield { ...found, detail: `${answered}: ${found.detail}` };
    yield skipped('key accepted', 'the API did not say');
  }
}

const noOrganization = () =>
  new InvalidAnswerError('the answer names no organization', {
    status: 200,
    next: LOOK_AT_ADDRESS,
  });

/** Without a key: any answer at all proves that the way there and its certificate are good, a refusal that it is the API. */
async function* unkeyed({ context }: Session, baseUrl: string): AsyncGenerator<Finding> {
  const { origin } = new URL(baseUrl);
  const started = context.monotonic();
  const timeout = new AbortController();
  const done = new AbortController();
  const timer = context
    .sleep(TIMEOUT, AbortSignal.any([done.signal, context.signal]))
    .then(() => timeout.abort(new TemporaryError(`no answer within ${formatDuration(TIMEOUT)}`)))
    .catch(() => undefined);
  try {
    const response = await context.transport({
      method: 'GET',
      url: `${baseUrl}/organization`,
      headers: { accept: 'application/json' },
      signal: AbortSignal.any([timeout.signal, context.signal]),
    });
    for await (const _ of response.body) break;
    const took = Math.round(context.monotonic() - started);
    const answered = `${origin} answered in ${took} ms (${response.status}, without a key)${tls(origin)}`;
    const asksForKey = response.status === 401 || response.status === 403;
    yield asksForKey
      ? ok('connection', answered)
      : warning('connection', `${answered}; the API would ask for a key`, LOOK_AT_ADDRESS);
    yield clock(response.headers['date'], context.now());
  } catch (error) {
    context.signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    const next = 'check the network, the address (--base-url) and any proxy, then run it again';
    yield problem(
      'connection',
      new TemporaryError(`${origin} cannot be reached: ${why}`, { next, cause: error }),
    );
  } finally {
    done.abort();
    await timer;
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
  return typeof given === 'string' && given !== ''
    ? named(source, () => checkBaseUrl(given))
    : DEFAULT_BASE_URL;
}
