import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';
import { body, post } from '../webhooks/support.ts';

/** Runs far longer than any test may, with the pipes of whoever started it. */
const LEAVE = 'sleep 600 & echo $! >>left';

function script(home: string, name: string, text: string): string {
  const path = join(home, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  return `sh ${path}`;
}

describe('webhooks listen, the built binary', () => {
  it('waits for nothing that a tunnel or a handler left running', async () => {
    const home = temporaryFolder();
    const tunnel = script(home, 'tunnel.sh', `${LEAVE}\necho https://left.example.dev\nwait`);
    const handler = script(home, 'handler.sh', `${LEAVE}\ncat >/dev/null`);
    const child = startBinary(
      ['webhooks', 'listen', '--port', '0', '--tunnel', tunnel, '--exec', handler, '--format', 'ndjson'],
      { cwd: home, env: cleanEnvironment(home) },
    );
    let said = '';
    const heard = (wanted: RegExp) =>
      new Promise<string>((resolve) => {
        const look = () => wanted.test(said) && resolve(wanted.exec(said)?.[0] ?? '');
        child.stderr?.on('data', look);
        look();
      });
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
    });
    try {
      const { url } = JSON.parse(await heard(/^\{.*"ready".*\}$/m));
      expect((await post(url, body())).status).toBe(200);
      expect(await heard(/^attendance\.clock_in → .*$/m)).toContain('→ sh: exit 0');
      child.kill('SIGINT');
      expect((await child).exitCode).toBe(0);
    } finally {
      child.kill('SIGKILL');
      for (const pid of readFileSync(join(home, 'left'), 'utf8').trim().split('\n'))
        process.kill(Number(pid), 'SIGKILL');
    }
  }, 20_000);
});
