/** What `-o` leaves behind when the process is killed or the disk is full: real processes, real files. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';

/** Renders pages into a file, as many as it is told, a line on stdout for each; prints an error's exit code. */
const WORKER = `
import { createReporter, render } from './src/views/index.ts';
const [, , format, output, pages] = process.argv;
const stream = { isTTY: false, columns: 0, rows: 0, color: false, write: async () => {} };
const context = { cwd: process.cwd(), stdout: stream, stderr: stream, now: Date.now, monotonic: () => performance.now() };
async function* chunks() {
  for (let page = 0; page < Number(pages); page += 1) {
    yield { type: 'rows', rows: Array.from({ length: 200 }, (_, row) => ({ id: page + '-' + row, text: 'some text for it' })) };
    process.stdout.write('page\\n');
  }
}
const options = { format, output, force: true, header: true, quiet: false, timeZone: 'UTC' };
try {
  await render(chunks(), { kind: 'rows', name: 'things' }, options, context, createReporter(context, { debug: false }));
  process.stdout.write('done\\n');
} catch (error) {
  process.stdout.write('exit ' + error.exit + '\\n');
}
`;
const FORMATS = ['csv', 'json', 'excel'] as const;
let worker: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  const folder = temporaryFolder();
  worker = join(folder, 'worker.mjs');
  const root = new URL('../..', import.meta.url).pathname;
  await build({
    stdin: { contents: WORKER, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: worker,
    banner: {
      js: "import { createRequire as __c } from 'node:module'; const require = __c(import.meta.url);",
    },
    logLevel: 'error',
  });
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

function start(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  await once(child, 'close');
  return text;
}

/** Resolves when the worker has said that it rendered so many pages, or has ended. */
async function pagesOf(child: ChildProcess, count: number): Promise<void> {
  let seen = 0;
  for await (const chunk of child.stdout ?? []) {
    seen += String(chunk).split('page\n').length - 1;
    if (seen >= count || String(chunk).includes('done')) return;
  }
}

describe.each(FORMATS)('a file of %s', (format) => {
  it('is the old one or none after kill -9, at whatever moment it comes', async () => {
    for (const [moment, old] of [
      [1, true],
      [7, false],
      [40, true],
    ] as const) {
      const path = join(temporaryFolder(), 'out');
      if (old) await writeFile(path, 'old');
      const child = start(process.execPath, [worker, format, path, '1000000']);
      await pagesOf(child, moment);
      child.kill('SIGKILL');
      await once(child, 'close');
      expect(existsSync(path)).toBe(old);
      if (old) expect(await readFile(path, 'utf8')).toBe('old');
    }
  });

  it('is the old one when the disk takes no more, with exit 9 and nothing left over', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out');
    await writeFile(path, 'old');
    // The limit on a file's size fails a write in the middle, as a full disk does; no privileges are needed.
    const limited = `trap '' XFSZ; ulimit -f 64; exec "$0" "$@"`;
    const child = start('sh', ['-c', limited, process.execPath, worker, format, path, '2000']);
    expect(await output(child)).toMatch(/exit 9\n$/);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it.skipIf(!existsSync('/dev/full'))('fails with exit 9 on /dev/full', async () => {
    const child = start(process.execPath, [worker, format, '/dev/full', '3']);
    expect(await output(child)).toMatch(/exit 9\n$/);
  });
});
