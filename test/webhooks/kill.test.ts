import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directoryPlace } from '../../src/webhooks/place.ts';
import { temporaryFolder } from '../support/context.ts';
import { body, storedIn } from './support.ts';

/** The long form: node test/faults/webhooks.mjs. */
const ROUNDS = process.env['WORKTIME_LONG'] ? 60 : 5;
const SENDERS = 40;

/** A process that listens, and says where. */
async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, 'listen.mjs');
  await build({
    stdin: {
      resolveDir: new URL('../..', import.meta.url).pathname,
      loader: 'ts',
      contents: `
        import { systemClock } from './src/host/clock.ts';
        import { listen } from './src/webhooks/listener.ts';
        import { directoryPlace } from './src/webhooks/place.ts';
        import { DurableRecord } from './src/webhooks/record.ts';
        const record = await DurableRecord.open(directoryPlace(process.argv[2]), { segmentBytes: 200_000, keepSegments: 100_000 });
        const options = { host: '127.0.0.1', port: 0, path: '/', token: 'wt_test_token', publicUrls: [] };
        const { url } = await listen(record, options, systemClock);
        console.log(url);`,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

async function start(script: string, place: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [script, place], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [url] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line');
  return { child, url };
}

/** The status of one delivery; 0 where the connection broke. */
function deliver(url: string, text: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      // Acknowledged is acknowledged, whatever becomes of the rest of the answer.
      resolve(response.statusCode ?? 0);
      response.on('error', () => undefined).resume();
    });
    sent.on('error', () => resolve(0));
    sent.end(text);
  });
}

describe('kill -9 in the middle of many deliveries', () => {
  it('loses nothing that was acknowledged, again and again', async () => {
    const folder = temporaryFolder();
    const place = join(folder, 'webhooks');
    const script = await bundle(folder);
    const acknowledged = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { child, url } = await start(script, place);
      const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
      const target = acknowledged.size + 150 + round * 37;
      let dead = false;
      const sender = async () => {
        while (!dead) {
          const text = body({ round });
          if ((await deliver(url, text, agent)) === 200) acknowledged.add(text);
          if (acknowledged.size >= target && !dead) {
            dead = true;
            child.kill('SIGKILL');
          }
        }
      };
      await Promise.all([once(child, 'exit'), ...Array.from({ length: SENDERS }, sender)]);
      agent.destroy();
    }
    const stored = await storedIn(directoryPlace(place));
    const texts = new Set(stored.map((one) => Buffer.from(one.body).toString()));
    expect(acknowledged.size).toBeGreaterThan(ROUNDS * 150);
    expect([...acknowledged].filter((text) => !texts.has(text))).toEqual([]);
    expect(texts.size).toBe(stored.length);
  }, 600_000);
});
