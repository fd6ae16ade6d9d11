/** Ctrl-C, SIGTERM, SIGHUP and kill -9 at random moments of each kind of command. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { seededRandom } from '../support/context.ts';
import { behaved, CANARY, envelope, it, JOHN, json, LONG, type Server, VERBS, type World } from './world.ts';

const SEED = Number(process.env['FAULTS_SEED'] ?? 20_241_118);
const MOMENTS = LONG ? 20 : 1;
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 } as const;

/** Answers everything slowly enough to be interrupted, without end where a list is read. */
const slow = (world: World): Promise<Server> =>
  world.serve(async ({ method, path, query, body }, response) => {
    await sleep(15);
    const page = Number(query['page'] ?? 1);
    const rows = Array.from({ length: 100 }, (_, at) => ({
      ...JOHN,
      id: `emp_${page * 100 + at}`,
      email: `a${page * 100 + at}@example.com`,
      timestamp: new Date(Date.now() - at * 1000).toISOString(),
    }));
    if (method === 'POST') json(response, 201, envelope({ ...JSON.parse(body), ...JOHN }));
    else if (path.endsWith('/history')) json(response, 200, envelope(rows));
    else if (path.endsWith('/employees')) {
      const search = query['department'] !== undefined || query['search'] !== undefined;
      json(response, 200, envelope(search ? [] : rows, { page, limit: 100, total: 3000 }));
    } else if (path.includes('/reports')) {
      json(
        response,
        200,
        envelope({ employees: rows.map((one) => ({ employee_id: one.id, total_pay: 1 })) }),
      );
    } else
      json(
        response,
        200,
        envelope(path.includes('/employees/') ? JOHN : { id: 'org_1', name: 'Acme', timezone: 'UTC' }),
      );
  });

interface Kind {
  readonly args: readonly string[];
  /** How it ends when it is asked to, besides the signal's own exit. */
  readonly ends?: readonly number[];
  /** Files that may be there afterwards, whole. */
  readonly files?: readonly string[];
  readonly input?: string;
}

const ROWS = Array.from({ length: 200 }, (_, at) => `P ${at},p${at}@x.com,dept_eng,Dev,1000,2024-01-01`).join(
  '\n',
);

const KINDS: Readonly<Record<string, Kind>> = {
  'a read': { args: ['employees', 'get', JOHN.id] },
  'a stream': { args: ['employees', 'list', '--all', '--format', 'ndjson'] },
  'a file': { args: ['employees', 'list', '--all', '--format', 'csv', '-o', 'out.csv'], files: ['out.csv'] },
  'a workbook': {
    args: ['reports', 'payroll', '--month', '2024-11', '--format', 'excel', '-o', 'out.xlsx'],
    files: ['out.xlsx'],
  },
  // A write that was interrupted may have taken effect: that it is unknown is worth more than the signal.
  'a write': { args: VERBS.POST, ends: [8] },
  'an import': { args: ['employees', 'import', 'people.csv', '--yes'], ends: [3, 8] },
  'an export': { args: ['employees', 'export', 'out.json'], files: ['out.json'] },
  'a tail': { args: ['locks', 'history', 'lock_789', '--follow', '--interval', '50ms'], ends: [0] },
  'a listener': { args: ['webhooks', 'listen', '--port', '0'], ends: [0] },
  'a sandbox': { args: ['sandbox', 'serve', '--port', '0'], ends: [0] },
  'a login': { args: ['login', '--key-stdin', '--profile', 'x', '--base-url', 'SERVER'], input: 'wt_key\n' },
  'a setting': { args: ['config', 'set', 'format', 'csv'] },
  'a doctor': { args: ['doctor', '--network'], ends: [4, 5, 9] },
};

const random = seededRandom(SEED);
const kinds = Object.entries(KINDS);
const cases = kinds.flatMap(([name, kind], row) =>
  Object.entries(SIGNALS)
    .filter((_, at) => LONG || at === row % 3)
    .flatMap(([signal, code]) =>
      Array.from({ length: MOMENTS }, () => ({
        name,
        kind,
        signal: signal as keyof typeof SIGNALS,
        code,
        after: 40 + Math.floor(random() * 760),
      })),
    ),
);

function prepare(world: World, server: Server, { args }: Kind): string[] {
  writeFileSync(
    join(world.home, 'people.csv'),
    `name,email,department_id,position,salary,start_date\n${ROWS}\n`,
  );
  return args.map((word) => (word === 'SERVER' ? server.url : word));
}

describe.concurrent('Ctrl-C, SIGTERM and SIGHUP end every kind of command, cleanly, at any moment', () => {
  it.for(cases)(
    `$name, $signal after $after ms, seed ${SEED}`,
    async ({ kind, signal, code, after }, { world }) => {
      const server = await slow(world);
      const args = prepare(world, server, kind);
      const child = world.start(args, { server, ...(kind.input === undefined ? {} : { input: kind.input }) });
      const timer = setTimeout(() => child.kill(signal), after);
      const { exitCode, signal: by, timedOut, stdout, stderr } = await child;
      clearTimeout(timer);
      expect(timedOut, 'it hangs').toBe(false);
      // Before the tool has begun, the signal itself ends the process: to a shell that is the same.
      if (by === undefined) {
        behaved(args, { code: exitCode ?? -1, stdout: String(stdout), stderr: String(stderr) });
        expect([0, code, ...(kind.ends ?? [])], String(stderr)).toContain(exitCode);
      } else expect(by).toBe(signal);
      const left = readdirSync(world.home).filter(
        (name) => !['people.csv', 'config', 'state', ...(kind.files ?? [])].includes(name),
      );
      expect(left, 'nothing half is left behind').toEqual([]);
      if (existsSync(join(world.home, 'out.json')))
        JSON.parse(readFileSync(join(world.home, 'out.json'), 'utf8'));
      if (kind.args.includes('import') && exitCode !== 0) {
        // The same command goes on, and every row is applied once.
        expect((await world.run(args, { server })).code).toBe(0);
        const sent = server.requests
          .filter(({ method }) => method === 'POST')
          .map(({ body }) => JSON.parse(body).email);
        expect(new Set(sent).size).toBe(200);
      }
    },
  );
});

describe.concurrent('After kill -9 at any moment the next run finds its files whole and its locks free', () => {
  const writers = ['a file', 'an import', 'an export', 'a login', 'a setting', 'a write'];
  const moments = LONG ? 20 : 1;
  const killed = kinds
    .filter(([name]) => writers.includes(name))
    .flatMap(([name, kind]) =>
      Array.from({ length: moments }, () => ({ name, kind, after: 60 + Math.floor(random() * 600) })),
    );
  it.for(killed)(`$name, after $after ms, seed ${SEED}`, async ({ kind, after }, { world }) => {
    const server = await slow(world);
    const args = prepare(world, server, kind);
    mkdirSync(world.config, { recursive: true, mode: 0o700 });
    const before = JSON.stringify({ profile: 'w', profiles: { w: { key: CANARY, base_url: server.url } } });
    writeFileSync(join(world.config, 'config.json'), before, { mode: 0o600 });
    const options = { server, ...(kind.input === undefined ? {} : { input: kind.input }) };
    const child = world.start(args, options);
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    await child;
    clearTimeout(timer);
    expect(JSON.parse(readFileSync(join(world.config, 'config.json'), 'utf8'))).toMatchObject({
      profiles: { w: { key: CANARY } },
    });
    if (existsSync(join(world.home, 'out.json')))
      JSON.parse(readFileSync(join(world.home, 'out.json'), 'utf8'));
    const again = await world.run(
      [...args, ...(kind.files || kind.args.includes('export') ? ['--force'] : [])],
      options,
    );
    expect(again.code, again.stderr).toBe(0);
    expect(
      readdirSync(world.home).filter((name) => /\.tmp|~$/.test(name) && !name.startsWith('.out')),
    ).toEqual([]);
  });
});
