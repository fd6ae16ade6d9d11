/** A listener with all that hangs on it: the record, the targets, the tunnel. */

import { join } from 'node:path';
import type { Context } from '../context.ts';
import { acquireLock } from '../files/lock.ts';
import type { Reporter } from '../session.ts';
import { cursorOf, neededSegment } from './cursor.ts';
import { type EventFilter, eventFilter } from './event.ts';
import { Forwarder } from './forward.ts';
import type { Backoff } from './gate.ts';
import { type Listener, listen } from './listener.ts';
import { directoryPlace, filePlace, type Place, type Stored } from './place.ts';
import { DurableRecord } from './record.ts';
import { Refusals } from './refusals.ts';
import type { ServerLimits } from './server.ts';
import type { Target } from './target.ts';
import { openTunnel, type Tunnel } from './tunnel.ts';

export interface LiveOptions {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly token: string | undefined;
  readonly publicUrl?: URL | undefined;
  /** Names, `attendance.*` for a family; empty: all. */
  readonly events: readonly string[];
  /** A file instead of the record in the state directory. */
  readonly record?: string | undefined;
  readonly targets: readonly Target[];
  /** Program and arguments. */
  readonly tunnel?: readonly string[] | undefined;
  readonly limits?: Partial<ServerLimits>;
  readonly backoff?: Backoff;
}

export interface Live {
  /** With the token, as reached from this machine. */
  readonly url: string;
  /** What to paste into the web account, where there is a public address. */
  readonly publicUrl: string | undefined;
  /** Where the record is. */
  readonly record: string;
  /** Begins to hand events on, first those that waited. To be called once, when whoever waits for readiness was told. */
  forward(): void;
  /** Events that are new and wanted, in batches, each durable. Ends after `stop`. */
  events(): AsyncIterable<readonly Stored[]>;
  /** Takes no more, delivers what it can at once, and ends. Harmless when called twice. */
  stop(): Promise<void>;
}

/** ms between two batches that are shown: nobody reads faster, and a flood is written in large pieces */
const BREATH = 10;
const FEW = 200;

/** ms that targets get at the end for what is left */
const DRAIN = 5000;

export const stateDirectory = (context: Pick<Context, 'directories'>) =>
  join(context.directories.state, 'webhooks');

/** The record that a command means: a file, or the one in the state directory. */
export function placeOf(context: Pick<Context, 'directories'>, file: string | undefined): Place {
  return file === undefined ? directoryPlace(stateDirectory(context)) : filePlace(file);
}

/**
 * Starts everything; resolves once deliveries are accepted (and the tunnel has named its address).
 * @throws LocalError for the address, the disk or a record that another listener writes; TemporaryError for the tunnel.
 */
export async function startLive(options: LiveOptions, context: Context, report: Reporter): Promise<Live> {
  /** What has been started, to be ended in reverse. */
  const started: (() => Promise<void>)[] = [];
  let ending: Promise<void> | undefined;
  const stop = () => {
    ending ??= endAll(started);
    return ending;
  };
  try {
    return { ...(await assemble(options, context, report, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  options: LiveOptions,
  context: Context,
  report: Reporter,
  started: (() => Promise<void>)[],
): Promise<Omit<Live, 'stop'>> {
  const place = placeOf(context, options.record);
  const cursors = join(stateDirectory(context), 'cursors');
  await place.prepare();
  const instead = 'give --record a file of its own';
  const lock = await acquireLock(place.lock, { context, purpose: 'listening for webhooks', instead });
  started.push(() => lock.release());

  const record = await DurableRecord.open(place, {
    needed: () => neededSegment(cursors, place, context.now()),
  });
  started.push(() => record.close());
  if (record.repaired > 0) {
    report.warn(
      `${place.name}: a torn last line of ${record.repaired} bytes was removed; it was never acknowledged`,
    );
  }
  const from = record.end;
  const filter = eventFilter(options.events);
  const forwarders: Forwarder[] = [];
  // Forwarders see the end of the record only once it is closed, so they are stopped after it.
  started.splice(1, 0, () => stopAll(forwarders, options.targets, report));
  for (const target of options.targets) {
    const cursor = cursorOf(cursors, place, target);
    const backoff = options.backoff ? { backoff: options.backoff } : {};
    forwarders.push(
      await Forwarder.open({ record, target, cursor, filter, clock: context, report, ...backoff }),
    );
  }

  const refusals = new Refusals(context, report);
  started.push(async () => refusals.summarize());
  const listener = await listen(
    record,
    { ...options, publicUrls: options.publicUrl ? [options.publicUrl] : [], ...refusals.handlers },
    context,
  );
  started.push(() => listener.close());
  const base = options.tunnel
    ? await startTunnel(options.tunnel, listener, context, report, started)
    : options.publicUrl;
  return {
    url: listener.url,
    publicUrl: base && listener.publicUrl(base),
    record: place.name,
    forward: () => {
      for (const forwarder of forwarders) forwarder.begin();
    },
    events: () => wanted(record, from, filter, context),
  };
}

async function* wanted(
  record: DurableRecord,
  from: DurableRecord['end'],
  filter: EventFilter,
  clock: Pick<Context, 'sleep'>,
) {
  for await (const batch of record.tail(from)) {
    const events = batch.filter(({ duplicate, event }) => !duplicate && filter(event));
    if (events.length === 0) continue;
    yield events;
    // Who has fallen behind does not rest.
    if (events.length < FEW) await clock.sleep(BREATH);
  }
}

async function startTunnel(
  command: readonly string[],
  listener: Listener,
  context: Context,
  report: Reporter,
  started: (() => Promise<void>)[],
): Promise<URL> {
  const { hostname: host } = new URL(listener.url);
  const tunnel: Tunnel = await openTunnel(command, { host, port: listener.port }, context);
  let ending = false;
  started.push(() => {
    ending = true;
    return tunnel.close();
  });
  listener.allow(tunnel.url);
  tunnel.ended.then(
    (exitCode) =>
      ending || report.warn(`the tunnel ended with exit ${exitCode}: nothing comes through it any more`),
    () => undefined,
  );
  return tunnel.url;
}

async function stopAll(
  forwarders: readonly Forwarder[],
  targets: readonly Target[],
  report: Reporter,
): Promise<void> {
  const left = await Promise.all(forwarders.map((forwarder) => forwarder.stop(DRAIN)));
  for (const [index, waiting] of left.entries()) {
    if (waiting === 0) continue;
    const events = waiting === 1 ? '1 event waits' : `${waiting} events wait`;
    report.warn(
      `forward to ${targets[index]?.shown}: ${events} on disk for the next \`worktime webhooks listen\` with it`,
    );
  }
}

/** Each is ended even where another fails; the first failure is told. */
async function endAll(started: (() => Promise<void>)[]): Promise<void> {
  let failure: unknown;
  for (const end of started.reverse()) {
    try {
      await end();
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure) throw failure;
}
