// A poll of records that are all known: the whole way from bytes to "nothing new", beside parsing the body alone.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { pairs } from './measure.mjs';

const root = new URL('../..', import.meta.url).pathname;

/** What a poll is made of, bundled as the command line is. */
async function load(folder) {
  const outfile = join(folder, 'follow.mjs');
  await build({
    stdin: {
      resolveDir: root,
      loader: 'ts',
      contents: `
        export { Client } from './src/client/index.ts';
        export { lockHistory } from './src/api/locks.ts';
        export { readRound } from './src/follow/round.ts';
        export { Memory } from './src/follow/memory.ts';
        export { eventKey, eventTime } from './src/follow/identity.ts';`,
    },
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'esm',
    minify: true,
    outfile,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile));
}

const event = (number) => ({
  id: `event_${100_000 + number}`,
  lock_id: 'lock_789',
  employee_id: `emp_${100_000 + (number % 42)}`,
  employee_name: 'John Doe',
  access_method: 'fingerprint',
  timestamp: new Date(Date.UTC(2024, 10, 18) + number * 60_000).toISOString(),
  success: true,
  received_at: new Date(Date.UTC(2024, 10, 18) + number * 60_000).toISOString(),
});

export default async function* ({ smoke }) {
  const folder = mkdtempSync(join(tmpdir(), 'worktime-bench-'));
  try {
    const { Client, lockHistory, readRound, Memory, eventKey, eventTime } = await load(folder);
    const count = 10_000;
    const envelope = { success: true, data: Array.from({ length: count }, (_, number) => event(number)) };
    const body = Buffer.from(JSON.stringify(envelope));
    const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
    const transport = async () => ({
      status: 200,
      headers,
      body: (async function* () {
        for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
      })(),
    });
    const clock = {
      now: () => Date.now(),
      monotonic: () => performance.now(),
      sleep: async () => undefined,
      random: () => 0.5,
    };
    const client = new Client({ apiKey: 'wt_bench', transport, clock });
    const memory = new Memory();
    const source = {
      id: 'lock_789',
      async *read() {
        for await (const { rows } of client.pages(lockHistory, { id: 'lock_789' })) yield rows;
      },
      keyOf: (record) => eventKey(record, 'lock_789'),
      timeOf: eventTime,
    };
    const poll = () =>
      readRound({
        sources: [source],
        memory,
        first: { last: 0 },
        matches: () => true,
        isHopeless: () => false,
      });
    await poll();
    if (memory.known.size !== count) throw new Error(`${memory.known.size} records are known, not ${count}`);

    const timed = (work) => async () => {
      const started = performance.now();
      await work();
      return performance.now() - started;
    };
    const ours = timed(async () => {
      const { found } = await poll();
      if (found.length > 0) throw new Error('a known record was shown again');
    });
    // What any reader of this body has to do: bytes to text to values.
    const peer = timed(() => JSON.parse(body.toString('utf8')));
    yield {
      what: 'a poll of 10,000 known records in `--follow`',
      against: '`JSON.parse` of the same body',
      goal: '≤ 1.5 ×',
      ...(await pairs(ours, peer, smoke ? { runs: 3, warmup: 3 } : { runs: 101, warmup: 30 })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
