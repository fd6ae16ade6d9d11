// What Tab costs where the shell must ask the binary: IDs and names out of a full cache, beside bare node.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { pairs, time } from './measure.mjs';

const binary = fileURLToPath(new URL('../../bin/worktime.js', import.meta.url));
const bare = [process.execPath, '-e', '0'];

export default async function* completion({ smoke }) {
  const home = mkdtempSync(join(tmpdir(), 'worktime-bench-'));
  const options = smoke ? { runs: 1, warmup: 0 } : { runs: 31, warmup: 3 };
  const state = join(home, 'state');
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    WORKTIME_PROFILE: 'sandbox',
    WORKTIME_CONFIG_DIR: join(home, 'config'),
    WORKTIME_STATE_DIR: state,
  };
  try {
    await execa(process.execPath, [binary, 'locks', 'list'], { env, extendEnv: false });
    const folder = join(state, 'completion');
    mkdirSync(folder, { recursive: true });
    const [cache] = readdirSync(folder);
    const minutes = Math.floor(Date.now() / 60_000);
    const rows = Array.from({ length: 500 }, (_, at) => `employee\temp_${at}\tEmployee ${at}\t${minutes}\n`);
    writeFileSync(join(folder, cache), rows.join(''));
    yield {
      what: 'Tab after `employees get `, 500 names in the cache',
      against: 'bare `node -e 0`',
      goal: '≤ 1.25 ×',
      ...(await pairs(
        () => time([process.execPath, binary, '__complete', 'employee', ':emp_1'], { env }),
        () => time(bare, { env }),
        options,
      )),
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
