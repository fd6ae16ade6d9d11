/**
 * A lock between processes that outlives none of them. It is a directory of numbered claims, one file each, made by
 * link() so that it appears whole or not at all. The highest number is the lock's state: held, released, or left by a
 * dead process. Whoever finds it free claims the next number, which only one can; then lists again and yields to a
 * higher one. As the highest claim is never removed, numbers never go back, and taking over a dead holder's lock is the
 * same exclusive step as taking a released one: there is no moment at which two can have removed the same old lock.
 */

import { readFileSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { LocalError } from '../errors.ts';
import { claim, HELD, highestOf, list, prune, RELEASED, release, removeQuietly } from './claims.ts';
import { codeOf, diskFault } from './fault.ts';
import { identify, isAlive, isContained, isForeign, type Owner, parseOwner } from './owner.ts';

export interface LockOptions {
  readonly context: Pick<Context, 'pid' | 'now' | 'monotonic' | 'sleep' | 'random' | 'signal'>;
  /** What it is held for, in words for the person who finds it held: `saving the configuration`. */
  readonly purpose: string;
  /** How long to wait for another holder, in ms. Default 0: refuse at once. */
  readonly wait?: number;
  /** What can be done beside waiting, in words: `give --record a file of its own`. */
  readonly instead?: string;
}

export interface Lock {
  /** Gives it back. Harmless when called twice. */
  release(): Promise<void>;
}

export interface LockState {
  readonly state: 'free' | 'held' | 'left behind';
  readonly owner?: Owner | undefined;
}

/** The claims that this process holds, by path: alive whatever their pid looks like from outside. */
const heldHere = new Map<string, string>();
/** Makes every token of this process another, whatever chance says. */
let counter = 0;

/**
 * Takes the lock at `path` (`.lock` is appended when it is not there).
 * @throws LocalError (`locked`) that names the holder, or for the disk; the signal's reason when interrupted.
 */
export async function acquireLock(path: string, options: LockOptions): Promise<Lock> {
  const { context } = options;
  const directory = lockDirectory(path);
  const deadline = context.monotonic() + (options.wait ?? 0);
  for (let pause = 1; ; pause = Math.min(pause * 1.5, 25)) {
    context.signal.throwIfAborted();
    let outcome: Outcome;
    try {
      outcome = await attempt(directory, options);
    } catch (error) {
      throw diskFault(error, 'lock', directory);
    }
    if (outcome.type === 'taken') return outcome.lock;
    if (outcome.type === 'held' && context.monotonic() >= deadline)
      throw lockedError(directory, outcome.owner, options.instead);
    await context.sleep(pause * (0.5 + context.random()), context.signal);
    // A made-up clock does not let the holder's files be written; the event loop does.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What the lock at `path` is now, without touching it. */
export function inspectLock(path: string, context: Pick<Context, 'pid' | 'now'>): LockState {
  const directory = lockDirectory(path);
  for (;;) {
    const highest = highestOf(list(directory));
    const state: LockState | undefined =
      highest === 0 ? { state: 'free' } : claimState(directory, highest, context);
    if (state) return state;
  }
}

type Outcome =
  | { readonly type: 'taken'; readonly lock: Lock }
  | { readonly type: 'held'; readonly owner: Owner | undefined }
  /** Someone else was quicker: look again. */
  | { readonly type: 'lost' };

async function attempt(directory: string, { context, purpose }: LockOptions): Promise<Outcome> {
  const highest = highestOf(list(directory));
  if (highest > 0) {
    const now = claimState(directory, highest, context);
    if (now === undefined) return { type: 'lost' };
    if (now.state === 'held' && !(await isAbsent(directory, highest, now.owner))) {
      return { type: 'held', owner: now.owner };
    }
  }
  const number = highest + 1;
  const mine = join(directory, String(number));
  counter += 1;
  const token = `${context.pid}-${counter}-${Math.floor(context.random() * 2 ** 48).toString(36)}`;
  const leave = isContained() ? await (await presence()).announce(socketOf(mine, token)) : undefined;
  const owner: Owner = {
    ...identify(context.pid),
    purpose,
    since: context.now(),
    token,
    ...(leave ? { present: true } : {}),
  };
  const file = claim(directory, number, token, JSON.stringify(owner));
  if (file === undefined) {
    leave?.();
    return { type: 'lost' };
  }
  const names = list(directory);
  if (highestOf(names) > number) {
    removeQuietly(mine);
    release(file);
    leave?.();
    return { type: 'lost' };
  }
  heldHere.set(mine, token);
  prune(directory, names, number);
  const free = async () => {
    if (heldHere.get(mine) !== token) return;
    heldHere.delete(mine);
    release(file);
    leave?.();
  };
  return { type: 'taken', lock: { release: free } };
}

/** Whether a holder in another container of this machine is known to be dead: its socket is there and nobody answers. */
async function isAbsent(directory: string, number: number, owner: Owner | undefined): Promise<boolean> {
  if (!owner?.present || !isForeign(owner)) return false;
  const { isPresent } = await presence();
  return !(await isPresent(socketOf(join(directory, String(number)), owner.token)));
}

/** Loaded only where containers are about: it needs node:net. */
const presence = () => import('./presence.ts');

function socketOf(claimPath: string, token: string): string {
  return `${claimPath}.${token}.s`;
}

/** What a claim says; undefined when it has been pruned meanwhile, which means that there are higher ones. */
function claimState(
  directory: string,
  number: number,
  context: Pick<Context, 'pid' | 'now'>,
): LockState | undefined {
  const path = join(directory, String(number));
  try {
    const content = readFileSync(path, 'utf8');
    if (content.startsWith(RELEASED)) return { state: 'free' };
    const owner = parseOwner(content.slice(HELD.length));
    if (!owner) {
      // Only a power cut, or a kill on a file system without links, leaves a claim without a name.
      const older = statSync(path).mtimeMs < context.now() - uptime() * 1000;
      return { state: older ? 'left behind' : 'held' };
    }
    const alive = heldHere.get(path) === owner.token || isAlive(owner, context.pid);
    return { state: alive ? 'held' : 'left behind', owner };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function lockDirectory(path: string): string {
  return path.endsWith('.lock') ? path : `${path}.lock`;
}

function lockedError(directory: string, owner: Owner | undefined, instead?: string): LocalError {
  if (!owner) {
    return new LocalError(`${directory} is locked by a process that left no name`, {
      code: 'locked',
      next: `when no other worktime is running, remove ${directory}, then run it again`,
    });
  }
  const since = new Date(owner.since).toISOString();
  const elsewhere = isForeign(owner);
  const where = elsewhere ? ` on ${owner.host}` : '';
  const wait = elsewhere
    ? `wait until it has ended; when it surely has, remove ${directory}, then run it again`
    : `wait until it has ended, or end it with "kill ${owner.pid}", then run it again`;
  return new LocalError(`process ${owner.pid}${where} is at work here since ${since}: ${owner.purpose}`, {
    code: 'locked',
    next: instead === undefined ? wait : `${instead}; or ${wait}`,
  });
}
