import { command } from '../../command.ts';
import { sentColumns, sentRows } from './shared.ts';

interface TriggerInput {
  readonly event: string;
  readonly to: string;
  readonly set?: readonly string[];
  readonly count: number;
  readonly rate?: string;
}

export const trigger = command<TriggerInput>({
  path: ['webhooks', 'trigger'],
  summary: 'Send a made-up event to a handler',
  description: 'The event is the documented example as if it happened now; --set changes what is in it.',
  effect: 'local',
  arguments: [
    {
      name: 'event',
      kind: 'string',
      required: true,
      complete: 'event',
      description: 'One of `webhooks events`',
    },
  ],
  options: [
    { name: 'to', kind: 'url', required: true, placeholder: 'URL', description: "The handler's address" },
    {
      name: 'set',
      kind: 'string',
      repeat: true,
      placeholder: 'PATH=VALUE',
      description: 'Change a value of the event',
    },
    {
      name: 'count',
      kind: 'integer',
      min: 1,
      max: 1_000_000,
      default: 1,
      placeholder: 'N',
      description: 'How many',
    },
    {
      name: 'rate',
      kind: 'string',
      placeholder: 'N/s',
      description: 'How many in a time, such as 10/s or 30/min',
    },
  ],
  examples: [
    {
      command:
        'webhooks trigger attendance.clock_in --to http://127.0.0.1:3000/hook --set data.employee_id=emp_42',
      description: 'Try a handler',
      untested: 'needs a handler',
    },
    {
      command: 'webhooks trigger lock.opened --to http://127.0.0.1:3000/hook --count 100 --rate 10/s',
      description: 'A hundred, ten a second',
      untested: 'needs a handler',
    },
  ],
  output: { kind: 'rows', name: 'deliveries', live: true, idField: 'status', columns: sentColumns },
  async *run({ context, report }, input) {
    const { exampleOf, makeEvent, parseChange } = await import('../../webhooks/trigger.ts');
    const { parseRate, sendAll } = await import('../../webhooks/send.ts');
    const { httpTarget, TIMEOUT } = await import('../../webhooks/target.ts');
    const { entryOf } = await import('../../webhooks/entry.ts');
    const example = exampleOf(input.event);
    const changes = (input.set ?? []).map((text) => parseChange(text, example));
    const interval = input.rate === undefined ? undefined : parseRate(input.rate, '--rate');
    function* entries() {
      let last = 0;
      for (let made = 0; made < input.count; made += 1) {
        last = Math.max(context.now(), last + 1);
        yield entryOf(makeEvent(example, changes, last));
      }
    }
    const target = httpTarget(input.to, context.transport, context, TIMEOUT);
    const options = { target, interval, clock: context, signal: context.signal, report };
    yield* sentRows(sendAll(entries(), options));
  },
});
