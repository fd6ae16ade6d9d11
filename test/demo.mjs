// `npm run demo`: the main job before the reader's eyes, on the embedded sandbox. Nothing leaves this machine, and
// nothing stays on it but the workbook, whose path is printed.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = fileURLToPath(new URL('../bin/worktime.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'worktime-demo-'));
const folder = mkdtempSync(join(tmpdir(), 'worktime-payroll-'));
const env = {
  ...process.env,
  WORKTIME_CONFIG_DIR: join(home, 'config'),
  WORKTIME_STATE_DIR: join(home, 'state'),
  WORKTIME_PROFILE: 'sandbox',
};
for (const name of ['WORKTIME_API_KEY', 'WORKTIME_BASE_URL', 'WORKTIME_FORMAT']) delete env[name];

const say = (text) =>
  process.stdout.write(
    `\n\x1b[1m# ${text}\x1b[0m\n`.replace(/\x1b\[\d+m/g, (code) => (process.stdout.isTTY ? code : '')),
  );

/** Starts a command as it would be typed; its output goes straight to this terminal unless it is to be read. */
function start(args, { environment = env, stdio = ['ignore', 'inherit', 'inherit'], shown = true } = {}) {
  if (shown) process.stdout.write(`$ worktime ${args.join(' ')}\n`);
  const child = spawn(process.execPath, [binary, ...args], { cwd: folder, env: environment, stdio });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { child, ended };
}

async function run(args, options) {
  const code = await start(args, options).ended;
  if (code !== 0) throw new Error(`worktime ${args.join(' ')} ended with ${code}`);
}

/** The first line of JSON that a service prints once it accepts connections. */
function ready({ child, ended }, stream) {
  return new Promise((resolve, reject) => {
    let text = '';
    child[stream].on('data', (chunk) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)));
    });
    ended.then((code) => reject(new Error(`a service ended with ${code} before it was ready`)), reject);
  });
}

const services = [];
async function serve(args, environment = env) {
  const service = start(args, { environment, stdio: ['ignore', 'pipe', 'inherit'], shown: false });
  services.push(service);
  const about = await ready(service, 'stdout');
  return { ...service, url: about.url };
}

try {
  say('The organization');
  await run(['organization', 'show']);
  say('Its employees');
  await run(['employees', 'list', '--department', 'eng']);
  say('Last month’s payroll, as a workbook');
  await run(['reports', 'payroll', '--month', 'last-month', '--format', 'excel']);
  process.stdout.write(`(in ${folder})\n`);

  say('A lock’s history, followed while people come and go (a simulation over HTTP)');
  const listener = start(['webhooks', 'listen', '--port', '0', '--format', 'ndjson', '--max-events', '1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shown: false,
  });
  services.push(listener);
  const hook = await ready(listener, 'stderr');
  let received = '';
  listener.child.stdout.on('data', (chunk) => {
    received += chunk;
  });
  const sandbox = await serve([
    'sandbox',
    'serve',
    '--port',
    '0',
    '--simulate',
    '240/min',
    '--webhook',
    hook.url,
    '--format',
    'json',
  ]);
  const remote = {
    ...env,
    WORKTIME_PROFILE: '',
    WORKTIME_API_KEY: 'wt_sandbox_full',
    WORKTIME_BASE_URL: sandbox.url,
  };
  await run(
    [
      'locks',
      'history',
      'lock_789',
      '--follow',
      '-n',
      '3',
      '--interval',
      '500ms',
      '--max-events',
      '6',
      '--idle-timeout',
      '15s',
    ],
    {
      environment: remote,
    },
  );

  say('And a webhook, received, recorded and acknowledged');
  process.stdout.write('$ worktime webhooks listen --format ndjson --max-events 1\n');
  await listener.ended;
  process.stdout.write(received);
} finally {
  for (const { child } of services) child.kill('SIGTERM');
  await Promise.allSettled(services.map(({ ended }) => ended));
  rmSync(home, { recursive: true, force: true });
}
