import { type Chunk, command } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import type { Live, LiveOptions } from '../../webhooks/live.ts';
import type { Target } from '../../webhooks/target.ts';
import { eventsOption, lineColumns, namesOf, shapeOf } from './shared.ts';

interface ListenInput {
  readonly port?: number;
  readonly host?: string;
  readonly path?: string;
  readonly token?: string;
  readonly publicUrl?: string;
  readonly events?: string;
  readonly record?: string;
  readonly forward?: readonly string[];
  readonly exec?: string;
  readonly tunnel?: string;
  readonly maxEvents?: number;
  readonly idleTimeout?: number;
}

const DEFAULTS = { port: 4242, host: '127.0.0.1', path: '/', token: 'auto' };
type Complete = ListenInput & typeof DEFAULTS;

/** ms that a program gets for one event */
const EXEC_TIMEOUT = 60_000;

export const listen = command<ListenInput>({
  path: ['webhooks', 'listen'],
  summary: 'Receive webhooks: show, record and forward them',
  description:
    'Each event is on the disk before it is acknowledged. Paste the URL that is shown into Settings → Webhooks of the web ' +
    'account; its token is remembered, so the URL stays valid. The service must be able to reach it: use --tunnel, or ' +
    '--public-url where something of yours leads here. Ctrl-C answers what is under way and ends with 0.',
  effect: 'local',
  options: [
    {
      name: 'port',
      kind: 'integer',
      min: 0,
      max: 65_535,
      default: DEFAULTS.port,
      placeholder: 'N',
      description: 'Port; 0 takes a free one',
    },
    {
      name: 'host',
      kind: 'string',
      default: DEFAULTS.host,
      placeholder: 'ADDRESS',
      description: 'Address to bind',
    },
    {
      name: 'path',
      kind: 'string',
      default: DEFAULTS.path,
      placeholder: 'PATH',
      description: 'Path of the URL',
    },
    {
      name: 'token',
      kind: 'string',
      default: DEFAULTS.token,
      placeholder: 'TOKEN',
      description: 'Secret in the URL; auto makes one and remembers it, none asks for none (loopback alone)',
    },
    {
      name: 'public-url',
      kind: 'url',
      placeholder: 'URL',
      description: 'Address by which the service reaches it',
    },
    {
      name: 'tunnel',
      kind: 'string',
      placeholder: 'COMMAND',
      description: 'Start a tunnel; {url}, {host} and {port} are filled in',
    },
    eventsOption,
    {
      name: 'record',
      kind: 'file',
      placeholder: 'FILE',
      description: 'Record to this file; default: the state directory, rotated',
    },
    {
      name: 'forward',
      kind: 'url',
      repeat: true,
      placeholder: 'URL',
      description: 'Send each event on, until it is taken',
    },
    {
      name: 'exec',
      kind: 'string',
      placeholder: 'COMMAND',
      description: 'Run a program for each event, given on its standard input',
    },
    { name: 'max-events', kind: 'integer', min: 1, placeholder: 'N', description: 'End after so many' },
    {
      name: 'idle-timeout',
      kind: 'duration',
      placeholder: 'DUR',
      description: 'End when none came for so long',
    },
  ],
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
    const { path, host, token, publicUrl, tunnel } = { ...DEFAULTS, ...given };
    if (!/^\/[\w./~-]*$/.test(path)) {
      throw new UsageError(`--path: "${path}" is not a plain path`, {
        code: 'invalid_value',
        next: 'write it as /hooks/worktime',
      });
    }
    const open =
      !/^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host) || publicUrl !== undefined || tunnel !== undefined;
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
    host: input.host,
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
  const { splitWords } = await import('../../shell.ts');
  const targets = [...new Set(forward)].map((url) => {
    const { hostname, port: theirs } = new URL(url);
    if (port !== 0 && theirs === String(port) && /^(localhost|127\.|\[::1\])/.test(hostname)) {
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
    report.note(JSON.stringify({ event: 'ready', url, pid: context.pid, ...more }));
    return;
  }
  report.note(`Listening on ${live.url}`);
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
  const { format, rowOf } = shapeOf(session, input);
  const { lineOf } = await import('../../webhooks/who.ts');
  let left = input.maxEvents ?? Number.POSITIVE_INFINITY;
  let received = 0;
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
      yield { type: 'rows', rows: wanted.map((event) => rowOf(event, lineOf)) };
      if (left <= 0) return;
    }
  } finally {
    idle.stop();
    context.signal.removeEventListener('abort', end);
    if (format === 'table' && received > 0)
      report.note(`received ${received} event${received === 1 ? '' : 's'}`);
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
