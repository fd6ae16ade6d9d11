/** Answers that are lost between the API and the tool: the sandbox in a process of its own says what really happened. */

import { createInterface } from 'node:readline';
import { describe, expect } from 'vitest';
import { it, LONG, VERBS, type World } from './world.ts';

const FAULTS = ['drop_before_commit', 'drop_after_commit', 'cut_body', 'hang', 'fail'] as const;
const TIMES = LONG ? [1, 2, 3] : [1];

/** A sandbox in a process of its own, its control paths, and how many writes it has applied. */
async function startSandbox(world: World) {
  const child = world.start([
    'sandbox',
    'serve',
    '--memory',
    '--port',
    '0',
    '--json',
    '--fixture',
    'january-2024',
  ]);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const ready = await new Promise<string>((resolve) => lines.once('line', resolve));
  const { url } = JSON.parse(ready) as { url: string };
  const control = async <T>(path: string, body?: unknown): Promise<T> => {
    const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${new URL(url).origin}/__sandbox${path}`, options);
    return ((await response.json()) as { data: T }).data;
  };
  const writes = async () => {
    const ledger = await control<{ kind: string }[]>('/ledger');
    return ledger.filter(({ kind }) => !kind.startsWith('access')).length;
  };
  return { url, control, writes };
}

describe.concurrent('A write whose answer is lost takes effect once, or it is said that it did not', () => {
  const cases = Object.entries(VERBS).flatMap(([verb, args]) =>
    FAULTS.flatMap((fault) => TIMES.map((times) => ({ verb, args, fault, times }))),
  );
  const few = cases.filter(({ verb, fault }) => verb !== 'GET' && fault.startsWith('drop'));
  it.for(LONG ? cases : few)('$verb: $fault × $times', async ({ verb, args, fault, times }, { world }) => {
    const { url, control, writes } = await startSandbox(world);
    const before = await writes();
    const method = verb === 'clock' ? 'POST' : verb;
    await control('/faults', { clear: true, once: { fault, method, times } });
    const { code, stderr } = await world.run([...args, '--timeout', '1s', '--json'], {
      env: { WORKTIME_BASE_URL: url, WORKTIME_API_KEY: 'wt_sandbox_full' },
    });
    const applied = (await writes()) - before;
    expect(applied).toBeLessThanOrEqual(1);
    if (verb === 'GET') expect(code, stderr).toBe(times < 3 ? 0 : fault === 'cut_body' ? 6 : 5);
    else if (code === 0) expect(applied, stderr).toBe(1);
    else {
      // One more try than is made was lost: it says so, and knows that nothing was changed.
      expect(times, stderr).toBeGreaterThan(1);
      expect([5, 8], stderr).toContain(code);
      if (code === 5) expect(applied).toBe(0);
    }
  });
});
