/** Where the changes live: in memory, or in a log on disk that several processes may read and write at once. */

import { LocalError } from '../errors.ts';
import { configFor, type SandboxConfig, type Shape } from './config.ts';
import { fixtureChange } from './fixture.ts';
import { type Change, type Operation, State } from './state.ts';
import {
  type DiskContext,
  damaged,
  initialize,
  locked,
  logFile,
  readConfig,
  signatureOf,
  sizeOf,
} from './state-files.ts';
import { createWorld, type World } from './world.ts';

/** What a write decides: the operations to apply, none when nothing changes, and what to answer. */
export interface Decision<T> {
  readonly ops: readonly Operation[];
  readonly result: T;
}

export interface Store {
  /** The world as of now, other processes' writes included. */
  read(): Promise<World> | World;
  /** Decides and applies one write. Nothing comes between: `decide` sees every earlier write, and must not wait. */
  write<T>(decide: (world: World) => Decision<T>): Promise<T>;
  /** Where it is kept; undefined in memory. */
  readonly directory: string | undefined;
}

export interface StoreOptions {
  readonly now: () => number;
  readonly pinned: boolean;
  /** Told of each write of this store once it is durable. */
  readonly onChange?: ((change: Change, world: World) => void) | undefined;
}

function freshState(config: SandboxConfig): State {
  const state = new State(config.employees);
  if (config.fixture) state.apply(fixtureChange(config));
  return state;
}

/** Changes are kept while it runs, and forgotten with it. */
export function memoryStore(shape: Shape, options: StoreOptions): Store {
  const config = configFor(shape, options.now(), 'memory');
  const world = createWorld(config, freshState(config), options.now, options.pinned);
  return {
    directory: undefined,
    read: () => world,
    async write(decide) {
      const { ops, result } = decide(world);
      if (ops.length > 0) {
        const change = { at: options.now(), ops };
        world.state.apply(change);
        options.onChange?.(change, world);
      }
      return result;
    },
  };
}

interface Waiting {
  run(world: World): Change | undefined;
  resolve(): void;
  reject(error: unknown): void;
}

/** Checksum and space before each line of the log. */
const CHECKSUM = 9;

/** Changes in `directory`: a small state file names the seed and the log; each write appends a line under a short lock. */
export function diskStore(directory: string, context: DiskContext, options: StoreOptions): Store {
  let world: World | undefined;
  let signature = '';
  let offset = 0;

  /** Catches up with the disk. A reset by another process is a new state file: then all is read anew. */
  async function refresh(): Promise<World> {
    for (;;) {
      const found = signatureOf(directory);
      if (found === undefined) {
        await initialize(directory, context, {});
        continue;
      }
      if (!world || found !== signature) {
        const config = readConfig(directory);
        world = createWorld(config, freshState(config), options.now, options.pinned);
        signature = found;
        offset = 0;
      }
      await readChanges(world);
      if (signatureOf(directory) === signature) return world;
    }
  }

  async function readChanges(into: World): Promise<void> {
    const path = logFile(directory, into.config.generation);
    if (sizeOf(path) <= offset) return;
    const { readLog } = await import('../files/log.ts');
    try {
      for await (const { line, offset: at } of readLog(path, { checksum: true, from: offset })) {
        into.state.apply(JSON.parse(line) as Change);
        offset = at + CHECKSUM + Buffer.byteLength(line) + 1;
      }
    } catch (error) {
      world = undefined;
      if (error instanceof LocalError) throw error;
      throw damaged(path, error);
    }
  }

  let waiting: Waiting[] = [];
  let draining = false;

  /** Writes that come together share one lock and one sync. */
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch: Waiting[] = [];
      try {
        await locked(directory, context, async () => {
          const here = await refresh();
          batch.push(...waiting);
          waiting = [];
          await commit(here, batch);
        });
      } catch (error) {
        world = undefined;
        for (const one of batch.length > 0 ? batch : waiting.splice(0)) one.reject(error);
      }
    }
    draining = false;
  }

  async function commit(here: World, batch: readonly Waiting[]): Promise<void> {
    const done: { one: Waiting; change: Change | undefined }[] = [];
    for (const one of batch) {
      try {
        const change = one.run(here);
        if (change) here.state.apply(change);
        done.push({ one, change });
      } catch (error) {
        one.reject(error);
      }
    }
    const lines = done.flatMap(({ change }) => (change ? [JSON.stringify(change)] : []));
    if (lines.length > 0) {
      const { openLog } = await import('../files/log.ts');
      const log = await openLog(logFile(directory, here.config.generation), { checksum: true });
      try {
        await Promise.all(lines.map((line) => log.append(line)));
        offset = log.size;
      } finally {
        await log.close();
      }
    }
    for (const { one, change } of done) {
      if (change) options.onChange?.(change, here);
      one.resolve();
    }
  }

  return {
    directory,
    read: refresh,
    write<T>(decide: (world: World) => Decision<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        let answer: { result: T } | undefined;
        waiting.push({
          run(here) {
            const { ops, result } = decide(here);
            answer = { result };
            return ops.length > 0 ? { at: options.now(), ops } : undefined;
          },
          resolve: () => answer && resolve(answer.result),
          reject,
        });
        if (draining) return;
        draining = true;
        void drain();
      });
    },
  };
}
