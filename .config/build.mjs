// Bundles the command line into dist/cli (CommonJS, a file for each room that is loaded later) and the library
// into dist/lib (ESM and CommonJS). Every dependency is inside, so that the published package installs nothing else.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundleCli } from './bundle-cli.mjs';
import { runSource } from './generate.mjs';
import { lean } from './lean.mjs';
import { gatherLicenses } from './licenses.mjs';

const root = new URL('..', import.meta.url).pathname;
// Made apart and renamed when it is whole: a build that is broken off leaves the last one as it was.
const made = `${root}dist.${process.pid}`;

// The types are emitted twice, as ESM and, by this file, as CommonJS.
await mkdir(`${made}/types/cjs`, { recursive: true });
await writeFile(`${made}/types/cjs/package.json`, '{"type":"commonjs"}\n');

/** CommonJS packages inside an ES module bundle still call require() for Node's own modules. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [lean],
  metafile: true,
};

/** In lines and with the names of its errors: Node prints the line that threw, and callers read the names. */
const library = { ...common, entryPoints: ['src/sdk.ts'], minify: false, minifySyntax: true };

const bundles = await Promise.all([
  bundleCli(`${made}/cli`, common),
  // Apart from all others and in one piece: a shell waits for it at every Tab.
  build({
    ...common,
    entryPoints: ['src/host/complete.ts'],
    outfile: `${made}/cli/complete.cjs`,
    format: 'cjs',
  }),
  build({ ...library, outfile: `${made}/lib/index.mjs`, format: 'esm', banner: { js: requireBanner } }),
  build({ ...library, outfile: `${made}/lib/index.cjs`, format: 'cjs' }),
]);

const { page } = await runSource(`
  import { nouns } from './src/commands/index.ts';
  import { manPage } from './src/reference/man.ts';
  export const page = await manPage(nouns);
`);
await writeFile(`${made}/worktime.1`, page);

await writeFile(
  `${made}/LICENSES.txt`,
  gatherLicenses(
    root,
    bundles.map(({ metafile }) => metafile),
  ),
);

await rename(`${root}dist`, `${made}.last`).catch((error) => {
  if (error.code !== 'ENOENT') throw error;
});
await rename(made, `${root}dist`);
await rm(`${made}.last`, { recursive: true, force: true });
