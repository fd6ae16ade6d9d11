/** Real processes that write to one sandbox: what no mock can tell about locks and kills. */

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What every such process begins with: `sandbox(directory)` and `ask(method, path, body)`. */
const PRELUDE = `
import { createSandbox } from './src/sandbox/index.ts';
const context = {
  pid: process.pid, now: () => Date.now(), monotonic: () => performance.now(), random: Math.random,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)), signal: new AbortController().signal,
};
const [, , directory, ...words] = process.argv;
const { handle } = await createSandbox({ context, directory });
const headers = { authorization: 'Bearer wt_sandbox_full' };
const ask = async (method, path, body) => {
  const answer = await handle({ method, url: '/v1' + path, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, body: JSON.parse(Buffer.from(answer.body).toString()) };
};
`;

/** Bundles a script for plain Node into a folder. */
export async function script(folder: string, code: string): Promise<string> {
  const outfile = `${folder}/script.mjs`;
  await build({
    stdin: { contents: PRELUDE + code, resolveDir: ROOT, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

export interface Running {
  readonly child: ChildProcess;
  /** What it has written to stdout so far. */
  output(): string;
  readonly ended: Promise<number | null>;
}

export function start(path: string, ...args: string[]): Running {
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => text, ended };
}
