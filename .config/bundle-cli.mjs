// The command line in as few files as a start needs. esbuild bundles and minifies; rollup then lays what every plain read
// goes through into one file, for each further file costs a start about half a millisecond. The files are CommonJS:
// Node's loader of ES modules takes its time before the first line of ours runs.
import { rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { build } from 'esbuild';
import { rollup } from 'rollup';

/** The rooms, by the file that is imported when they are used, that help takes: a plain read goes through them too. */
const HELP = ['commands', 'help'];
/** The rooms that a plain read goes through besides. */
const PLAIN_READ = [
  'program',
  'execute',
  'reporter',
  'employees',
  'table',
  'key',
  'budget',
  'remembered',
  'version',
];

const HARMLESS = new Set(['CIRCULAR_DEPENDENCY', 'UNUSED_EXTERNAL_IMPORT']);

const roomOf = (id) => /\/([\w-]+)-[A-Z0-9]{8}\.mjs$/.exec(id)?.[1];

/** Every module that the roots import without asking twice. */
function reachable(roots, getModuleInfo) {
  const found = new Set();
  const visit = (id) => {
    if (found.has(id)) return;
    found.add(id);
    for (const next of getModuleInfo(id)?.importedIds ?? []) visit(next);
  };
  for (const root of roots) visit(root);
  return found;
}

/** Bundles src/main.ts into `outdir`/main.cjs and what it loads later; gives back esbuild's account of it. */
export async function bundleCli(outdir, options) {
  const temporary = `${outdir}.esm`;
  const { metafile } = await build({
    ...options,
    entryPoints: { main: 'src/main.ts' },
    outdir: temporary,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
  });
  const entry = `${temporary}/main.mjs`;
  let files;
  const bundle = await rollup({
    input: entry,
    external: (id) => id.startsWith('node:') || builtinModules.includes(id),
    treeshake: false,
    // What the others take from it stands in the entry itself: one file less.
    preserveEntrySignatures: 'allow-extension',
    onwarn: (warning) => {
      if (!HARMLESS.has(warning.code)) throw new Error(warning.message);
    },
  });
  await bundle.write({
    dir: outdir,
    format: 'cjs',
    interop: 'default',
    exports: 'named',
    compact: true,
    dynamicImportInCjs: false,
    generatedCode: 'es2015',
    hoistTransitiveImports: false,
    entryFileNames: 'main.cjs',
    chunkFileNames: '[name]-[hash].cjs',
    manualChunks: (id, { getModuleIds, getModuleInfo }) => {
      const all = [...getModuleIds()];
      const roomsOf = (names) => all.filter((each) => names.includes(roomOf(each)));
      files ??= [
        ['main', reachable([entry], getModuleInfo)],
        ['help', reachable(roomsOf(HELP), getModuleInfo)],
        ['plain-read', reachable(roomsOf(PLAIN_READ), getModuleInfo)],
      ];
      return files.find(([, modules]) => modules.has(id))?.[0];
    },
  });
  await bundle.close();
  await rm(temporary, { recursive: true, force: true });
  return { metafile };
}
