// The sandbox over HTTP beside a bare Hono app that answers a constant, and a month's payroll for 10,000 people.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareServers } from './load.mjs';

const binary = new URL('../../bin/worktime.js', import.meta.url).pathname;
const PEOPLE = 100_000;

/** A page as large as ours, or a record; nothing is looked up. */
const HONO = `
import { serve } from ${JSON.stringify(import.meta.resolve('@hono/node-server'))};
import { Hono } from ${JSON.stringify(import.meta.resolve('hono'))};
const row = { id: 'emp_123456', name: 'John Doe', email: 'john@example.com', department: 'Engineering', position: 'Senior Developer', salary: 75000, status: 'active', created_at: '2024-01-15T10:30:00Z', department_id: 'dept_eng', start_date: '2022-03-01' };
const page = JSON.stringify({ success: true, data: Array.from({ length: 50 }, () => row), pagination: { page: 1, limit: 50, total: 100000 } });
const record = JSON.stringify({ success: true, data: { id: 'att_123456', employee_id: 'emp_123456', employee_name: 'John Doe', clock_in: '2024-11-18T09:00:00Z', clock_out: null, work_hours: null, late_minutes: 0, early_departure_minutes: 0, lock_id: 'lock_789', date: '2024-11-18' } });
const json = () => ({ 'content-type': 'application/json' });
const app = new Hono();
app.get('/v1/employees', (c) => c.body(page, 200, json()));
app.post('/v1/attendance/clock', (c) => c.body(record, 201, json()));
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(JSON.stringify({ url: 'http://127.0.0.1:' + port + '/v1' })));
`;

/** Starts a server and waits for the line on stdout in which it names its address. */
async function started(args, env) {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /"url":"([^"]+)"/.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`a server ended with ${code}: ${said}`)));
  });
  child.removeAllListeners('exit');
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { url: new URL(url), stop };
}

const headers = (url) => `Host: ${url.host}\r\nAuthorization: Bearer wt_sandbox_full\r\n`;
const page = (url) => {
  const request = Buffer.from(`GET /v1/employees?page=1&limit=50 HTTP/1.1\r\n${headers(url)}\r\n`);
  return () => request;
};

let punches = 0;
/** Another person or another day each time, so that every write is a new one; all of them people who still work there. */
const punch = (url) => () => {
  punches += 1;
  const person = 300 * (punches % 333);
  const day = new Date(Date.UTC(1990, 0, 1 + Math.floor(punches / 333))).toISOString().slice(0, 10);
  const clock = {
    employee_id: `emp_${123_456 + person}`,
    type: 'clock_in',
    timestamp: `${day}T09:00:00Z`,
    lock_id: 'lock_789',
  };
  const body = JSON.stringify(clock);
  return `POST /v1/attendance/clock HTTP/1.1\r\n${headers(url)}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

export default async function* sandbox({ smoke }) {
  const home = mkdtempSync(join(tmpdir(), 'worktime-bench-'));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    WORKTIME_CONFIG_DIR: `${home}/c`,
    WORKTIME_STATE_DIR: `${home}/s`,
  };
  const options = smoke ? { runs: 1, ms: 100, warmup: 50 } : { runs: 31, ms: 400, warmup: 2000 };
  const serve = [binary, 'sandbox', 'serve', '--port', '0', '--json', '--rate-limit', '1000000000'];
  const against = 'a bare Hono app that answers a constant';
  const servers = [];
  try {
    const hono = await started(['--input-type=module', '-e', HONO], env);
    servers.push(hono);
    const memory = await started([...serve, '--employees', String(PEOPLE)], env);
    servers.push(memory);
    yield await compareServers(memory, hono, page, {
      ...options,
      what: 'sandbox, a page of 50',
      against,
      goal: '≥ 0.5 ×',
      unit: 'requests/s',
    });
    yield await compareServers(memory, hono, punch, {
      ...options,
      what: 'sandbox, a clock write',
      against,
      goal: '≥ 0.5 ×',
      unit: 'requests/s',
    });
    const begun = performance.now();
    const size = smoke ? 42 : 10_000;
    const staff = await started(
      [...serve, '--employees', String(size), '--clock', '2024-12-01T00:00:00Z'],
      env,
    );
    servers.push(staff);
    const ready = performance.now() - begun;
    const month = 'start_date=2024-11-01&end_date=2024-11-30';
    const asked = performance.now();
    const answer = await fetch(`${staff.url}/reports/payroll?${month}`, {
      headers: { authorization: 'Bearer wt_sandbox_full' },
    });
    const { data } = await answer.json();
    const seconds = ((performance.now() - asked) / 1000).toFixed(2);
    if (data.employees.length < size * 0.9) throw new Error(`only ${data.employees.length} were paid`);
    yield {
      what: `sandbox, November's payroll for ${size} employees`,
      against: 'the clock',
      goal: '< 5 s',
      figure: `${seconds} s (started in ${(ready / 1000).toFixed(2)} s)`,
    };
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()));
    rmSync(home, { recursive: true, force: true });
  }
}
