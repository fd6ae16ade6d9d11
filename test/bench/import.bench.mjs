// 10,000 rows imported with a journal, fsynced, settled and undoable; beside it the same POSTs by a bare undici loop
// that keeps nothing. Each time a fresh sandbox in a process of its own, eight requests at once.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlace, startSandbox } from './follow-support.mjs';
import { pairs, time } from './measure.mjs';

const binary = new URL('../../bin/worktime.js', import.meta.url).pathname;
const undici = import.meta.resolve('undici');
const AT_ONCE = 8;

const BARE = `
import { readFileSync } from 'node:fs';
import { Pool } from ${JSON.stringify(undici)};
const [file, url] = process.argv.slice(1);
const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\\n');
const names = header.split(',');
const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections: ${AT_ONCE} });
let at = 0;
async function lane() {
  while (at < lines.length) {
    const cells = lines[at++].split(',');
    const row = Object.fromEntries(names.map((name, i) => [name, name === 'salary' ? Number(cells[i]) : cells[i]]));
    const { statusCode, body } = await pool.request({
      method: 'POST', path: pathname + '/employees', body: JSON.stringify(row),
      headers: { authorization: 'Bearer wt_sandbox_full', 'content-type': 'application/json' },
    });
    await body.json();
    if (statusCode !== 201) throw new Error('status ' + statusCode);
  }
}
await Promise.all(Array.from({ length: ${AT_ONCE} }, lane));
await pool.close();
`;

function people(count) {
  const rows = Array.from(
    { length: count },
    (_, i) => `Person ${i},person${i}@example.com,dept_eng,Engineer,${50_000 + i},2024-02-01`,
  );
  return `name,email,department_id,position,salary,start_date\n${rows.join('\n')}\n`;
}

export default async function* importBench({ smoke }) {
  const rows = smoke ? 50 : 10_000;
  const folder = mkdtempSync(join(tmpdir(), 'worktime-import-'));
  const file = join(folder, 'people.csv');
  writeFileSync(file, people(rows));
  /** Times a command against a sandbox of its own. */
  const timed = async (command) => {
    const place = createPlace();
    const sandbox = await startSandbox(place, ['--employees', '1', '--rate-limit', '1000000']);
    try {
      const env = {
        ...process.env,
        WORKTIME_CONFIG_DIR: join(place.folder, 'config'),
        WORKTIME_STATE_DIR: join(place.folder, 'state'),
        WORKTIME_API_KEY: 'wt_sandbox_full',
        WORKTIME_BASE_URL: sandbox.url,
      };
      return await time(command(sandbox.url), { env });
    } finally {
      await sandbox.stop();
      rmSync(place.folder, { recursive: true, force: true });
    }
  };
  const ours = () =>
    timed(() => [
      process.execPath,
      binary,
      'employees',
      'import',
      file,
      '--yes',
      '--concurrency',
      String(AT_ONCE),
    ]);
  const peer = () => timed((url) => [process.execPath, '--input-type=module', '-e', BARE, file, url]);
  try {
    const result = await pairs(ours, peer, smoke ? { runs: 1, warmup: 0 } : { runs: 5, warmup: 1 });
    yield {
      what: 'import of 10,000 rows',
      against: 'the same POSTs by a bare undici loop',
      goal: '≤ 1.3 ×',
      ...result,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
