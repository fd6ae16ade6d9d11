// Writes what is made of the command tree and kept in the repository: the completion scripts.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;

/** Runs a module that imports from src, bundled on the spot, and gives its exports; packages stay where they are. */
export async function runSource(contents) {
  const outdir = `${root}node_modules/.cache/worktime-${process.pid}`;
  try {
    await build({
      absWorkingDir: root,
      stdin: { contents, resolveDir: root, loader: 'ts' },
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
    });
    return await import(pathToFileURL(`${outdir}/stdin.mjs`).href);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { files } = await runSource(`
    import { nouns } from './src/commands/index.ts';
    import { completionFiles } from './src/completion/index.ts';
    export const files = await completionFiles(nouns);
  `);
  await mkdir(`${root}completions`, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(`${root}completions/${name}`, text);
}
