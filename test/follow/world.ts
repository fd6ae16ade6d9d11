/** A lock whose records arrive by a schedule, and a clock that only moves when the tail waits. */

import { InterruptedError } from '../../src/errors.ts';
import { eventKey, eventTime } from '../../src/follow/identity.ts';
import { Memory } from '../../src/follow/memory.ts';
import { Pace } from '../../src/follow/pace.ts';
import { type Arrival, type PollOptions, poll } from '../../src/follow/poll.ts';
import type { Source } from '../../src/follow/round.ts';
import { START, type TestContext } from '../support/context.ts';

export interface Scheduled {
  readonly id?: string;
  /** When the door opened, ms from the start of the test. */
  readonly at: number;
  /** When the API got to know, ms from the start of the test. */
  readonly arrives: number;
  readonly method?: string;
  readonly employee?: string;
  readonly success?: boolean;
}

export const stamp = (ms: number) => new Date(START + ms).toISOString();

export const event = ({ id, at, method, employee, success }: Scheduled) => ({
  ...(id === undefined ? {} : { id }),
  lock_id: 'lock_789',
  employee_id: employee ?? 'emp_123456',
  employee_name: 'John Doe',
  access_method: method ?? 'fingerprint',
  timestamp: stamp(at),
  success: success ?? true,
});

/** Offers whatever has arrived by now; `arrange` puts the answer into the order in which it is given. */
export function lockWith(
  context: TestContext,
  schedule: readonly Scheduled[],
  options: {
    readonly id?: string;
    readonly arrange?: (records: unknown[], poll: number) => unknown[];
    readonly pageSize?: number;
    /** Called before each poll; what it throws is the poll's fault. */
    readonly before?: (poll: number) => void;
    /** Thrown after the first page, as a cut body is. */
    readonly cut?: (poll: number) => unknown;
  } = {},
): Source {
  const id = options.id ?? 'lock_789';
  let polls = 0;
  return {
    id,
    async *read() {
      polls += 1;
      options.before?.(polls);
      const here = schedule.filter(({ arrives }) => START + arrives <= context.now()).map(event);
      const records = options.arrange?.(here, polls) ?? here;
      const size = options.pageSize ?? Math.max(1, records.length);
      for (let at = 0; at < records.length; at += size) {
        yield records.slice(at, at + size);
        const cut = options.cut?.(polls);
        if (cut) throw cut;
      }
    },
    keyOf: (record) => eventKey(record, id),
    timeOf: eventTime,
  };
}

/** Options of a tail that polls every second and shows everything. */
export function tailOf(sources: readonly Source[], options: Partial<PollOptions> = {}): PollOptions {
  return {
    sources,
    memory: new Memory(),
    first: { last: 0 },
    pace: new Pace(1000),
    matches: () => true,
    budget: () => undefined,
    ...options,
  };
}

/** Follows until the given time of the made-up clock, then presses Ctrl-C. */
export async function followUntil(
  context: TestContext,
  end: number,
  options: PollOptions,
): Promise<Arrival[]> {
  const shown: Arrival[] = [];
  const stop = () => {
    if (context.now() >= START + end) context.interrupt(new InterruptedError());
  };
  const sources = options.sources.map((source) => ({
    ...source,
    async *read() {
      yield* source.read();
      stop();
    },
  }));
  for await (const batch of poll(context, { ...options, sources })) shown.push(...batch);
  return shown;
}

export const idOf = ({ record }: Arrival) => (record as { id?: string }).id;
