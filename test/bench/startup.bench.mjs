// What a person waits for before anything happens, beside bare node and beside tools of the same kind.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pairs, time } from './measure.mjs';

const binary = fileURLToPath(new URL('../../bin/worktime.js', import.meta.url));
const KEY = 'wt_bench_key_0123456789';
const PAGE = 'a page of 50 as a table';

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

/** A plain server that answers one page of 50, and which organization it belongs to: that is asked for once a day. */
async function startServer() {
  const page = Array.from({ length: 50 }, (_, index) => employee(index));
  const body = JSON.stringify({ success: true, data: page, pagination: { page: 1, limit: 50, total: 50 } });
  const organization = JSON.stringify({
    success: true,
    data: { id: 'org_1', name: 'Acme', timezone: 'UTC' },
  });
  const server = createServer(({ url }, response) => {
    const answer = url === '/v1/organization' ? organization : body;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '995',
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    });
    response.end(answer);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/v1`, close: () => server.close() };
}

const isThere = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' }).status === 0;

/** A Node 24: this one, or the one that WORKTIME_BENCH_NODE names. */
const node24 = process.versions.node.startsWith('24.') ? process.execPath : process.env.WORKTIME_BENCH_NODE;

export default async function* startup({ smoke }) {
  const home = mkdtempSync(join(tmpdir(), 'worktime-bench-'));
  const server = await startServer();
  const options = smoke ? { runs: 1, warmup: 0 } : { runs: 31, warmup: 3 };
  // The environment as it is, less our own variables: what it costs every node (certificates to read, say) is on both sides.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('WORKTIME_'));
  const env = {
    ...Object.fromEntries(inherited),
    HOME: home,
    WORKTIME_CONFIG_DIR: join(home, 'config'),
    WORKTIME_STATE_DIR: join(home, 'state'),
  };
  const withKey = { ...env, WORKTIME_API_KEY: KEY, WORKTIME_BASE_URL: server.url };
  const withProfile = { ...env, WORKTIME_CONFIG_DIR: join(home, 'profiles') };
  mkdirSync(withProfile.WORKTIME_CONFIG_DIR, { mode: 0o700 });
  const profiles = { work: { base_url: server.url, key: KEY } };
  writeFileSync(
    join(withProfile.WORKTIME_CONFIG_DIR, 'config.json'),
    JSON.stringify({ version: 1, profile: 'work', profiles }),
    { mode: 0o600 },
  );
  const list = ['employees', 'list'];
  const ours = (args, environment, node = process.execPath) =>
    time([node, binary, ...args], { env: environment });
  const bare = () => time([process.execPath, '-e', '0'], { env });
  const besideNode = async (what, goal, run) => ({
    what,
    against: 'bare `node -e 0`',
    goal,
    ...(await pairs(run, bare, options)),
  });
  /** A row against another tool, where it is there. */
  const besideTool = async ({ what, goal, run, name, command, needs }) => {
    const row = { what, against: `\`${name}\``, goal };
    const missing = needs.find((tool) => !isThere(tool));
    if (missing) return { ...row, skipped: `${missing} is not installed` };
    return { ...row, ...(await pairs(run, () => time(command), options)) };
  };
  try {
    yield await besideNode('`--version`', '≤ 1.10 ×', () => ours(['--version'], env));
    yield await besideNode('`--help`', '≤ 1.25 ×', () => ours(['--help'], env));
    yield await besideNode(`\`employees list\`, ${PAGE}, key from the environment`, '≤ 1.5 ×', () =>
      ours(list, withKey),
    );
    yield await besideNode('the same, key from a profile', '≤ 1.6 ×', () => ours(list, withProfile));
    let fresh = 0;
    yield await besideNode('the same, the very first time: nothing is compiled yet', 'stated', () =>
      ours(list, { ...withKey, WORKTIME_STATE_DIR: join(home, `state${fresh++}`) }),
    );
    const run = () => ours(list, withKey);
    // The least that Node can do for the same page: what lies below it is not ours to win.
    const get = `require('node:http').get('${server.url}/employees', (answer) => answer.pipe(process.stdout))`;
    const floor = (node) => () => time([node, '-e', get], { env });
    const leastNode = {
      what: 'the same',
      against: 'a bare `node:http` GET of the page, printed as it comes',
    };
    yield { ...leastNode, goal: 'stated', ...(await pairs(run, floor(process.execPath), options)) };
    yield await besideTool({
      what: 'the same',
      goal: 'stated',
      run,
      name: 'curl … | jq … | column -t',
      command: [
        'sh',
        '-c',
        `curl -sf ${server.url}/employees | jq -r '.data[] | [.[]] | @tsv' | column -t -s '\t'`,
      ],
      needs: ['curl', 'jq', 'column'],
    });
    yield await besideTool({
      what: 'the same',
      goal: 'stated',
      run,
      name: 'aws --version',
      command: ['aws', '--version'],
      needs: ['aws'],
    });
    const what = 'the same on Node 24';
    if (!node24) {
      const skipped = 'name a Node 24 in WORKTIME_BENCH_NODE';
      yield { what, against: '`gh --version`', goal: '≤ 1.0 ×', skipped };
      return;
    }
    const on24 = () => ours(list, withKey, node24);
    const gh = { name: 'gh --version', command: ['gh', '--version'], needs: ['gh'] };
    yield await besideTool({ what, goal: '≤ 1.0 ×', run: on24, ...gh });
    yield { ...leastNode, what, goal: 'stated', ...(await pairs(on24, floor(node24), options)) };
  } finally {
    server.close();
    rmSync(home, { recursive: true, force: true });
  }
}
