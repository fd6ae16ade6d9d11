import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { command, ended } from './command.ts';
import { handler } from './handler.ts';
import { body, post } from './support.ts';

/** A delivery by way of a host name, as a tunnel makes it. */
async function postAs(url: URL, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const text = body();
    const headers = { host, 'content-type': 'application/json', 'content-length': text.length };
    request(url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(text);
  });
}

describe('webhooks listen', () => {
  it('marks a duplicate, and neither shows nor forwards it again', async () => {
    const at = await handler();
    const running = command(`webhooks listen --port 0 --format ndjson --forward ${at.url}`);
    const url = await running.url;
    const text = body();
    for (let time = 0; time < 3; time += 1) expect((await post(url, text)).status).toBe(200);
    running.interrupt();
    expect(await running.code).toBe(0);
    expect([running.stdout(), at.texts]).toEqual([`${text}\n`, [text]]);
    expect(running.stderr().match(/duplicate: attendance\.clock_in/g)).toHaveLength(2);
    expect(running.stderr()).toMatch(/attendance\.clock_in → http:\/\/127\.0\.0\.1:\d+\/hook: 200 in \d+ ms/);
  });

  it('keeps what a handler that is down missed for the next run', async () => {
    const home = temporaryFolder();
    const at = await handler();
    await at.down();
    const first = command(`webhooks listen --port 0 --forward ${at.url}`, home);
    const texts = Array.from({ length: 5 }, () => body());
    for (const text of texts) await post(await first.url, text);
    first.interrupt();
    expect(await first.code).toBe(0);
    expect(first.stderr()).toContain('5 events wait on disk');
    await at.up();
    const second = command(`webhooks listen --port 0 --format ndjson --forward ${at.url}`, home);
    const url = await second.url;
    second.interrupt();
    expect(await second.code).toBe(0);
    expect(at.texts).toEqual(texts);
    const [ready = '', waited] = second.stderr().split('\n');
    expect(JSON.parse(ready)).toMatchObject({ event: 'ready', url });
    expect(waited).toContain('sending what waited');
  });

  it('runs a program for each event', async () => {
    const folder = temporaryFolder();
    const script = join(folder, 'handler.mjs');
    await writeFile(
      script,
      `import { appendFileSync } from 'node:fs'; let t = ''; for await (const c of process.stdin) t += c;
       appendFileSync(process.argv[2], t + '\\n');`,
    );
    const out = join(folder, 'out');
    const exec = `'${process.execPath}' ${script} ${out}`;
    const running = command(['webhooks', 'listen', '--port', '0', '--exec', exec, '--max-events', '2']);
    const texts = [body(), body({ text: '$(id) `id`; "quoted"' })];
    for (const text of texts) await post(await running.url, text);
    expect(await running.code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe(`${texts.join('\n')}\n`);
    expect(running.stderr()).toContain('exit 0');
  });

  it('starts a tunnel, says its address, lets its host in, and ends it', async () => {
    const folder = temporaryFolder();
    const script = join(folder, 'tunnel.mjs');
    const log = join(folder, 'log');
    await writeFile(
      script,
      `import { appendFileSync } from 'node:fs';
       process.on('SIGTERM', () => { appendFileSync(process.argv[2], 'ended'); process.exit(0); });
       appendFileSync(process.argv[2], process.argv[3] + ' ');
       console.error('INF see https://developers.cloudflare.com/cloudflare-one/ for help');
       console.error('INF |  https://quiet-river.trycloudflare.com  |');
       setInterval(() => console.log('noise'), 5);`,
    );
    const tunnel = `'${process.execPath}' ${script} ${log} {url}`;
    const running = command([
      'webhooks',
      'listen',
      '--port',
      '0',
      '--tunnel',
      tunnel,
      '--max-events',
      '1',
      '--format',
      'ndjson',
    ]);
    const url = new URL(await running.url);
    const ready = JSON.parse(running.stderr().split('\n')[0] as string);
    expect(ready.public_url).toBe(`https://quiet-river.trycloudflare.com${url.pathname}`);
    const refused = await postAs(url, 'other.trycloudflare.com');
    expect(refused).toBe(403);
    expect(await postAs(url, 'quiet-river.trycloudflare.com')).toBe(200);
    expect(await running.code).toBe(0);
    expect(await readFile(log, 'utf8')).toBe(`${url.origin} ended`);
  });

  it('says why a tunnel does not come about', async () => {
    const tunnel = `'${process.execPath}' -e "console.error('no token'); process.exit(3)"`;
    const { code, stderr } = await ended(['webhooks', 'listen', '--port', '0', '--tunnel', tunnel]);
    expect(code).toBe(5);
    expect(stderr).toContain('ended with exit 3');
    expect(stderr).toContain('no token');
  });
});
