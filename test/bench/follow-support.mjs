// What the long trials of the tail share: a sandbox in a process of its own, and its control paths.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const DEFAULT_BINARY = fileURLToPath(new URL('../../bin/worktime.js', import.meta.url));

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The same numbers for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return { next, below: (count) => Math.floor(next() * count) };
}

/** A folder, an environment without this machine's secrets, and a way to start the binary in it. */
export function createPlace(binary = DEFAULT_BINARY) {
  const folder = mkdtempSync(join(tmpdir(), 'worktime-follow-'));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    WORKTIME_CONFIG_DIR: join(folder, 'config'),
    WORKTIME_STATE_DIR: join(folder, 'state'),
    WORKTIME_API_KEY: 'wt_sandbox_read',
  };
  const start = (args, more = {}) =>
    spawn(process.execPath, [binary, ...args], {
      cwd: folder,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return { folder, start };
}

/** Starts a sandbox on a free port and gives its address and its control paths. */
export async function startSandbox(place, args) {
  const child = place.start(['sandbox', 'serve', '--memory', '--port', '0', '--format', 'json', ...args]);
  let said = '';
  child.stderr.on('data', (part) => {
    said += part;
  });
  const lines = createInterface({ input: child.stdout });
  const ready = await Promise.race([once(lines, 'line'), once(child, 'exit')]);
  if (typeof ready[0] !== 'string') throw new Error(`the sandbox did not start: ${said}`);
  const { url } = JSON.parse(ready[0]);
  const control = async (method, path, body) => {
    const response = await fetch(url.replace(/\/v1$/, `/__sandbox${path}`), {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { success, data, error } = await response.json();
    if (!success) throw new Error(`${method} ${path}: ${JSON.stringify(error)}`);
    return data;
  };
  return { url, control, pid: child.pid, stop: () => end(child, 'SIGTERM') };
}

/** Ends a process that was started here, and waits for its end. */
export async function end(child, signal) {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'exit');
  }
  return child.exitCode;
}
