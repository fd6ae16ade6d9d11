import { checkBaseUrl, DEFAULT_BASE_URL } from '../../client/url.ts';
import type { Input } from '../../command.ts';
import { createSession } from '../../compose.ts';
import { describeKey, KEY_VARIABLE } from '../../config/key.ts';
import { checkNewName, keyOf, saveProfile } from '../../config/profiles.ts';
import { readConfig } from '../../config/read.ts';
import { standingProfile } from '../../config/resolve.ts';
import { SANDBOX, sandboxScope } from '../../config/sandbox-profile.ts';
import type { KeySource } from '../../config/settings.ts';
import { own, type StoredProfile } from '../../config/stored.ts';
import { updateConfig } from '../../config/update.ts';
import {
  AuthError,
  EXIT,
  InterruptedError,
  leftWith,
  RefusedError,
  UsageError,
  WorkTimeError,
} from '../../errors.ts';
import type { Session } from '../../session.ts';
import { checkTimeZone } from '../../time/zone.ts';
import { passes } from '../answers.ts';
import { asksKey, type GivenKey, getKey } from './key.ts';

/** How often a key or an address may be typed. */
const TRIES = 3;

/**
 * Gets a key, checks it against the API and saves it. Nothing is saved before the API has accepted it, and then all at
 * once: an interruption or a refusal leaves the configuration as it was.
 */
export async function login(session: Session, input: Input): Promise<Record<string, unknown>> {
  return logIn(session, input).catch(leftWith('nothing was saved'));
}

async function logIn(session: Session, input: Input): Promise<Record<string, unknown>> {
  const { context, report } = session;
  const suggested = profileName(session);
  checkSuggested(session, suggested.name);
  const { source, baseUrl, organization } = await getConnection(session, input);
  const { name, before } = await chooseName(session, suggested, source);
  if (before?.organization?.id !== undefined && before.organization.id !== organization.id) {
    report.warn(
      `profile ${name} was for ${before.organization.name ?? before.organization.id} until now; its aliases may not fit`,
    );
  }
  const config = await updateConfig(context, `saving profile ${name}`, (stored) => {
    const { key: _, key_command: __, ...kept } = own(stored.profiles, name) ?? {};
    const profile: StoredProfile = {
      ...kept,
      base_url: baseUrl,
      ...(source.value.type === 'literal'
        ? { key: source.value.key }
        : { key_command: [...source.value.command] }),
      organization,
    };
    saveProfile(stored, name, profile);
  });
  const standing = standingProfile(context, config);
  const inUse = standing.value === name;
  const replaced = before && keyOf(before);
  if (replaced && !session.interactive && !isSame(replaced, source.value))
    report.warn(`the key that profile ${name} had (${describeKey(replaced)}) is replaced`);
  report.note(`Logged in to ${organization.name ?? organization.id ?? baseUrl} as profile ${name}.`);
  if (!inUse) {
    const change =
      standing.value === config.profile
        ? `worktime profiles use ${name}`
        : `${standing.source} names it, and comes first`;
    report.note(`Profile ${standing.value} stays in use; to change that: ${change}`);
  }
  if (context.env[KEY_VARIABLE]) {
    report.warn(`${KEY_VARIABLE} is set and will be used instead of this key; unset it to use the profile`);
  }
  return {
    profile: name,
    organization: organization.name ?? null,
    organization_id: organization.id ?? null,
    base_url: baseUrl,
    key: describeKey(source.value),
    // The API names no scope: what is known of any other key is that it may read.
    scope: sandboxScope(source.key) ?? 'Read Only or more (only a write would tell)',
    in_use: inUse,
  };
}

/** The profile that is named somewhere, else the one in use, else `default`. */
function profileName(session: Session): { readonly name: string; readonly explicit: boolean } {
  const { value, source } = session.settings.profile;
  const explicit = source === '--profile' || source === '--sandbox' || source === 'WORKTIME_PROFILE';
  if (value !== undefined && (explicit || value !== SANDBOX)) return { name: value, explicit };
  return { name: 'default', explicit: false };
}

/** Whoever asks for the sandbox without naming a profile meant no name. */
function checkSuggested({ settings }: Session, name: string): void {
  const { source } = settings.profile;
  if (name !== SANDBOX || source === '--profile') {
    checkNewName(name);
    return;
  }
  throw new UsageError(`the sandbox needs no login, and ${source} asks for it`, {
    code: 'built_in_profile',
    next: `use it as it is (worktime --sandbox employees list), or log in to an account under a name: worktime ${source === '--sandbox' ? 'login' : 'login --profile NAME'}`,
  });
}

interface Connection {
  readonly source: GivenKey;
  readonly baseUrl: string;
  readonly organization: { id?: string; name?: string; timezone?: string };
}

/**
 * A key that the API at an address accepts. What a person typed wrong is asked for again: the key where it is rejected,
 * the address where no API answers.
 */
async function getConnection(session: Session, input: Input): Promise<Connection> {
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
      const typed = rejected ? asksKey(session, input) : unanswered && asksBaseUrl(session);
      if (tried >= TRIES || !typed) throw error;
      session.report.warn(`${error.message}${error.detail === undefined ? '' : `: ${error.detail}`}`);
      const hint = rejected ? '' : asSentence(error.next);
      session.report.note(`${hint}Try again (${TRIES - tried} left), or leave with Ctrl-C.`);
      if (rejected) source = await getKey(session, input, baseUrl);
      else baseUrl = await getBaseUrl(session, baseUrl);
    }
  }
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
    editable: earlier !== undefined,
    validate: (text) => passes(() => checkBaseUrl(text)),
  });
  return checkBaseUrl(answer);
}

/**
 * The name to save the key under, and the profile that has it so far. A person is asked before another key is replaced,
 * and for another name where it is to stay.
 */
async function chooseName(
  session: Session,
  { name: suggested, explicit }: ReturnType<typeof profileName>,
  source: GivenKey,
): Promise<{ readonly name: string; readonly before: StoredProfile | undefined }> {
  let name = explicit ? suggested : await askProfileName(session, suggested);
  for (;;) {
    const before = own(readConfig(session.context.directories.config, () => undefined).profiles, name);
    const key = before && keyOf(before);
    if (!key || !session.interactive || isSame(key, source.value)) return { name, before };
    const whose = before.organization?.name ?? before.organization?.id;
    const about = `a key${whose === undefined ? '' : ` of ${whose}`} (${describeKey(key)})`;
    const prompts = await session.context.prompts();
    const message = `Profile ${name} has ${about}: replace it?`;
    if (await prompts.confirm({ message, default: false })) return { name, before };
    name = await askProfileName(session);
  }
}

const isSame = (one: KeySource, other: KeySource) => JSON.stringify(one) === JSON.stringify(other);

async function askProfileName(session: Session, suggested?: string): Promise<string> {
  if (!session.interactive && suggested !== undefined) return suggested;
  const prompts = await session.context.prompts();
  return prompts.input({
    message: suggested === undefined ? 'Another profile name' : 'Profile name',
    ...(suggested === undefined ? {} : { default: suggested }),
    validate: (text) => passes(() => checkNewName(text)),
  });
}

/** What the key's organization is; the proof that the key is good. */
async function askOrganization(
  session: Session,
  { key }: GivenKey,
  baseUrl: string,
): Promise<{ id?: string; name?: string; timezone?: string }> {
  const { settings, context, report } = session;
  const { session: trial } = createSession(
    context,
    () => ({
      ...settings,
      sandbox: false,
      baseUrl: { value: baseUrl, source: 'login' },
      key: { value: { type: 'literal', key }, source: 'login' },
    }),
    report,
  );
  const client = await trial.client();
  const { id, name, timezone } = await client.organization
    .get({ signal: context.signal })
    .catch((error: unknown) => {
      if (error instanceof RefusedError && error.status === 404) throw elsewhere(error, baseUrl);
      if (!(error instanceof AuthError) || error.status !== 401) throw error;
      const { message, code, detail, status, method, path } = error;
      const next = 'copy the key anew from Settings → API Keys in the web account, and log in again';
      throw new AuthError(message, { code, detail, status, method, path, next });
    });
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
  const found = { id: text(id), name: text(name), timezone: zoneOf(text(timezone)) };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** Every organization can be asked for: where it is not found, the address is another's, or lacks its end. */
function elsewhere({ code, status, method, path }: RefusedError, baseUrl: string): RefusedError {
  const end = baseUrl.endsWith('/v1') ? '' : `, such as ${baseUrl}/v1`;
  const next = `give the address of the API${end}`;
  return new RefusedError(`there is no WorkTime API at ${baseUrl}`, { code, status, method, path, next });
}

/** A zone that this machine does not know would make every later command fail. */
function zoneOf(timezone: string | undefined): string | undefined {
  return timezone !== undefined && passes(() => checkTimeZone(timezone)) === true ? timezone : undefined;
}
