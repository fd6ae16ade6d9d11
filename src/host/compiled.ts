/**
 * Compiled code, kept from one run to the next: without it, a third of a short command is parsing and compiling. V8
 * rejects what another version of it or other flags have made. Node 22's own cache starts slower, saves less, and lies
 * below /tmp, where it may be another's.
 */

import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import Module from 'node:module';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';
import { makeFolders } from '../folders.ts';

/** What `require.extensions` is, for a module that has no `require`. */
const { _extensions: loaders } = Module as unknown as {
  readonly _extensions: Record<string, (module: NodeModule, file: string) => void>;
};

/** Makes the folder. Others' code must not become ours: false where anybody else may have written. */
function prepare(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) makeFolders(folder);
  const { uid, mode } = found ?? statSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** A file is kept this long after it was written, in ms: what it was compiled from may be gone. */
const LIFETIME = 30 * 24 * 60 * 60_000;

/**
 * Keeps the compiled code of every file that is loaded from here on. `state`: the state directory. A disk that fails
 * stops nobody.
 */
export function keepCompiled(state: string): void {
  if (process.env['NODE_DISABLE_COMPILE_CACHE']) return;
  const folder = join(state, 'compiled');
  try {
    if (prepare(folder)) loadThrough(folder);
  } catch {
    // It is slower, and that is all.
  }
}

function loadThrough(folder: string): void {
  const fresh = new Map<string, Script>();
  loaders['.cjs'] = (module, file) => {
    // The name of a file of ours has a hash of its content in it.
    const place = join(folder, `${basename(file)}-${process.version}-${process.arch}`);
    const source = readFileSync(file, 'utf8');
    const cachedData = readIfThere(place);
    const script = new Script(`(function (exports, require, module) {${source}\n})`, {
      filename: file,
      cachedData,
    });
    if (!cachedData || script.cachedDataRejected) fresh.set(place, script);
    const run = script.runInThisContext();
    run.call(module.exports, module.exports, (id: string) => module.require(id), module);
  };
  // At the end, so that what was compiled only when it was called is in it.
  process.once('exit', () => {
    try {
      for (const [place, script] of fresh) writeWhole(place, script.createCachedData());
      if (fresh.size > 0) sweep(folder);
    } catch {
      // The next run compiles again.
    }
  });
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** V8 believes every byte of it, so half a file must never be seen. */
function writeWhole(path: string, data: Uint8Array): void {
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

function sweep(folder: string): void {
  const now = Date.now();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (now - statSync(path).mtimeMs > LIFETIME) unlinkSync(path);
  }
}
