// The benchmarks: each against a peer in the same run, as ratios. `--smoke` only proves that they run;
// `--write` puts the table into the README; words pick benchmarks by name.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { smoke: { type: 'boolean' }, write: { type: 'boolean' } },
});
const folder = new URL('.', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''))
  .filter((name) => positionals.length === 0 || positionals.includes(name));

const number = (value) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const rows = [];
for (const name of names) {
  const { default: bench } = await import(new URL(`${name}.bench.mjs`, folder));
  for await (const row of bench({ smoke: values.smoke === true })) {
    rows.push(row);
    const figure =
      row.skipped !== undefined
        ? `skipped: ${row.skipped}`
        : row.ratio === undefined
          ? row.figure
          : `${number(row.ours)} ${row.unit ?? 'ms'} against ${number(row.peer)}: ${row.ratio.toFixed(2)} × (${row.low.toFixed(2)}–${row.high.toFixed(2)}, ${row.runs} runs)`;
    console.log(`${row.what} | ${row.against} | goal ${row.goal} | ${figure}`);
  }
}

if (values.write) {
  const readme = new URL('../../README.md', import.meta.url);
  const cell = (row) =>
    row.skipped !== undefined
      ? `skipped: ${row.skipped}`
      : row.ratio === undefined
        ? row.figure
        : `${row.ratio.toFixed(2)} × (${row.low.toFixed(2)}–${row.high.toFixed(2)})`;
  const table = [
    `Measured with \`npm run bench\` on Node ${process.versions.node}, ${cpus().length} cores; each ratio is the median of pairs measured in turn, their quartiles in brackets.`,
    '',
    '| What | Beside | Goal | Measured |',
    '|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${[row.what, row.against, row.goal, cell(row)].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`,
    ),
  ].join('\n');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(readme, text.replace(/(<!-- bench -->\n)[\s\S]*?(\n<!-- \/bench -->)/, `$1${table}$2`));
}
