// The trial of the tail: records of a virtual month that come late, equal, from the future, repeated and reordered, over
// a network that resets, cuts, refuses and limits, to tails that are killed again and again. The sandbox's ledger says
// what there was to be shown.
//
//   node test/bench/follow-kills.mjs [--records 10000] [--kills 50] [--seconds 180] [--seed 1] [--binary FILE]

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPlace, random, sleep, startSandbox } from './follow-support.mjs';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '180' },
    seed: { type: 'string', default: '1' },
    binary: { type: 'string' },
  },
});
const [records, kills, seconds, seed] = [values.records, values.kills, values.seconds, values.seed].map(
  Number,
);

const MONTH = 30 * 86_400_000;
const START = Date.parse('2024-02-01T00:00:00Z');
const LOCKS = ['lock_789', 'lock_790', 'lock_791'];
const METHODS = ['fingerprint', 'card', 'app', 'mechanical_key', 'iris_v2'];
const place = createPlace(values.binary);
const chance = random(seed);

/** One record as a lock in the field uploads it; `now` in ms by the virtual clock. */
function record(number, now) {
  const kind = chance.below(20);
  const at =
    kind === 0
      ? now - chance.below(40 * 86_400) * 1000
      : kind === 1
        ? now + (1 + chance.below(60)) * 1000
        : kind < 5
          ? now - chance.below(600) * 1000
          : now;
  return {
    id: `trial_${number}`,
    lock_id: LOCKS[chance.below(LOCKS.length)],
    employee_id: `emp_${123_456 + chance.below(20)}`,
    access_method: METHODS[chance.below(METHODS.length)],
    // Whole minutes now and then: many records at one instant.
    timestamp: new Date(kind < 8 ? at : at - (at % 60_000)).toISOString(),
    success: chance.below(50) !== 0,
  };
}

/** Uploads every record, some of them twice, over the whole of the trial. */
async function upload(sandbox, over) {
  const started = performance.now();
  let done = 0;
  const given = [];
  while (done < records) {
    const due = Math.min(records, Math.ceil((records * (performance.now() - started)) / over));
    if (due > done) {
      const { now } = await sandbox.control('GET', '/clock');
      const batch = [];
      for (; done < due; done += 1) {
        const one = record(done, Date.parse(now));
        given.push(one);
        batch.push(one);
        if (chance.below(20) === 0) batch.push(given[chance.below(given.length)]);
      }
      await sandbox.control('POST', '/records', { records: batch });
    }
    await sleep(50);
  }
}

/** Keeps a tail alive: kills it after a while and starts it again, until it is told to end. */
function keepAlive(name, args, url, lives) {
  let stopping = false;
  let child;
  const state = { starts: 0, killed: 0, stdout: '', stderr: '', batches: [], exit: undefined };
  const run = async () => {
    while (!stopping) {
      child = place.start(['locks', 'history', ...LOCKS, '--follow', ...args], { WORKTIME_BASE_URL: url });
      state.starts += 1;
      const life = { rows: '', said: '' };
      state.batches.push(life);
      child.stdout.on('data', (part) => {
        life.rows += part;
      });
      child.stderr.on('data', (part) => {
        life.said += part;
      });
      const over = new Promise((resolve) => child.once('close', resolve));
      if (state.killed < kills) {
        await Promise.race([over, sleep(lives * (0.3 + chance.next()))]);
        if (child.exitCode !== null) throw new Error(`${name} ended by itself: ${life.said}`);
        child.kill('SIGKILL');
        state.killed += 1;
        await over;
        // Records that come while it is down are the point.
        await sleep(chance.below(lives / 3));
      } else {
        state.exit = await over;
        if (!stopping) throw new Error(`${name} ended by itself with ${state.exit}: ${life.said}`);
      }
    }
  };
  const finished = run();
  finished.catch(() => undefined);
  return {
    state,
    finished,
    get ready() {
      return state.killed >= kills;
    },
    stop() {
      stopping = true;
      child.kill('SIGINT');
      return finished;
    },
  };
}

const idsIn = (text) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).id);

function compare(name, shown, wanted) {
  const counts = new Map();
  for (const id of shown) counts.set(id, (counts.get(id) ?? 0) + 1);
  const lost = [...wanted].filter((id) => !counts.has(id));
  const twice = [...counts].filter(([, count]) => count > 1);
  const strange = [...counts.keys()].filter((id) => !wanted.has(id));
  const repeats = twice.reduce((sum, [, count]) => sum + count - 1, 0);
  console.log(
    `${name}: ${wanted.size} records, ${shown.length} rows, ${lost.length} lost, ${repeats} repeated, ${strange.length} that nobody uploaded`,
  );
  return { lost: lost.length, repeats, strange: strange.length };
}

const sandbox = await startSandbox(place, [
  '--clock',
  new Date(START).toISOString(),
  '--clock-rate',
  String(MONTH / (seconds * 1000)),
  '--rate-limit',
  '80',
  '--rate-window',
  '5s',
]);
let failed = true;
try {
  await sandbox.control('POST', '/faults', { fail: 0.1, drop_before_commit: 0.1, cut_body: 0.1 });
  const common = [
    '--since',
    new Date(START).toISOString(),
    '--interval',
    '250ms',
    '--format',
    'ndjson',
    '--timezone',
    'UTC',
  ];
  const life = (seconds * 1000) / (kills * 1.2);
  const output = join(place.folder, 'doors.ndjson');
  const file = keepAlive('the tail with -o', [...common, '-o', output], sandbox.url, life);
  const pipe = keepAlive('the tail with --resume', [...common, '--resume', 'trial'], sandbox.url, life);
  // The first start decides what was there before: the uploads wait for it.
  const begun = (tail) => tail.state.batches.some(({ said }) => said.includes('polling every'));
  while (!(begun(file) && begun(pipe))) await Promise.race([sleep(50), file.finished, pipe.finished]);
  const before = Date.now();
  await Promise.race([upload(sandbox, seconds * 1000), file.finished, pipe.finished]);
  while (!(file.ready && pipe.ready)) await Promise.race([sleep(200), file.finished, pipe.finished]);
  console.log(`uploaded in ${Math.round((Date.now() - before) / 1000)} s; letting both catch up`);
  await sandbox.control('POST', '/faults', { clear: true });
  await sandbox.control('POST', '/rate', { limit: 100_000, window_ms: 3_600_000 });
  const ledger = await sandbox.control('GET', '/ledger?kind=access');
  const wanted = new Set(ledger.map(({ id }) => id).filter((id) => id.startsWith('trial_')));
  const whole = (ids) => new Set(ids).size >= wanted.size;
  const inPipes = () => pipe.state.batches.flatMap(({ rows }) => idsIn(rows));
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && !(whole(idsIn(readFileSync(output, 'utf8'))) && whole(inPipes()))) {
    await Promise.race([sleep(200), file.finished, pipe.finished]);
  }
  // Whatever would come twice comes with the next polls.
  await sleep(1000);
  await Promise.all([file.stop(), pipe.stop()]);

  console.log(`${file.state.killed} and ${pipe.state.killed} kills, ${ledger.length} uploads in the ledger`);

  const inFile = compare('-o', idsIn(readFileSync(output, 'utf8')), wanted);
  // A kill can tear the last line of a pipe, which is then shown again.
  const rows = pipe.state.batches.map((one) => idsIn(one.rows));
  const inPipe = compare('--resume', rows.flat(), wanted);
  let silent = 0;
  let most = 0;
  const known = new Set();
  for (const [index, ids] of rows.entries()) {
    const repeated = ids.filter((id) => known.has(id)).length;
    most = Math.max(most, repeated);
    if (repeated > 0 && !/shown a second time/.test(pipe.state.batches[index].said)) silent += 1;
    for (const id of ids) known.add(id);
  }
  console.log(`--resume: at most ${most} rows repeated after one kill, ${silent} times without a word`);
  const said = [...file.state.batches, ...pipe.state.batches].map((one) => one.said).join('');
  const count = (pattern) => (said.match(pattern) ?? []).length;
  console.log(
    `said: ${count(/behind:/g)} × behind, ${count(/caught up/g)} × caught up, ${count(/trying again/g)} × trying again, ${count(/torn last line/g)} × mended; exits ${file.state.exit}, ${pipe.state.exit}`,
  );
  failed =
    inFile.lost + inFile.repeats + inFile.strange + inPipe.lost + inPipe.strange + silent > 0 ||
    most > 500 ||
    file.state.exit !== 0 ||
    pipe.state.exit !== 0;
  await Promise.all([file.finished, pipe.finished]);
} finally {
  await sandbox.stop();
  if (failed) console.log(`what is left lies in ${place.folder}`);
  else rmSync(place.folder, { recursive: true, force: true });
}
console.log(failed ? 'FAILED' : 'passed');
process.exitCode = failed ? 1 : 0;
