import type { Input } from '../../command.ts';
import { describeKey, KEY_VARIABLE } from '../../config/key.ts';
import { checkNewName, keyOf, saveProfile } from '../../config/profiles.ts';
import { readConfig } from '../../config/read.ts';
import { SANDBOX, sandboxScope } from '../../config/sandbox-profile.ts';
import type { KeySource } from '../../config/settings.ts';
import { own, type StoredProfile } from '../../config/stored.ts';
import { updateConfig } from '../../config/update.ts';
import { leftWith, UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { passes } from '../answers.ts';
import { mend, standing } from '../standing.ts';
import { getConnection } from './connect.ts';
import type { GivenKey } from './key.ts';

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
  const next = standing(session, config);
  const inUse = next.value === name;
  const replaced = before && keyOf(before);
  if (replaced && !session.interactive && !isSame(replaced, source.value))
    report.warn(`the key that profile ${name} had (${describeKey(replaced)}) is replaced`);
  report.note(`Logged in to ${organization.name ?? organization.id ?? baseUrl} as profile ${name}.`);
  if (!inUse) {
    const change =
      next.value === config.profile
        ? `worktime profiles use ${name}`
        : `${next.source} names it, and comes first; ${mend(next.source)}`;
    report.note(`Profile ${next.value} stays in use; to change that: ${change}`);
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
