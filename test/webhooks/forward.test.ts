import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/host/clock.ts';
import { transport } from '../../src/host/undici.ts';
import { cursorOf } from '../../src/webhooks/cursor.ts';
import { eventFilter } from '../../src/webhooks/event.ts';
import { Forwarder, type ForwardOptions } from '../../src/webhooks/forward.ts';
import { filePlace, readEntries } from '../../src/webhooks/place.ts';
import { DurableRecord } from '../../src/webhooks/record.ts';
import { httpTarget } from '../../src/webhooks/target.ts';
import { temporaryFolder } from '../support/context.ts';
import { handler } from './handler.ts';
import { body, entry, freshPlace, listeningReporter, openRecord } from './support.ts';

const cursors = () => join(temporaryFolder(), 'cursors');

/** A forwarder that tries again quickly. */
async function forward(
  record: DurableRecord,
  url: string,
  more: Partial<ForwardOptions> & { directory: string },
  timeout = 5000,
) {
  const report = listeningReporter();
  const target = httpTarget(url, transport, systemClock, timeout);
  const forwarder = await Forwarder.open({
    record,
    target,
    cursor: cursorOf(more.directory, record.place, target),
    filter: eventFilter([]),
    clock: systemClock,
    report,
    backoff: { first: 5, most: 40 },
    ...more,
  });
  forwarder.begin();
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
    await expect
      .poll(() => lines[0])
      .toMatch(/^lock\.opened → http:\/\/127\.0\.0\.1:\d+\/hook: 200 in \d+ ms$/);
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
    // An attempt lasts longer than the test may: only the time it was told ends the wait.
    const { forwarder } = await forward(record, at.url, { directory: cursors() }, 3_600_000);
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
    const told = lines.find((line) => line.startsWith('warning: ') && line.includes('set aside')) ?? '';
    const kept = /webhooks replay (\S+) --to URL/.exec(told)?.[1] ?? '';
    const texts = [];
    for await (const { body: text } of readEntries(filePlace(kept))) texts.push(String(text));
    expect(texts).toEqual([poison]);
  });

  it('counts refusals in a row alone: one that follows an outage is tried again', async () => {
    const [record, at] = [await openRecord(), await handler()];
    let asked = 0;
    at.answer = (_, response) => {
      asked += 1;
      response.writeHead(asked <= 20 ? 503 : asked === 21 ? 404 : 200).end();
    };
    const { lines } = await forward(record, at.url, { directory: cursors(), backoff: { first: 1, most: 2 } });
    await append(record, numbers(1));
    await at.has(1);
    expect([asked, lines.filter((line) => line.includes('set aside'))]).toEqual([22, []]);
  });

  it('lets nobody wait for somebody whose events are not taken, however many those are', async () => {
    const [record, at] = [await openRecord(), await handler()];
    let well = false;
    at.answer = ({ text }, response) =>
      void response.writeHead(text.includes('emp_bad') && !well ? 500 : 200).end();
    const { forwarder } = await forward(record, at.url, { directory: cursors() });
    const bad = numbers(1500, 'emp_bad');
    await append(record, bad);
    const good = numbers(20, 'emp_good');
    await append(record, good);
    await at.has(20);
    expect(at.texts).toEqual(good);
    well = true;
    await at.has(1520);
    expect(at.texts.slice(20)).toEqual(bad);
    await record.close();
    expect(await forwarder.stop(5000)).toBe(0);
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
    const tail = record.tail.bind(record);
    let [read, most] = [0, 0];
    record.tail = async function* (...parameters) {
      for await (const batch of tail(...parameters)) {
        read += batch.length;
        yield batch;
        // It asks for more: of what it was given so much is neither delivered nor left on the disk.
        most = Math.max(most, read - at.texts.length);
      }
    };
    const { forwarder } = await forward(record, at.url, { directory: cursors() });
    const texts = Array.from({ length: 1500 }, (_, index) => body({ employee_id: `emp_${index}` }));
    for (let start = 0; start < texts.length; start += 100)
      await append(record, texts.slice(start, start + 100));
    await expect.poll(() => read).toBeGreaterThanOrEqual(1000);
    await at.up();
    await at.has(1500);
    expect(most).toBeLessThanOrEqual(1000);
    expect(at.texts.sort()).toEqual([...texts].sort());
    await record.close();
    expect(await forwarder.stop(1000)).toBe(0);
  });
});
