/** Who holds a lock, and whether that process still lives. */

import { readFileSync, readlinkSync } from 'node:fs';
import { getPriority, hostname } from 'node:os';
import { codeOf } from './fault.ts';

export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Linux: this boot of the machine; a number from another boot means nothing. */
  readonly boot?: string | undefined;
  /** Linux: the space that process numbers live in; a container has its own. */
  readonly space?: string | undefined;
  /** Linux: when the process started, in ticks since boot: guards against its number being used again. */
  readonly start?: string | undefined;
  readonly purpose: string;
  /** ms since the epoch */
  readonly since: number;
  /** Unlike any other claim's. */
  readonly token: string;
  /** It answers at a socket beside its claim for as long as it lives. */
  readonly present?: boolean;
}

/** Linux: the machine's own space, the same on every one of them. */
const FIRST_SPACE = 'pid:[4026531836]';

type Identity = Pick<Owner, 'pid' | 'host' | 'boot' | 'space' | 'start'>;

const known = new Map<number, Identity>();

/** Which process `pid` of this machine is. Read once: it cannot change while we run. */
export function identify(pid: number): Identity {
  const before = known.get(pid);
  if (before) return before;
  const identity = { ...machine(), pid, start: processStat(pid)?.start };
  known.set(pid, identity);
  return identity;
}

/** Whether the owner's process still runs. What cannot be known counts as running: never two holders. */
export function isAlive(owner: Owner, ownPid: number): boolean {
  if (isForeign(owner)) return true;
  const here = machine();
  if (owner.boot !== undefined && here.boot !== undefined && owner.boot !== here.boot) return false;
  if (!exists(owner.pid)) return false;
  const now = processStat(owner.pid);
  if (now && (now.state === 'Z' || now.state === 'X') && now.threads <= 1) return false;
  if (now && owner.start !== undefined) return now.start === owner.start;
  // Without start times our own number on a claim that is not ours was left by a namesake, as pid 1 of a container is.
  return owner.pid !== ownPid;
}

/** Whether the owner runs where its number says nothing to us: another machine, or another container of this one. */
export function isForeign(owner: Owner): boolean {
  const here = machine();
  // The same boot is the same machine, even if it has been given another name.
  if (owner.boot !== undefined && owner.boot === here.boot) return owner.space !== here.space;
  return owner.host !== here.host;
}

/** Whether this process may live in a container, so that others of this machine cannot see its number. */
export function isContained(): boolean {
  const { space } = machine();
  return space !== undefined && space !== FIRST_SPACE;
}

/** Reads what a claim says of its owner; undefined when it is not whole. */
export function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    return typeof owner?.pid === 'number' &&
      Number.isSafeInteger(owner.pid) &&
      owner.pid > 0 &&
      typeof owner.host === 'string' &&
      typeof owner.purpose === 'string' &&
      typeof owner.since === 'number' &&
      Math.abs(owner.since) <= 8.64e15 &&
      typeof owner.token === 'string'
      ? (owner as Owner)
      : undefined;
  } catch {
    return undefined;
  }
}

let here: Pick<Owner, 'host' | 'boot' | 'space'> | undefined;

function machine(): Pick<Owner, 'host' | 'boot' | 'space'> {
  here ??= {
    host: hostname(),
    boot: quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()),
    space: quietly(() => readlinkSync('/proc/self/ns/pid')),
  };
  return here;
}

/** getpriority() asks after a process without being able to harm it, on every platform. */
function exists(pid: number): boolean {
  try {
    getPriority(pid);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ERR_SYSTEM_ERROR' || !String(error).includes('ESRCH');
  }
}

/**
 * Linux: state, threads and start time of a process; undefined elsewhere and where they cannot be seen. A killed process
 * shows as a zombie while a thread of it may still be finishing a write: it is dead when that was its last thread.
 */
function processStat(pid: number): { state: string; start: string; threads: number } | undefined {
  return quietly(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name stands in brackets and may itself contain brackets and spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, threads, start] = [fields[0], fields[17], fields[19]];
    if (state === undefined || threads === undefined || start === undefined) return undefined;
    return { state, start, threads: Number(threads) };
  });
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
