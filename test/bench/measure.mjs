// Whole processes timed in turn, A B A B …, so that a ratio holds while the machine's speed drifts.

import { spawn } from 'node:child_process';

/** Runs a command to its end and gives its wall time in ms. Throws where it fails. */
export function time(command, options = {}) {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let stderr = '';
    child.stdout?.resume();
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const ms = Number(process.hrtime.bigint() - started) / 1e6;
      if (code === 0 || options.anyExit) resolve(ms);
      else reject(new Error(`${command.join(' ')} ended with ${code}: ${stderr}`));
    });
  });
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value below which a share of them lies: 0.25, 0.75, 0.99. */
export const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)];

/** What pairs say together: the median of their ratios, its quartiles, how many there were. */
export function spread(ratios) {
  return {
    ratio: median(ratios),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
    runs: ratios.length,
  };
}

/** Compares two timed functions pair by pair: medians in ms, and the median of the ratios with its quartiles. */
export async function pairs(ours, peer, { runs = 21, warmup = 2 } = {}) {
  for (let at = 0; at < warmup; at++) {
    await ours();
    await peer();
  }
  const a = [];
  const b = [];
  const ratios = [];
  for (let at = 0; at < runs; at++) {
    a.push(await ours());
    b.push(await peer());
    ratios.push(a[at] / b[at]);
  }
  return { ours: median(a), peer: median(b), ...spread(ratios) };
}
