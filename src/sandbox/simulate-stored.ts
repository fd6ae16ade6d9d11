/** Happenings in the stored sandbox, while no server runs. */

import type { Context } from '../context.ts';
import { chance } from './chance.ts';
import { sandboxDirectory } from './index.ts';
import { type LedgerEntry, ledgerOf } from './ledger.ts';
import { happening, type RecordFaults } from './simulate.ts';
import { diskStore } from './store.ts';

export interface SimulationOptions {
  readonly events: number;
  /** A minute; undefined: all at once. */
  readonly rate: number | undefined;
  readonly faults: RecordFaults;
}

const STREAM = 4;
const TOGETHER = 500;

/** Lets so much happen; yields what the ledger says of it. */
export async function* simulateOn(
  context: Context,
  options: SimulationOptions,
): AsyncGenerator<LedgerEntry[]> {
  const store = diskStore(sandboxDirectory(context), context, { now: () => context.now(), pinned: false });
  const { config, state } = await store.read();
  // Each run goes on with other people than the one before.
  const people = chance(config.seed, STREAM + state.version);
  const step = options.rate === undefined ? TOGETHER : 1;
  for (let done = 0; done < options.events; done += step) {
    if (done > 0 && options.rate !== undefined) await context.sleep(60_000 / options.rate, context.signal);
    context.signal.throwIfAborted();
    const count = Math.min(step, options.events - done);
    const each = Array.from({ length: count }, () =>
      store.write((world) => {
        const { ops } = happening(world, people, options.faults);
        return { ops, result: { state: world.state, from: world.state.written.length, count: ops.length } };
      }),
    );
    for (const { state: here, from, count: length } of await Promise.all(each))
      yield ledgerOf(here, from, length);
  }
}
