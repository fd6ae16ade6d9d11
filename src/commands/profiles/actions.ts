import { DEFAULT_BASE_URL } from '../../client/url.ts';
import { describeKey } from '../../config/key.ts';
import {
  howToChoose,
  keyOf,
  profileNamed,
  removeProfile,
  renameProfile,
  storedProfile,
  useProfile,
} from '../../config/profiles.ts';
import { readConfig } from '../../config/read.ts';
import { SANDBOX, sandboxProfile, sandboxScope } from '../../config/sandbox-profile.ts';
import type { StoredConfig, StoredProfile } from '../../config/stored.ts';
import { updateConfig } from '../../config/update.ts';
import { UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { confirm } from '../confirm.ts';

type Row = Readonly<Record<string, unknown>>;

/** The profile in force; the one that was chosen where another setting is at fault: the list is what helps then. */
function inForce(session: Session): string | undefined {
  try {
    return session.settings.profile.value;
  } catch {
    return read(session).profile;
  }
}

/** Every profile, the built-in one last. */
export function list(session: Session): Row[] {
  const { profiles = {} } = read(session);
  const inUse = inForce(session);
  return [...Object.entries(profiles), [SANDBOX, sandboxProfile] as const].map(([name, profile]) =>
    row(inUse, name, profile),
  );
}

export function show(session: Session, name: string | undefined): Row {
  const config = read(session);
  const inUse = session.settings.profile.value;
  const wanted = name ?? inUse;
  if (wanted === undefined) {
    throw new UsageError('no profile is in use', {
      code: 'unknown_profile',
      next: 'name one, or choose one: worktime profiles use NAME',
    });
  }
  const profile = profileNamed(config, wanted);
  const { defaults, aliases } = profile;
  return {
    ...row(inUse, wanted, profile),
    ...(defaults ? { defaults } : {}),
    ...(aliases ? { aliases } : {}),
  };
}

export async function use(session: Session, name: string): Promise<Row> {
  const config = await updateConfig(session.context, 'choosing a profile', (stored) =>
    useProfile(stored, name),
  );
  session.report.note(`Profile ${name} is in use.`);
  const variable = session.context.env['WORKTIME_PROFILE'];
  if (variable && variable !== name)
    session.report.warn(`WORKTIME_PROFILE (${variable}) comes first; unset it`);
  return row(config.profile, name, profileNamed(config, name));
}

export async function rename(session: Session, from: string, to: string): Promise<Row> {
  const config = await updateConfig(session.context, 'renaming a profile', (stored) =>
    renameProfile(stored, from, to),
  );
  session.report.note(`Profile ${from} is called ${to} now.`);
  return row(config.profile, to, profileNamed(config, to));
}

export async function remove(session: Session, name: string, yes: boolean): Promise<Row> {
  const { organization } = storedProfile(read(session), name);
  const whose = organization?.name ?? organization?.id;
  await confirm(
    session,
    async () => `Remove profile ${name} and its key${whose === undefined ? '' : ` of ${whose}`}?`,
    { yes, outcome: 'nothing was removed', next: 'add --yes' },
  );
  let wasInUse = false;
  const config = await updateConfig(session.context, 'removing a profile', (stored) => {
    wasInUse = removeProfile(stored, name);
  });
  session.report.note(
    `Profile ${name} is removed. Its key stays valid until it is deleted in the web account.`,
  );
  if (wasInUse) session.report.warn(`no profile is in use now; ${howToChoose(config, name)}`);
  return { name, removed: true };
}

function read(session: Session): StoredConfig {
  return readConfig(session.context.directories.config, () => undefined);
}

function row(inUse: string | undefined, name: string, profile: StoredProfile): Row {
  const key = keyOf(profile);
  return {
    name,
    in_use: inUse === name,
    organization: profile.organization?.name ?? null,
    organization_id: profile.organization?.id ?? null,
    base_url: profile.base_url ?? DEFAULT_BASE_URL,
    key: key ? describeKey(key) : null,
    scope: (key?.type === 'literal' && sandboxScope(key.key)) || null,
  };
}
