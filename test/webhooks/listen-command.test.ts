import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { command, ended } from './command.ts';
import { body, post } from './support.ts';

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

  it('counts for a person what was received', async () => {
    const running = command('webhooks listen --port 0 --max-events 2');
    for (const text of [body(), body()]) await post(await running.url, text);
    expect(await running.code).toBe(0);
    expect(running.stderr()).toMatch(/^received 2 events$/m);
  });

  it('refuses a port, a record and a file that are taken', async () => {
    const home = temporaryFolder();
    const first = command('webhooks listen --port 0', home);
    const { port } = new URL(await first.url);
    const second = await ended(`webhooks listen --port ${port}`);
    expect([second.code, second.stderr.includes('something else listens there')]).toEqual([9, true]);
    const third = await ended('webhooks listen --port 0', home);
    expect([third.code, third.stderr]).toEqual([9, expect.stringContaining('listening for webhooks')]);
    expect(third.stderr).toContain('give --record a file of its own; or wait');
    const notes = join(home, 'notes.txt');
    await writeFile(notes, 'precious');
    const fourth = await ended(['webhooks', 'listen', '--port', '0', '--record', notes], temporaryFolder());
    expect([fourth.code, await readFile(notes, 'utf8')]).toEqual([2, 'precious']);
  });

  it('refuses a record that is a folder or a pipe, without waiting and without leaving a lock beside it', async () => {
    const home = temporaryFolder();
    const folder = join(home, 'folder');
    await mkdir(folder);
    const pipe = join(home, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const record of [folder, pipe]) {
      const listening = await ended(['webhooks', 'listen', '--port', '0', '--record', record], home);
      expect([listening.code, listening.stderr]).toEqual([
        2,
        expect.stringContaining(`${record} is not a regular file`),
      ]);
      expect(existsSync(`${record}.lock`)).toBe(false);
      const audited = await ended(
        ['--sandbox', 'webhooks', 'audit', '--from', 'today', '--record', record],
        home,
      );
      expect(audited.code).toBe(2);
    }
  });

  it('takes a record by one of its names alone, whatever links lead to it', async () => {
    const home = temporaryFolder();
    const record = join(home, 'events.ndjson');
    const first = command(['webhooks', 'listen', '--port', '0', '--record', record], home);
    await first.url;
    await symlink(record, join(home, 'soft'));
    const soft = await ended(['webhooks', 'listen', '--port', '0', '--record', join(home, 'soft')], home);
    expect([soft.code, soft.stderr]).toEqual([9, expect.stringContaining('listening for webhooks')]);
    await link(record, join(home, 'hard'));
    const hard = await ended(['webhooks', 'listen', '--port', '0', '--record', join(home, 'hard')], home);
    expect([hard.code, hard.stderr]).toEqual([2, expect.stringContaining('a hard link')]);
  });

  it('prints an event to its last digit, on one line, and refuses one that is nested beyond sense', async () => {
    const running = command('webhooks listen --port 0 --format ndjson --max-events 2');
    const url = await running.url;
    const exact =
      '{"event":"lock.opened","data":{"n":12345678901234567890,"f":1.10,"a":1,"a":2,"s":"x\\ny"}}';
    const deep = `{"event":"lock.opened","data":{"a":${'['.repeat(6000)}${']'.repeat(6000)}}}`;
    expect((await post(url, deep)).status).toBe(400);
    expect((await post(url, exact)).status).toBe(200);
    expect((await post(url, '{\n  "event": "lock.opened",\r\n\t"data": { "s": "a  b" }\n}')).status).toBe(
      200,
    );
    expect(await running.code).toBe(0);
    expect(running.stdout()).toBe(`${exact}\n{ "event": "lock.opened", "data": { "s": "a  b" } }\n`);
  });

  it('says that it is ready, with --quiet too', async () => {
    const running = command('webhooks listen --port 0 -q');
    expect(await running.url).toMatch(/^http:/);
  });

  it('says how many came after the last that was asked for', async () => {
    const running = command('webhooks listen --port 0 --max-events 1');
    const url = await running.url;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(url, body()).catch(() => undefined)),
    );
    const stored = answers.filter((answer) => answer?.status === 200).length;
    expect(await running.code).toBe(0);
    const more = Number(/^(\d+) events? more came before it ended/m.exec(running.stderr())?.[1] ?? 0);
    expect(more + 1).toBe(stored);
  });

  it('says that --exec uses no shell', async () => {
    const { code, stderr } = await ended(['webhooks', 'listen', '--port', '0', '--exec', 'cat | wc']);
    expect([code, stderr.includes(`no shell is used; write --exec 'sh -c "…"'`)]).toEqual([2, true]);
  });

  it('tells how a handler of this machine is written', async () => {
    const { stderr } = await ended('webhooks listen --port 0 --forward localhost:3000/hook');
    expect(stderr).toContain('write it whole, such as http://localhost:3000/hook');
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
    ['--path /a/../b'],
    ['--record -'],
    ['--port 4299 --forward http://[::1]:4299/'],
    ['--port 4299 --forward http://0.0.0.0:4299/'],
    ['--max-events 0'],
    ['--exec ""'],
    ['--exec nosuchprogram'],
    ['--forward ftp://x'],
    ['--forward localhost:3000'],
    ['--port 70000'],
    ['--port 4299 --forward http://localhost:4299/'],
  ])('refuses %s before anything is started', async (flags) => {
    const home = temporaryFolder();
    expect((await ended(`webhooks listen ${flags}`, home)).code).toBe(2);
    expect(existsSync(join(home, 'state/webhooks'))).toBe(false);
  });
});
