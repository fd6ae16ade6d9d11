/** A key and an address that go together: asked for, and tried. */

import { checkBaseUrl, DEFAULT_BASE_URL, VERSION, withVersion } from '../../client/url.ts';
import { isWholeUrl, wholeUrl } from '../../client/whole-url.ts';
import type { Input } from '../../command.ts';
import { createSession } from '../../compose.ts';
import {
  AuthError,
  EXIT,
  InterruptedError,
  InvalidAnswerError,
  RefusedError,
  UsageError,
  WorkTimeError,
} from '../../errors.ts';
import type { Reporter, Session } from '../../session.ts';
import { checkTimeZone } from '../../time/zone.ts';
import { passes } from '../answers.ts';
import { asksKey, type GivenKey, getKey } from './key.ts';

/** How often a key or an address may be typed. */
const TRIES = 3;

export interface Connection {
  readonly source: GivenKey;
  readonly baseUrl: string;
  readonly organization: { id?: string; name?: string; timezone?: string };
}

/**
 * A key that the API at an address accepts. What a person typed wrong is asked for again: the key where it is rejected,
 * the address where no API answers, or where it does not look like one of the API.
 */
export async function getConnection(session: Session, input: Input): Promise<Connection> {
  // The address first: whoever types a key is to know where it goes.
  let baseUrl = await getBaseUrl(session);
  let source = await getKey(session, input, baseUrl);
  for (let tried = 1; ; tried += 1) {
    try {
      return { source, baseUrl, organization: await askOrganization(session, source, baseUrl) };
    } catch (error) {
      if (!(error instanceof WorkTimeError) || error instanceof InterruptedError) throw error;
      const rejected = error instanceof AuthError && error.status === 401;
      const unanswered = error.exit === EXIT.temporary || error.exit === EXIT.refused;
      const odd = lookAtAddress(baseUrl);
      const asksAddress = asksBaseUrl(session) && (unanswered || (rejected && odd !== undefined));
      if (tried >= TRIES || !(asksAddress || (rejected && asksKey(session, input)))) throw error;
      session.report.warn(`${error.message}${error.detail === undefined ? '' : `: ${error.detail}`}`);
      const hint = asSentence(rejected ? odd : error.next);
      session.report.note(`${hint}Try again (${TRIES - tried} left), or leave with Ctrl-C.`);
      // An address that is no API's says nothing of the key: that try does not count.
      if (asksAddress && rejected) tried -= 1;
      const earlier = baseUrl;
      // What no connection reached may be right; what answered as no API does is proposed as it may be meant.
      const proposed = error.exit === EXIT.temporary ? undefined : withVersion(earlier);
      if (asksAddress) baseUrl = await getBaseUrl(session, proposed ?? earlier);
      if (baseUrl === earlier && rejected && !asksKey(session, input)) throw error;
      source = await keyFor(session, input, source, { earlier, baseUrl, rejected });
    }
  }
}

/** The key for an address that may be another: one that was typed for an origin never goes to another. */
async function keyFor(
  session: Session,
  input: Input,
  source: GivenKey,
  { earlier, baseUrl, rejected }: { earlier: string; baseUrl: string; rejected: boolean },
): Promise<GivenKey> {
  const moved = new URL(earlier).origin !== new URL(baseUrl).origin;
  if (asksKey(session, input))
    return moved || (rejected && earlier === baseUrl) ? getKey(session, input, baseUrl) : source;
  if (moved) session.report.note(`The same key goes to ${new URL(baseUrl).host} now.`);
  return source;
}

/** A hint as a sentence of its own, without the advice to run it again: it goes on. */
function asSentence(next = ''): string {
  const [first = '', ...rest] = next.replace(/(^|, then )run it again.*$/, '');
  return first === '' ? '' : `${first.toUpperCase()}${rest.join('')}. `;
}

function asksBaseUrl({ settings: { sandbox, baseUrl }, interactive }: Session): boolean {
  const given = baseUrl.source === '--base-url' || baseUrl.source === 'WORKTIME_BASE_URL';
  return interactive && !sandbox && !given;
}

async function getBaseUrl(session: Session, earlier?: string): Promise<string> {
  const { sandbox, baseUrl } = session.settings;
  if (sandbox) return DEFAULT_BASE_URL;
  if (!asksBaseUrl(session)) return baseUrl.value;
  const prompts = await session.context.prompts();
  const answer = await prompts.input({
    message: 'Base URL',
    default: earlier ?? baseUrl.value,
    validate: (text) => passes(() => checkTyped(text)),
  });
  return checkBaseUrl(answer);
}

function checkTyped(text: string): string {
  if (!isWholeUrl(text)) {
    const whole = wholeUrl(text);
    const next = `write it whole, such as ${withVersion(whole.replace(/\/+$/, '')) ?? whole}`;
    throw new UsageError('that is no HTTP address', { next });
  }
  if (/[\s"'<>;|`]|:\/\/.*:\/\//.test(text))
    throw new UsageError('that is no one address', { next: 'write that of the API alone' });
  return checkBaseUrl(text);
}

/** What the key's organization is; the proof that the key is good. */
async function askOrganization(
  session: Session,
  { key }: GivenKey,
  baseUrl: string,
): Promise<Connection['organization']> {
  const { settings, context, report } = session;
  const { session: trial } = createSession(
    context,
    () => ({
      ...settings,
      sandbox: false,
      baseUrl: { value: baseUrl, source: 'login' },
      key: { value: { type: 'literal', key }, source: 'login' },
    }),
    session.interactive ? passing(report) : report,
  );
  const client = await trial.client();
  const { id, name, timezone } = await client.organization
    .get({ signal: context.signal })
    .catch((error: unknown) => {
      throw inWordsOfLogin(error, baseUrl);
    })
    .finally(() => report.status(undefined));
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
  const found = { id: text(id), name: text(name), timezone: zoneOf(text(timezone)) };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** A try of the client's own is gone before the next question: there it would read as one of the person's. */
const passing = (report: Reporter): Reporter => ({ ...report, note: (text) => report.status(text) });

function inWordsOfLogin(error: unknown, baseUrl: string): unknown {
  const odd = lookAtAddress(baseUrl);
  // Every organization can be asked for: where it is not found, the address is another's, or lacks its end.
  if (error instanceof RefusedError && error.status === 404) {
    const meant = withVersion(baseUrl);
    const next = `give the address of the API${meant === undefined ? '' : `, such as ${meant}`}`;
    return new RefusedError(`there is no WorkTime API at ${baseUrl}`, { ...error, detail: undefined, next });
  }
  if (error instanceof AuthError && error.status === 401) {
    const copy = 'copy the key anew from Settings → API Keys in the web account, and log in again';
    return new AuthError(error.message, { ...error, next: odd === undefined ? copy : `${odd}; or ${copy}` });
  }
  if (error instanceof InvalidAnswerError && odd !== undefined)
    return new InvalidAnswerError(error.message, { ...error, next: odd });
  return error;
}

/** Nothing is added to an address, so what was asked is said beside what may be meant. */
function lookAtAddress(baseUrl: string): string | undefined {
  const meant = withVersion(baseUrl);
  if (meant === undefined) return undefined;
  return `check the address: ${baseUrl} was asked, and those of the API end in ${VERSION}, such as ${meant}`;
}

/** A zone that this machine does not know would make every later command fail. */
function zoneOf(timezone: string | undefined): string | undefined {
  return timezone !== undefined && passes(() => checkTimeZone(timezone)) === true ? timezone : undefined;
}
