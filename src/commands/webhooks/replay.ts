import { command } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import type { Entry } from '../../webhooks/entry.ts';
import { eventsOption, lineColumns, namesOf, sentColumns, sentRows, shapeOf } from './shared.ts';

interface ReplayInput {
  readonly file?: string;
  readonly since?: string;
  readonly to?: string;
  readonly events?: string;
  readonly rate?: string;
}

/** How often an event is tried before it counts as not delivered. */
const ATTEMPTS = 5;

export const replay = command<ReplayInput>({
  path: ['webhooks', 'replay'],
  summary: 'Send recorded events again, or show them',
  description:
    'The bytes go out as they came, in the order of arrival, each event once. Without --to they are shown. FILE is a record, ' +
    'or events one a line, such as `webhooks audit --format ndjson` prints; - is standard input.',
  effect: 'local',
  arguments: [
    { name: 'file', kind: 'file', complete: 'file', description: 'Default: the record of this machine' },
  ],
  options: [
    {
      name: 'since',
      kind: 'time',
      placeholder: 'TIME',
      description: 'Only what came since then: 09:00, -2h',
    },
    { name: 'to', kind: 'url', placeholder: 'URL', description: "The handler's address" },
    eventsOption,
    {
      name: 'rate',
      kind: 'string',
      placeholder: 'N/s',
      description: 'How many in a time, such as 10/s or 30/min',
    },
  ],
  examples: [
    { command: 'webhooks replay --since -2h', description: 'Show what came in the last two hours' },
    {
      command: 'webhooks replay --since 09:00 --to http://127.0.0.1:3000/hook --rate 20/s',
      description: 'Send it again',
      untested: 'needs a handler',
    },
  ],
  output: { kind: 'rows', name: 'events', live: true, idField: 'event', columns: lineColumns },
  outputFor: ({ to }) => ({
    kind: 'rows',
    name: 'events',
    live: true,
    idField: 'event',
    columns: to === undefined ? lineColumns : sentColumns,
  }),
  check: ({ file, since }) => {
    if (file === undefined && since === undefined) {
      throw new UsageError('nothing says which events', {
        code: 'usage',
        next: 'name a FILE, or give --since',
      });
    }
  },
  async *run(session, input) {
    const { context, report } = session;
    const { Damages, entriesOf, entriesOfFile, select } = await import('../../webhooks/replay.ts');
    const { placeOf } = await import('../../webhooks/live.ts');
    const { eventFilter } = await import('../../webhooks/event.ts');
    const { parseRate, sendAll } = await import('../../webhooks/send.ts');
    const { httpTarget, TIMEOUT } = await import('../../webhooks/target.ts');
    const interval = input.rate === undefined ? undefined : parseRate(input.rate, '--rate');
    const damages = new Damages((text) => report.warn(text));
    const all: AsyncIterable<Entry> =
      input.file === undefined
        ? entriesOf(placeOf(context, undefined), damages.found)
        : entriesOfFile(input.file, context, damages.found);
    const entries = select(all, {
      since: input.since === undefined ? undefined : Date.parse(input.since),
      filter: eventFilter(namesOf(input.events, report)),
    });
    if (input.to === undefined) {
      const { pageOf } = shapeOf(session, input);
      for await (const entry of entries) yield await pageOf([entry]);
      damages.summarize();
      return;
    }
    const target = httpTarget(input.to, context.transport, context, TIMEOUT);
    const options = { target, interval, attempts: ATTEMPTS, clock: context, signal: context.signal, report };
    yield* sentRows(sendAll(entries, options));
    damages.summarize();
  },
});
