import type { Chunk } from '../../command.ts';
import { describeKey, describeScope, KEY_VARIABLE, resolveKey } from '../../config/key.ts';
import { configPath, readConfig } from '../../config/read.ts';
import { own } from '../../config/stored.ts';
import type { Session } from '../../session.ts';
import { formatDuration } from '../../time/duration.ts';

interface Organization {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly timezone?: string | undefined;
  readonly source: string;
}

/** Everything in force and its source. What is known is shown even where the key is missing or refused; then that is thrown. */
export async function* whoami(session: Session): AsyncGenerator<Chunk> {
  const { settings, context } = session;
  const { profile, key, baseUrl } = settings;
  // Of a profile that is not there nothing can be in force.
  if (key?.value.type === 'withheld' && key.value.code === 'unknown_profile') await resolveKey(key, context);
  let organization: Organization | undefined;
  let failure: unknown;
  try {
    organization = await organizationOf(session);
  } catch (error) {
    failure = error;
  }
  const { timezone, timezone_source } = zoneOf(session, organization);
  yield {
    type: 'data',
    data: {
      profile: profile.value ?? null,
      profile_source: profile.source,
      organization: organization?.name ?? null,
      organization_id: organization?.id ?? null,
      organization_source: organization?.source ?? null,
      base_url: baseUrl.value,
      base_url_source: settings.sandbox ? `${baseUrl.source} (in process)` : baseUrl.source,
      key: key ? describeKey(key.value) : null,
      key_source: key?.source ?? null,
      scope: describeScope(key?.value),
      shadowed_key: shadowed(session),
      timezone,
      timezone_source,
      format: settings.format.value ?? 'table',
      format_source: settings.format.source,
      max_wait: formatDuration(settings.maxWait.value),
      max_wait_source: settings.maxWait.source,
      project_file: settings.projectFile ?? null,
      config_file: configPath(context.directories.config),
    },
  };
  if (failure !== undefined) yield { type: 'failure', error: failure };
}

/** A zone that nobody has set is the organization's, and UTC where it names none. */
function zoneOf({ settings }: Session, organization: Organization | undefined) {
  const { value, source } = settings.timezone;
  if (value !== undefined) return { timezone: value, timezone_source: source };
  const named = organization?.timezone;
  if (named !== undefined) return { timezone: named, timezone_source: 'organization' };
  if (organization === undefined) return { timezone: null, timezone_source: null };
  return settings.organization === undefined || settings.sandbox
    ? { timezone: 'UTC', timezone_source: 'default' }
    : { timezone: null, timezone_source: 'the API, asked when it is needed' };
}

async function organizationOf(session: Session): Promise<Organization> {
  const { settings, context } = session;
  const { key, organization, profile } = settings;
  if (key === undefined || key.value.type === 'withheld') await resolveKey(key, context);
  // The embedded one answers here, and may have been made with a zone of its own.
  if (organization?.name !== undefined && !settings.sandbox)
    return { ...organization, source: `profile ${profile.value}` };
  const asked = await session.organization();
  return {
    id: asked.id,
    name: asked.name,
    timezone: asked.timezone,
    source: settings.sandbox ? 'the embedded sandbox' : 'the API, just now',
  };
}

/** A key of the profile that the environment's beats, in words. */
function shadowed({ settings, context, report }: Session): string | null {
  const name = settings.profile.value;
  if (settings.key?.source !== KEY_VARIABLE || name === undefined) return null;
  const stored = own(readConfig(context.directories.config, () => undefined).profiles, name);
  if (stored?.key === undefined && stored?.key_command === undefined) return null;
  report.warn(`${KEY_VARIABLE} shadows the key of profile ${name}; unset it to use the profile`);
  return `of profile ${name}: ${KEY_VARIABLE} comes first`;
}
