import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { main } from '../../src/main.ts';
import { temporaryFolder } from '../support/context.ts';
import { words } from '../support/run.ts';
import { body, post, realContext } from './support.ts';

interface Running {
  readonly code: Promise<number>;
  readonly url: Promise<string>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly interrupt: () => void;
}

/** A command line in real time, in a home of its own unless one is given. */
function command(line: string | readonly string[], home = temporaryFolder()): Running {
  const argv = typeof line === 'string' ? words(line) : line;
  const context = realContext({ argv, home, env: {} });
  const code = main(context);
  const found = () => /http:\/\/[^"\s]*/.exec(context.stderr.text())?.[0];
  const url = (async () => {
    let over = false;
    void code.then(() => {
      over = true;
    });
    while (!found() && !over) await new Promise((resolve) => setTimeout(resolve, 2));
    const address = found();
    if (!address) throw new Error(context.stderr.text());
    return address;
  })();
  url.catch(() => undefined);
  const interrupt = () => context.interrupt(new InterruptedError());
  onTestFinished(async () => {
    interrupt();
    await code;
  });
  return { code, url, stdout: () => context.stdout.text(), stderr: () => context.stderr.text(), interrupt };
}

const ended = async (line: string | readonly string[], home?: string) => {
  const running = command(line, home);
  const code = await running.code;
  return { code, stdout: running.stdout(), stderr: running.stderr() };
};

/** A handler that answers 200 and keeps what it got. */
async function handler(status = 200): Promise<{ url: string; got: string[]; server: Server }> {
  const got: string[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    got.push(text);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got, server };
}

describe('webhooks listen', () => {
  it('says it is ready in one line of JSON, then prints events as they came, plus nothing', async () => {
    const running = command('webhooks listen --port 0 --format ndjson --max-events 2');
    const url = await running.url;
    expect(JSON.parse(running.stderr())).toEqual({ event: 'ready', url, pid: process.pid });
    const texts = [body({ extra: null }), body({}, 'new.kind')];
    for (const text of texts) expect((await post(url, text)).status).toBe(200);
    expect(await running.code).toBe(0);
    expect(running.stdout()).toBe(`${texts.join('\n')}\n`);
    expect(running.stderr().trim().split('\n')).toHaveLength(1);
  });

  it('prints a line for each event, and what to paste', async () => {
    const running = command(
      'webhooks listen --port 0 --max-events 1 --public-url https://hooks.example.com/base',
    );
    const url = await running.url;
    const token = new URL(url).pathname;
    await post(url, body({ employee_name: 'Jane', lock_id: 'lock_7', method: 'card' }));
    expect(await running.code).toBe(0);
    expect(running.stderr()).toContain(`https://hooks.example.com/base${token}`);
    expect(running.stdout().split('\n')[2]).toMatch(/2024-11-18.*attendance\.clock_in +Jane +lock_7 +card/);
  });

  it('ends with 0 at Ctrl-C, with everything it acknowledged on stdout', async () => {
    const running = command('webhooks listen --port 0 --format ndjson');
    const url = await running.url;
    const texts = Array.from({ length: 50 }, () => body());
    await Promise.all(texts.map((text) => post(url, text)));
    running.interrupt();
    expect(await running.code).toBe(0);
    expect(running.stdout().trim().split('\n').sort()).toEqual(texts.sort());
  });

  it('ends with 0 when nothing comes', async () => {
    const { code, stdout } = await ended('webhooks listen --port 0 --idle-timeout 20ms --format json');
    expect([code, stdout.trim()]).toEqual([0, '[]']);
  });

  it('keeps its token, for its owner alone, so that the pasted URL stays valid', async () => {
    const home = temporaryFolder();
    const urls: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      const running = command('webhooks listen --port 0 --idle-timeout 10ms', home);
      urls.push(new URL(await running.url).pathname);
      await running.code;
    }
    expect(urls[0]).toBe(urls[1]);
    expect(urls[0]?.length).toBeGreaterThan(30);
    expect((await stat(join(home, 'state/webhooks/token'))).mode & 0o777).toBe(0o600);
  });

  it('shows a filtered event to nobody, and acknowledges and records it', async () => {
    const home = temporaryFolder();
    const running = command(
      ['webhooks', 'listen', '--port', '0', '--format', 'ndjson', '--events', 'lock.*', '--max-events', '1'],
      home,
    );
    const url = await running.url;
    expect((await post(url, body())).status).toBe(200);
    const wanted = body({}, 'lock.opened');
    await post(url, wanted);
    expect(await running.code).toBe(0);
    expect(running.stdout()).toBe(`${wanted}\n`);
    const replayed = await ended('webhooks replay --since -1h --format ndjson', home);
    expect(replayed.stdout.trim().split('\n')).toHaveLength(2);
  });

  it('marks a duplicate, and neither shows nor forwards it again', async () => {
    const { url: to, got } = await handler();
    const running = command(`webhooks listen --port 0 --format ndjson --forward ${to}`);
    const url = await running.url;
    const text = body();
    for (let time = 0; time < 3; time += 1) expect((await post(url, text)).status).toBe(200);
    running.interrupt();
    expect(await running.code).toBe(0);
    expect([running.stdout(), got]).toEqual([`${text}\n`, [text]]);
    expect(running.stderr().match(/duplicate: attendance\.clock_in/g)).toHaveLength(2);
    expect(running.stderr()).toMatch(/attendance\.clock_in → http:\/\/127\.0\.0\.1:\d+\/hook: 200 in \d+ ms/);
  });

  it('keeps what a handler that is down missed for the next run', async () => {
    const home = temporaryFolder();
    const { url: to, got, server } = await handler();
    const { port } = server.address() as AddressInfo;
    server.close();
    server.closeAllConnections();
    const first = command(`webhooks listen --port 0 --forward ${to}`, home);
    const texts = Array.from({ length: 5 }, () => body());
    for (const text of texts) await post(await first.url, text);
    first.interrupt();
    expect(await first.code).toBe(0);
    expect(first.stderr()).toContain('5 events wait on disk');
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const second = command(`webhooks listen --port 0 --forward ${to}`, home);
    await second.url;
    second.interrupt();
    expect(await second.code).toBe(0);
    expect(got).toEqual(texts);
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
    const refused = await raw(url, 'other.trycloudflare.com');
    expect(refused).toBe(403);
    expect(await raw(url, 'quiet-river.trycloudflare.com')).toBe(200);
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

  it('refuses a port, a record and a file that are taken', async () => {
    const home = temporaryFolder();
    const first = command('webhooks listen --port 0', home);
    const { port } = new URL(await first.url);
    const second = await ended(`webhooks listen --port ${port}`);
    expect([second.code, second.stderr.includes('something else listens there')]).toEqual([9, true]);
    const third = await ended('webhooks listen --port 0', home);
    expect([third.code, third.stderr.includes('listening for webhooks')]).toEqual([9, true]);
    const notes = join(home, 'notes.txt');
    await writeFile(notes, 'precious');
    const fourth = await ended(['webhooks', 'listen', '--port', '0', '--record', notes], temporaryFolder());
    expect([fourth.code, await readFile(notes, 'utf8')]).toEqual([2, 'precious']);
  });

  it('says that --exec uses no shell', async () => {
    const { code, stderr } = await ended(['webhooks', 'listen', '--port', '0', '--exec', 'cat | wc']);
    expect([code, stderr.includes(`no shell is used; write --exec 'sh -c "…"'`)]).toEqual([2, true]);
  });

  it('says how long a token must be', async () => {
    const { code, stderr } = await ended('webhooks listen --port 0 --token t1');
    expect([code, stderr.includes('8 to 200')]).toEqual([2, true]);
  });

  it.each([
    ['--token none --host 0.0.0.0'],
    ['--token none --public-url https://x.example'],
    ['--token short'],
    ['--path hooks'],
    ['--path /a?b'],
    ['--max-events 0'],
    ['--exec ""'],
    ['--exec nosuchprogram'],
    ['--forward ftp://x'],
    ['--port 70000'],
    ['--port 4299 --forward http://localhost:4299/'],
  ])('refuses %s before anything is started', async (flags) => {
    const home = temporaryFolder();
    expect((await ended(`webhooks listen ${flags}`, home)).code).toBe(2);
    expect(existsSync(join(home, 'state/webhooks/events-00000001.ndjson'))).toBe(false);
  });
});

describe('webhooks trigger and replay', () => {
  it('sends the documented example as if it happened now, changed as asked', async () => {
    const { url, got } = await handler();
    const set = ['--set', 'data.employee_id=emp_42', '--set', 'data.minutes=7', '--set', 'data.amount=null'];
    const { code, stdout } = await ended([
      'webhooks',
      'trigger',
      'penalty.created',
      '--to',
      url,
      ...set,
      '--count',
      '3',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(3);
    const events = got.map((text) => JSON.parse(text));
    expect(events[0]).toMatchObject({
      event: 'penalty.created',
      data: { employee_id: 'emp_42', minutes: 7, amount: null },
    });
    expect(new Set(got).size).toBe(3);
    expect(Math.abs(Date.parse(events[0].timestamp) - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['lock.opened --set data.nothing=1', 'has no "data.nothing"'],
    ['penalty.created --set data.minutes=many', 'is a number'],
    ['lock.opened --set data.id', 'has no value'],
    ['lock.closed', 'there is no event "lock.closed"'],
    ['lock.opened --rate often', 'is not a rate'],
  ])('refuses %s and sends nothing', async (line, message) => {
    const { url, got } = await handler();
    const { code, stderr } = await ended(`webhooks trigger ${line} --to ${url}`);
    expect([code, stderr.includes(message), got]).toEqual([2, true, []]);
  });

  it('tells by its exit what became of it', async () => {
    const [refusing, gone] = [await handler(422), await handler()];
    gone.server.close();
    gone.server.closeAllConnections();
    expect((await ended(`webhooks trigger lock.opened --to ${refusing.url}`)).code).toBe(6);
    expect((await ended(`webhooks trigger lock.opened --to ${gone.url}`)).code).toBe(5);
  });

  it('replays raw bytes from a record, each event once, and from plain events', async () => {
    const home = temporaryFolder();
    const record = join(home, 'record.ndjson');
    const running = command(
      ['webhooks', 'listen', '--port', '0', '--record', record, '--max-events', '2'],
      home,
    );
    const odd = '{ "event":"lock.opened",  "data":{"n":1.0} }';
    const other = body();
    for (const text of [odd, odd, other]) await post(await running.url, text);
    await running.code;
    const { url, got } = await handler();
    const { code } = await ended(['webhooks', 'replay', record, '--to', url], home);
    expect([code, got]).toEqual([0, [odd, other]]);
    const plain = join(home, 'plain.ndjson');
    await writeFile(plain, `${other}\n\nnot an event\n${body()}`);
    const shown = await ended(['webhooks', 'replay', record], home);
    expect(shown.stdout).toMatch(/^Time +Event +Who/);
    const again = await ended(['webhooks', 'replay', plain, '--to', url, '--events', 'attendance.*'], home);
    expect([again.code, got.length]).toEqual([0, 4]);
    expect(again.stderr).toContain('line 3: not an event');
  });

  it('looks no further into a file that is something else', async () => {
    const home = temporaryFolder();
    const table = join(home, 'big.csv');
    await writeFile(table, 'name,email\n'.repeat(300_000));
    const { code, stderr } = await ended(['webhooks', 'replay', table], home);
    expect([code, stderr.split('\n').length < 12, stderr.includes('has no events in it')]).toEqual([
      2,
      true,
      true,
    ]);
    const endless = join(home, 'endless');
    await writeFile(endless, 'x'.repeat(5_000_000));
    expect((await ended(['webhooks', 'replay', endless], home)).code).toBe(2);
  });

  it('says what is wrong with a file', async () => {
    const home = temporaryFolder();
    const text = join(home, 'text');
    await writeFile(text, 'hello\n');
    expect((await ended(['webhooks', 'replay', text], home)).code).toBe(2);
    expect((await ended(['webhooks', 'replay', join(home, 'missing')], home)).code).toBe(9);
    expect((await ended(['webhooks', 'replay'], home)).code).toBe(2);
  });
});

describe('webhooks events', () => {
  it('lists the seven with an example of each', async () => {
    const { code, stdout } = await ended('webhooks events --json');
    const rows = JSON.parse(stdout);
    expect([code, rows.length]).toEqual([0, 7]);
    for (const { event, meaning, example } of rows)
      expect([example.event, typeof meaning]).toEqual([event, 'string']);
  });
});

/** A delivery by way of a host name, as a tunnel makes it. */
async function raw(url: URL, host: string): Promise<number> {
  const { request } = await import('node:http');
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
