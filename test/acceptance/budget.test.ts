/** What a start may load: counted, not timed, so that it fails on any machine on the day that start-up rots. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

const DIST = resolve(import.meta.dirname, '../../dist/cli');
const HOOK = resolve(import.meta.dirname, '../support/loaded.cjs');

/** What tells a package's code, and no other's, in a bundle. */
const TELLTALES: Readonly<Record<string, string>> = {
  exceljs: 'xl/worksheets/',
  conf: 'must NOT have additional properties',
  inquirer: 'ExitPromptError',
  execa: 'Command was killed with',
};

/** Node's own that take milliseconds to load. */
const HEAVY = [
  'crypto',
  'http',
  'https',
  'http2',
  'tls',
  'zlib',
  'tty',
  'readline',
  'child_process',
  'worker_threads',
];

const home = temporaryFolder();
let server: Server;
const env: Record<string, string> = {
  ...cleanEnvironment(home),
  WORKTIME_API_KEY: 'wt_key_0123456789abcdef',
};

beforeAll(async () => {
  const data = Array.from({ length: 50 }, (_, index) => ({ id: `emp_${index}`, name: `Employee ${index}` }));
  const body = JSON.stringify({ success: true, data, pagination: { page: 1, limit: 50, total: 50 } });
  const organization = JSON.stringify({ success: true, data: { id: 'org_1', name: 'Acme' } });
  server = createServer(({ url }, response) =>
    response.end(url === '/v1/organization' ? organization : body),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  env['WORKTIME_BASE_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => server.close());

/** The chunks, their bytes and the modules of Node that a command line loads. */
async function loadedBy(...args: readonly string[]) {
  const told = join(home, 'loaded.json');
  const { exitCode, stderr } = await startBinary(args, {
    env: { ...env, NODE_OPTIONS: `--require ${JSON.stringify(HOOK)}`, LOADED: told },
  });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  const { files, builtins } = JSON.parse(readFileSync(told, 'utf8')) as {
    files: string[];
    builtins: string[];
  };
  const chunks = files.filter((file) => file.startsWith(DIST));
  return {
    chunks: chunks.map((file) => basename(file).replace(/-.*/, '')).sort(),
    bytes: chunks.reduce((sum, file) => sum + statSync(file).size, 0),
    text: chunks.map((file) => readFileSync(file, 'utf8')).join('\n'),
    others: files.filter((file) => !file.startsWith(DIST) && basename(file) !== 'worktime.js'),
    builtins,
  };
}

/** A ceiling is a tenth above what it was when it was set. */
const CEILINGS = [
  { args: ['--version'], chunks: ['main.cjs'], bytes: 17_500 },
  { args: ['--help'], chunks: ['help', 'main.cjs'], bytes: 39_000 },
  { args: ['employees', 'list'], chunks: ['help', 'main.cjs', 'plain', 'undici'], bytes: 480_000 },
  { args: ['__complete', 'employee', ':emp'], chunks: ['complete.cjs'], bytes: 28_000 },
];

describe.each(CEILINGS)('worktime $args', ({ args, chunks, bytes }) => {
  it('loads these files and no more of them', async () => {
    const loaded = await loadedBy(...args);
    expect(loaded.chunks).toEqual(chunks);
    expect(loaded.others).toEqual([]);
    expect(loaded.bytes).toBeLessThan(bytes);
  });

  it("loads nothing of Node's that takes long, and no package that it does not use", async () => {
    const { builtins, text } = await loadedBy(...args);
    expect(builtins.filter((name) => HEAVY.includes(name))).toEqual([]);
    const brought = Object.entries(TELLTALES).filter(([, telltale]) => text.includes(telltale));
    expect(brought).toEqual([]);
  });
});

describe('the budget', () => {
  it.each(Object.entries(TELLTALES))('knows the code of %s when it sees it', (_, telltale) => {
    const files = readdirSync(DIST).filter((file) => file.endsWith('.cjs'));
    expect(files.some((file) => readFileSync(join(DIST, file), 'utf8').includes(telltale))).toBe(true);
  });
});
