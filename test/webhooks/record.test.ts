import { appendFile, readdir, readFile, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../src/webhooks/entry.ts';
import { filePlace, type Stored } from '../../src/webhooks/place.ts';
import { DurableRecord } from '../../src/webhooks/record.ts';
import { temporaryFolder } from '../support/context.ts';
import { body, collect, entry, freshPlace, openRecord, storedIn } from './support.ts';

/** The first `count` entries of a tail. */
async function take(tail: AsyncIterable<readonly Stored[]>, count: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const batch of tail) {
    texts.push(...batch.map((stored) => Buffer.from(stored.body).toString()));
    if (texts.length >= count) break;
  }
  return texts;
}

describe('the record', () => {
  it('keeps bodies byte for byte, those that are not UTF-8 too', async () => {
    const record = await openRecord();
    const odd = Buffer.concat([
      Buffer.from('{"event":"x","data":{"name":"'),
      Buffer.of(0xff),
      Buffer.from('"}}'),
    ]);
    const spaced = '{ "event" : "x",\n"n": 1.0, "b": "\\u0041\u2028" }';
    await record.append(entry(spaced));
    await record.append({ ...entry('{"event":"x"}'), body: odd, hash: hashOf(odd) });
    const [first, second] = await storedIn(record.place);
    expect(first?.body).toBe(spaced);
    expect(second?.body).toEqual(odd);
  });

  it('numbers its places so that reading from one gives what follows it', async () => {
    const record = await openRecord(freshPlace(), { segmentBytes: 600 });
    const texts = Array.from({ length: 20 }, () => body());
    const stored = await Promise.all(texts.map((text) => record.append(entry(text))));
    expect((await record.place.segments()).length).toBeGreaterThan(1);
    const onDisk = await storedIn(record.place);
    expect(onDisk.map(({ at }) => at)).toEqual(stored.map(({ at }) => at));
    expect(await take(record.tail(stored[7]?.next as Stored['at']), 12)).toEqual(texts.slice(8));
  });

  it('tails what comes later, and what is on the disk alone', async () => {
    const place = freshPlace();
    const before = await DurableRecord.open(place);
    const texts = Array.from({ length: 30 }, () => body());
    const first = await before.append(entry(texts[0] as string));
    await Promise.all(texts.slice(1, 20).map((text) => before.append(entry(text))));
    await before.close();
    const record = await openRecord(place);
    const tailed = take(record.tail(first.at), 30);
    for (const text of texts.slice(20)) await record.append(entry(text));
    expect(await tailed).toEqual(texts);
  });

  it('hands on in large pieces what was stored before', async () => {
    const record = await openRecord();
    const from = record.end;
    const texts = Array.from({ length: 600 }, () => body({ text: 'a'.repeat(5000) }));
    await Promise.all(texts.map((text) => record.append(entry(text))));
    await record.close();
    const batches = await collect(record.tail(from));
    expect(batches.flat().map((stored) => stored.body)).toEqual(texts);
    expect(batches.length).toBeLessThan(6);
  });

  it('ends its tails when it is closed, after the last entry', async () => {
    const record = await openRecord();
    const tailed = collect(record.tail(record.end));
    const texts = Array.from({ length: 5 }, () => body());
    await Promise.all(texts.map((text) => record.append(entry(text))));
    await record.close();
    expect((await tailed).flat().map(({ event }) => event)).toEqual(texts.map((text) => JSON.parse(text)));
  });

  it('mends a torn last line and goes on behind the whole ones', async () => {
    const place = freshPlace();
    const record = await DurableRecord.open(place);
    await record.append(entry(body()));
    await record.close();
    await appendFile(place.path(1), '{"received_at":"2024-11-18T09:00:0');
    const again = await openRecord(place);
    expect(again.repaired).toBe(34);
    await again.append(entry(body()));
    expect(await storedIn(place)).toHaveLength(2);
  });

  it('says no while the disk is full, and goes on when it no longer is', async () => {
    const place = freshPlace();
    await place.prepare();
    await symlink('/dev/full', place.path(1));
    const record = await openRecord(place);
    const outcomes = await Promise.allSettled([record.append(entry(body())), record.append(entry(body()))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await unlink(place.path(1));
    const tailed = take(record.tail(record.end), 1);
    const text = body();
    await record.append(entry(text));
    expect(await tailed).toEqual([text]);
    expect(await storedIn(place)).toHaveLength(1);
  });

  it('removes old segments, but none that somebody still needs', async () => {
    const needed = { segment: 3 as number | undefined };
    const options = { segmentBytes: 1, keepSegments: 2, needed: async () => needed.segment };
    const record = await openRecord(freshPlace(), options);
    for (let count = 0; count < 8; count += 1) await record.append(entry(body()));
    expect((await record.place.segments())[0]).toBe(3);
    needed.segment = undefined;
    await record.append(entry(body()));
    expect(await record.place.segments()).toEqual([8, 9]);
  });

  it('is for its owner alone', async () => {
    const record = await openRecord();
    expect((await stat(record.place.path(1))).mode & 0o777).toBe(0o600);
    expect((await stat(record.place.name)).mode & 0o777).toBe(0o700);
  });

  it('goes to a file of its own, and never touches one that is something else', async () => {
    const folder = temporaryFolder();
    const mine = filePlace(join(folder, 'events.ndjson'));
    const record = await openRecord(mine, { segmentBytes: 1 });
    await record.append(entry(body()));
    await record.append(entry(body()));
    expect(await readdir(folder)).toEqual(['events.ndjson']);

    const notes = join(folder, 'notes.txt');
    await writeFile(notes, 'first\nno newline at the end');
    await expect(DurableRecord.open(filePlace(notes))).rejects.toThrow('is not a record of webhooks');
    expect(await readFile(notes, 'utf8')).toBe('first\nno newline at the end');
  });
});
