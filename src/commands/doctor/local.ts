/** What can be found out on this machine alone. */

import { accessSync, constants, type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkKey } from '../../client/auth.ts';
import { describeKey } from '../../config/key.ts';
import type { Context } from '../../context.ts';
import { AuthError } from '../../errors.ts';
import { inspectLock } from '../../files/lock.ts';
import type { Session } from '../../session.ts';
import { machineTime } from '../../time/zone.ts';
import { version } from '../../version.ts';
import { type Finding, ok, problem, trouble, warning } from './finding.ts';

const OLDEST_NODE = [20, 18, 1] as const;
/** How deep below the state directory locks may lie, and how many entries are looked at. */
const DEPTH = 4;
const MAX_ENTRIES = 20_000;

export function* versions({ runtime }: Context): Generator<Finding> {
  yield ok('worktime', version);
  const parts = runtime.node.split('.').map(Number);
  const at = OLDEST_NODE.findIndex((oldest, index) => (parts[index] ?? 0) !== oldest);
  const tooOld = at >= 0 && (parts[at] ?? 0) < (OLDEST_NODE[at] ?? 0);
  const about = `${runtime.node} on ${runtime.platform}`;
  yield tooOld ? trouble('node', about, `install Node ${OLDEST_NODE.join('.')} or newer`) : ok('node', about);
}

/** Whether the places that are written to can be written to: they, or the nearest folder that is there. */
export function* storage({ directories }: Context): Generator<Finding> {
  for (const [check, directory] of Object.entries({
    'config directory': directories.config,
    'state directory': directories.state,
  })) {
    let nearest = directory;
    while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
    try {
      accessSync(nearest, constants.W_OK | constants.X_OK);
      if (!statSync(nearest).isDirectory()) throw new Error('not a directory');
      yield ok(check, directory);
    } catch {
      const variable = check === 'config directory' ? 'WORKTIME_CONFIG_DIR' : 'WORKTIME_STATE_DIR';
      yield trouble(
        check,
        `${directory} cannot be written`,
        `mend its permissions, or set ${variable} to another place`,
      );
    }
  }
}

export function* leftLocks(context: Context): Generator<Finding> {
  const { config, state } = context.directories;
  let found = 0;
  for (const path of new Set([...locksBelow(config), ...locksBelow(state)])) {
    const { state: status, owner } = inspectLock(path, context);
    if (status === 'free') continue;
    found += 1;
    const who = owner
      ? `process ${owner.pid} on ${owner.host} since ${machineTime(owner.since)}: ${owner.purpose}`
      : 'a process that left no name';
    if (status === 'held') yield ok('file lock', `${path} is held by ${who}`);
    else {
      yield warning(
        'file lock',
        `${path} was left behind by ${who}`,
        'nothing to do: the next command takes it over',
      );
    }
  }
  if (found === 0) yield ok('file locks', 'none held, none left behind');
}

function* locksBelow(directory: string, depth = 0, budget = { left: MAX_ENTRIES }): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    budget.left -= 1;
    if (budget.left < 0) return;
    if (!entry.isDirectory()) continue;
    const path = join(directory, entry.name);
    if (entry.name.endsWith('.lock')) yield path;
    else if (depth < DEPTH) yield* locksBelow(path, depth + 1, budget);
  }
}

/** The key's shape, without running a key command: that may ask for a passphrase. */
export function keyShape(session: Session): Finding {
  let settings: Session['settings'];
  try {
    settings = session.settings;
  } catch (error) {
    return problem('key', error);
  }
  const { key, baseUrl } = settings;
  if (!key) {
    return warning(
      'key',
      'there is none yet',
      'log in (worktime login), or try --sandbox, or set WORKTIME_API_KEY',
    );
  }
  const from = key.value;
  if (from.type === 'withheld')
    return problem('key', new AuthError(from.why, { code: from.code, next: from.next }));
  const about = `${describeKey(from)} from ${key.source}, for ${baseUrl.value}`;
  if (from.type === 'command') return ok('key', about);
  try {
    checkKey(from.key);
    return ok('key', about);
  } catch (error) {
    return problem('key', error);
  }
}
