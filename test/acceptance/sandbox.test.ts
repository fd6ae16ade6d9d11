import { describe, expect, it } from 'vitest';
import { cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

describe('sandbox serve, the built binary', () => {
  it('says that it is ready, and ends without fuss', async () => {
    const child = startBinary(['sandbox', 'serve', '--port', '0', '--employees', '5', '--json']);
    const ready = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (chunk) => resolve(String(chunk))),
    );
    const { event, url, pid } = JSON.parse(ready);
    expect([event, pid]).toEqual(['ready', child.pid]);
    const answer = await fetch(`${url}/organization`, {
      headers: { authorization: 'Bearer wt_sandbox_read' },
    });
    expect(await answer.json()).toMatchObject({ data: { employees_count: 5 } });
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(0);
  });

  it('says nothing of the many that wait for an answer at a time', async () => {
    const args = ['sandbox', 'serve', '--port', '0', '--employees', '5', '--latency', '200ms', '--json'];
    const child = startBinary(args);
    const ready = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (chunk) => resolve(String(chunk))),
    );
    const headers = { authorization: 'Bearer wt_sandbox_read' };
    const ask = async () => (await fetch(`${JSON.parse(ready).url}/organization`, { headers })).status;
    expect(await Promise.all(Array.from({ length: 20 }, ask))).toEqual(Array(20).fill(200));
    child.kill('SIGTERM');
    const { exitCode, stderr } = await child;
    expect(exitCode).toBe(0);
    expect(String(stderr)).not.toContain('Warning');
  });

  it('counts the hour anew, and so do the commands that knew what was left of the last one', async () => {
    const home = temporaryFolder();
    const env = cleanEnvironment(home);
    const served = async (port: string) => {
      const args = [
        'sandbox',
        'serve',
        '--port',
        port,
        '--memory',
        '--plan',
        'free',
        '--rate-limit',
        '2',
        '--json',
      ];
      const child = startBinary(args, { env });
      const ready = await new Promise<string>((resolve) =>
        child.stdout?.once('data', (chunk) => resolve(String(chunk))),
      );
      return { child, url: JSON.parse(ready).url as string };
    };
    const list = async (url: string) => {
      const key = { WORKTIME_API_KEY: 'wt_sandbox_read', WORKTIME_BASE_URL: url };
      const args = ['locks', 'list', '--quiet', '--max-wait', '0'];
      return (await startBinary(args, { env: { ...env, ...key } })).exitCode;
    };
    const first = await served('0');
    expect([await list(first.url), await list(first.url), await list(first.url)]).toEqual([0, 0, 7]);
    first.child.kill('SIGTERM');
    await first.child;
    const second = await served(new URL(first.url).port);
    expect(await list(second.url)).toBe(0);
    second.child.kill('SIGTERM');
    await second.child;
  });

  it('warns of a key that is none of its own', async () => {
    const child = startBinary(['sandbox', 'serve', '--port', '0', '--memory'], {
      env: { PATH: process.env['PATH'] ?? '', WORKTIME_API_KEY: 'wt_live_4f9a8c7b6d5e' },
    });
    let said = '';
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes('ready')) resolve();
      });
    });
    child.kill('SIGINT');
    expect((await child).exitCode).toBe(0);
    expect(said).toMatch(/^warning: WORKTIME_API_KEY is not a key of the sandbox/);
    expect(said).toMatch(/Sandbox ready on http:\/\/127\.0\.0\.1:\d+\/v1 .*\n$/);
    expect(said).not.toContain('4f9a8c7b');
  });
});
