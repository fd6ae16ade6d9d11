import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cursorOf } from '../../src/webhooks/cursor.ts';
import { eventFilter } from '../../src/webhooks/event.ts';
import { Forwarder } from '../../src/webhooks/forward.ts';
import { execTarget } from '../../src/webhooks/target.ts';
import { temporaryFolder } from '../support/context.ts';
import { body, entry, listeningReporter, openRecord, realContext } from './support.ts';

describe('--exec', () => {
  const node = (script: string) => [process.execPath, '-e', script];
  const signal = new AbortController().signal;

  it('gives the event on standard input, without a shell and without the key', async () => {
    const context = realContext({ env: { ...process.env, WORKTIME_API_KEY: 'wt_secret' } });
    const text = body({ name: '$(touch /tmp/x); `id`' });
    const script = `let t='';process.stdin.on('data',c=>t+=c).on('end',()=>{
      process.exit(t===process.argv[1] && process.env.WORKTIME_API_KEY===undefined ? 0 : 9)})`;
    const outcome = await execTarget([...node(script), text], context, 10_000).deliver(entry(text), signal);
    expect(outcome).toMatchObject({ result: 'delivered', status: 'exit 0' });
  });

  it('keeps no key under any name for the program', async () => {
    const context = realContext({ env: { ...process.env, COPY: 'wt_profile' } });
    const target = execTarget(node('process.exit(process.env.COPY ? 9 : 0)'), context, 10_000, 'wt_profile');
    expect(await target.deliver(entry(body()), signal)).toMatchObject({ status: 'exit 0' });
  });

  it('shows what a program prints and how it failed, all of it apart from the data', async () => {
    const record = await openRecord();
    const context = realContext();
    const report = listeningReporter();
    const words = `console.log('{"event":"forged"}'); console.error('no database'); process.exit(3)`;
    const target = execTarget(node(words), context, 10_000);
    const cursor = cursorOf(join(temporaryFolder(), 'cursors'), record.place, target);
    const filter = eventFilter([]);
    const forwarder = await Forwarder.open({ record, target, cursor, filter, clock: context, report });
    forwarder.begin();
    await record.append(entry(body()));
    await expect.poll(() => report.lines.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    await record.close();
    await forwarder.stop(5000);
    const shown = `${process.execPath}: `;
    expect(report.lines.slice(0, 2)).toEqual([`${shown}{"event":"forged"}`, `${shown}no database`]);
    expect(report.lines[2]).toMatch(/exit 3 in \d+ ms; again in/);
    expect(context.stdout.text()).toBe('');
  });

  it('is done with a program that has ended, whatever it left running, and keeps little of what it prints', async () => {
    const script = `
      const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)'], { stdio: 'inherit', detached: true }).unref();
      process.stdout.write('x'.repeat(8_000_000));`;
    const started = performance.now();
    const outcome = await execTarget(node(script), realContext(), 15_000).deliver(
      entry(body()),
      new AbortController().signal,
    );
    expect([outcome.result, performance.now() - started < 6000]).toEqual(['delivered', true]);
    expect(Math.max(...(outcome.said ?? []).map((line) => line.length))).toBeLessThan(2000);
  });

  it('ends a program that hangs once nobody waits for it any more', async () => {
    const enough = new AbortController();
    const delivered = execTarget(node('setTimeout(() => {}, 20_000)'), realContext(), 15_000).deliver(
      entry(body()),
      enough.signal,
    );
    enough.abort(new Error('enough'));
    await expect(delivered).rejects.toThrow('enough');
  });

  it('counts a program that is not there as unreachable', async () => {
    const outcome = await execTarget(['/nowhere/handler'], realContext(), 10_000).deliver(
      entry(body()),
      signal,
    );
    expect(outcome.result).toBe('unreachable');
    expect(outcome.status).toContain('ENOENT');
  });

  it('survives a program that does not read its input', async () => {
    const big = body({ text: 'a'.repeat(200_000) });
    const outcome = await execTarget(node('process.exit(0)'), realContext(), 10_000).deliver(
      entry(big),
      signal,
    );
    expect(outcome.result).toBe('delivered');
  });
});
