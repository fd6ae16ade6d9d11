// What a person waits for before anything happens, beside bare node.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pairs, time } from './measure.mjs';

const binary = fileURLToPath(new URL('../../bin/worktime.js', import.meta.url));
const bare = [process.execPath, '-e', '0'];

const employee = (index) => ({
  id: `emp_${100000 + index}`,
  name: `Employee ${index}`,
  email: `employee${index}@example.com`,
  department: 'Engineering',
  position: 'Developer',
  salary: 50000 + index,
  status: 'active',
  created_at: '2024-01-15T10:30:00Z',
});

/** A plain server that answers one page of 50. */
async function startServer() {
  const page = Array.from({ length: 50 }, (_, index) => employee(index));
  const body = JSON.stringify({ success: true, data: page, pagination: { page: 1, limit: 50, total: 50 } });
  const server = createServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '995',
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/v1`, close: () => server.close() };
}

export default async function* startup({ smoke }) {
  const home = mkdtempSync(join(tmpdir(), 'worktime-bench-'));
  const server = await startServer();
  const options = smoke ? { runs: 1, warmup: 0 } : { runs: 31, warmup: 3 };
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    WORKTIME_CONFIG_DIR: join(home, 'config'),
    WORKTIME_STATE_DIR: join(home, 'state'),
  };
  const withKey = { ...env, WORKTIME_API_KEY: 'wt_bench_key_0123456789', WORKTIME_BASE_URL: server.url };
  const against = (args, environment) =>
    pairs(
      () => time([process.execPath, binary, ...args], { env: environment }),
      () => time(bare, { env }),
      options,
    );
  try {
    yield {
      what: '`--version`',
      against: 'bare `node -e 0`',
      goal: '≤ 1.10 ×',
      ...(await against(['--version'], env)),
    };
    yield {
      what: '`--help`',
      against: 'bare `node -e 0`',
      goal: '≤ 1.25 ×',
      ...(await against(['--help'], env)),
    };
    yield {
      what: '`employees list`, a page of 50 as a table, key from the environment',
      against: 'bare `node -e 0`',
      goal: '≤ 1.5 ×',
      ...(await against(['employees', 'list'], withKey)),
    };
  } finally {
    server.close();
    rmSync(home, { recursive: true, force: true });
  }
}
