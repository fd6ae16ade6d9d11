import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/host/clock.ts';
import { transport } from '../../src/host/undici.ts';
import { cursorOf } from '../../src/webhooks/cursor.ts';
import { eventFilter } from '../../src/webhooks/event.ts';
import { Forwarder, type ForwardOptions } from '../../src/webhooks/forward.ts';
import { DurableRecord } from '../../src/webhooks/record.ts';
import { execTarget, httpTarget } from '../../src/webhooks/target.ts';
import { temporaryFolder } from '../support/context.ts';
import { body, entry, freshPlace, listeningReporter, openRecord, realContext } from './support.ts';

interface Received {
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

/** A handler on a port that stays the same when it goes down and comes back. */
class Handler {
  readonly received: Received[] = [];
  /** What it answers; default 200. */
  answer: (request: Received, response: ServerResponse) => void = (_, response) => void response.end();
  port = 0;
  #server = createServer();
  #waiting: { count: number; resolve: () => void }[] = [];

  async up(): Promise<void> {
    this.#server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const received = { text, headers: request.headers };
      this.answer(received, response);
      if (response.statusCode === 200) this.received.push(received);
      this.#waiting
        .filter(({ count }) => this.received.length >= count)
        .forEach(({ resolve }) => void resolve());
    });
    await new Promise<void>((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as AddressInfo).port;
    onTestFinished(() => this.down());
  }

  async down(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  get texts(): string[] {
    return this.received.map(({ text }) => text);
  }

  has(count: number): Promise<void> {
    if (this.received.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }
}

async function handler(): Promise<Handler> {
  const made = new Handler();
  await made.up();
  return made;
}

const cursors = () => join(temporaryFolder(), 'cursors');

/** A forwarder that tries again quickly. */
async function forward(
  record: DurableRecord,
  url: string,
  more: Partial<ForwardOptions> & { directory: string },
) {
  const report = listeningReporter();
  const target = httpTarget(url, transport, systemClock, 5000);
  const forwarder = await Forwarder.start({
    record,
    target,
    cursor: cursorOf(more.directory, record.place, target),
    filter: eventFilter([]),
    clock: systemClock,
    report,
    backoff: { first: 5, most: 40 },
    ...more,
  });
  return { forwarder, lines: report.lines };
}

const append = (record: DurableRecord, texts: readonly string[]) =>
  Promise.all(texts.map((text) => record.append(entry(text))));

const numbers = (count: number, employee = 'emp_1') =>
  Array.from({ length: count }, () => body({ employee_id: employee }));

describe('forwarding', () => {
  it('sends the raw bytes with the original headers, and says what was answered', async () => {
    const [record, at] = [await openRecord(), await handler()];
    const { lines } = await forward(record, at.url, { directory: cursors() });
    const text = '{ "event": "lock.opened", "data": {"n": 1.0}}';
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'WorkTime/1',
      'x-delivery': '9',
    };
    await record.append(entry(text, { headers }));
    await at.has(1);
    expect(at.received[0]?.text).toBe(text);
    expect(at.received[0]?.headers).toMatchObject(headers);
    await record.append(entry(body()));
    await at.has(2);
    expect(lines[0]).toMatch(/^lock\.opened → http:\/\/127\.0\.0\.1:\d+\/hook: 200 in \d+ ms$/);
  });

  it('begins with what comes from now on, and passes over duplicates and what is not wanted', async () => {
    const [record, at] = [await openRecord(), await handler()];
    await append(record, numbers(3));
    await forward(record, at.url, { directory: cursors(), filter: eventFilter(['attendance.*']) });
    const wanted = body();
    await record.append(entry(wanted, { duplicate: true }));
    await record.append(entry(body({}, 'lock.opened')));
    await record.append(entry(wanted));
    await at.has(1);
    expect(at.texts).toEqual([wanted]);
  });

  it('keeps the order of each employee while others overtake', async () => {
    const [record, at] = [await openRecord(), await handler()];
    const failed = new Map<string, number>();
    at.answer = ({ text }, response) => {
      const { made, employee_id } = JSON.parse(text).data;
      const times = failed.get(text) ?? 0;
      failed.set(text, times + 1);
      response.statusCode = times < (made + employee_id.length) % 3 ? 503 : 200;
      setTimeout(() => response.end(), made % 4);
    };
    await forward(record, at.url, { directory: cursors() });
    const texts = Array.from({ length: 120 }, (_, index) => body({ employee_id: `emp_${index % 7}` }));
    await append(record, texts);
    await at.has(120);
    for (let employee = 0; employee < 7; employee += 1) {
      const own = (text: string) => JSON.parse(text).data.employee_id === `emp_${employee}`;
      const seen = at.texts.filter(own).filter((text, index, all) => all.indexOf(text) === index);
      expect(seen).toEqual(texts.filter(own));
    }
  });

  it('misses nothing of a handler that is down for a while', async () => {
    const [record, at] = [await openRecord(), await handler()];
    const { lines } = await forward(record, at.url, { directory: cursors() });
    const texts = numbers(60);
    await append(record, texts.slice(0, 20));
    await at.has(20);
    await at.down();
    await append(record, texts.slice(20, 40));
    while (!lines.some((line) => line.includes('cannot be reached'))) await systemClock.sleep(5);
    await at.up();
    await append(record, texts.slice(40));
    await at.has(60);
    expect(at.texts).toEqual(texts);
    expect(lines.filter((line) => line.includes('cannot be reached')).length).toBeLessThanOrEqual(2);
  });

  it('goes on after a restart where the last run stopped, even one that was cut off', async () => {
    const place = freshPlace();
    const directory = cursors();
    const at = await handler();
    const texts = numbers(50);
    const first = await DurableRecord.open(place);
    const run = await forward(first, at.url, { directory });
    await append(first, texts.slice(0, 10));
    await at.has(10);
    await at.down();
    await append(first, texts.slice(10, 30));
    while (!run.lines.some((line) => line.includes('cannot be reached'))) await systemClock.sleep(5);
    await first.close();
    expect(await run.forwarder.stop(1000)).toBe(20);

    const second = await openRecord(place);
    await append(second, texts.slice(30, 40));
    await at.up();
    await forward(second, at.url, { directory });
    await append(second, texts.slice(40));
    await at.has(50);
    expect(at.texts).toEqual(texts);
  });

  it('repeats rather than loses what a crash cut off', async () => {
    const place = freshPlace();
    const directory = cursors();
    const at = await handler();
    const target = httpTarget(at.url, transport, systemClock, 5000);
    const record = await openRecord(place);
    const texts = numbers(10);
    const first = await record.append(entry(texts[0] as string));
    await append(record, texts.slice(1));
    // As a killed run leaves it: read up to the end, of which two were not delivered yet.
    const stored = [first.at, first.next];
    await cursorOf(directory, place, target).save({ next: record.end, pending: stored });
    await forward(record, at.url, { directory });
    await at.has(2);
    expect(at.texts).toEqual(texts.slice(0, 2));
  });

  it('delivers what is left when it is stopped', async () => {
    const [record, at] = [await openRecord(), await handler()];
    const { forwarder } = await forward(record, at.url, { directory: cursors() });
    const texts = numbers(200);
    await append(record, texts);
    await record.close();
    expect(await forwarder.stop(5000)).toBe(0);
    expect(at.texts).toEqual(texts);
  });

  it('waits no longer than it was told for a handler that never answers', async () => {
    const [record, at] = [await openRecord(), await handler()];
    at.answer = (_, response) => {
      response.statusCode = 202;
    };
    const { forwarder } = await forward(record, at.url, { directory: cursors() });
    await append(record, [
      body({ employee_id: 'emp_1' }),
      body({ employee_id: 'emp_2' }),
      body({ employee_id: 'emp_2' }),
    ]);
    await record.close();
    expect(await forwarder.stop(50)).toBe(3);
  });

  it('sets an event aside that the handler refuses again and again, and goes on', async () => {
    const [record, at] = [await openRecord(), await handler()];
    const poison = body({ employee_id: 'emp_1', poison: true });
    let refusals = 0;
    at.answer = ({ text }, response) => {
      if (text === poison) {
        refusals += 1;
        response.statusCode = 422;
      }
      response.end();
    };
    const { lines } = await forward(record, at.url, { directory: cursors() });
    const next = body({ employee_id: 'emp_1' });
    await append(record, [poison, next]);
    await at.has(1);
    expect(at.texts).toEqual([next]);
    expect(refusals).toBe(15);
    expect(lines.some((line) => line.startsWith('warning: ') && line.includes('set aside'))).toBe(true);
  });

  it('follows no redirect', async () => {
    const [record, at, other] = [await openRecord(), await handler(), await handler()];
    let asked = 0;
    at.answer = (_, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 307 : 200, { location: other.url }).end();
    };
    await forward(record, at.url, { directory: cursors() });
    await append(record, numbers(1));
    await at.has(1);
    expect(other.received).toEqual([]);
  });

  it('keeps flat while a target is down: what it cannot hold waits on the disk', async () => {
    const [record, at] = [await openRecord(), await handler()];
    await at.down();
    const { forwarder } = await forward(record, at.url, { directory: cursors() });
    const texts = Array.from({ length: 1500 }, (_, index) => body({ employee_id: `emp_${index}` }));
    await append(record, texts);
    await at.up();
    await at.has(1500);
    expect(at.texts.sort()).toEqual([...texts].sort());
    await record.close();
    expect(await forwarder.stop(1000)).toBe(0);
  });
});

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
    const cursor = cursorOf(cursors(), record.place, target);
    const filter = eventFilter([]);
    const forwarder = await Forwarder.start({ record, target, cursor, filter, clock: context, report });
    await record.append(entry(body()));
    await expect.poll(() => report.lines.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    await record.close();
    await forwarder.stop(5000);
    const shown = `${process.execPath}: `;
    expect(report.lines.slice(0, 2)).toEqual([`${shown}{"event":"forged"}`, `${shown}no database`]);
    expect(report.lines[2]).toMatch(/exit 3 in \d+ ms; again in/);
    expect(context.stdout.text()).toBe('');
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
