// How long a record takes to its row, and what a tail takes in memory over a week of a hundred thousand records.
//
//   node test/bench/follow-week.mjs [--records 100000] [--seconds 120] [--binary FILE]

import { readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createPlace, end, sleep, startSandbox } from './follow-support.mjs';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '120' },
    binary: { type: 'string' },
  },
});
const records = Number(values.records);
const seconds = Number(values.seconds);
const WEEK = 7 * 86_400_000;
const LOCKS = ['lock_789', 'lock_790', 'lock_791', 'lock_792', 'lock_793'];

const residentMiB = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

function startTail(place, sandbox, args) {
  const tail = place.start(
    ['locks', 'history', ...LOCKS, '--follow', '-n', '0', '--format', 'ndjson', ...args],
    {
      WORKTIME_BASE_URL: sandbox.url,
    },
  );
  let said = '';
  tail.stderr.on('data', (part) => {
    said += part;
  });
  const ready = async () => {
    while (!said.includes('polling every')) {
      if (tail.exitCode !== null) throw new Error(said);
      await sleep(20);
    }
  };
  return { tail, ready };
}

/** From the upload of a record to its row, in ms. */
async function delays() {
  const place = createPlace(values.binary);
  const sandbox = await startSandbox(place, ['--rate-limit', '1000000']);
  try {
    const interval = 500;
    const { tail, ready } = startTail(place, sandbox, ['--interval', `${interval}ms`]);
    const uploaded = new Map();
    const took = [];
    createInterface({ input: tail.stdout }).on('line', (line) => {
      const { id } = JSON.parse(line);
      took.push(performance.now() - uploaded.get(id));
    });
    await ready();
    for (let number = 0; number < 100; number += 1) {
      const id = `delay_${number}`;
      uploaded.set(id, performance.now());
      await sandbox.control('POST', '/records', { records: [{ id, lock_id: LOCKS[number % LOCKS.length] }] });
      await sleep(37 + (number % 7) * 11);
    }
    await sleep(2 * interval);
    await end(tail, 'SIGINT');
    const most = Math.max(...took);
    console.log(
      `delay from record to row, --interval ${interval}ms, ${took.length} records: median ${median(took).toFixed(0)} ms, most ${most.toFixed(0)} ms (goal: at most ${interval + 100})`,
    );
  } finally {
    await sandbox.stop();
    rmSync(place.folder, { recursive: true, force: true });
  }
}

/** A virtual week: memory at every tenth of it. */
async function week(name, args) {
  const place = createPlace(values.binary);
  const sandbox = await startSandbox(place, [
    '--clock',
    '2024-02-01T00:00:00Z',
    '--clock-rate',
    String(WEEK / (seconds * 1000)),
    '--rate-limit',
    '100000000',
  ]);
  try {
    const { tail, ready } = startTail(place, sandbox, ['--interval', '1s', ...args]);
    let rows = 0;
    createInterface({ input: tail.stdout }).on('line', () => {
      rows += 1;
    });
    await ready();
    const peaks = [];
    for (let tenth = 0; tenth < 10; tenth += 1) {
      let peak = 0;
      for (let part = 0; part < 10; part += 1) {
        const batch = Array.from({ length: records / 100 }, (_, number) => ({
          id: `week_${tenth}_${part}_${number}`,
          lock_id: LOCKS[number % LOCKS.length],
        }));
        await sandbox.control('POST', '/records', { records: batch });
        for (let beat = 0; beat < 5; beat += 1) {
          await sleep((seconds * 1000) / 500);
          peak = Math.max(peak, residentMiB(tail.pid));
        }
      }
      peaks.push(peak);
    }
    while (rows < records && tail.exitCode === null) await sleep(500);
    await end(tail, 'SIGINT');
    console.log(
      `${name}: ${rows} rows; most resident MiB in each tenth of the week: ${peaks.map((peak) => peak.toFixed(0)).join(' ')}`,
    );
  } finally {
    await sandbox.stop();
    rmSync(place.folder, { recursive: true, force: true });
  }
}

await delays();
await week('a week in pages (--limit 100)', ['--limit', '100']);
await week('a week in whole answers', []);
