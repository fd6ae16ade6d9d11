import { readFile, symlink, unlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { body, collect, freshPlace, openRecord, post, startListener, storedIn, TOKEN } from './support.ts';

const bodies = async (place: Parameters<typeof storedIn>[0]) =>
  (await storedIn(place)).map((stored) => Buffer.from(stored.body).toString());

describe('the listener', () => {
  it('has an event on disk before it says so, raw and with the headers of note', async () => {
    const { url, record } = await startListener();
    const text = `{ "event": "attendance.clock_in",\n "data": {"n": 1.0} }`;
    const headers = {
      'x-worktime-delivery': '7',
      'user-agent': 'WorkTime/1',
      cookie: 'secret',
      authorization: 'Bearer x',
    };
    const answer = await post(url, text, headers);
    expect(answer.status).toBe(200);
    expect(await bodies(record.place)).toEqual([text]);
    const line = await readFile(record.place.path(1), 'utf8');
    expect(JSON.parse(line).headers).toEqual({
      'content-type': 'application/json',
      'user-agent': 'WorkTime/1',
      'x-worktime-delivery': '7',
    });
    expect(line).not.toContain(TOKEN);
  });

  it('takes events whose names nobody knows yet', async () => {
    const { url, record } = await startListener();
    expect((await post(url, '{"event":"shift.swapped","timestamp":null,"more":[1]}')).status).toBe(200);
    expect(await bodies(record.place)).toEqual(['{"event":"shift.swapped","timestamp":null,"more":[1]}']);
  });

  it.each([
    ['', 'not_json'],
    ['{"event":', 'not_json'],
    ['[]', 'not_an_event'],
    ['"event"', 'not_an_event'],
    ['{"event":""}', 'not_an_event'],
    ['{"event":7}', 'not_an_event'],
    ['{"event":"x","data":[]}', 'not_an_event'],
  ])('refuses %j with 400 and records nothing', async (text, code) => {
    const { url, record } = await startListener();
    const answer = await post(url, text);
    expect([answer.status, (answer.json as { error: { code: string } }).error.code]).toEqual([400, code]);
    expect(await bodies(record.place)).toEqual([]);
  });

  it('marks what comes again within ten minutes, over a restart too', async () => {
    let now = Date.parse('2024-11-18T09:00:00Z');
    const clock = { now: () => now, monotonic: () => performance.now(), sleep: async () => undefined };
    const place = freshPlace();
    const text = body();
    const seen: string[] = [];
    const onDuplicate = ({ event }: { event: { event: string } }) => seen.push(event.event);
    const first = await startListener({ onDuplicate }, await openRecord(place), clock);
    expect((await post(first.url, text)).json).toEqual({ success: true });
    expect((await post(first.url, text)).json).toEqual({ success: true, duplicate: true });
    await first.close();
    await first.record.close();

    now += 9 * 60_000;
    const second = await startListener({ onDuplicate }, await openRecord(place), clock);
    expect((await post(second.url, text)).json).toEqual({ success: true, duplicate: true });
    now += 60_001;
    expect((await post(second.url, text)).json).toEqual({ success: true });
    expect((await storedIn(place)).map(({ duplicate }) => duplicate)).toEqual([false, true, true, false]);
    expect(seen).toHaveLength(2);
  });

  it('takes one of many equal deliveries that come at once', async () => {
    const { url, record } = await startListener();
    const text = body();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(url, text)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect((await storedIn(record.place)).filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  });

  it('says 503 while the disk is full: an equal one that comes later is the first, and is kept', async () => {
    const place = freshPlace();
    const refused: string[] = [];
    const record = await openRecord(place, { segmentBytes: 1 });
    const { url } = await startListener({ onRefused: (code) => refused.push(code) }, record);
    expect((await post(url, body())).status).toBe(200);
    await symlink('/dev/full', place.path(2));
    const text = body();
    const answers = await Promise.all([post(url, text), post(url, text)]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect(answers[0]?.headers.get('retry-after')).toBe('5');
    expect(refused).toEqual(['not_stored', 'not_stored']);
    await unlink(place.path(2));
    expect((await post(url, text)).json).toEqual({ success: true });
    expect((await storedIn(place)).map(({ duplicate }) => duplicate)).toEqual([false, false]);
    expect(await place.segments()).toEqual([1, 2]);
  });

  it('stores what many senders deliver at once, each once, in the order of its places', async () => {
    const { url, record } = await startListener();
    const texts = Array.from({ length: 500 }, () => body());
    const queue = [...texts];
    const tailed = collect(record.tail(record.end));
    const sender = async () => {
      for (let text = queue.shift(); text; text = queue.shift())
        expect((await post(url, text)).status).toBe(200);
    };
    await Promise.all(Array.from({ length: 16 }, sender));
    expect((await bodies(record.place)).sort()).toEqual([...texts].sort());
    await record.close();
    expect((await tailed).flat().map(({ at }) => at.offset)).toEqual(
      (await storedIn(record.place)).map(({ at }) => at.offset),
    );
  });

  it('answers what is under way when it is closed, and takes no more', async () => {
    const { url, close, record } = await startListener();
    const texts = Array.from({ length: 30 }, () => body());
    const answers = texts.map((text) =>
      post(url, text).then(
        ({ status }) => status,
        () => 0,
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    await close();
    const kept = new Set(await bodies(record.place));
    for (const [index, text] of texts.entries())
      if ((await answers[index]) === 200) expect(kept.has(text)).toBe(true);
    await expect(fetch(url, { method: 'POST' })).rejects.toThrow();
  });
});
