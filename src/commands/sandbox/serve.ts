import { command } from '../../command.ts';
import { leftWith } from '../../errors.ts';
import type { ServeOptions, Server } from '../../sandbox/serve.ts';
import type { Session } from '../../session.ts';
import { recordFaults } from './records.ts';
import { DATA_FLAGS, type ServeInput, serveOptions } from './serve-options.ts';
import { shapeOf } from './shape.ts';
import { perMinute, rangeOf, shareOf } from './words.ts';

export const serve = command<ServeInput>({
  path: ['sandbox', 'serve'],
  summary: 'Serve the sandbox over HTTP, as pleasant or unpleasant as asked',
  description:
    'Any client in any language can talk to it with one of the keys of `sandbox keys`. It shares its data with `--sandbox`, ' +
    'unless data or clock are asked for here: then it serves those from memory. At a terminal it asks which data and ' +
    'which port, where no flag says so and `--no-input` is not given. Behaviour can be switched as it runs: ' +
    'POST /__sandbox/faults, /clock, /rate, /simulate, /records, /webhooks; GET /__sandbox/ledger tells every write that was applied. Ctrl-C ends it, with 0.',
  options: serveOptions,
  effect: 'local',
  output: { kind: 'text', name: 'sandbox' },
  examples: [
    {
      command: 'sandbox serve',
      description: 'On http://127.0.0.1:4010/v1',
      untested: 'it runs until it is ended',
    },
    {
      command: 'sandbox serve --simulate 30/min --webhook http://127.0.0.1:4242/',
      description: 'People come and go, and every event is delivered',
      untested: 'it runs until it is ended',
    },
    {
      command: 'sandbox serve --latency 50ms..2s --fail 5% --drop-after-commit 30%',
      description: 'A bad day, to try a client on',
      untested: 'it runs until it is ended',
    },
    {
      command: 'sandbox serve --clock 2024-02-01T00:00:00Z --clock-rate 8640 --simulate 300/min',
      description: 'A month in five minutes',
      untested: 'it runs until it is ended',
    },
  ],
  ask: async (session, input, refused) => {
    const { askServe } = await import('./serve-ask.ts');
    return askServe(session, input, refused).catch(leftWith('nothing was started'));
  },
  async *run(session, input) {
    const { serve: start } = await import('../../sandbox/serve.ts');
    const options = await optionsOf(session, input);
    const server = await start(options);
    await forgetBudgets(session, server.url);
    try {
      const ready = announce(server, session, input, options.directory);
      if (ready !== undefined) yield { type: 'text', text: ready };
      await ended(session.context.signal);
    } finally {
      await server.close();
    }
  },
});

/** What is left of the hour is known of an earlier server at this address: this one counts anew. */
async function forgetBudgets({ context }: Session, url: string): Promise<void> {
  const [{ forgetBudget }, { identityOf }, { KEYS }] = await Promise.all([
    import('../../client/budget.ts'),
    import('../../config/connection.ts'),
    import('../../sandbox/config.ts'),
  ]);
  for (const address of [url, url.replace('//127.0.0.1:', '//localhost:')]) {
    for (const key of Object.keys(KEYS)) {
      forgetBudget(context.directories.state, identityOf(address, { type: 'literal', key }));
    }
  }
}

async function optionsOf(session: Session, input: ServeInput): Promise<ServeOptions> {
  const { context, report } = session;
  const { sandboxDirectory } = await import('../../sandbox/index.ts');
  const { KEYS } = await import('../../sandbox/config.ts');
  const { clock, clockRate } = input;
  const key = context.env['WORKTIME_API_KEY'];
  if (key !== undefined && !Object.hasOwn(KEYS, key)) {
    report.warn(
      'WORKTIME_API_KEY is not a key of the sandbox: it is refused here; see `worktime sandbox keys`',
    );
  }
  const events = input.webhookEvents?.split(',').map((name) => name.trim());
  const latency = await rangeOf(input.latency, '--latency');
  return {
    context,
    directory: DATA_FLAGS.some((flag) => input[flag] !== undefined) ? null : sandboxDirectory(context),
    shape: await shapeOf(input),
    host: input.host,
    port: input.port,
    allowHosts: input.allowHost?.map((name) => name.toLowerCase()),
    clock: { start: clock === undefined ? undefined : Date.parse(clock), rate: clockRate },
    plan: input.plan,
    rateLimit: input.rateLimit,
    rateWindow: input.rateWindow,
    simulate: perMinute(input.simulate, '--simulate'),
    records: recordFaults(input),
    webhooks: (input.webhook ?? []).map((url) => ({ url, events })),
    webhookFaults: {
      drop: shareOf(input.webhookDrop, '--webhook-drop') ?? 0,
      duplicate: shareOf(input.webhookDuplicate, '--webhook-duplicate') ?? 0,
      reorder: shareOf(input.webhookReorder, '--webhook-reorder') ?? 0,
    },
    faults: {
      ...(latency ? { latency } : {}),
      shares: {
        fail: shareOf(input.fail, '--fail') ?? 0,
        drop_after_commit: shareOf(input.dropAfterCommit, '--drop-after-commit') ?? 0,
        drop_before_commit: shareOf(input.dropBeforeCommit, '--drop-before-commit') ?? 0,
        cut_body: shareOf(input.cutBody, '--cut-body') ?? 0,
        hang: shareOf(input.hang, '--hang') ?? 0,
      },
      reset: input.badResetHeader === true ? 'absent' : (input.badResetHeader ?? null),
    },
    onFault: (error) => report.warn(error.message),
  };
}

/** Says that it is ready: for a program as an event, which is given back for stdout; for a person on stderr. */
function announce(
  server: Server,
  { report }: Session,
  input: ServeInput,
  directory: string | null,
): string | undefined {
  const { url, pid } = server;
  if (input.json || input.format === 'json' || input.format === 'ndjson') {
    return `${JSON.stringify({ event: 'ready', url, pid })}\n`;
  }
  const where = directory === null ? 'changes are in memory' : `changes are in ${directory}`;
  report.ready(`Sandbox ready on ${url} (keys: see \`worktime sandbox keys\`; ${where}); Ctrl-C ends it`);
  return undefined;
}

/** A server's life ends with a signal, which is no failure. */
async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
