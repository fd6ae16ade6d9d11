// Emits the library's types twice, as ESM and as CommonJS (dist/types/cjs/package.json says so), and of all that the
// compiler emits keeps what the library's own types name.
import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(root, 'node_modules/typescript/bin/tsc');

/** The files that a declaration names, itself included. */
async function reachable(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  const text = await readFile(file, 'utf8');
  for (const [, path] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)\.[jt]s['"]/g))
    await reachable(resolve(dirname(file), `${path}.d.ts`), found);
  return found;
}

async function emit(folder) {
  const options = ['-p', join(root, '.config/tsconfig.types.json'), '--outDir', folder];
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, ...options]).catch(
    (error) => error,
  );
  if (stdout !== '') throw new Error(stdout);
  const kept = await reachable(join(folder, 'sdk.d.ts'));
  for (const name of await readdir(folder, { recursive: true })) {
    const file = join(folder, name);
    const own = !name.startsWith('cjs') || folder.endsWith('cjs');
    if (own && name.endsWith('.d.ts') && !kept.has(file)) await rm(file);
  }
}

await Promise.all(['dist/types', 'dist/types/cjs'].map((folder) => emit(join(root, folder))));
