import { basename, isAbsolute, join } from 'node:path';
import { build } from 'esbuild';

const here = new URL('.', import.meta.url).pathname;

/** Bundles a worker, of this folder or by its whole path, into `directory` for plain node to run; returns its path. */
export async function bundleWorker(name: string, directory: string): Promise<string> {
  const outfile = join(directory, `${basename(name, '.ts')}.mjs`);
  await build({
    entryPoints: [isAbsolute(name) ? name : join(here, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);",
    },
  });
  return outfile;
}
