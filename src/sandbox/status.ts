/** What a stored sandbox is and how far it has come from its seed. */

import type { Context } from '../context.ts';
import { dateOf } from './calendar.ts';
import type { SandboxConfig } from './config.ts';
import { countOf } from './people.ts';
import { storedConfig } from './state-files.ts';
import { diskStore } from './store.ts';

export interface StateDescription {
  readonly config: SandboxConfig;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Describes the state in a directory without making one; undefined when there is none. */
export async function describeState(
  directory: string,
  context: Pick<Context, 'pid' | 'now' | 'monotonic' | 'sleep' | 'random' | 'signal'>,
): Promise<StateDescription | undefined> {
  if (!storedConfig(directory)) return undefined;
  const world = await diskStore(directory, context, { now: () => context.now(), pinned: false }).read();
  const { config, state } = world;
  const seeded = config.fixture === null;
  return {
    config,
    facts: {
      history_from: seeded ? dateOf(world.historyStart) : null,
      history_to: seeded ? dateOf(world.historyEnd() - 1) : null,
      employees_now: countOf(world),
      writes: state.written.length,
    },
  };
}
