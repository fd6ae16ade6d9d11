// 100,000 employees over the wire into a file of each format: the time beside a bare undici loop and XlsxWriter, and
// the peak memory beside a bare Node's, which must not grow with the rows.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, pairs, time } from './measure.mjs';

const binary = new URL('../../bin/worktime.js', import.meta.url).pathname;
const undici = import.meta.resolve('undici');
const exceljs = import.meta.resolve('exceljs');

/** Serves `total` employees of 16 fields; the port is its first line. In a process of its own, as an API is. */
const SERVER = `
import { createServer } from 'node:http';
const server = createServer((request, response) => {
  const query = new URL(request.url, 'http://x').searchParams;
  const [page, limit, total] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 50), Number(process.argv[1])];
  const rows = [];
  for (let i = (page - 1) * limit; i < Math.min(total, page * limit); i++) {
    rows.push('{"id":"emp_' + (100000 + i) + '","name":"Employee Nº ' + i + '","email":"employee' + i + '@example.com","department":"Engineering","position":"Senior Developer, backend","salary":' + (50000 + (i % 50000)) + ',"status":"active","created_at":"2024-01-15T10:30:00Z","department_id":"dept_eng","start_date":"2024-02-01","deleted_at":null,"manager_id":"emp_100000","location":"Berlin","level":' + (i % 7) + ',"weekly_hours":38.5,"remote":true}');
  }
  const body = '{"success":true,"data":[' + rows.join(',') + '],"pagination":{"page":' + page + ',"limit":' + limit + ',"total":' + total + '}}';
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body),
    'x-ratelimit-limit': '1000000', 'x-ratelimit-remaining': '999999', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600) });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** Pulls the same pages one after the other and joins their values by commas; nothing is checked or quoted. */
const BARE = `
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { request } from ${JSON.stringify(undici)};
const [url, file] = process.argv.slice(1);
const out = createWriteStream(file);
for (let page = 1, seen = 0, total = 1; seen < total; page++) {
  const { body } = await request(url + '/employees?page=' + page + '&limit=100', { headers: { authorization: 'Bearer x' } });
  const answer = await body.json();
  total = answer.pagination.total;
  seen += answer.data.length;
  let text = '';
  for (const row of answer.data) text += Object.values(row).join(',') + '\\n';
  if (!out.write(text)) await once(out, 'drain');
}
out.end();
await once(out, 'finish');
`;

/** The same cells by XlsxWriter in constant memory, made up instead of pulled. */
const XLSXWRITER = `
import sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1], {'constant_memory': True})
sheet = book.add_worksheet()
money, day = book.add_format({'num_format': '#,##0.00;[Red]-#,##0.00'}), book.add_format({'num_format': 'yyyy-mm-dd'})
for i in range(int(sys.argv[2])):
    texts = [f'emp_{i}', f'Employee {i}', f'employee{i}@example.com', 'Engineering', 'Senior Developer, backend', None, 'active', None, 'dept_eng', None, None, 'emp_100000', 'Berlin']
    for column, text in enumerate(texts):
        if text is not None: sheet.write_string(i, column, text)
    sheet.write_number(i, 5, 50000 + i % 50000, money)
    sheet.write_number(i, 7, 45306.4375, day)
    sheet.write_number(i, 9, 45323, day)
    sheet.write_number(i, 13, i % 7)
    sheet.write_number(i, 14, 38.5)
    sheet.write_boolean(i, 15, True)
book.close()
`;

/** The same cells by exceljs as its manual shows it. */
const EXCELJS = `
import Excel from ${JSON.stringify(exceljs)};
const [file, rows] = process.argv.slice(1);
const book = new Excel.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true });
const sheet = book.addWorksheet('Employees');
sheet.columns = Array.from({ length: 16 }, (_, i) => ({ key: 'k' + i, ...(i === 5 ? { style: { numFmt: '#,##0.00' } } : {}) }));
for (let i = 0; i < Number(rows); i++) {
  sheet.addRow(['emp_' + i, 'Employee ' + i, 'employee' + i + '@example.com', 'Engineering', 'Senior Developer, backend', 50000 + i, 'active', new Date(1.7e12), 'dept_eng', new Date(1.7e12), null, 'emp_100000', 'Berlin', i % 7, 38.5, true]).commit();
  if (i % 100 === 0) await new Promise((go) => setImmediate(go));
}
sheet.commit();
await book.commit();
`;

/** Tells a process's peak memory in KiB on descriptor 3 as it ends. */
const TELL = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))`;

function serve(total) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SERVER, String(total)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', (port) =>
      resolve({ url: `http://127.0.0.1:${String(port).trim()}/v1`, stop: () => child.kill() }),
    );
  });
}

/** Peak memory of a Node process in MB. */
function peak(args, env) {
  const child = spawn(process.execPath, ['--import', TELL, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env,
  });
  let text = '';
  let stderr = '';
  child.stdio[3].on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('close', (code) => (code === 0 ? resolve(Number(text) / 1000) : reject(new Error(stderr))));
  });
}

const hasXlsxWriter = () => spawnSync('/usr/bin/python3', ['-c', 'import xlsxwriter']).status === 0;

export default async function* exportBench({ smoke }) {
  const rows = smoke ? 300 : 100_000;
  const folder = mkdtempSync(join(tmpdir(), 'worktime-export-'));
  const server = await serve(rows);
  const envFor = (url) => ({
    PATH: process.env.PATH,
    HOME: folder,
    WORKTIME_CONFIG_DIR: join(folder, 'config'),
    WORKTIME_STATE_DIR: join(folder, 'state'),
    WORKTIME_API_KEY: 'wt_bench_key_0123456789',
    WORKTIME_BASE_URL: url,
  });
  const list = (format, file) => [
    binary,
    'employees',
    'list',
    '--all',
    '--format',
    format,
    '-o',
    file,
    '--force',
  ];
  const file = (name) => join(folder, name);
  const runs = smoke ? { runs: 1, warmup: 0 } : { runs: 5, warmup: 1 };
  try {
    const ours = (format) => () =>
      time([process.execPath, ...list(format, file(`ours.${format}`))], { env: envFor(server.url) });
    const bare = () =>
      time([process.execPath, '--input-type=module', '-e', BARE, server.url, file('bare.csv')], {
        env: envFor(server.url),
      });
    const what = `${rows.toLocaleString('en')} employees × 16 fields`;
    for (const format of ['csv', 'ndjson', 'json', 'table']) {
      const result = await pairs(ours(format), bare, runs);
      yield {
        what: `${what} to ${format}`,
        against: 'a bare undici loop that joins them',
        goal: '≤ 1.2 ×',
        ...result,
      };
    }
    const lines = readFileSync(file('ours.csv'), 'utf8').split('\r\n').length - 2;
    if (lines !== rows) throw new Error(`${lines} rows instead of ${rows}`);

    const python = hasXlsxWriter();
    const workbook = python
      ? () => time(['/usr/bin/python3', '-c', XLSXWRITER, file('peer.xlsx'), String(rows)])
      : () => time([process.execPath, '--input-type=module', '-e', EXCELJS, file('peer.xlsx'), String(rows)]);
    yield {
      what: `${what} to excel, pulled and written`,
      against: python ? 'XlsxWriter, constant memory, writing alone' : 'exceljs used plainly, writing alone',
      goal: '≤ 0.9 ×',
      ...(await pairs(ours('excel'), workbook, smoke ? runs : { runs: 3, warmup: 1 })),
    };
    if (statSync(file('ours.excel')).size < 1000) throw new Error('the workbook is empty');

    const nothing = () => peak(['-e', '0'], envFor(server.url));
    const base = median([await nothing(), await nothing(), await nothing()]);
    for (const format of smoke ? ['csv'] : ['csv', 'ndjson', 'json', 'table', 'excel']) {
      const counts = smoke ? [100, 300] : [10_000, 100_000, ...(format === 'excel' ? [] : [1_000_000])];
      const peaks = [];
      for (const count of counts) {
        const other = await serve(count);
        try {
          peaks.push(await peak(list(format, file(`m.${format}`)), envFor(other.url)));
        } finally {
          other.stop();
        }
      }
      const [least, most] = [counts[0], counts.at(-1)];
      const each = counts.map((count, at) => `${peaks[at].toFixed(0)} MB at ${count.toLocaleString('en')}`);
      yield {
        what: `peak memory of an export of ${most.toLocaleString('en')} rows to ${format}`,
        against: `that of ${least.toLocaleString('en')}`,
        goal: '0.85–1.15 ×',
        figure: `${(peaks.at(-1) / peaks[0]).toFixed(2)} × (${each.join(', ')}; bare Node ${base.toFixed(0)})`,
      };
    }
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
