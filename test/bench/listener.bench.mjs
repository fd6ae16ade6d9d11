// Webhooks acknowledged and fsynced a second, from 16 connections that each wait for their answer.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareServers } from './load.mjs';

const binary = new URL('../../bin/worktime.js', import.meta.url).pathname;

/** The least that keeps what it acknowledges: raw bodies, one fsync for all that came meanwhile. */
const BARE = `
const { createServer } = require('node:http');
const { openSync, write, fdatasync } = require('node:fs');
const file = openSync(process.argv[1], 'a');
let waiting = [], busy = false;
function flush() {
  if (busy || waiting.length === 0) return;
  busy = true;
  const batch = waiting; waiting = [];
  write(file, Buffer.concat(batch.map(([body]) => body)), (error) => {
    if (error) throw error;
    fdatasync(file, (fault) => {
      if (fault) throw fault;
      for (const [, response] of batch) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 16 });
        response.end('{"success":true}');
      }
      busy = false;
      flush();
    });
  });
}
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => { waiting.push([Buffer.concat([...chunks, Buffer.from('\\n')]), response]); flush(); });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: 'http://127.0.0.1:' + server.address().port + '/' })));
`;

/** Starts a server and waits for the line in which it names its address. */
async function started(command, args, env, stream) {
  const child = spawn(command, args, {
    env,
    stdio: ['ignore', stream === 'stdout' ? 'pipe' : 'ignore', 'pipe'],
  });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    child[stream].on('data', (chunk) => {
      said += chunk;
      const found = /"url":"([^"]+)"/.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${said}`)));
  });
  child.removeAllListeners('exit');
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { url: new URL(url), stop };
}

let made = 0;

/** A maker of deliveries, ready but for the employee's number: each is new, for a repetition is acknowledged otherwise. */
function delivery(url) {
  const timestamp = '2024-11-18T09:00:00.000Z';
  const data = {
    employee_id: 'emp_000000000',
    employee_name: 'John Doe',
    lock_id: 'lock_789',
    timestamp,
    method: 'fingerprint',
  };
  const body = JSON.stringify({ event: 'attendance.clock_in', timestamp, data });
  const request = Buffer.from(
    `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const number = request.indexOf('emp_') + 4;
  return () => {
    made += 1;
    request.write(String(made).padStart(9, '0'), number, 'latin1');
    return request;
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Debian's `webhook`, set up to keep the same promise: the program that it runs for each event appends and fsyncs, and it
 * answers when that is done. (Answering first, it would fork without bound.) Undefined where it is not installed.
 */
async function debianWebhook(folder) {
  try {
    execFileSync('webhook', ['-version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const script = join(folder, 'keep.sh');
  const file = join(folder, 'webhook.ndjson');
  const keep = `printf '%s\\n' "$1" | dd of=${file} oflag=append conv=notrunc,fsync status=none`;
  writeFileSync(script, `#!/bin/sh\n${keep}\n`, { mode: 0o755 });
  const hook = {
    id: 'hook',
    'execute-command': script,
    'include-command-output-in-response': true,
    'pass-arguments-to-command': [{ source: 'entire-payload' }],
  };
  const hooks = join(folder, 'hooks.json');
  writeFileSync(hooks, JSON.stringify([hook]));
  const port = await freePort();
  const child = spawn('webhook', ['-hooks', hooks, '-ip', '127.0.0.1', '-port', String(port)], {
    stdio: 'ignore',
  });
  const url = new URL(`http://127.0.0.1:${port}/hooks/hook`);
  for (let ready = false; !ready; ) {
    ready = await fetch(url, { method: 'POST' }).then(
      () => true,
      () => false,
    );
  }
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill();
    });
  return { url, stop };
}

export default async function* ({ smoke }) {
  const folder = mkdtempSync(join(tmpdir(), 'worktime-bench-'));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    WORKTIME_STATE_DIR: join(folder, 'state'),
    WORKTIME_CONFIG_DIR: join(folder, 'config'),
  };
  const running = [];
  const start = async (server) => {
    const one = await server;
    if (one) running.push(one);
    return one;
  };
  const size = smoke ? { runs: 1, ms: 100, warmup: 50 } : { runs: 31, ms: 400, warmup: 2000 };
  const unit = 'events/s';
  const what = 'listener: webhooks acknowledged and fsynced, 16 connections';
  try {
    const ours = await start(
      started(
        process.execPath,
        [binary, 'webhooks', 'listen', '--port', '0', '--format', 'ndjson'],
        env,
        'stderr',
      ),
    );
    const bare = await start(
      started(process.execPath, ['-e', BARE, join(folder, 'bare.ndjson')], env, 'stdout'),
    );
    yield await compareServers(ours, bare, delivery, {
      ...size,
      what,
      unit,
      against: 'a bare Node server that fsyncs in groups',
      goal: '≥ 0.9 ×',
    });
    const debian = await start(debianWebhook(folder));
    const row = {
      what,
      against: "Debian's `webhook`, running a program that appends and fsyncs",
      goal: '≥ 1.2 ×',
    };
    if (!debian) yield { ...row, skipped: '`webhook` is not installed' };
    else yield await compareServers(ours, debian, delivery, { ...size, unit, ...row });
  } finally {
    for (const { stop } of running) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
