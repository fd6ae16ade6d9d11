import { type Chunk, command } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import type { Live, LiveOptions } from '../../webhooks/live.ts';
import type { Target } from '../../webhooks/target.ts';
import { type Complete, DEFAULTS, type ListenInput, listenOptions } from './listen-options.ts';
import { counted, lineColumns, namesOf, shapeOf } from './shared.ts';

/** An address of IPv6 without the brackets that it has in a URL. */
const bare = (host: string) => host.replace(/^\[(.*)\]$/, '$1');

/** ms that a program gets for one event */
const EXEC_TIMEOUT = 60_000;

export const listen = command<ListenInput>({
  path: ['webhooks', 'listen'],
  summary: 'Receive webhooks: show, record and forward them',
  description:
    'Each event is on the disk before it is acknowledged. Paste the URL that is shown into Settings → Webhooks of the web ' +
    'account; its token is remembered, so the URL stays valid. The service must be able to reach it: use --tunnel, or ' +
    '--public-url where something of yours leads here. Ctrl-C or SIGTERM answers what is under way and ends with 0.',
  effect: 'local',
  options: listenOptions,
  examples: [
    {
      command: 'webhooks listen',
      description: 'Show events as they come, on http://127.0.0.1:4242',
      untested: 'runs until it is ended',
    },
    {
      command: 'webhooks listen --forward http://127.0.0.1:3000/hook',
      description: 'Hand them to a handler; what it misses waits for it',
      untested: 'runs until it is ended',
    },
    {
      command: "webhooks listen --tunnel 'cloudflared tunnel --url {url}'",
      description: 'Through a tunnel',
      untested: 'needs a tunnel program',
    },
    {
      command: "webhooks listen --events 'attendance.*' --format ndjson --max-events 10",
      description: 'The next ten, for a script',
      untested: 'waits for events',
    },
  ],
  output: {
    kind: 'rows',
    name: 'events',
    live: true,
    idField: 'event',
    columns: lineColumns,
  },
  check: (given) => {
    const { path, host, token, publicUrl, tunnel, record } = { ...DEFAULTS, ...given };
    if (record === '-') {
      throw new UsageError('--record: a record is a file', {
        code: 'invalid_value',
        next: 'leave --record out and use --format ndjson for events on standard output',
      });
    }
    // A dot segment would be resolved by whoever calls the URL.
    if (!/^\/[\w./~-]*$/.test(path) || /\/\.{1,2}(\/|$)/.test(path)) {
      throw new UsageError(`--path: "${path}" is not a plain path`, {
        code: 'invalid_value',
        next: 'write it as /hooks/worktime',
      });
    }
    const open =
      !/^(localhost|127(\.\d{1,3}){3}|::1)$/.test(bare(host)) ||
      publicUrl !== undefined ||
      tunnel !== undefined;
    if (token === 'none' && open) {
      throw new UsageError('--token none: anybody who finds the address could send events', {
        code: 'invalid_value',
        next: 'leave --token out: one is made and remembered',
      });
    }
  },
  async *run(session, given): AsyncIterable<Chunk> {
    const input = { ...DEFAULTS, ...given };
    const { startLive } = await import('../../webhooks/live.ts');
    const live = await startLive(await optionsOf(session, input), session.context, session.report);
    try {
      announce(live, session, input);
      live.forward();
      yield* show(live, session, input);
    } finally {
      await live.stop();
    }
  },
});

async function optionsOf(session: Session, input: Complete): Promise<LiveOptions> {
  const { context } = session;
  const { checkToken, rememberedToken } = await import('../../webhooks/token.ts');
  const { stateDirectory } = await import('../../webhooks/live.ts');
  const { splitWords } = await import('../../shell.ts');
  const tunnel =
    input.tunnel === undefined ? undefined : splitWords(input.tunnel, '--tunnel', 'invalid_command');
  const targets = await targetsOf(session, input);
  const token =
    input.token === 'auto'
      ? await rememberedToken(stateDirectory(context))
      : input.token === 'none'
        ? undefined
        : checkToken(input.token);
  return {
    host: bare(input.host),
    port: input.port,
    path: input.path,
    token,
    publicUrl: input.publicUrl === undefined ? undefined : new URL(input.publicUrl),
    events: namesOf(input.events, session.report),
    record: input.record,
    targets,
    tunnel,
  };
}

async function targetsOf(session: Session, { forward, exec, port }: Complete): Promise<Target[]> {
  const { context } = session;
  if (forward === undefined && exec === undefined) return [];
  const { execTarget, httpTarget, TIMEOUT } = await import('../../webhooks/target.ts');
  const { isThisMachine } = await import('../../webhooks/guard.ts');
  const { splitWords } = await import('../../shell.ts');
  const urls = new Set((forward ?? []).map((url) => new URL(url).href));
  const targets = [...urls].map((url) => {
    const { hostname, port: theirs } = new URL(url);
    if (port !== 0 && theirs === String(port) && isThisMachine(hostname)) {
      throw new UsageError(`--forward: ${hostname}:${theirs} is this listener itself`, {
        code: 'invalid_value',
        next: 'give the address of the handler',
      });
    }
    return httpTarget(url, context.transport, context, TIMEOUT);
  });
  if (exec === undefined) return targets;
  const { checkProgram } = await import('../../follow/program.ts');
  const command = splitWords(exec, '--exec', 'invalid_command');
  await checkProgram(command, context);
  return [...targets, execTarget(command, context, EXEC_TIMEOUT, keyOf(session))];
}

/** The key that no program may see. A broken configuration, which has none, does not stop a listener. */
function keyOf(session: Session): string | undefined {
  try {
    const key = session.settings.key?.value;
    return key?.type === 'literal' ? key.key : undefined;
  } catch {
    return undefined;
  }
}

/** Said only once deliveries are accepted. */
function announce(live: Live, session: Session, input: ListenInput): void {
  const { report, context } = session;
  const { format } = shapeOf(session, input);
  if (format === 'json' || format === 'ndjson') {
    const { url, publicUrl } = live;
    const more = publicUrl === undefined ? {} : { public_url: publicUrl };
    report.ready(JSON.stringify({ event: 'ready', url, pid: context.pid, ...more }));
    return;
  }
  report.ready(`Listening on ${live.url}`);
  if (live.publicUrl !== undefined) {
    report.note(`Paste this into Settings → Webhooks of the web account: ${live.publicUrl}`);
  } else {
    report.note(
      'Paste that URL into Settings → Webhooks of the web account, with an address that leads here: see --tunnel and --public-url',
    );
  }
  report.note(`Recording to ${live.record}. Ctrl-C ends it.`);
}

/** Events until there were enough, none came for too long, or Ctrl-C: then those that were under way. */
async function* show(live: Live, session: Session, input: ListenInput): AsyncIterable<Chunk> {
  const { context, report } = session;
  const { format, pageOf } = shapeOf(session, input);
  let left = input.maxEvents ?? Number.POSITIVE_INFINITY;
  let received = 0;
  let unseen = 0;
  // Failures are told by the second call, in run().
  const end = () => void live.stop().catch(() => undefined);
  context.signal.addEventListener('abort', end, { once: true });
  if (context.signal.aborted) end();
  const idle = createIdle(input.idleTimeout, context, () => {
    report.note('No event came for the time of --idle-timeout: ending');
    end();
  });
  try {
    idle.restart();
    for await (const events of live.events()) {
      idle.restart();
      const wanted = events.slice(0, left);
      left -= wanted.length;
      received += wanted.length;
      unseen += events.length - wanted.length;
      if (wanted.length > 0) yield await pageOf(wanted);
      if (left <= 0) end();
    }
  } finally {
    idle.stop();
    context.signal.removeEventListener('abort', end);
    if (format === 'table' && received > 0) report.note(`received ${counted(received)}`);
    // Acknowledged while the last one was on its way here.
    if (unseen > 0) report.note(`${counted(unseen)} more came before it ended: recorded, not shown`);
  }
}

function createIdle(limit: number | undefined, context: Session['context'], onIdle: () => void) {
  let current: AbortController | undefined;
  const stop = () => current?.abort();
  const restart = () => {
    if (limit === undefined) return;
    stop();
    current = new AbortController();
    context.sleep(limit, current.signal).then(onIdle, () => undefined);
  };
  return { restart, stop };
}
