// The fault bench in its long form: a table of what is promised, how many cases were tried, and whether it held.
// `npm run build && npm run faults`, some twenty minutes; `-- NAME…` for the files with such a name alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const env = { ...process.env, WORKTIME_LONG: '1' };
const names = process.argv.slice(2);

/** Suites of other rooms that are trials of the same kind. */
const SUITES = [
  'test/bulk/kill.test.ts',
  'test/bulk/budget.test.ts',
  'test/bulk/read',
  'test/webhooks/kill.test.ts',
  'test/webhooks/hostile.test.ts',
  'test/sandbox/fuzz.test.ts',
  'test/client/answers.test.ts',
  'test/client/settle-post.test.ts',
  'test/client/settle-reread.test.ts',
  'test/client/pages',
  'test/config/read.test.ts',
  'test/config/update.test.ts',
  'test/files',
  'test/views/killed.test.ts',
  'test/views/hostile.test.ts',
  'test/follow/durable.test.ts',
];
/** Trials with a program of their own, whose exit says it all. */
const PROGRAMS = [
  ['The tail loses and repeats nothing through 50 kills', 'test/bench/follow-kills.mjs', '10,000 records'],
];

const wanted = (path) => names.length === 0 || names.some((name) => path.includes(name));

/** @type {{ promise: string, cases: number | string, held: boolean }[]} */
const rows = [];

function collect(paths) {
  const folder = mkdtempSync(join(tmpdir(), 'worktime-faults-'));
  const report = join(folder, 'report.json');
  const vitest = ['vitest', 'run', '--config', '.config/vitest.config.ts', '--testTimeout=900000'];
  const outputs = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    // The table is what is read: what a test says goes to standard error.
    spawnSync('npx', [...vitest, ...outputs, ...paths], { cwd: root, env, stdio: ['ignore', 2, 2] });
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    for (const { name, status, message, assertionResults } of testResults) {
      const file = name.slice(root.length);
      if (assertionResults.length === 0)
        rows.push({ promise: `${file}: ${message}`, cases: 0, held: status === 'passed' });
      const groups = new Map();
      for (const one of assertionResults) {
        const [title] = one.ancestorTitles;
        groups.set(title, [...(groups.get(title) ?? []), one]);
      }
      for (const [title, tests] of groups) {
        const run = tests.filter((test) => test.status !== 'skipped' && test.status !== 'pending');
        if (run.length === 0) continue;
        const cases = run.reduce((sum, { meta }) => sum + (meta?.cases ?? 1), 0);
        const own = file.startsWith('test/faults/');
        rows.push({
          promise: own && title ? title : `${file}${title ? `: ${title}` : ''}`,
          cases,
          held: run.every((test) => test.status === 'passed'),
        });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

collect(names.length === 0 ? ['test/faults/', ...SUITES] : names);
for (const [promise, program, cases] of PROGRAMS.filter(([, program]) => wanted(program))) {
  const { status } = spawnSync(process.execPath, [program], { cwd: root, env, stdio: ['ignore', 2, 2] });
  rows.push({ promise, cases, held: status === 0 });
}

console.log('| Promise | Cases | Held |\n|---|---:|---|');
for (const { promise, cases, held } of rows) {
  console.log(`| ${promise} | ${cases.toLocaleString('en')} | ${held ? 'yes' : 'NO'} |`);
}
const failed = rows.filter(({ held }) => !held).length;
console.log(`\n${rows.length} promises, ${failed === 0 ? 'all held' : `${failed} NOT held`}`);
process.exitCode = failed > 0 || rows.length === 0 ? 1 : 0;
