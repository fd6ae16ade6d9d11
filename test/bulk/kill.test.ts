/**
 * The binary, killed. By default a short form; `node test/faults/bulk.mjs` runs the long one: every seam of a small
 * file, and 5,000 rows under lost answers and 20 kills.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BINARY, cleanEnvironment, startBinary } from '../support/binary.ts';
import { seededRandom, temporaryFolder } from '../support/context.ts';
import { environmentFor, startServer, type TestServer } from './server.ts';
import { peopleFile, tallyOf } from './world.ts';

const LONG = process.env['WORKTIME_LONG'] === '1';
const BUILT = existsSync(join(BINARY, '../../dist/cli/main.cjs'));
const SEAMS = fileURLToPath(new URL('../faults/seams.mjs', import.meta.url));
const AGAIN = 10;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ employees: 600 });
});
afterAll(() => server.close());

function start(home: string, args: readonly string[], extra: Record<string, string> = {}) {
  const env = { ...cleanEnvironment(home), ...environmentFor(server), ...extra };
  return startBinary(args, { cwd: home, env });
}

const created = () =>
  server.ledger
    .filter(({ method, path }) => method === 'POST' && path === '/employees')
    .map(({ body }) => String(body['email']));
const clocked = () =>
  server.ledger
    .filter(({ path }) => path === '/attendance/clock')
    .map(({ body }) => `${body['employee_id']} ${body['type']} ${body['timestamp']}`);

/** Punches on days after the seeded history. */
function punchFile(people: readonly string[], days: readonly string[]): string {
  const rows = days.flatMap((day) =>
    people.flatMap((id) => [`${id},in,${day}T09:00:00Z`, `${id},out,${day}T17:30:00Z`]),
  );
  return `employee_id,type,timestamp\n${rows.join('\n')}\n`;
}

async function activePeople(count: number): Promise<string[]> {
  const response = await fetch(`${server.url}/employees?status=active&limit=100&page=1`, {
    headers: { authorization: 'Bearer wt_sandbox_full' },
  });
  const first = (await response.json()) as { data: { id: string }[]; pagination: { total: number } };
  const people = first.data.map(({ id }) => id);
  for (let page = 2; people.length < count && page <= 6; page += 1) {
    const next = await fetch(`${server.url}/employees?status=active&limit=100&page=${page}`, {
      headers: { authorization: 'Bearer wt_sandbox_full' },
    });
    people.push(...((await next.json()) as { data: { id: string }[] }).data.map(({ id }) => id));
  }
  return people.slice(0, count);
}

/** Dates from the first of December 2024. */
const day = (n: number) => new Date(Date.UTC(2020, 11, 1 + n)).toISOString().slice(0, 10);

interface Kind {
  readonly command: readonly string[];
  /** A file that no other kill has used. */
  file(n: number): Promise<string>;
  readonly done: () => readonly string[];
  readonly rows: number;
}

const kinds: Record<string, Kind> = {
  employees: {
    command: ['employees', 'import', 'rows.csv', '--yes', '--concurrency', '2'],
    file: async (n) => peopleFile(3, 100_000 + n * 10),
    done: created,
    rows: 3,
  },
  punches: {
    command: ['attendance', 'import', 'rows.csv', '--yes', '--concurrency', '2'],
    file: async (n) => punchFile(await activePeople(2), [day(n)]),
    done: clocked,
    rows: 4,
  },
};

describe.skipIf(!BUILT)('killed at any step, nothing is lost and nothing doubled', () => {
  it.each(Object.keys(kinds))('%s', { timeout: LONG ? 1_800_000 : 120_000 }, async (name) => {
    const kind = kinds[name] as Kind;
    const attempt = async (n: number, killAt: number) => {
      const home = temporaryFolder();
      const countFile = join(home, 'count');
      writeFileSync(join(home, 'rows.csv'), await kind.file(n));
      const before = kind.done().length;
      const first = await start(home, kind.command, {
        NODE_OPTIONS: `--import=${SEAMS}`,
        SEAMS_KILL_AT: String(killAt),
        SEAMS_COUNT_FILE: countFile,
      });
      let last = first;
      for (let again = 0; last.exitCode !== 0 && again < AGAIN; again += 1)
        last = await start(home, kind.command);
      const context = `killed before step ${killAt}: ${last.stderr}`;
      expect(last.exitCode, context).toBe(0);
      const now = kind.done().slice(before);
      expect(now.length, context).toBe(kind.rows);
      expect(new Set(now).size, context).toBe(kind.rows);
      return {
        killed: first.signal === 'SIGKILL',
        seams: existsSync(countFile) ? Number(readFileSync(countFile)) : 0,
      };
    };
    const { seams } = await attempt(0, 0);
    expect(seams).toBeGreaterThan(20);
    const step = LONG ? 1 : Math.ceil(seams / 4);
    let kills = 0;
    for (let killAt = 1; killAt <= seams; killAt += step) {
      if ((await attempt(killAt, killAt)).killed) kills += 1;
    }
    // The number of steps differs a little from run to run: packets come as they come.
    expect(kills).toBeGreaterThan((seams / step) * 0.8);
    if (LONG) console.log(`${name}: ${seams} seams, killed at ${kills} of them`);
  });
});

describe.skipIf(!BUILT)('under lost answers, resets and kills, every row is there exactly once', () => {
  it.each(['employees', 'punches'])('%s', { timeout: LONG ? 1_800_000 : 120_000 }, async (name) => {
    const count = LONG ? 5_000 : 120;
    const home = temporaryFolder();
    const random = seededRandom(11);
    const people = name === 'punches' ? await activePeople(500) : [];
    const days = Array.from({ length: Math.ceil(count / (2 * Math.max(1, people.length))) }, (_, i) =>
      day(1_000 + i),
    );
    const content =
      name === 'punches'
        ? punchFile(people, days)
            .split('\n')
            .slice(0, count + 1)
            .join('\n')
        : peopleFile(count, 1_000_000);
    writeFileSync(join(home, 'rows.csv'), content);
    const done = (kinds[name] as Kind).done;
    const before = done().length;
    server.fate = (method) => {
      if (method !== 'POST') return 'answer';
      const dice = random();
      return dice < 0.3 ? 'drop' : dice < 0.4 ? 'reset' : 'answer';
    };
    const command = [
      name === 'punches' ? 'attendance' : 'employees',
      'import',
      'rows.csv',
      '--yes',
      '--json',
    ];
    let kills = 0;
    const most = LONG ? 20 : 2;
    for (;;) {
      const child = start(home, command);
      const at = 500 + random() * (LONG ? 6_000 : 1_500);
      const timer = kills < most ? setTimeout(() => child.kill('SIGKILL'), at) : undefined;
      const { exitCode, signal, stderr, stdout } = await child;
      clearTimeout(timer);
      if (signal === 'SIGKILL') {
        kills += 1;
        continue;
      }
      expect(exitCode, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ status: 'done', done: count });
      break;
    }
    server.fate = () => 'answer';
    const counts = tallyOf(done().slice(before));
    expect(counts.size).toBe(count);
    expect([...counts.values()].filter((times) => times !== 1)).toEqual([]);
    if (LONG) console.log(`${name}: ${count} rows, ${kills} kills, every row exactly once`);
  });
});
