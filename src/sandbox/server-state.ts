/** A running server's parts, as its doors (the API and the control paths) share them. */

import type { Context } from '../context.ts';
import { type App, createApp } from './app.ts';
import { type Chance, chance } from './chance.ts';
import { PLANS, type Plan, type Shape } from './config.ts';
import { eventsOf } from './events.ts';
import { type FaultSettings, noFaults } from './faults.ts';
import { RateLimiter } from './rate.ts';
import { happening, noRecordFaults, type RecordFaults } from './simulate.ts';
import type { Change, Operation } from './state.ts';
import { diskStore, memoryStore, type Store } from './store.ts';
import { VirtualClock } from './virtual-clock.ts';
import { Webhooks, type WebhookTarget } from './webhooks.ts';
import type { World } from './world.ts';

type ServerContext = Pick<Context, 'pid' | 'now' | 'monotonic' | 'sleep' | 'random' | 'signal' | 'transport'>;

export interface BenchOptions {
  readonly context: ServerContext;
  /** Where changes are kept; `null`: in memory, made from `shape`, forgotten at the end. */
  readonly directory: string | null;
  readonly shape?: Shape | undefined;
  /** The virtual clock: its start in ms, and how many of its seconds pass in one. */
  readonly clock?: { readonly start?: number | undefined; readonly rate?: number | undefined } | undefined;
  readonly plan?: Plan | undefined;
  /** Requests in a window of `rateWindow` ms. */
  readonly rateLimit?: number | undefined;
  readonly rateWindow?: number | undefined;
  readonly faults?: Partial<FaultSettings> | undefined;
  readonly records?: Partial<RecordFaults> | undefined;
  /** Happenings a minute of real time. */
  readonly simulate?: number | undefined;
  readonly webhooks?: readonly WebhookTarget[] | undefined;
  readonly webhookFaults?: Partial<Webhooks['faults']> | undefined;
}

export interface Bench {
  readonly context: ServerContext;
  readonly clock: VirtualClock;
  readonly rate: RateLimiter;
  readonly faults: FaultSettings;
  readonly records: RecordFaults;
  readonly webhooks: Webhooks;
  /** Draws for the faults of requests. */
  readonly luck: Chance;
  readonly handle: App;
  store(): Store;
  /** Happenings a minute of real time; 0: none. */
  simulation: number;
  /** Lets so much happen now. Resolves to how many operations that were. */
  happen(count: number): Promise<number>;
  /** Applies operations that somebody asks for. */
  inject(decide: (world: World) => readonly Operation[]): Promise<readonly Operation[]>;
  /** Makes the data anew, in memory. */
  reset(shape: Shape): void;
  stop(): Promise<void>;
}

const HOUR = 3_600_000;
/** Draws are kept apart, so that a fault more does not change who comes next. */
const STREAM = { faults: 1, people: 2, webhooks: 3 } as const;

export async function createBench(options: BenchOptions): Promise<Bench> {
  const { context, directory } = options;
  const clock = new VirtualClock(context, options.clock?.start, options.clock?.rate);
  const now = () => clock.now();
  const stopping = new AbortController();
  const signal = AbortSignal.any([context.signal, stopping.signal]);
  let webhooks: Webhooks | undefined;
  const onChange = (change: Change, world: World) => {
    if (webhooks && webhooks.targets.length > 0) webhooks.publish(eventsOf(world, change));
  };
  const common = { now, pinned: true, onChange };
  let store =
    directory === null ? memoryStore(options.shape ?? {}, common) : diskStore(directory, context, common);
  const { config } = await store.read();
  webhooks = new Webhooks(context, chance(config.seed, STREAM.webhooks), signal);
  for (const target of options.webhooks ?? []) webhooks.add(target);
  Object.assign(webhooks.faults, options.webhookFaults);
  const people = chance(config.seed, STREAM.people);
  const limit = options.rateLimit ?? PLANS[options.plan ?? config.plan];
  const rate = new RateLimiter(limit, options.rateWindow ?? HOUR, () => context.monotonic());
  const records = { ...noRecordFaults(), ...options.records };
  const none = noFaults();
  const faults = { ...none, ...options.faults, shares: { ...none.shares, ...options.faults?.shares } };

  const inject = (decide: (world: World) => readonly Operation[]) =>
    store.write((world) => {
      const ops = decide(world);
      return { ops, result: ops };
    });
  const happen = async (count: number) => {
    const each = Array.from({ length: count }, () =>
      store.write((world) => happening(world, people, records)),
    );
    return (await Promise.all(each)).reduce((sum, ops) => sum + ops.length, 0);
  };

  const bench: Bench = {
    context,
    clock,
    rate,
    faults,
    records,
    webhooks,
    luck: chance(config.seed, STREAM.faults),
    handle: (request) => app(request),
    store: () => store,
    simulation: options.simulate ?? 0,
    happen,
    inject,
    reset(shape) {
      store = memoryStore(shape, common);
      app = createApp({ store, rate, now });
    },
    async stop() {
      stopping.abort();
      await simulating;
    },
  };
  let app = createApp({ store, rate, now });
  const simulating = simulate(bench, signal);
  return bench;
}

const LOOK = 100;

/** Lets happen what is due, at most ten times a second: a thousand a minute need no thousand timers. */
async function simulate(bench: Bench, signal: AbortSignal): Promise<void> {
  const { context } = bench;
  let due = 0;
  let before = context.monotonic();
  while (!signal.aborted) {
    await context.sleep(LOOK, signal).catch(() => undefined);
    const now = context.monotonic();
    due += ((now - before) * bench.simulation) / 60_000;
    before = now;
    const count = Math.floor(due);
    due -= count;
    // A full disk stops the people, not the server; they come again when there is room.
    if (count > 0 && !signal.aborted) await bench.happen(count).catch(() => undefined);
  }
}
