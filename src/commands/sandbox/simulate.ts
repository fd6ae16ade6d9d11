import { command } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import { type RecordsInput, recordFaults, recordOptions } from './records.ts';
import { perMinute } from './words.ts';

interface SimulateInput extends RecordsInput {
  readonly events: number;
  readonly rate?: string;
}

export const simulate = command<SimulateInput>({
  path: ['sandbox', 'simulate'],
  summary: 'Let people come and go in the sandbox',
  description:
    'Each happening is an access record, the attendance it causes, or now and then a change of the staff. What it does, it prints.',
  options: [
    {
      name: 'events',
      short: 'n',
      kind: 'integer',
      min: 1,
      max: 100_000,
      default: 10,
      placeholder: 'N',
      description: 'How many happenings',
    },
    {
      name: 'rate',
      kind: 'string',
      placeholder: 'N/min',
      description: 'How many a minute (default: all at once)',
    },
    ...recordOptions,
  ],
  effect: 'local',
  output: {
    kind: 'rows',
    name: 'happenings',
    columns: [
      { path: 'at', kind: 'time', header: 'Time', priority: 1 },
      { path: 'kind', kind: 'text', header: 'What', priority: 1 },
      { path: 'employee_id', kind: 'id', header: 'Employee', priority: 1 },
      { path: 'lock_id', kind: 'id', header: 'Lock', priority: 2 },
      { path: 'access_method', kind: 'text', header: 'Method', priority: 2 },
      { path: 'timestamp', kind: 'time', header: 'Dated', priority: 2 },
      { path: 'success', kind: 'boolean', header: 'Opened', priority: 3 },
      { path: 'id', kind: 'id', priority: 3 },
    ],
  },
  examples: [
    { command: 'sandbox simulate', description: 'Ten happenings at once' },
    { command: 'sandbox simulate --events 5 --late-records 50%', description: 'Locks that upload late' },
    {
      command: 'sandbox simulate --events 100 --rate 60/min',
      description: 'One a second',
      untested: 'it takes its time',
    },
  ],
  async *run({ context }, input) {
    const rate = perMinute(input.rate, '--rate');
    if (rate === 0)
      throw new UsageError('--rate: nothing would ever happen', { next: 'write it as 30/min or 5/s' });
    const { simulateOn } = await import('../../sandbox/simulate-stored.ts');
    for await (const rows of simulateOn(context, {
      events: input.events,
      rate,
      faults: recordFaults(input),
    })) {
      yield { type: 'rows', rows: rows.map(({ key, ...entry }) => ({ ...entry, ...key })) };
    }
  },
});
