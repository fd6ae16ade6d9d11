import { DEFAULT_BASE_URL } from '../../client/url.ts';
import { describeKey, describeScope } from '../../config/key.ts';
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
import { SANDBOX, sandboxProfile } from '../../config/sandbox-profile.ts';
import type { StoredConfig, StoredProfile } from '../../config/stored.ts';
import { updateConfig } from '../../config/update.ts';
import { UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { confirm } from '../confirm.ts';
import { mend, standing } from '../standing.ts';

type Row = Readonly<Record<string, unknown>>;

/** The profile in force; the one that was chosen where another setting is at fault: the list is what helps then. */
function inForce(session: Session): string | undefined {
  try {
    return session.settings.profile.value;
  } catch {
    return read(session).profile;
  }
}

/** Every profile, the built-in one last: one of its name is out of reach. */
export function list(session: Session): Row[] {
  const { [SANDBOX]: _, ...profiles } = read(session).profiles ?? {};
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
  const { value, source } = standing(session, config);
  if (value === name) session.report.note(`Profile ${name} is in use.`);
  else {
    session.report.note(`Profile ${name} is chosen.`);
    session.report.warn(`${source} names profile ${value}, and comes first; ${mend(source)}`);
  }
  return row(value, name, profileNamed(config, name));
}

export async function rename(session: Session, from: string, to: string): Promise<Row> {
  const config = await updateConfig(session.context, 'renaming a profile', (stored) =>
    renameProfile(stored, from, to),
  );
  session.report.note(`Profile ${from} is called ${to} now.`);
  const { value, source } = standing(session, config);
  if (value === from) session.report.warn(`${source} names ${from} still; change it to ${to}`);
  return row(value, to, profileNamed(config, to));
}

export async function remove(session: Session, name: string, yes: boolean): Promise<Row> {
  const profile = storedProfile(read(session), name);
  const whose = profile.organization?.name ?? profile.organization?.id;
  const hasKey = keyOf(profile) !== undefined;
  await confirm(
    session,
    async () =>
      `Remove profile ${name}${hasKey ? ' and its key' : ''}${whose === undefined ? '' : ` of ${whose}`}?`,
    { yes, outcome: 'nothing was removed', next: 'add --yes' },
  );
  let wasInUse = false;
  const config = await updateConfig(session.context, 'removing a profile', (stored) => {
    wasInUse = removeProfile(stored, name);
  });
  const valid = hasKey ? ' Its key stays valid until it is deleted in the web account.' : '';
  session.report.note(`Profile ${name} is removed.${valid}`);
  const { value, source } = standing(session, config);
  if (value === name) session.report.warn(`${source} names ${name} still; ${mend(source)}`);
  else if (wasInUse && value === undefined)
    session.report.warn(`no profile is in use now; ${howToChoose(config, name)}`);
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
    scope: describeScope(key),
  };
}
