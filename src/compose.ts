/** Puts a session together from the settings: which transport, which key, what is said while it works. */

import type { Organization } from './api/organization.ts';
import type { Wording } from './client/advice.ts';
import { Client } from './client/index.ts';
import type { ClientEvents } from './client/options.ts';
import { identityOf } from './config/connection.ts';
import { guarded } from './config/secrets.ts';
import type { Settings } from './config/settings.ts';
import type { Context } from './context.ts';
import type { Reporter, Session } from './session.ts';
import { formatDuration } from './time/duration.ts';
import { checkTimeZone, machineTime } from './time/zone.ts';

/** The client's options as they are typed. */
export const FLAGS: Wording = {
  timeout: '--timeout',
  maxBody: '--max-body',
  maxWait: '--max-wait',
  baseUrl: '`worktime whoami` shows it, and where it comes from',
};

/** What the client does, as a person is told of it. */
function eventsFor(report: Reporter, debug: boolean): ClientEvents {
  return {
    ...(debug
      ? {
          request: ({ method, url, headers, body }) => {
            report.debug(`> ${method} ${url}`);
            for (const [name, value] of Object.entries(headers)) report.debug(`>   ${name}: ${value}`);
            if (body !== undefined) report.debug(`>   ${body}`);
          },
          response: ({ status, headers, bytes, ms }) => {
            report.debug(`< ${status}, ${bytes} bytes, ${Math.round(ms)} ms`);
            for (const [name, value] of Object.entries(headers)) report.debug(`<   ${name}: ${value}`);
          },
        }
      : {}),
    retry: ({ method, path, reason, delay }) =>
      report.note(`${reason} (${method} ${path}); trying again in ${formatDuration(delay)}`),
    readBack: ({ method, path, reason }) =>
      report.note(`${reason} (${method} ${path}); looking whether it took effect`),
    wait: ({ until, ms, reason }) => {
      report.note(`${reason}; waiting ${formatDuration(ms)}, until ${machineTime(until)}`);
      report.waiting(until);
    },
    warn: ({ message }) => report.warn(message),
  };
}

/** A session, and what is to be done when its command has ended. */
export interface Composed {
  readonly session: Session;
  /** Remembers what the last answer said of the rate limit. */
  readonly end: () => Promise<void>;
}

/** Makes the session of one run. Nothing is read, asked or sent before a command needs it. */
export function createSession(context: Context, settings: () => Settings, report: Reporter): Composed {
  let client: Promise<Client> | undefined;
  let zone: string | undefined;

  let key: string | undefined;

  const keyInUse = () => {
    try {
      const source = settings().key?.value;
      return key ?? (source?.type === 'literal' ? source.key : undefined);
    } catch {
      // A broken configuration has none.
      return undefined;
    }
  };

  const identity = () => identityOf(settings().baseUrl.value, settings().key?.value);

  const makeClient = async () => {
    const { sandbox, key: source, baseUrl, timeout, maxBody, maxWait, debug } = settings();
    const { originOf, resolveKey } = await import('./config/key.ts');
    const { version } = await import('./version.ts');
    const transport = sandbox
      ? (await import('./sandbox/transport.ts')).sandboxTransport({ context })
      : context.transport;
    const events = eventsFor(report, debug);
    const { openBudget } = await import('./client/budget.ts');
    // The embedded sandbox counts anew in every process: there is nothing to share.
    const budget = sandbox
      ? undefined
      : openBudget({
          directory: context.directories.state,
          identity: identity(),
          context,
          maxWait: maxWait.value,
          onWait: events.wait,
        });
    return new Client({
      apiKey: async () => {
        key = await resolveKey(source, context);
        return key;
      },
      keyOrigin: source && originOf(source),
      wording: FLAGS,
      baseUrl: baseUrl.value,
      transport,
      clock: context,
      timeout,
      maxBody,
      maxWait: maxWait.value,
      userAgent: `worktime/${version}`,
      events,
      budget,
    });
  };

  let organization: Promise<Organization> | undefined;

  const askOrganization = async () => {
    const found = await (await session.client()).organization.get({ signal: context.signal });
    // The embedded sandbox is asked in no time, and may have been made anew in another zone.
    if (!settings().sandbox) {
      const { rememberZone } = await import('./remembered.ts');
      try {
        rememberZone(context, identity(), checkTimeZone(found.timezone ?? 'UTC'));
      } catch {
        // A zone that is none is said where one is needed.
      }
    }
    return found;
  };

  const session: Session = {
    context: guarded(context, keyInUse),
    get settings() {
      return settings();
    },
    report,
    client() {
      client ??= makeClient();
      return client;
    },
    lastRate: async () => (await import('./remembered.ts')).recallRate(context, identity()),
    async timeZone({ ask = true } = {}) {
      zone ??= settings().timezone.value ?? settings().organization?.timezone;
      if (zone !== undefined) return zone;
      const { recallZone } = await import('./remembered.ts');
      if (!settings().sandbox) zone = recallZone(context, identity());
      if (zone !== undefined || !ask) return zone ?? 'UTC';
      zone = checkTimeZone((await session.organization()).timezone ?? 'UTC');
      return zone;
    },
    organization() {
      organization ??= askOrganization().catch((error) => {
        organization = undefined;
        throw error;
      });
      return organization;
    },
    resolveAlias: (noun, value) => {
      const aliases = settings().aliases[noun];
      return (Object.hasOwn(aliases, value) ? aliases[value] : undefined) ?? value;
    },
    async organizationName() {
      return settings().organization?.name ?? (await session.organization()).name;
    },
    async flagFor(baseUrl, id) {
      const [{ readConfig }, { profileFor }, { SANDBOX }] = await Promise.all([
        import('./config/read.ts'),
        import('./config/profiles.ts'),
        import('./config/sandbox-profile.ts'),
      ]);
      const config = readConfig(context.directories.config, () => undefined);
      const name = profileFor(config, baseUrl, id);
      return name === undefined ? undefined : name === SANDBOX ? '--sandbox' : `--profile ${name}`;
    },
    async generation() {
      if (!settings().sandbox) return undefined;
      const [{ sandboxDirectory }, { generationOf }] = await Promise.all([
        import('./sandbox/index.ts'),
        import('./sandbox/state-files.ts'),
      ]);
      return generationOf(sandboxDirectory(context));
    },
    get interactive() {
      if (settings().noInput || !context.stdin.isTTY || !context.stderr.isTTY) return false;
      return context.stdin.isForeground?.() !== false;
    },
  };
  return {
    session,
    async end() {
      const rate = (await client)?.rate;
      if (rate) (await import('./remembered.ts')).rememberRate(context, identity(), rate);
    },
  };
}
