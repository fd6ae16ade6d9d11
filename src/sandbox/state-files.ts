/** The files of a stored sandbox: a small state file that names the seed and the log of its changes. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { LocalError } from '../errors.ts';
import { makeDirectory } from '../files/directory.ts';
import { configFor, type SandboxConfig, type Shape } from './config.ts';

export type DiskContext = Pick<Context, 'pid' | 'now' | 'monotonic' | 'sleep' | 'random' | 'signal'>;

const LOCK_WAIT = 30_000;
const PURPOSE = 'changing the sandbox';
const stateFile = (directory: string) => join(directory, 'state.json');
export const logFile = (directory: string, generation: string) =>
  join(directory, `changes-${generation}.log`);

/** What tells one making of a stored sandbox from the next; undefined before the first. */
export function generationOf(directory: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(stateFile(directory), 'utf8')) as SandboxConfig).generation;
  } catch {
    return undefined;
  }
}

/** Makes the state anew: the seed as the shape says, no changes. Whoever has it open notices at the next request. */
export async function resetState(
  directory: string,
  context: DiskContext,
  shape: Shape,
): Promise<SandboxConfig> {
  return await locked(directory, context, () => writeState(directory, shape, context));
}

export async function initialize(directory: string, context: DiskContext, shape: Shape): Promise<void> {
  await locked(directory, context, async () => {
    if (signatureOf(directory) === undefined) await writeState(directory, shape, context);
  });
}

/** The state file is what counts: until it is renamed into place the old state holds, afterwards the new one. */
async function writeState(directory: string, shape: Shape, context: DiskContext): Promise<SandboxConfig> {
  const { writeFileAtomic } = await import('../files/atomic.ts');
  const config = configFor(shape, context.now(), newGeneration(directory, context));
  await writeFileAtomic(logFile(directory, config.generation), '', { mode: 0o600 });
  await writeFileAtomic(stateFile(directory), `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  for (const name of readdirSync(directory)) {
    const stale = name.startsWith('changes-') && name !== `changes-${config.generation}.log`;
    if (stale) await unlink(join(directory, name)).catch(() => undefined);
  }
  return config;
}

/** A name that no log has: the log of the old state must stay whole until the new state file is in place. */
function newGeneration(directory: string, context: DiskContext): string {
  for (;;) {
    const name = `${context.pid}-${Math.floor(context.random() * 2 ** 48).toString(36)}`;
    if (!existsSync(logFile(directory, name))) return name;
  }
}

export async function locked<T>(directory: string, context: DiskContext, work: () => Promise<T>): Promise<T> {
  const { acquireLock } = await import('../files/lock.ts');
  makeDirectory(directory);
  const lock = await acquireLock(join(directory, 'sandbox'), { context, purpose: PURPOSE, wait: LOCK_WAIT });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** The configuration of the state in a directory; undefined when there is none yet. */
export function storedConfig(directory: string): SandboxConfig | undefined {
  return signatureOf(directory) === undefined ? undefined : readConfig(directory);
}

export function readConfig(directory: string): SandboxConfig {
  const path = stateFile(directory);
  try {
    const config = JSON.parse(readFileSync(path, 'utf8')) as SandboxConfig;
    if (config.version !== 1 || typeof config.generation !== 'string') throw new Error('unknown version');
    return config;
  } catch (error) {
    throw damaged(path, error);
  }
}

export function signatureOf(directory: string): string | undefined {
  try {
    const { ino, mtimeMs, size } = statSync(stateFile(directory));
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw new LocalError(`cannot read the sandbox's state in ${directory}`, {
      cause: error,
      next: 'check the permissions of the state directory, or set WORKTIME_STATE_DIR',
    });
  }
}

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

export const damaged = (path: string, cause: unknown) =>
  new LocalError(`the sandbox's state is damaged: ${path}`, {
    code: 'damaged',
    cause,
    next: 'run "worktime sandbox reset"; it holds no real data',
  });
